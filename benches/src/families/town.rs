//! `town` and its variants: a plane with towns, where needs look for workers nearby.
//!
//! Locality is what makes real instances easier than random ones of the same size, and what an engine may use.

use super::plane::{Grid, Point, SIDE, anywhere, near};
use super::supply::{forest, places_of};
use crate::instance::Instance;
use crate::random::Random;

/// Workers who live around one centre.
const WORKERS_OF_TOWN: usize = 40;
/// What an organization lets through of the places of its workers, in per cent.
const LET_THROUGH: u64 = 90;

/// Two-level supply, 0.8 places for each need, 50 needs for each worker.
pub(super) fn town(needs: usize, random: &mut Random) -> Instance {
    Town::of(needs).build(random)
}

/// Three places for ten needs.
pub(super) fn scarce(needs: usize, random: &mut Random) -> Instance {
    Town { supply: 30, ..Town::of(needs) }.build(random)
}

/// As many places as needs, and more workers.
pub(super) fn balanced(needs: usize, random: &mut Random) -> Instance {
    Town { supply: 100, workers: (needs / 10).max(1), ..Town::of(needs) }.build(random)
}

/// Half as many places again as needs: most prices are 0.
pub(super) fn slack(needs: usize, random: &mut Random) -> Instance {
    Town { supply: 150, ..Town::of(needs) }.build(random)
}

/// Nine different scores: almost every choice is a tie.
pub(super) fn tied_9(needs: usize, random: &mut Random) -> Instance {
    town(needs, random).map_scores(|score| levels(score, 9))
}

/// 95 different scores.
pub(super) fn tied_95(needs: usize, random: &mut Random) -> Instance {
    Town { supply: 120, ..Town::of(needs) }.build(random).map_scores(|score| levels(score, 95))
}

/// Tiers 4 to 1 for 5, 15, 40 and 40 % of the needs.
pub(super) fn tiers(needs: usize, random: &mut Random) -> Instance {
    let instance = town(needs, random);
    with_tiers(instance, random)
}

/// Tiers, balanced supply and nine different scores.
pub(super) fn tiers_tied(needs: usize, random: &mut Random) -> Instance {
    let instance = balanced(needs, random).map_scores(|score| levels(score, 9));
    with_tiers(instance, random)
}

/// The same instance under such tiers, which change what is best.
pub(super) fn with_tiers(instance: Instance, random: &mut Random) -> Instance {
    let tier = |percent| match percent {
        0..5 => 4,
        5..20 => 3,
        20..60 => 2,
        _ => 1,
    };
    let tiers = (0..instance.n_needs()).map(|_| tier(random.below(100))).collect();
    Instance { tier: Some(tiers), optimum: None, ..instance }
}

/// Workers who serve one need each: an assignment problem in the old sense.
pub(super) fn caseload_1(needs: usize, random: &mut Random) -> Instance {
    Town { workers: needs.max(1), supply: 90, ..Town::of(needs) }.build(random)
}

/// Few workers, each with hundreds of places.
pub(super) fn caseload_500(needs: usize, random: &mut Random) -> Instance {
    Town { workers: (needs / 500).max(1), supply: 90, members: 5, ..Town::of(needs) }.build(random)
}

/// A hundred candidates for each need.
pub(super) fn many_candidates(needs: usize, random: &mut Random) -> Instance {
    Town { workers: (needs / 20).max(1), candidates: 100, ..Town::of(needs) }.build(random)
}

/// Four levels, each of which binds somewhere.
pub(super) fn deep(needs: usize, random: &mut Random) -> Instance {
    Town { workers: (needs / 20).max(1), supply: 100, members: 8, above: &[5, 6], ..Town::of(needs) }.build(random)
}

/// Four levels, and for half of the needs candidates at an organization and at its township.
pub(super) fn direct(needs: usize, random: &mut Random) -> Instance {
    let staffed = deep(needs, random);
    let mut instance = Instance::over(staffed.capacity.clone(), staffed.parent.clone());
    for need in 0..needs {
        let mut edges: Vec<(u32, i32)> = staffed.edges(need).collect();
        if random.percent(50) {
            // Direct service is worth less than a named worker, but the office has places of all its workers.
            let (worker, score) = edges[random.below(edges.len())];
            let organization = staffed.parent[worker as usize];
            edges.extend(organization.map(|node| (node, score * 4 / 5)));
            edges.extend(organization.and_then(|node| staffed.parent[node as usize]).map(|node| (node, score / 2)));
        }
        instance.push_need(edges);
    }
    instance
}

/// Every worker in one organization: the whole city bids in one market.
pub(super) fn one_group(needs: usize, random: &mut Random) -> Instance {
    Town { workers: (needs / 10).max(1), members: usize::MAX, ..Town::of(needs) }.build(random)
}

/// Few candidates for each need, and a hundred needs for each worker.
pub(super) fn province(needs: usize, random: &mut Random) -> Instance {
    Town { workers: (needs / 100).max(1), candidates: 16, ..Town::of(needs) }.build(random)
}

fn levels(score: i32, n_levels: i32) -> i32 {
    1 + (score - 1) * n_levels / 1_000_000
}

/// What a town is made from.
struct Town {
    needs: usize,
    workers: usize,
    /// Candidates of each need.
    candidates: usize,
    /// Places for a hundred needs, as the organizations let them through.
    supply: u64,
    /// Workers of one organization.
    members: usize,
    /// Members of one group of each level above the organizations.
    above: &'static [usize],
}

impl Town {
    fn of(needs: usize) -> Self {
        Self { needs, workers: (needs / 50).max(1), candidates: 32, supply: 80, members: 20, above: &[] }
    }

    fn build(&self, random: &mut Random) -> Instance {
        let n_towns = self.workers.div_ceil(WORKERS_OF_TOWN);
        let spacing = SIDE / (n_towns as u64).isqrt().max(1) as i64;
        let centres: Vec<Point> = (0..n_towns).map(|_| anywhere(random)).collect();

        // Neighbours share an organization, but their numbers say nothing about it.
        let mut rank: Vec<usize> = (0..self.workers).collect();
        random.shuffle(&mut rank);
        let workers: Vec<Point> = rank.iter().map(|&r| near(centres[r / WORKERS_OF_TOWN], spacing, random)).collect();

        let total = self.supply * self.needs as u64 / LET_THROUGH;
        let mut levels = vec![rank.iter().map(|&r| (r / self.members) as u32).collect::<Vec<u32>>()];
        for &members in self.above {
            let n_below = levels[levels.len() - 1].iter().max().map_or(0, |&last| last + 1);
            levels.push((0..n_below).map(|v| v / members as u32).collect());
        }
        let (capacity, parent) = forest(places_of(total, self.workers, random), &levels, LET_THROUGH);

        let grid = Grid::new(&workers);
        let mut instance = Instance::over(capacity, parent);
        instance.reserve(self.needs, self.candidates.min(self.workers));
        for _ in 0..self.needs {
            // Two draws, the lower of which counts: towns with low numbers have more needs than workers.
            let town = random.below(n_towns).min(random.below(n_towns));
            let home = near(centres[town], spacing, random);
            let nearby = grid.nearest(home, self.candidates + self.candidates / 2);
            instance.push_need(self.choose(&nearby, spacing, random));
        }
        instance
    }

    /// Some of the workers nearby, as a rule of domains would leave them, with scores that fall with distance.
    fn choose(&self, nearby: &[(i64, u32)], spacing: i64, random: &mut Random) -> Vec<(u32, i32)> {
        let mut left = nearby.len();
        let mut wanted = self.candidates.min(left);
        let mut edges = Vec::with_capacity(wanted);
        for &(distance, worker) in nearby {
            if random.below(left) < wanted {
                let closeness = 700_000 - 700_000 * distance.min(2 * spacing) / (2 * spacing);
                let score = closeness + random.between(1, 300_000);
                edges.push((worker, score as i32));
                wanted -= 1;
            }
            left -= 1;
        }
        edges
    }
}
