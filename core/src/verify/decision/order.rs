//! Are the rows in the order of the lottery, each identifier once?

use sha2::{Digest, Sha256};

use crate::decision::DecisionFault;
use crate::decision::form::{Network, Text};

/// Longest identifier.
const MAX_ID: usize = 64;

/// Checks the four tables whose order decides ties: each by SHA-256 of seed, table and identifier, ascending.
pub(super) fn check(network: &Network, seed: &str) -> Result<(), DecisionFault> {
    let nodes = &network.nodes;
    let tables = [
        ("needs", "network.needs.id", &network.needs.id),
        ("workers", "network.nodes.workers", &nodes.workers),
        ("organizations", "network.nodes.organizations", &nodes.organizations),
        ("groups", "network.nodes.groups", &nodes.groups),
    ];
    for (table, place, ids) in tables {
        let mut last: Option<([u8; 32], &str)> = None;
        for (row, id) in ids.iter().enumerate() {
            let key = (Sha256::digest(format!("{seed}\0{table}\0{id}")).into(), &**id);
            if !is_identifier(id) || last.replace(key) >= Some(key) {
                return Err(DecisionFault::wrong(format!("{place}[{row}]")));
            }
        }
    }
    Ok(())
}

fn is_identifier(id: &Text) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':' | b'-');
    (1..=MAX_ID).contains(&id.len()) && id.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_short_and_of_plain_characters() {
        let is = |id: &str| is_identifier(&id.into());
        assert!(is("n1") && is("N_1.a:b-2") && is(&"x".repeat(64)));
        assert!(!is("") && !is(&"x".repeat(65)) && !is("a b") && !is("a\0b") && !is("张三") && !is("\""));
    }
}
