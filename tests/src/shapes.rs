//! Every tiny problem of a shape, one after the other.

use needmatch_benches::Instance;

/// A shape: three needs over three workers, of whom all, two or none belong to a group.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a> {
    /// What a pair may be: no candidate, or a candidate with this score.
    pub pairs: &'a [Option<i32>],
    /// The tiers that a need may have; empty means no tiers.
    pub tiers: &'a [u8],
    /// Places of the group; `None` means no group.
    pub groups: &'a [Option<u64>],
    /// How many of the workers belong to the group, from the last one.
    pub members: usize,
    /// The needs may also be served by the group without naming a worker, at this score.
    pub direct: Option<i32>,
}

/// All problems of a shape, in a fixed order. Each worker has 0, 1 or 2 places.
///
/// Needs may be exchanged for each other without a difference, so only one order of them is listed; likewise workers
/// where all or none of them belong to the group.
pub fn all(shape: Shape<'_>) -> impl Iterator<Item = Instance<i32>> + '_ {
    let n_pairs = shape.pairs.len();
    let n_kinds = n_pairs.pow(3) * shape.tiers.len().max(1);
    let needs = (0..n_kinds).flat_map(move |a| (a..n_kinds).flat_map(move |b| (b..n_kinds).map(move |c| [a, b, c])));
    let symmetric = shape.members.is_multiple_of(3);
    let places = (0..27u64).map(|code| [code % 3, code / 3 % 3, code / 9]);
    let places: Vec<[u64; 3]> = places.filter(|places| !symmetric || places.is_sorted()).collect();
    needs.flat_map(move |needs| {
        let places = places.clone();
        places
            .into_iter()
            .flat_map(move |places| shape.groups.iter().map(move |&group| instance(shape, needs, places, group)))
    })
}

fn instance(shape: Shape<'_>, needs: [usize; 3], places: [u64; 3], group: Option<u64>) -> Instance<i32> {
    let (mut capacity, mut parent) = (places.to_vec(), vec![None; 3]);
    if let Some(places) = group {
        capacity.push(places);
        parent.push(None);
        parent[3 - shape.members..3].fill(Some(3));
    }
    let mut instance = Instance::over(capacity, parent);
    let n_pairs = shape.pairs.len();
    let n_rows = n_pairs.pow(3);
    for need in needs {
        let row = need % n_rows;
        let choices = [row % n_pairs, row / n_pairs % n_pairs, row / n_pairs / n_pairs];
        let workers = choices.iter().enumerate().filter_map(|(v, &choice)| Some((v as u32, shape.pairs[choice]?)));
        let office = shape.direct.filter(|_| group.is_some()).map(|score| (3, score));
        instance.push_need(workers.chain(office));
    }
    if !shape.tiers.is_empty() {
        instance.tier = Some(needs.iter().map(|need| shape.tiers[need / n_rows]).collect());
    }
    instance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_is_listed_once() {
        let shape =
            Shape { pairs: &[None, Some(1)], tiers: &[1, 2], groups: &[None, Some(1)], members: 2, direct: None };
        let listed: Vec<_> = all(shape).collect();
        // 16 kinds of need in threes without order, 27 places, 2 groups.
        assert_eq!(listed.len(), 816 * 27 * 2);
        assert!(listed.iter().all(|instance| instance.network().is_ok()));
    }
}
