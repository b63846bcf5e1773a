//! Who is served, of those for whom an optimal flow may or may not have a place.

use super::search::Search;
use super::tight::Tight;
use crate::control::Control;
use crate::error::Error;
use crate::solve::Work;

/// Serves each need, in order, that can be served without loss together with all earlier ones.
///
/// A need that stays out is served if one unit can move from one of its nodes to a root with room, or to a later need
/// that loses nothing by leaving. A search that finds neither closes the nodes that it reached: no later search can
/// leave them, and the later needs it would look for are fewer. So all failing searches together see each node once.
/// Stops where the work is spent.
pub(super) fn grant_in_order(tight: &mut Tight, work: &Work, control: &Control) -> Result<(), Error> {
    let mut search = Search::new(tight);
    let outside = search.outside();
    for need in 0..tight.n_needs() as u32 {
        if tight.place(need).is_some() || !tight.is_indifferent(need) {
            continue;
        }
        control.check()?;
        if work.is_spent() {
            break;
        }
        search.begin();
        let is_target = |v: u32| v == outside || later_to_leave(tight, v, need).is_some();
        let target = tight.nodes_of(need).iter().find_map(|&start| search.explore(tight, start, |_| true, is_target));
        work.spend(search.n_reached());
        if let Some(target) = target {
            if target != outside {
                let later = later_to_leave(tight, target, need).expect("the target holds a later need");
                tight.detach(later);
            }
            let start = search.shift(tight, target);
            tight.attach(need, start);
            search.take_back();
        }
    }
    Ok(())
}

/// The last need at a node that loses nothing by leaving, if it comes after the one that asks.
fn later_to_leave(tight: &Tight, v: u32, asking: u32) -> Option<u32> {
    let last = tight.held(v).iter().copied().filter(|&need| tight.is_indifferent(need)).max();
    last.filter(|&need| need > asking)
}
