//! Writes the page that lists every error number.

use std::path::Path;

use needmatch_tests::errors_page;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::fs::write(root.join(errors_page::PATH), errors_page::text())
}
