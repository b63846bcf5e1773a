//! Do the prices of the general engine prove that no matching within all floors is better?
//!
//! A need that counts t in coverage counts `step[t]` beside its score; the steps are derived here and not believed. For any
//! prices, bound less total is the sum of what each node could have more at its price within floor and cap, and of what
//! each need falls short of its best. No part is below zero, and each is found to be zero.

use super::Rows;
use super::head::Head;
use super::limits::Limits;
use super::supply::{Places, Supply};
use crate::decision::DecisionFault;
use crate::decision::form::{self, Pair, Text};

/// Numbers are below this, so that sums along any path fit.
const LIMIT: i128 = 1 << 120;

pub(super) fn check(
    certificate: &form::Certificate,
    head: &Head<'_>,
    (supply, rows): (&Supply<'_>, &Rows<'_>),
    served_at: &[Option<usize>],
    limits: &Limits,
    places: &Places,
) -> Result<(), DecisionFault> {
    let wrong = |place: &str| DecisionFault::wrong(format!("result.certificate.{place}"));
    let step = steps(head, rows).ok_or(wrong("step"))?;
    if numbers(&certificate.step).as_ref() != Some(&step) {
        return Err(wrong("step"));
    }
    let stated =
        numbers(&certificate.price).filter(|price| price.len() == places.in_order.len()).ok_or(wrong("price"))?;
    let mut price = vec![0; stated.len()];
    for (row, (&node, &own)) in places.in_order.iter().zip(&stated).enumerate() {
        if places.price[node] != in_tiers(&step, own) {
            return Err(DecisionFault::wrong(format!("result.capacity[{row}].price")));
        }
        let chosen = places.used[node] - limits.pinned[node];
        let is_tight = (own <= 0 || chosen == limits.cap[node]) && (own >= 0 || chosen == limits.floor[node]);
        if !is_tight {
            return Err(wrong(&format!("price[{row}]")));
        }
        price[node] = own;
    }
    let full = |node: usize| supply.path(node).map(|node| price[node]).sum::<i128>();
    let full_price: Vec<i128> = (0..price.len()).map(full).collect();
    for need in (0..rows.n_needs()).filter(|&need| !rows.is_pinned[need]) {
        let counts = step[head.counts(rows.tier(need)) as usize];
        let net = |(node, score): (usize, i64)| counts + i128::from(score) - full_price[node];
        let best = rows.row(need).map(net).max().unwrap_or(0).max(0);
        let has = served_at[need].and_then(|node| rows.row(need).find(|&(other, _)| other == node)).map_or(0, net);
        if has != best {
            return Err(DecisionFault::wrong(format!("result.assignments: best of need {need}")));
        }
    }
    Ok(())
}

/// Whole numbers from texts of digits, each in its one spelling; `None` if one is none.
fn numbers(texts: &[Text]) -> Option<Vec<i128>> {
    let number = |text: &Text| {
        let number: i128 = text.parse().ok()?;
        (number.to_string() == **text && number.unsigned_abs() < LIMIT.unsigned_abs()).then_some(number)
    };
    texts.iter().map(number).collect()
}

/// What a need counts by how much it counts in coverage: more than all that can be lost below.
///
/// Scores are not below zero, so no matching has more than the sum of each need's best; and no step is worth less than all
/// of one lower count together with what is below that.
fn steps(head: &Head<'_>, rows: &Rows<'_>) -> Option<Vec<i128>> {
    let (mut most, mut n_of_count) = (0, vec![0_i128]);
    for need in 0..rows.n_needs() {
        let count = head.counts(rows.tier(need)) as usize;
        n_of_count.resize(n_of_count.len().max(count + 1), 0);
        n_of_count[count] += 1;
        if !rows.is_pinned[need] {
            most += i128::from(rows.row(need).map(|(_, score)| score).max().unwrap_or(0));
        }
    }
    let (mut step, mut next) = (vec![0], 2 * most + 1);
    for n in &n_of_count[1..] {
        step.push(next);
        next = next.checked_add(next.checked_mul(*n)?)?;
    }
    step.iter().all(|&step| step < LIMIT).then_some(step)
}

/// A price as it is read: how many steps, each counted with its tier, rounded to the nearest, and what is left in score.
fn in_tiers(step: &[i128], price: i128) -> Pair {
    let (mut tier, mut score) = (0_i128, price);
    for (t, &step) in step.iter().enumerate().skip(1).rev() {
        let steps = (score + step / 2).div_euclid(step);
        tier += steps * t as i128;
        score -= steps * step;
    }
    let fit = |number: i128| number.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
    Pair { tier: fit(tier), score: fit(score) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_taken_apart_into_steps_and_score() {
        let step = [0, 100, 1000];
        let read = |price| {
            let Pair { tier, score } = in_tiers(&step, price);
            (tier, score)
        };
        // Two steps of tier 2, one of tier 1, and 30.
        assert_eq!(read(2130), (5, 30));
        assert_eq!(read(-270), (-3, 30));
        assert_eq!((read(0), read(49), read(50)), ((0, 0), (0, 49), (1, -50)));
    }

    #[test]
    fn numbers_have_one_spelling_and_a_limit() {
        let read = |text: &str| numbers(&[text.into()]).map(|numbers| numbers[0]);
        assert_eq!((read("0"), read("17"), read("-17")), (Some(0), Some(17), Some(-17)));
        assert!(["", "-", "-0", "+1", "01", " 1", "1.0", "x"].iter().all(|text| read(text).is_none()));
        let just_below = LIMIT - 1;
        assert_eq!(read(&just_below.to_string()), Some(just_below));
        assert_eq!((read(&LIMIT.to_string()), read(&(-LIMIT).to_string())), (None, None));
    }
}
