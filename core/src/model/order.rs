//! The canonical order of rows: by a hash of the lottery seed and the identifier.
//!
//! The order decides ties, so neither the order of the caller's rows nor the alphabet may decide it.
//! The key of a row is the SHA-256 of `seed 00 table 00 identifier`, bytes put end to end, compared byte by byte; two
//! rows with the same key, should there ever be such, follow each other in the order of their identifiers.

use sha2::{Digest, Sha256};

/// A permutation of the rows of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    /// The canonical position of each row.
    positions: Vec<u32>,
    /// The row at each canonical position.
    rows: Vec<u32>,
}

/// Where the rows of a table go, and how to find them by their identifiers.
#[derive(Debug)]
pub(super) struct Arranged {
    /// The canonical order.
    pub(super) order: Order,
    /// The canonical positions in the order of the identifiers' bytes.
    pub(super) by_id: Vec<u32>,
}

impl Order {
    /// Orders the rows of a table by their identifiers, which must differ.
    pub(super) fn new<'a>(n_rows: usize, seed: &str, table: &str, id_of: impl Fn(usize) -> &'a str) -> Self {
        let mut start = Sha256::new();
        for part in [seed, table] {
            start.update(part);
            start.update([0]);
        }
        let key_of = |row: usize| -> [u8; 32] { start.clone().chain_update(id_of(row)).finalize().into() };
        // The first half settles every comparison but those of equal halves, for which the whole is made once more.
        let mut keyed: Vec<(u128, u32)> = (0..n_rows).map(|row| (first_half(&key_of(row)), row as u32)).collect();
        keyed.sort_unstable_by(|a, b| {
            let by_key = || key_of(a.1 as usize).cmp(&key_of(b.1 as usize));
            let by_id = || id_of(a.1 as usize).cmp(id_of(b.1 as usize));
            a.0.cmp(&b.0).then_with(by_key).then_with(by_id)
        });
        let rows: Vec<u32> = keyed.into_iter().map(|(_, row)| row).collect();
        let mut positions = vec![0; n_rows];
        for (position, &row) in rows.iter().enumerate() {
            positions[row as usize] = position as u32;
        }
        Self { positions, rows }
    }

    /// The canonical position of a row.
    pub(super) fn position_of(&self, row: usize) -> usize {
        self.positions[row] as usize
    }

    /// Puts items, one for each row, into canonical order.
    pub(super) fn arrange<T>(&self, items: &mut [T]) {
        assert_eq!(items.len(), self.positions.len(), "one item for each row");
        let mut positions = self.positions.clone();
        for row in 0..items.len() {
            // Each exchange brings one item to its place.
            while positions[row] as usize != row {
                let position = positions[row] as usize;
                items.swap(row, position);
                positions.swap(row, position);
            }
        }
    }

    /// The row at each canonical position.
    pub(super) fn into_rows(self) -> Vec<u32> {
        self.rows
    }
}

fn first_half(key: &[u8; 32]) -> u128 {
    key[..16].iter().fold(0, |half, &byte| half << 8 | u128::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(ids: &[&str], seed: &str) -> Vec<String> {
        let mut items: Vec<String> = ids.iter().map(|&id| id.to_owned()).collect();
        let order = Order::new(ids.len(), seed, "needs", |row| ids[row]);
        order.arrange(&mut items);
        let rows = order.clone().into_rows();
        assert!(rows.iter().enumerate().all(|(position, &row)| order.position_of(row as usize) == position));
        assert!(rows.iter().zip(&items).all(|(&row, item)| ids[row as usize] == item));
        items
    }

    #[test]
    fn the_order_does_not_depend_on_the_order_of_the_rows() {
        let ids = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let expected = order(&ids, "seed");
        for shift in 1..ids.len() {
            let mut rotated = ids;
            rotated.rotate_left(shift);
            assert_eq!(order(&rotated, "seed"), expected);
            rotated.reverse();
            assert_eq!(order(&rotated, "seed"), expected);
        }
    }

    #[test]
    fn the_order_follows_the_hash_of_seed_table_and_identifier() {
        let hash = |id: &str| Sha256::digest(format!("2026\0needs\0{id}"));
        let items = order(&["n1", "n2", "n3", "n4", "n5", "n6"], "2026");
        assert!(items.windows(2).all(|pair| hash(&pair[0]) < hash(&pair[1])));
        assert_ne!(items, order(&["n1", "n2", "n3", "n4", "n5", "n6"], "2027"));
    }

    #[test]
    fn nothing_and_one_are_ordered() {
        assert!(order(&[], "").is_empty());
        assert_eq!(order(&["only"], ""), ["only"]);
    }
}
