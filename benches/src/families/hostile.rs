//! Families made against an engine: what a benchmark would not contain, and an attacker would.

use crate::instance::Instance;
use crate::random::Random;

/// Needs of one war.
const FIGHTERS: usize = 32;

/// Small markets with one place too few, where everybody values everything almost alike.
///
/// Nobody gives in before the price has risen from nothing to the whole score, in steps of the smallest bid.
pub(super) fn price_war(needs: usize, random: &mut Random) -> Instance {
    let mut instance = Instance::over(vec![1; needs], vec![None; needs]);
    for need in 0..needs {
        let first = need / FIGHTERS * FIGHTERS;
        let last = needs.min(first + FIGHTERS) - 1;
        // The last place of each market is closed: one fighter must lose.
        instance.capacity[last] = 0;
        let edges: Vec<(u32, i32)> =
            (first..=last).map(|place| (place as u32, 1_000_000 - random.below(3) as i32)).collect();
        instance.push_need(edges);
    }
    instance
}

/// A chain in which each need would move on by one place, and a last need that makes all of them do so.
///
/// Each step costs a point or nothing, and the late need is worth more than all the steps together.
pub(super) fn long_paths(needs: usize, random: &mut Random) -> Instance {
    let mut instance = Instance::over(vec![1; needs], vec![None; needs]);
    for need in 1..needs {
        let (here, next) = (need as u32 - 1, need as u32);
        let step = random.below(2) as i32;
        instance.push_need([(here, 1000), (next, 1000 - step)]);
    }
    if needs > 0 {
        instance.push_need([(0, 1_000_000)]);
    }
    instance
}

/// A group with few places above many workers, and needs from the worst to the best: each throws another one out.
pub(super) fn evictions(needs: usize, _random: &mut Random) -> Instance {
    let workers = (needs / 10).max(1);
    let mut capacity = vec![10; workers];
    capacity.push((needs as u64 / 100).max(1));
    let mut parent = vec![Some(workers as u32); workers];
    parent.push(None);
    let mut instance = Instance::over(capacity, parent);
    for need in 0..needs {
        let worth = (1_000_000 * (need as i64 + 1) / needs as i64) as i32;
        let first = need % workers;
        let edges: Vec<(u32, i32)> =
            (0..8.min(workers)).map(|k| (((first + k) % workers) as u32, worth - k as i32)).collect();
        instance.push_need(edges);
    }
    instance
}
