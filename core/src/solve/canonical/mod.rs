//! The tie rule: which of all optimal flows is the answer, and which of all prices that prove it.
//!
//! An optimum is seldom the only one. So that no engine, no version and no order of the work decides who is helped, the
//! answer is defined without regard to how it is found. Needs and nodes have an order of their own, the network's, which
//! the caller has drawn by lot. Among all optimal flows:
//!
//! 1. *Who is served*: going through the needs in order, each is served if some optimal flow serves it together with all
//!    those already granted ([`served`]).
//! 2. *Where*: going through the served needs in order, each takes the best-scored of its nodes, and of equals the first,
//!    that some optimal flow leaves it together with all places already given ([`places`]).
//! 3. *Prices*: the least that prove the flow optimal ([`prices`]). Optimal prices form a lattice, so there is one least
//!    price for every node: what one more place there would add.
//!
//! The first two are searches in the *tight* network: what can change without loss, given any optimal prices
//! ([`tight`]). By complementary slackness every optimal flow, and no other, consists of tight edges, keeps every need
//! with a positive utility, and fills every node that charges something.

mod tight;

mod search;
mod served;

mod places;
mod round_trip;

mod prices;

use super::{Flow, Work};
use crate::control::Control;
use crate::error::Error;
use crate::network::{Network, Score};
use tight::Tight;

/// The optimal flow and prices that the tie rule selects, from any optimal ones.
///
/// # Complexity
///
/// O(edges · log nodes) where few needs are tied; each tied need adds a search among those tied with it.
pub(crate) fn canonical<S: Score>(network: &Network<'_, S>, optimum: &Flow, control: &Control) -> Result<Flow, Error> {
    Ok(canonical_within(network, optimum, &Work::unlimited(), control)?.expect("unlimited work suffices"))
}

/// The same with so much work, or nothing if that does not suffice.
pub(crate) fn canonical_within<S: Score>(
    network: &Network<'_, S>,
    optimum: &Flow,
    work: &Work,
    control: &Control,
) -> Result<Option<Flow>, Error> {
    let mut tight = Tight::new(network, optimum, control)?;
    served::grant_in_order(&mut tight, work, control)?;
    places::give_in_order(&mut tight, work, control)?;
    if work.is_spent() {
        return Ok(None);
    }
    let node = tight.into_places();
    control.check()?;
    let price = prices::least(network, &node, &optimum.price, control)?;
    Ok(Some(Flow { node, price }))
}
