//! The published JSON Schema of policy files, as the reader tells it.

use needmatch::Policy;

/// Where the schema lies in the repository.
pub const PATH: &str = "docs/schema/policy.schema.json";

/// The text of the schema.
#[must_use]
pub fn text() -> String {
    Policy::json_schema()
}
