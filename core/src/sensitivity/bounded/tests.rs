//! Within bounds every change equals what trying everything says, and every chain keeps all bounds.

use super::*;
use crate::general::{Solution, solve};
use crate::oracle::{GeneralArrays, Rank, best_general_flow, rank_of};

struct Case {
    arrays: GeneralArrays,
    node: Vec<Option<u32>>,
    bounded: Bounded,
}

fn case(seed: u64) -> Option<Case> {
    let arrays = GeneralArrays::random(seed);
    let network = arrays.network();
    let Ok(Solution::Optimal { node, proof }) = solve(&network, &Control::new()) else { return None };
    let bounded = Bounded::new(&network, &node, &proof, (1, false));
    drop(network);
    Some(Case { arrays, node, bounded })
}

impl Case {
    /// The rank of the matching after some moves; each starts where its need is.
    fn after(&self, moves: &[Move], arrays: &GeneralArrays) -> Rank {
        let mut node = self.node.clone();
        for moved in moves {
            assert_eq!(node[moved.need as usize], moved.from);
            node[moved.need as usize] = moved.to;
        }
        rank_of(&arrays.network(), &node).expect("the chain keeps to all bounds")
    }

    fn edges(&self, need: usize) -> Vec<(u32, (u8, i32))> {
        let base = &self.arrays.base;
        let row = base.indptr[need]..base.indptr[need + 1];
        row.map(|k| (base.node[k], (base.tier[need], base.score[k] as i32))).collect()
    }
}

/// The network with only some edges of a need, which is served or not as is said.
fn with(arrays: &GeneralArrays, need: usize, keep: impl Fn(u32) -> bool, is_forced: bool) -> GeneralArrays {
    let mut changed = arrays.clone();
    let base = &mut changed.base;
    let row = base.indptr[need]..base.indptr[need + 1];
    let kept: Vec<usize> = row.clone().filter(|&k| keep(base.node[k])).collect();
    let n_lost = row.len() - kept.len();
    let (node, score): (Vec<u32>, Vec<i64>) = kept.iter().map(|&k| (base.node[k], base.score[k])).unzip();
    base.node.splice(row.clone(), node);
    base.score.splice(row, score);
    base.indptr[need + 1..].iter_mut().for_each(|end| *end -= n_lost);
    if is_forced {
        let group = changed.group_cap.len() as u32;
        changed.group_parent.push(changed.group_of_need[need]);
        changed.group_cap.push(1);
        changed.group_floor.push(1);
        changed.group_of_need[need] = Some(group);
    }
    changed
}

#[test]
fn every_change_is_what_solving_anew_says_or_nothing_is_possible() {
    let (mut n_forced, mut n_impossible, mut n_forbidden, mut n_more, mut n_fewer) = (0, 0, 0, 0, 0);
    for seed in 0..4000 {
        let Some(case) = case(seed) else { continue };
        let Case { arrays, node, bounded } = &case;
        for (need, place) in node.iter().enumerate() {
            let back = bounded.ways_back(bounded.vertex(need as u32));
            for (v, pair) in case.edges(need) {
                let best = best_general_flow(&with(arrays, need, |other| other == v, true).network());
                let moves = bounded.if_forced(&back, need as u32, v, pair);
                assert_eq!(moves.as_ref().map(|moves| case.after(moves, arrays)), best, "seed {seed}, {need} to {v}");
                n_forced += u32::from(moves.is_some());
                n_impossible += u32::from(moves.is_none());
            }
            if let Some(v) = *place {
                let best = best_general_flow(&with(arrays, need, |other| other != v, false).network());
                let moves = bounded.if_forbidden(&back, need as u32, case.edges(need).into_iter());
                assert_eq!(moves.map(|moves| case.after(&moves, arrays)), best, "seed {seed}, {need} not at {v}");
                n_forbidden += 1;
            }
        }
        let values = bounded.values(&Control::new()).unwrap();
        for (v, (more, fewer)) in values.into_iter().enumerate() {
            let mut changed = arrays.clone();
            changed.base.capacity[v] += 1;
            assert_eq!(Some(case.after(&more, &changed)), best_general_flow(&changed.network()), "seed {seed}: {v}");
            n_more += u32::from(!more.is_empty());
            let best = arrays.base.capacity[v].checked_sub(1).filter(|&cap| cap >= arrays.floor[v]).and_then(|cap| {
                changed.base.capacity[v] = cap;
                best_general_flow(&changed.network())
            });
            let fewer = fewer.filter(|_| arrays.base.capacity[v] > arrays.floor[v]);
            assert_eq!(fewer.as_ref().map(|moves| case.after(moves, &changed)), best, "seed {seed}: {v}");
            n_fewer += u32::from(best.is_some());
        }
    }
    assert!(n_forced > 5000 && n_impossible > 1000 && n_forbidden > 2000, "{n_forced} {n_impossible} {n_forbidden}");
    assert!(n_more > 200 && n_fewer > 1000, "{n_more} {n_fewer}");
}
