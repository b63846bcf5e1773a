//! A shortage is proven, and its repair the least there is.

use super::super::*;
use super::{ONE_THREAD, sample_of};
use crate::error::Language;
use crate::verify;

#[test]
fn a_shortage_is_what_no_matching_can_do_better_and_the_repair_is_the_least_that_ends_it() {
    let (mut sets, mut repaired) = (0, 0);
    for seed in 0..400 {
        let Some((_, _, explainer)) = sample_of(seed) else { continue };
        let (matching, problem) = (explainer.matching(), explainer.matching().problem());
        let shortages = explainer.shortages().unwrap();
        let left_over: usize = shortages.iter().map(|shortage| shortage.left_over.len()).sum();
        let has_candidates = |need: NeedId| !explainer.scored.candidates.row(need).is_empty();
        let unserved = matching.unmatched().iter().filter(|unmatched| has_candidates(unmatched.need)).count();
        if problem.policy().objective() == crate::policy::Objective::Score {
            assert!(left_over <= unserved, "seed {seed}");
        } else {
            assert_eq!(left_over, unserved, "seed {seed}");
        }
        for shortage in &shortages {
            assert!(!shortage.text(Language::English).is_empty() && !shortage.text(Language::Chinese).is_empty());
            assert_eq!(verify::verify_shortage(problem, &explainer.scored, matching, shortage), Ok(()));
            for lie in lies(shortage) {
                assert!(verify::verify_shortage(problem, &explainer.scored, matching, &lie).is_err(), "{lie:?}");
            }
            sets += 1;
        }
        let repair = explainer.smallest_repair(&ONE_THREAD).unwrap();
        assert!(repair.n_places as usize >= left_over, "each place lets one more be served at most");
        assert_eq!(repair.served.len(), unserved, "seed {seed}");
        // With these places everybody is served; with any of them one fewer, not.
        let served_with = |less_at: Option<usize>| served_with(&explainer, &repair, less_at);
        let free = problem.needs_by_id().filter(|&need| has_candidates(need)).count();
        let pinned = matching.summary().pinned as usize;
        assert_eq!(served_with(None), free - pinned, "seed {seed}");
        for k in 0..repair.places.len() {
            assert!(served_with(Some(k)) < free - pinned, "seed {seed}");
            repaired += 1;
        }
    }
    assert!(sets > 50 && repaired > 50, "{sets} and {repaired}");
}

/// How many needs that are not pinned can be served with the places of a repair, at one node one fewer.
fn served_with(explainer: &Explainer, repair: &Repair, less_at: Option<usize>) -> usize {
    let mut capacity = explainer.capacity.clone();
    for (k, &(node, places)) in repair.places.iter().enumerate() {
        capacity[explainer.forest.index(node) as usize] += places - u64::from(less_at == Some(k));
    }
    let problem = explainer.matching().problem();
    let (mut indptr, mut node) = (vec![0], Vec::new());
    for (need, row) in problem.needs().iter().enumerate() {
        if row.pinned_worker.is_none() {
            node.extend_from_slice(explainer.scored.candidates.row(NeedId::new(need)));
        }
        indptr.push(node.len());
    }
    let (score, tier) = (vec![0_i64; node.len()], vec![1; problem.needs().len()]);
    let network = crate::Network::new(&indptr, &node, &score, &capacity).unwrap();
    let network = network.with_parents(&explainer.forest.parent).unwrap().with_tiers(&tier).unwrap();
    crate::assign(&network, &ONE_THREAD).unwrap().total.tier as usize
}

/// The shortage with each field changed.
fn lies(shortage: &Shortage) -> Vec<Shortage> {
    let changed = |change: &dyn Fn(&mut Shortage)| {
        let mut lie = shortage.clone();
        change(&mut lie);
        lie
    };
    let mut lies = vec![
        changed(&|lie| lie.places += 1),
        changed(&|lie| lie.needs.truncate(lie.needs.len() - 1)),
        changed(&|lie| lie.left_over.clear()),
        changed(&|lie| lie.by_tier[0].needs += 1),
        changed(&|lie| lie.by_domain[0].served += 1),
        changed(&|lie| lie.by_town.clear()),
        changed(&|lie| lie.providers.push(lie.providers[0])),
        changed(&|lie| lie.providers.clear()),
        changed(&|lie| lie.needs.push(lie.needs[0])),
        changed(&|lie| lie.left_over.push(lie.left_over[0])),
        changed(&|lie| lie.binding.extend(lie.binding.first().copied())),
    ];
    lies.extend((0..shortage.binding.len()).map(|k| changed(&|lie| lie.binding[k].1 += 1)));
    lies.extend(
        (0..shortage.binding.len()).map(|k| changed(&|lie| lie.binding.retain(|own| *own != shortage.binding[k]))),
    );
    lies
}
