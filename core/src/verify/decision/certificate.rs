//! Do the prices of the general engine prove that no matching within all floors and quotas is better, or by how much at
//! most?
//!
//! A need that counts t in coverage counts `step[t]` beside `unit` times its score; steps and unit are derived here and not
//! believed. For any prices, bound less total is the sum of what each node and each quota could have more at its price
//! within floor and cap, and of what each need falls short of its best. No part is below zero where floors and caps are
//! kept. For an optimum each is found to be zero; where quotas cross, the sum is the gap.

use std::collections::BTreeMap;

use super::Rows;
use super::head::Head;
use super::limits::Limits;
use super::quotas::{Key, Quotas};
use super::supply::{Places, Supply};
use crate::decision::DecisionFault;
use crate::decision::form::{self, File, Pair, Text};

/// Numbers are below this, so that sums along any path fit.
const LIMIT: i128 = 1 << 120;

/// What both kinds of proof are about.
pub(super) struct Case<'a> {
    pub(super) file: &'a File,
    pub(super) head: &'a Head<'a>,
    pub(super) supply: &'a Supply<'a>,
    pub(super) rows: &'a Rows<'a>,
    pub(super) quotas: &'a Quotas<'a>,
    pub(super) served_at: &'a [Option<usize>],
    pub(super) places: &'a Places,
    pub(super) limits: &'a Limits,
}

impl Case<'_> {
    /// By how much a matching may be better than this one, at most.
    pub(super) fn gap(&self, certificate: &form::Certificate) -> Result<Pair, DecisionFault> {
        let wrong = |place: &str| DecisionFault::wrong(format!("result.certificate.{place}"));
        let (step, unit) = self.steps().ok_or(wrong("step"))?;
        if numbers(&certificate.step).as_ref() != Some(&step) {
            return Err(wrong("step"));
        }
        let stated = certificate.unit.as_ref().map_or(Some(1), number);
        if stated != Some(unit) || certificate.unit.is_some() != (unit != 1) {
            return Err(wrong("unit"));
        }
        let slack = Slack { case: self, step: &step, unit, is_optimal: *self.file.result.status == *"optimal" };
        let rest = slack.sum(certificate)?;
        let (mut tier, mut rest) = (0, rest);
        for (t, step) in step.iter().enumerate().skip(1).rev() {
            tier += rest / step * t as i128;
            rest %= step;
        }
        // Rounded up: only nothing reads as nothing.
        let score = (rest + unit - 1) / unit;
        let fit = |number: i128| i64::try_from(number).map_err(|_| DecisionFault::wrong("result.gap"));
        Ok(Pair { tier: fit(tier)?, score: fit(score)? })
    }

    /// The price of each quota as it is read: the sum over its parts.
    pub(super) fn quota_prices(&self, certificate: Option<&form::Certificate>) -> impl Fn(usize) -> Pair {
        let stated = certificate.and_then(|own| own.quota_price.as_deref()).unwrap_or_default();
        let mut sums: BTreeMap<usize, i128> = BTreeMap::new();
        for row in stated {
            if let Some(((quota, _), _)) = self.quotas.part(&row.quota_id, row.household_id.as_deref()) {
                let sum = sums.entry(quota).or_default();
                *sum = sum.saturating_add(number(&row.price).unwrap_or(0));
            }
        }
        let (step, unit) = certificate.and_then(|_| self.steps()).unwrap_or((vec![0], 1));
        move |quota| in_tiers(&step, unit, sums.get(&quota).copied().unwrap_or(0))
    }

    /// What a need counts by how much it counts in coverage: more than all that can be lost below; and what one of score
    /// counts: more than the squares of all caseloads can grow.
    ///
    /// Scores are not below zero, so no matching has more than the sum of each need's best, and squares take no more than
    /// the dearest place of each worker as often as there are places. No step is worth less than all of one lower count
    /// together with what is below that.
    fn steps(&self) -> Option<(Vec<i128>, i128)> {
        let (head, rows, limits) = (self.head, self.rows, self.limits);
        let (mut best, mut n_of_count) = (0_i128, vec![0_i128]);
        let mut wanted = vec![0_u64; limits.cap.len()];
        for need in 0..rows.n_needs() {
            let count = head.counts(rows.tier(need)) as usize;
            n_of_count.resize(n_of_count.len().max(count + 1), 0);
            n_of_count[count] += 1;
            if !rows.is_pinned[need] {
                best += i128::from(rows.row(need).map(|(_, score)| score).max().unwrap_or(0));
                rows.row(need).for_each(|(node, _)| wanted[node] += 1);
            }
        }
        let (mut unit, mut squares) = (1_i128, 0_i128);
        for (node, &wanted) in wanted.iter().enumerate() {
            let most = limits.cap[node].min(wanted);
            unit = unit.checked_add(limits.growth(node, most))?;
            if most > 0 {
                let dearest = limits.growth(node, most) - limits.growth(node, most - 1);
                squares = squares.checked_add(dearest.checked_mul(limits.cap[node].into())?)?;
            }
        }
        let most = best.checked_mul(unit)?.checked_add(squares)?;
        let (mut step, mut next) = (vec![0], most.checked_mul(2)?.checked_add(1)?);
        for n in &n_of_count[1..] {
            step.push(next);
            next = next.checked_add(next.checked_mul(*n)?)?;
        }
        Some((step, unit))
    }

    /// For each need the sum of the prices of the quotas about it.
    pub(super) fn of_needs(&self, of_part: &BTreeMap<Key<'_>, i128>) -> Vec<i128> {
        let mut of_need = vec![0; self.rows.n_needs()];
        for (key, &price) in of_part {
            self.quotas.parts[key].needs.iter().for_each(|&need| of_need[need] += price);
        }
        of_need
    }
}

/// What a certificate leaves open.
struct Slack<'a> {
    case: &'a Case<'a>,
    step: &'a [i128],
    unit: i128,
    is_optimal: bool,
}

impl Slack<'_> {
    /// Bound less total, part by part. Refuses a part above zero where the result is said to be the best.
    fn sum(&self, certificate: &form::Certificate) -> Result<i128, DecisionFault> {
        let wrong = |place: &str| DecisionFault::wrong(format!("result.certificate.{place}"));
        let Case { places, limits, rows, supply, .. } = self.case;
        let stated = numbers(&certificate.price).filter(|price| price.len() == places.in_order.len());
        let (mut price, mut sum) = (vec![0; places.in_order.len()], 0_i128);
        let mut add = |part: Option<i128>, place: String| {
            let fits = part.filter(|&part| !self.is_optimal || part == 0);
            sum = fits.and_then(|part| sum.checked_add(part)).ok_or_else(|| DecisionFault::wrong(place))?;
            Ok::<_, DecisionFault>(())
        };
        for (row, (&node, own)) in places.in_order.iter().zip(stated.ok_or(wrong("price"))?).enumerate() {
            if places.price[node] != in_tiers(self.step, self.unit, own) {
                return Err(DecisionFault::wrong(format!("result.capacity[{row}].price")));
            }
            // Where nobody is served, no pinned need is.
            let chosen = places.used[node].saturating_sub(limits.pinned[node]);
            let has = own.checked_mul(chosen.into()).map(|has| has - limits.growth(node, chosen));
            let part = limits.most(node, own).zip(has).and_then(|(most, has)| most.checked_sub(has));
            add(part, format!("result.certificate.price[{row}]"))?;
            price[node] = own;
        }
        let of_part = self.part_prices(certificate)?;
        for (row, (key, &own)) in of_part.iter().enumerate() {
            let part = &self.case.quotas.parts[key];
            let most = own.checked_mul(if own > 0 { part.cap } else { part.floor }.into());
            let served = part.needs.iter().filter(|&&need| self.case.served_at[need].is_some()).count();
            let part = most.zip(own.checked_mul(served as i128)).and_then(|(most, has)| most.checked_sub(has));
            add(part, format!("result.certificate.quota_price[{row}]"))?;
        }
        let of_need = self.case.of_needs(&of_part);
        let full = |node: usize| supply.path(node).map(|node| price[node]).sum::<i128>();
        let full_price: Vec<i128> = (0..price.len()).map(full).collect();
        for need in (0..rows.n_needs()).filter(|&need| !rows.is_pinned[need]) {
            let counts = self.step[self.case.head.counts(rows.tier(need)) as usize] - of_need[need];
            let net = |(node, score): (usize, i64)| counts + self.unit * i128::from(score) - full_price[node];
            let best = rows.row(need).map(net).max().unwrap_or(0).max(0);
            let has = self.case.served_at[need].and_then(|node| rows.row(need).find(|&(other, _)| other == node));
            add(best.checked_sub(has.map_or(0, net)), format!("result.assignments: best of need {need}"))?;
        }
        // What is not within its floors has no gap.
        if sum >= 0 { Ok(sum) } else { Err(DecisionFault::wrong("result.bound")) }
    }

    /// The prices of parts of quotas: none of them zero, each part once and in order.
    fn part_prices<'c>(&'c self, certificate: &'c form::Certificate) -> Result<BTreeMap<Key<'c>, i128>, DecisionFault> {
        let stated = certificate.quota_price.as_deref().unwrap_or_default();
        let is_left_out = certificate.quota_price.is_none();
        let mut of_part = BTreeMap::new();
        for (row, own) in stated.iter().enumerate() {
            let wrong = || DecisionFault::wrong(format!("result.certificate.quota_price[{row}]"));
            let (key, _) = self.case.quotas.part(&own.quota_id, own.household_id.as_deref()).ok_or_else(wrong)?;
            let price = number(&own.price).filter(|&price| price != 0).ok_or_else(wrong)?;
            if of_part.last_key_value().is_some_and(|(last, _)| *last >= key) {
                return Err(wrong());
            }
            of_part.insert(key, price);
        }
        // A list of none is left out.
        if stated.is_empty() == is_left_out {
            Ok(of_part)
        } else {
            Err(DecisionFault::wrong("result.certificate.quota_price"))
        }
    }
}

/// Whole numbers from texts of digits, each in its one spelling; `None` if one is none.
fn numbers(texts: &[Text]) -> Option<Vec<i128>> {
    texts.iter().map(number).collect()
}

fn number(text: &Text) -> Option<i128> {
    let number: i128 = text.parse().ok()?;
    (number.to_string() == **text && number.unsigned_abs() < LIMIT.unsigned_abs()).then_some(number)
}

/// A price as it is read: how many steps, each counted with its tier, rounded to the nearest, and what is left in score,
/// rounded down.
fn in_tiers(step: &[i128], unit: i128, price: i128) -> Pair {
    let (mut tier, mut score) = (0_i128, price);
    for (t, &step) in step.iter().enumerate().skip(1).rev() {
        let steps = (score + step / 2).div_euclid(step);
        tier += steps * t as i128;
        score -= steps * step;
    }
    let fit = |number: i128| number.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
    Pair { tier: fit(tier), score: fit(score.div_euclid(unit)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_taken_apart_into_steps_and_score() {
        let step = [0, 100, 1000];
        let read = |price| {
            let Pair { tier, score } = in_tiers(&step, 1, price);
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
