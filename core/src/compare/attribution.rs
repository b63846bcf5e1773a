//! Which amendment did how much: the mean of what it adds over the orders in which amendments could be made.

use sha2::{Digest, Sha256};

use super::amendment::{Amendment, between};
use super::difference::{Difference, NeedDifference};
use super::game::{Game, Made, N_TOTALS, Value};
use super::{AttributionSettings, Input, MAX_AMENDMENTS, MAX_EXACT};
use crate::error::{Error, Fault, FaultCode, TableName};
use crate::matching::Tier;
use crate::options::Options;
use crate::total::Total;

/// What one amendment did of the difference, over the [`denominator`](Attribution::denominator).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contribution {
    /// How many more needs of each tier are served, in the order of [`Tier::ALL`]; below zero for fewer.
    pub served: [i128; Tier::ALL.len()],
    /// How much greater the total is. Where the objective or the weights change, totals are told in different measures.
    pub total: Total,
}

/// A need that moved, gained or lost, and which amendments did it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NeedShare {
    /// The need in both matchings.
    pub need: NeedDifference,
    /// The share of each amendment over the [`denominator`](Attribution::denominator). They add up to 1; one that speaks
    /// against what came about is below zero.
    pub shares: Vec<i128>,
}

/// Two results beside each other, and which amendments did what of the difference.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attribution {
    /// What leads from the first input to the second.
    pub amendments: Vec<Amendment>,
    /// What each of them did.
    pub contributions: Vec<Contribution>,
    /// All contributions together over 1: the second result less the first.
    pub whole: Contribution,
    /// The needs that moved, gained or lost.
    pub needs: Vec<NeedShare>,
    /// All contributions and shares are numbers over this one.
    pub denominator: u64,
    /// How many orders were drawn by lot; `None` where all were taken, and contributions are exact.
    pub orders: Option<u32>,
    /// How many different mixtures were run.
    pub runs: u64,
    /// Both results, need by need.
    pub difference: Difference,
}

/// Runs two inputs and their mixtures, and tells which amendment did how much of the difference.
///
/// Up to [`MAX_EXACT`] amendments contributions are exact; beyond, they are the mean over orders drawn by lot with the seed
/// of the first policy, and still add up exactly. Weights that come from both sides are scaled to sum to 1000.
///
/// # Errors
///
/// As of [`solve`](crate::solve) for either input; [`Error::Input`] with fault 601 where some amendments alone give no input
/// that is right, and where there are more than [`MAX_AMENDMENTS`] or no orders to draw.
///
/// # Complexity
///
/// 2^amendments runs, or at most orders · amendments where these are drawn.
pub fn attribute(
    before: Input<'_>,
    after: Input<'_>,
    settings: &AttributionSettings,
    options: &Options<'_>,
) -> Result<Attribution, Error> {
    let amendments = between(before, after, &settings.together);
    check(amendments.len(), settings.orders)?;
    let n = amendments.len();
    let mut game = Game::new(before, after, amendments, options)?;
    let is_exact = n <= MAX_EXACT;
    let mut value = |made| game.value(made).cloned();
    let (sums, denominator) = if is_exact {
        over_all_orders(n, &mut value)?
    } else {
        over_drawn_orders(n, settings.orders, before.policy.seed(), &mut value)?
    };
    let last = game.value(all(n))?.clone();
    let first = game.value(0)?;
    let whole: Value = last.iter().zip(first).map(|(last, first)| last - first).collect();
    let share = |k: usize| sums.iter().map(|sum| sum[N_TOTALS + k]).collect();
    let needs = game.watched.iter().enumerate();
    Ok(Attribution {
        contributions: sums.iter().map(|sum| contribution(sum)).collect(),
        whole: contribution(&whole),
        needs: needs.map(|(k, need)| NeedShare { need: need.clone(), shares: share(k) }).collect(),
        denominator,
        orders: (!is_exact).then_some(settings.orders),
        runs: game.n_runs(),
        amendments: game.amendments,
        difference: game.difference,
    })
}

fn check(n: usize, orders: u32) -> Result<(), Error> {
    let fault = |column, expected: String| {
        Err(Error::Input(Fault::in_column(TableName::Policy, column, FaultCode::OutOfRange, expected).into()))
    };
    if n > MAX_AMENDMENTS {
        return fault("together", format!("at most {MAX_AMENDMENTS} amendments, others taken together"));
    }
    if orders == 0 {
        return fault("orders", "at least 1 order".to_owned());
    }
    Ok(())
}

fn all(n: usize) -> u64 {
    if n == 64 { u64::MAX } else { (1 << n) - 1 }
}

fn contribution(sum: &[i128]) -> Contribution {
    let mut served = [0; Tier::ALL.len()];
    served.copy_from_slice(&sum[..Tier::ALL.len()]);
    Contribution { served, total: Total { tier: sum[Tier::ALL.len()], score: sum[Tier::ALL.len() + 1] } }
}

/// For each amendment what it adds, over all orders together; and how many orders these are.
pub(super) fn over_all_orders(
    n: usize,
    value: &mut impl FnMut(Made) -> Result<Value, Error>,
) -> Result<(Vec<Value>, u64), Error> {
    let factorial = |k: usize| (1..=k as u64).product::<u64>();
    let mut sums = vec![Value::new(); n];
    for made in 0..=all(n) {
        let value = value(made)?;
        // An amendment in the set adds this value as the last of it, and takes it away as the first after it.
        let size = made.count_ones() as usize;
        for (k, sum) in sums.iter_mut().enumerate() {
            sum.resize(value.len(), 0);
            let weight = match made >> k & 1 {
                1 => i128::from(factorial(size - 1) * factorial(n - size)),
                _ => -i128::from(factorial(size) * factorial(n - size - 1)),
            };
            sum.iter_mut().zip(&value).for_each(|(sum, value)| *sum += weight * value);
        }
    }
    Ok((sums, factorial(n)))
}

/// The same over orders drawn by lot.
fn over_drawn_orders(
    n: usize,
    orders: u32,
    seed: &str,
    value: &mut impl FnMut(Made) -> Result<Value, Error>,
) -> Result<(Vec<Value>, u64), Error> {
    let first = value(0)?;
    let mut sums = vec![vec![0; first.len()]; n];
    for number in 0..orders {
        let (mut made, mut last) = (0, first.clone());
        for k in drawn_order(n, number, seed) {
            made |= 1 << k;
            let next = value(made)?;
            let added = next.iter().zip(&last).map(|(next, last)| next - last);
            sums[k].iter_mut().zip(added).for_each(|(sum, added)| *sum += added);
            last = next;
        }
    }
    Ok((sums, orders.into()))
}

/// An order drawn by lot: the amendments by the hash of seed, number of the order and amendment.
fn drawn_order(n: usize, number: u32, seed: &str) -> Vec<usize> {
    let ticket = |k: usize| Sha256::digest(format!("order\0{seed}\0{number}\0{k}")).to_vec();
    let mut order: Vec<(Vec<u8>, usize)> = (0..n).map(|k| (ticket(k), k)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, k)| k).collect()
}
