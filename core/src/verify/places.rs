//! Does nobody serve more than there are places for, and is the list of places what the assignments make of it?

use super::Violation;
use super::packed::FullPrices;
use super::people::provider;
use super::supply::Supply;
use crate::matching::{Level, Outcome, Status};
use crate::solve::Price;
use crate::total::Total;

/// What the list of places says, by position.
pub(super) struct Places {
    /// The sum of the prices from a node to the top.
    pub(super) full_price: FullPrices,
    /// The lowest level at or above a node where all places are filled; `None` where a place is open all the way.
    pub(super) full_at: Vec<Option<Level>>,
}

/// Checks the list of places.
pub(super) fn check(supply: &Supply<'_>, outcome: &Outcome) -> Result<Places, Violation> {
    let used = count(supply, outcome);
    if outcome.capacity.len() != supply.n_nodes() {
        return Err(Violation::Length { list: "capacity" });
    }
    let mut price = vec![Price::default(); supply.n_nodes()];
    let mut last = None;
    for (row, capacity) in outcome.capacity.iter().enumerate() {
        let wrong = |field| Violation::Capacity { row, field };
        let position = supply.position(capacity.node).ok_or(wrong("node"))?;
        let key = (capacity.node.level(), supply.id(capacity.node));
        // As many rows as nodes, each after the one before it: so every node is there once.
        if last.replace(key) >= Some(key) {
            return Err(wrong("node"));
        }
        if capacity.places != supply.places(capacity.node) {
            return Err(wrong("places"));
        }
        if capacity.used != used[position] {
            return Err(wrong("used"));
        }
        if capacity.places.is_some_and(|places| capacity.used > places) {
            return Err(Violation::OverCapacity { node: position });
        }
        if capacity.floor != supply.floor(capacity.node) {
            return Err(wrong("floor"));
        }
        if capacity.used < capacity.floor && outcome.status.serves() {
            return Err(Violation::BelowFloor { node: position });
        }
        match &outcome.certificate {
            None if capacity.price < Price::default() => return Err(Violation::NegativePrice { node: position }),
            None if capacity.places.is_none() && capacity.price != Price::default() => return Err(wrong("price")),
            None if matches!(outcome.status, Status::FloorsUnmet | Status::Stable)
                && capacity.price != Price::default() =>
            {
                return Err(wrong("price"));
            }
            None => {}
            // How it reads is what the certificate says.
            Some(certificate) => {
                let exact = certificate.price.get(row).ok_or(Violation::Length { list: "certificate" })?;
                if capacity.price != certificate.in_tiers(*exact) {
                    return Err(wrong("price"));
                }
            }
        }
        price[position] = capacity.price;
    }
    let positions = || (0..supply.n_nodes()).map(|position| supply.at(position));
    let is_full =
        |position: &usize| supply.places(supply.at(*position)).is_some_and(|places| used[*position] >= places);
    let level = |position: usize| supply.at(position).level();
    Ok(Places {
        full_price: FullPrices::new(
            positions().map(|node| supply.path(node).fold(Total::ZERO, |sum, v| sum + pair(price[v]))).collect(),
        ),
        full_at: positions().map(|node| supply.path(node).find(is_full).map(level)).collect(),
    })
}

/// For each position how many assignments it or anyone below it serves.
fn count(supply: &Supply<'_>, outcome: &Outcome) -> Vec<u64> {
    let mut used = vec![0; supply.n_nodes()];
    for assignment in &outcome.assignments {
        for position in supply.path(provider(assignment)) {
            used[position] += 1;
        }
    }
    used
}

/// A price in the form of a total.
pub(super) fn pair(price: Price) -> Total {
    Total { tier: price.tier.into(), score: price.score.into() }
}
