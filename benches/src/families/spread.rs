//! `uniform` and `hot_spots`: candidates without locality.

use super::supply::{forest, places_of};
use crate::instance::Instance;
use crate::random::Random;

/// Candidates of each need.
const CANDIDATES: usize = 32;

/// Candidates anywhere, scores without pattern: the hardest for the memory, the easiest to describe.
pub(super) fn uniform(needs: usize, random: &mut Random) -> Instance {
    spread(needs, random, |workers, random| (random.below(workers), random.between(1, 1_000_000) as i32))
}

/// Workers of low number are wanted by almost everybody, and at high scores: their prices rise far.
pub(super) fn hot_spots(needs: usize, random: &mut Random) -> Instance {
    spread(needs, random, |workers, random| {
        // The least of three draws: a tenth of the workers get over a quarter of the candidates.
        let worker = (0..3).map(|_| random.below(workers)).min().unwrap_or_default();
        let popularity = 500_000 * (workers - worker) as i64 / workers as i64;
        (worker, (popularity + random.between(1, 500_000)) as i32)
    })
}

fn spread(needs: usize, random: &mut Random, draw: impl Fn(usize, &mut Random) -> (usize, i32)) -> Instance {
    let workers = (needs / 10).max(1);
    let organization: Vec<u32> = (0..workers).map(|_| random.below(workers.div_ceil(20)) as u32).collect();
    let places = places_of(needs as u64 * 9 / 10, workers, random);
    let (capacity, parent) = forest(places, &[organization], 90);

    let mut instance = Instance::over(capacity, parent);
    instance.reserve(needs, CANDIDATES.min(workers));
    let mut drawn_by = vec![usize::MAX; workers];
    for need in 0..needs {
        let mut edges = Vec::with_capacity(CANDIDATES);
        while edges.len() < CANDIDATES.min(workers) {
            let (worker, score) = draw(workers, random);
            if std::mem::replace(&mut drawn_by[worker], need) != need {
                edges.push((worker as u32, score));
            }
        }
        instance.push_need(edges);
    }
    instance
}
