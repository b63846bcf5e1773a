//! Do the prices prove that no matching over the candidates has a greater total, and are they the least that do?
//!
//! For any prices of at least zero, bound less total is the sum of what free places are priced at and of what each need
//! falls short of its best at the prices; no part of the sum is below zero. So the total is the greatest exactly where
//! every part is zero, which asks for no large product.

use super::Rows;
use super::head::Head;
use super::supply::{Places, Supply};
use crate::decision::DecisionFault;
use crate::decision::form::{File, Pair};

/// Checks the total against the assignments, and that bound and gap are what was found.
pub(super) fn check_totals(file: &File, head: &Head<'_>, gap: Pair) -> Result<(), DecisionFault> {
    let result = &file.result;
    let worth = result.assignments.iter().map(|row| head.worth(row.tier, row.score));
    let total = worth.fold(Pair::default(), Pair::plus);
    for (place, stated, is) in [
        ("result.total", result.total, total),
        ("result.bound", result.bound, total.plus(gap)),
        ("result.gap", result.gap, gap),
    ] {
        if stated != is {
            return Err(DecisionFault::wrong(place));
        }
    }
    Ok(())
}

/// Checks that the prices of the places prove the total the greatest, and that no lower ones would.
pub(super) fn check(
    head: &Head<'_>,
    supply: &Supply<'_>,
    rows: &Rows<'_>,
    served_at: &[Option<usize>],
    places: &Places,
) -> Result<(), DecisionFault> {
    let proof = Proof { head, supply, rows, served_at, places };
    let is_priced_but_free = |node: usize| {
        let above = supply.above[node].map_or(Pair::default(), |above| places.full_price[above]);
        places.has_room[node] && places.full_price[node] != above
    };
    if let Some(node) = (0..supply.above.len()).find(|&node| is_priced_but_free(node)) {
        return Err(DecisionFault::wrong(format!("result.capacity: price of node {node}")));
    }
    if let Some(need) = (0..rows.n_needs()).find(|&need| !rows.is_pinned[need] && !proof.has_the_best(need)) {
        return Err(DecisionFault::wrong(format!("result.assignments: best of need {need}")));
    }
    match proof.not_least() {
        Some(node) => Err(DecisionFault::wrong(format!("result.capacity: price of node {node}"))),
        None => Ok(()),
    }
}

struct Proof<'a> {
    head: &'a Head<'a>,
    supply: &'a Supply<'a>,
    rows: &'a Rows<'a>,
    served_at: &'a [Option<usize>],
    places: &'a Places,
}

impl Proof<'_> {
    /// What each candidate of a need is worth after the price; none for a pinned need, which is no choice of the run.
    fn nets(&self, need: usize) -> impl Iterator<Item = (usize, Pair)> + '_ {
        let tier = self.rows.tier(need);
        let row = self.rows.row(need).filter(move |_| !self.rows.is_pinned[need]);
        row.map(move |(node, score)| (node, self.head.worth(tier, score).minus(self.places.full_price[node])))
    }

    fn has_the_best(&self, need: usize) -> bool {
        let best = self.nets(need).map(|(_, net)| net).max().unwrap_or_default().max(Pair::default());
        let has = self.served_at[need].and_then(|node| self.nets(need).find(|&(other, _)| other == node));
        has.map_or(Pair::default(), |(_, net)| net) == best
    }

    /// A node whose price could fall: one that no chain of conditions which are met exactly ties to outside.
    fn not_least(&self) -> Option<usize> {
        let above = &self.supply.above;
        let full_price = &self.places.full_price;
        let (mut below, mut held) = (vec![Vec::new(); above.len()], vec![Vec::new(); above.len()]);
        let (mut is_reached, mut next) = (vec![false; above.len()], Vec::new());
        for node in 0..above.len() {
            match above[node] {
                Some(above) => below[above].push(node),
                // No price is below zero.
                None if full_price[node] == Pair::default() => next.push(node),
                None => {}
            }
        }
        for need in 0..self.rows.n_needs() {
            match self.served_at[need] {
                Some(node) => held[node].push(need),
                // A need that is left out wants no node at its price.
                None => next.extend(self.nets(need).filter(|&(_, net)| net == Pair::default()).map(|(node, _)| node)),
            }
        }
        while let Some(node) = next.pop() {
            if std::mem::replace(&mut is_reached[node], true) {
                continue;
            }
            // What is below costs at least as much.
            next.extend(below[node].iter().filter(|&&below| full_price[below] == full_price[node]));
            // What has room costs no more than what is above it.
            next.extend(above[node].filter(|_| self.places.has_room[node]));
            // A need that is served here wants no other node more.
            for &need in &held[node] {
                let here = self.nets(need).find(|&(other, _)| other == node).map(|(_, net)| net);
                next.extend(self.nets(need).filter(|&(_, net)| Some(net) == here).map(|(node, _)| node));
            }
        }
        is_reached.iter().position(|&is_reached| !is_reached)
    }
}
