//! Where the served needs are served, of all the nodes at which an optimal flow may serve them.

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use super::round_trip::RoundTrips;
use super::tight::{Move, Tight};
use crate::control::Control;
use crate::error::Error;
use crate::solve::Work;

/// Gives each served need, in order, the first of its nodes that is possible with all places given before.
///
/// A need can move to another node if one unit can move on from there until it fills the place that the need gives up.
/// Such a round trip stays within a strongly connected component of the tight network, so most needs, which are alone in
/// theirs, are settled by a look at the components. Stops where the work is spent.
pub(super) fn give_in_order(tight: &mut Tight, work: &Work, control: &Control) -> Result<(), Error> {
    let component = components(tight);
    let mut trips: Option<RoundTrips> = None;
    for need in 0..tight.n_needs() as u32 {
        let Some(place) = tight.place(need) else { continue };
        control.check()?;
        if work.is_spent() {
            break;
        }
        let better = tight.nodes_of(need).iter().copied().take_while(|&v| v != place);
        let nodes: Vec<u32> = better.filter(|&v| component[v as usize] == component[place as usize]).collect();
        if !nodes.is_empty() {
            // Needs that come earlier have their places for good; the need itself is what is being moved.
            let trips = trips.get_or_insert_with(|| RoundTrips::new(tight));
            work.spend(trips.go(tight, need, place, nodes.into_iter()));
        }
    }
    Ok(())
}

/// The strongly connected component of each node of the tight network; outside of the forest comes last.
fn components(tight: &Tight) -> Vec<u32> {
    let outside = tight.n_nodes() as u32;
    let mut arcs = Vec::new();
    for v in 0..outside {
        tight.moves_from(
            v,
            |_| true,
            |step| match step {
                Move::To(to, _) => arcs.push((v, to)),
                Move::Out => arcs.push((v, outside)),
            },
        );
    }
    arcs.extend(tight.roots().filter(|&root| tight.can_shrink(root)).map(|root| (outside, root)));
    let mut graph = DiGraph::<(), ()>::with_capacity(tight.n_nodes() + 1, arcs.len());
    for _ in 0..=outside {
        graph.add_node(());
    }
    graph.extend_with_edges(arcs);
    let mut component = vec![0; tight.n_nodes() + 1];
    for (number, members) in tarjan_scc(&graph).into_iter().enumerate() {
        for v in members {
            component[v.index()] = number as u32;
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::Arrays;
    use crate::solve::canonical::search::Search;
    use crate::solve::canonical::served::grant_in_order;
    use crate::solve::solve;

    /// The same by a search from one end, which ends where the other one may not.
    fn by_the_rule(tight: &mut Tight) -> usize {
        let (mut search, mut n_moved) = (Search::new(tight), 0);
        for need in 0..tight.n_needs() as u32 {
            let Some(place) = tight.place(need) else { continue };
            search.begin();
            let mut better = tight.nodes_of(need).iter().take_while(|&&v| v != place);
            let found = better.find_map(|&start| search.explore(tight, start, |other| other > need, |v| v == place));
            if let Some(target) = found {
                tight.detach(need);
                let start = search.shift(tight, target);
                tight.attach(need, start);
                n_moved += 1;
            }
            search.take_back();
        }
        n_moved
    }

    #[test]
    fn a_search_from_both_ends_gives_the_places_that_one_from_the_start_gives() {
        let mut n_moved = 0;
        for seed in 0..3_000 {
            let arrays = Arrays::middle(seed, 1 + (seed % 3) as i64, 1);
            let network = arrays.network();
            let control = Control::new();
            let flow = solve(&network, &control).unwrap();
            let mut tight = Tight::new(&network, &flow, &control).unwrap();
            let work = Work::unlimited();
            grant_in_order(&mut tight, &work, &control).unwrap();
            let mut other = tight.clone();
            give_in_order(&mut tight, &work, &control).unwrap();
            n_moved += by_the_rule(&mut other);
            assert_eq!(tight.into_places(), other.into_places(), "seed {seed}");
        }
        assert!(n_moved > 3_000, "{n_moved}");
    }
}
