//! Lists of one row in integers, sieved as floats with a bound on all rounding.

use crate::lsa::exact::whole_units;
use crate::lsa::lists::Sieve;
use crate::lsa::matrix::Value;
use crate::lsa::repair::{Arithmetic, Relist, Row};

use super::instance::Instance;

/// Lists rows anew from all pairs there are.
pub(super) struct AllPairs<'a, V> {
    instance: &'a Instance<'a, V>,
    sieve: Sieve,
    price: Vec<f64>,
}

impl<'a, V> AllPairs<'a, V> {
    pub(super) fn new(instance: &'a Instance<'a, V>) -> Self {
        Self { instance, sieve: Sieve::default(), price: Vec::new() }
    }
}

impl<T: Arithmetic, V: Value> Relist<T> for AllPairs<'_, V> {
    fn relist(&mut self, row: usize, price: &[T], length: usize, taken: &[Option<u32>]) -> Row<T> {
        let instance = self.instance;
        let unit = libm::ldexp(1.0, instance.unit);
        self.price.clear();
        self.price.extend(price.iter().map(|price| price.wide() as f64 * unit));
        let error = instance.error(&self.price);
        let (limit, found) = self.sieve.about(&instance.matrix, row, &self.price, length, 2.0 * error);
        let value = |&(_, column): &(f64, u32)| {
            let cost: T = instance.cost(row, column)?;
            Some((cost + price[column as usize], taken[column as usize].is_some(), column, cost))
        };
        let mut pairs: Vec<_> = found.iter().filter_map(value).collect();
        // What was not found costs more than the limit, even after both errors of the sum.
        let mut beyond = (limit < f64::INFINITY).then(|| T::narrowed(whole_units(limit + error, instance.unit)));
        if pairs.len() > length {
            let (_, first, _) = pairs.select_nth_unstable(length);
            beyond = Some(beyond.map_or(first.0, |beyond| beyond.min(first.0)));
            pairs.truncate(length);
        }
        Row { pairs: pairs.into_iter().map(|(_, _, column, cost)| (column, cost)).collect(), beyond }
    }
}
