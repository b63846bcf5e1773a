//! Tiny random instances that visit the corners: empty sides, closed nodes, chains of groups, ties, huge scores.

use needmatch_benches::{Instance, Random};

/// The tiny instance of a seed: up to 6 needs, up to 6 nodes, up to 4 levels.
#[must_use]
pub fn tiny(seed: u64) -> Instance<i64> {
    let random = &mut Random::new(seed);
    let (n_needs, n_nodes) = (random.below(7), random.below(7));
    let mut instance = Instance::over(capacities(n_nodes, random), parents(n_nodes, random));
    let (low, high) = SCORES[random.below(SCORES.len())];
    let density = 20 + random.below(81);
    for _ in 0..n_needs {
        let mut nodes: Vec<u32> = (0..n_nodes as u32).collect();
        random.shuffle(&mut nodes);
        nodes.retain(|_| random.percent(density));
        let edges: Vec<(u32, i64)> = nodes.into_iter().map(|node| (node, random.between(low, high))).collect();
        instance.push_need(edges);
    }
    let (lowest, highest) = TIERS[random.below(TIERS.len())];
    if highest > 0 {
        instance.tier = Some((0..n_needs).map(|_| random.between(lowest, highest) as u8).collect());
    }
    instance
}

/// Ranges of scores: ties, signs, wide, and both ends of what is allowed.
const SCORES: [(i64, i64); 9] = [
    (0, 0),
    (1, 1),
    (0, 1),
    (-1, 1),
    (1, 3),
    (-5, 10),
    (-1_000_000, 1_000_000),
    (1 << 39, 1 << 40),
    (-(1 << 40), 1 << 40),
];

/// Ranges of tiers.
const TIERS: [(i64, i64); 7] = [(0, 0), (0, 0), (1, 1), (0, 1), (1, 3), (0, 3), (60, 63)];

fn capacities(n_nodes: usize, random: &mut Random) -> Vec<u64> {
    const CHOICES: [u64; 8] = [0, 1, 1, 1, 2, 2, 3, i64::MAX as u64];
    (0..n_nodes).map(|_| CHOICES[random.below(CHOICES.len())]).collect()
}

/// A forest of at most four levels whose numbering says nothing about it.
fn parents(n_nodes: usize, random: &mut Random) -> Vec<Option<u32>> {
    let mut name: Vec<u32> = (0..n_nodes as u32).collect();
    random.shuffle(&mut name);
    let rooted = random.below(101);
    let (mut parent, mut depth) = (vec![None; n_nodes], vec![1; n_nodes]);
    for position in 1..n_nodes {
        let above = random.below(position);
        if depth[above] < 4 && !random.percent(rooted) {
            parent[name[position] as usize] = Some(name[above]);
            depth[position] = depth[above] + 1;
        }
    }
    parent
}
