//! Supply forests: places split among workers, and groups that let through less than their members hold.

use crate::random::Random;

/// Splits a total in proportion to weights; the parts sum to it exactly.
pub(super) fn split(total: u64, weights: &[u64]) -> Vec<u64> {
    let all: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    let mut before = 0u128;
    weights
        .iter()
        .map(|&weight| {
            let start = u128::from(total) * before / all;
            before += u128::from(weight);
            (u128::from(total) * before / all - start) as u64
        })
        .collect()
}

/// Splits a total among so many workers, of whom one may have three times the places of another.
pub(super) fn places_of(total: u64, workers: usize, random: &mut Random) -> Vec<u64> {
    let weights: Vec<u64> = (0..workers).map(|_| 1 + random.below(3) as u64).collect();
    split(total, &weights)
}

/// Capacities and parents of a forest over leaves with these places, nodes numbered level by level.
///
/// `levels[k][v]` is the group at level `k + 1` of the node `v` of level `k`, each counted from 0.
/// A group lets through `percent` of what its members hold, rounded up.
pub(super) fn forest(places: Vec<u64>, levels: &[Vec<u32>], percent: u64) -> (Vec<u64>, Vec<Option<u32>>) {
    let mut capacity = places;
    let mut parent = vec![None; capacity.len()];
    let mut start = 0;
    for groups in levels {
        let above = capacity.len();
        let n_groups = groups.iter().max().map_or(0, |&last| last as usize + 1);
        let mut held = vec![0; n_groups];
        for (member, &group) in groups.iter().enumerate() {
            held[group as usize] += capacity[start + member];
            parent[start + member] = Some(above as u32 + group);
        }
        capacity.extend(held.iter().map(|&places| (places * percent).div_ceil(100)));
        parent.resize(capacity.len(), None);
        start = above;
    }
    (capacity, parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_is_exact() {
        assert_eq!(split(10, &[1, 1, 1]), [3, 3, 4]);
        assert_eq!(split(7, &[3, 0, 1]).iter().sum::<u64>(), 7);
    }

    #[test]
    fn forest_numbers_nodes_level_by_level() {
        let (capacity, parent) = forest(vec![10, 10, 20], &[vec![0, 0, 1], vec![0, 0]], 50);
        assert_eq!(capacity, [10, 10, 20, 10, 10, 10]);
        assert_eq!(parent, [Some(3), Some(3), Some(4), Some(5), Some(5), None]);
    }
}
