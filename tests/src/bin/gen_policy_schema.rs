//! Writes the JSON Schema of policy files.

use std::path::Path;

use needmatch_tests::policy_schema;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::fs::write(root.join(policy_schema::PATH), policy_schema::text())
}
