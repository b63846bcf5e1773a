//! Square instances in which every pair is a candidate and every node takes one need.

use crate::instance::Instance;
use crate::random::Random;

/// Scores without pattern.
pub(super) fn uniform(needs: usize, random: &mut Random) -> Instance {
    square(needs, |_, _| random.between(1, 1_000_000) as i32)
}

/// Needs and nodes are points of a plane; the score falls with their distance.
pub(super) fn geometric(needs: usize, random: &mut Random) -> Instance {
    let mut points =
        |n| (0..n).map(|_| (random.below(1 << 19) as i64, random.below(1 << 19) as i64)).collect::<Vec<_>>();
    let (homes, offices) = (points(needs), points(needs));
    square(needs, |need, node| {
        let ((x, y), (u, v)) = (homes[need], offices[node]);
        1_000_000 - ((x - u).pow(2) + (y - v).pow(2)).isqrt() as i32
    })
}

/// The score is `−i·j`: prices of every size, and augmenting paths through everybody.
///
/// Shifted to be positive: every pair of a row by the same, which changes no order of matchings.
pub(super) fn product(needs: usize, _random: &mut Random) -> Instance {
    square(needs, |need, node| ((needs * needs) as i64 - ((need + 1) * node) as i64) as i32)
}

fn square(side: usize, mut score: impl FnMut(usize, usize) -> i32) -> Instance {
    let mut instance = Instance::over(vec![1; side], vec![None; side]);
    for need in 0..side {
        let edges: Vec<(u32, i32)> = (0..side).map(|node| (node as u32, score(need, node))).collect();
        instance.push_need(edges);
    }
    instance
}
