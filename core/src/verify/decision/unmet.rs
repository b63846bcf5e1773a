//! Does the tight set prove that floors cannot be met?
//!
//! However needs are served, the places filled where its floors stand are never more than those filled where its caps
//! stand, and one for each of its needs. With a price of −1 at the floors and 1 at the caps, a need can gain 1 at most, and
//! only those that are named gain at all; so floors that ask for more than caps and needs allow cannot all be met.

use super::Rows;
use super::limits::Limits;
use super::supply::{Places, Supply};
use crate::decision::DecisionFault;
use crate::decision::form::{Limit, Pair, TightSet};

pub(super) fn check(
    tight: &TightSet,
    (supply, rows): (&Supply<'_>, &Rows<'_>),
    limits: &Limits,
    places: &Places,
) -> Result<(), DecisionFault> {
    let wrong = |part: &str| DecisionFault::wrong(format!("result.tight_set.{part}"));
    if places.used.iter().any(|&used| used > 0) {
        return Err(DecisionFault::wrong("result.assignments"));
    }
    if places.price.iter().any(|&price| price != Pair::default()) {
        return Err(DecisionFault::wrong("result.capacity: price"));
    }
    let mut price = vec![0i64; places.used.len()];
    let asked = sum(supply, &tight.floors, (&limits.floor, -1), places, &mut price).ok_or(wrong("floors"))?;
    let allowed = sum(supply, &tight.caps, (&limits.cap, 1), places, &mut price).ok_or(wrong("caps"))?;
    let full = |node: usize| supply.path(node).map(|node| price[node]).sum::<i64>();
    let full_price: Vec<i64> = (0..price.len()).map(full).collect();
    let mut gaining = Vec::new();
    for need in (0..rows.n_needs()).filter(|&need| !rows.is_pinned[need]) {
        match rows.row(need).map(|(node, _)| -full_price[node]).max().unwrap_or(0) {
            ..=0 => {}
            1 => gaining.push(rows.id(need)),
            _ => return Err(wrong("needs")),
        }
    }
    gaining.sort_unstable();
    if !tight.needs.iter().map(|id| &**id).eq(gaining) {
        return Err(wrong("needs"));
    }
    let missing = asked - allowed - tight.needs.len() as i128;
    if missing > 0 && missing == i128::from(tight.missing) { Ok(()) } else { Err(wrong("missing")) }
}

/// The sum of limits that are truly those of their nodes, each node once and in order; notes their prices.
fn sum(
    supply: &Supply<'_>,
    listed: &[Limit],
    (limit, sign): (&[u64], i64),
    places: &Places,
    price: &mut [i64],
) -> Option<i128> {
    let mut rest = places.in_order.iter();
    let mut sum = 0;
    for row in listed {
        let node = *rest.find(|&&node| *row.level == *supply.level(node) && *row.id == *supply.id(node))?;
        // A floor of 0 asks for nothing.
        if price[node] != 0 || row.needs != limit[node] || (sign < 0 && row.needs == 0) {
            return None;
        }
        price[node] = sign;
        sum += i128::from(row.needs);
    }
    Some(sum)
}
