//! Does the tight set prove that floors cannot be met?
//!
//! However needs are served, the places filled and needs served where its floors stand are never more than those where its
//! caps stand, and one for each of its needs. With a price of −1 at the floors and 1 at the caps, a need can gain 1 at
//! most, and only those that are named gain at all; so floors that ask for more than caps and needs allow cannot all be met.

use std::collections::BTreeMap;

use super::certificate::Case;
use super::quotas::Key;
use crate::decision::DecisionFault;
use crate::decision::form::{Limit, Pair, TightSet};

pub(super) fn check(tight: &TightSet, case: &Case<'_>) -> Result<(), DecisionFault> {
    let wrong = |part: &str| DecisionFault::wrong(format!("result.tight_set.{part}"));
    let Case { places, rows, supply, .. } = case;
    if places.used.iter().any(|&used| used > 0) {
        return Err(DecisionFault::wrong("result.assignments"));
    }
    if places.price.iter().any(|&price| price != Pair::default()) {
        return Err(DecisionFault::wrong("result.capacity: price"));
    }
    let mut prices = Prices { of_node: vec![0; places.used.len()], of_part: BTreeMap::new() };
    let asked = prices.sum(case, &tight.floors, -1).ok_or(wrong("floors"))?;
    let allowed = prices.sum(case, &tight.caps, 1).ok_or(wrong("caps"))?;
    let full = |node: usize| supply.path(node).map(|node| prices.of_node[node]).sum::<i128>();
    let full_price: Vec<i128> = (0..places.used.len()).map(full).collect();
    let of_need = case.of_needs(&prices.of_part);
    let mut gaining = Vec::new();
    for need in (0..rows.n_needs()).filter(|&need| !rows.is_pinned[need]) {
        match rows.row(need).map(|(node, _)| -full_price[node] - of_need[need]).max().unwrap_or(0) {
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

/// The prices that limits stand for.
struct Prices<'a> {
    of_node: Vec<i128>,
    of_part: BTreeMap<Key<'a>, i128>,
}

impl<'a> Prices<'a> {
    /// The sum of limits that are truly those of their nodes and quotas, each once and in order; notes their prices.
    fn sum(&mut self, case: &'a Case<'_>, listed: &'a [Limit], sign: i128) -> Option<i128> {
        let Case { places, supply, limits, quotas, .. } = case;
        let limit = |floor: u64, cap: u64| if sign < 0 { floor } else { cap };
        let mut rest = places.in_order.iter();
        let (mut sum, mut last) = (0, None);
        for row in listed {
            let needs = if *row.level == *"quota" {
                let (key, part) = quotas.part(&row.id, row.household_id.as_deref())?;
                // Quotas come after all nodes, by their identifiers.
                if last.replace(key) >= Some(key) || self.of_part.insert(key, sign).is_some() {
                    return None;
                }
                limit(part.floor, part.cap)
            } else {
                let is_it = |&&node: &&usize| *row.level == *supply.level(node) && *row.id == *supply.id(node);
                let node = *rest.find(is_it).filter(|_| last.is_none() && row.household_id.is_none())?;
                if std::mem::replace(&mut self.of_node[node], sign) != 0 {
                    return None;
                }
                limit(limits.floor[node], limits.cap[node])
            };
            // A floor of 0 asks for nothing.
            if row.needs != needs || (sign < 0 && needs == 0) {
                return None;
            }
            sum += i128::from(needs);
        }
        Some(sum)
    }
}
