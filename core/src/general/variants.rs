//! A network whose floors and caps of groups change from one time that it is solved to the next.
//!
//! What does not depend on these bounds is made once: the needs as the engine sees them, and the optimum with capacities
//! alone. The short lists of one time serve the next, if that starts from its prices.

use super::forest::Forest;
use super::needs::{Lists, Needs};
use super::relaxed::{self, Relaxed};
use super::steps::Steps;
use super::weight::Weight;
use super::{Solution, bytes_needed, solve_with};
use crate::control::Control;
use crate::error::Error;
use crate::network::{Network, Score};
use crate::proof::Proof;

/// What networks have in common that differ by floors and caps of groups alone.
#[derive(Debug)]
pub(crate) struct Variants {
    steps: Steps,
    /// Which groups are vertices.
    is_vertex: Vec<bool>,
    needs: OfWeight,
    kept: Kept,
}

/// The needs, with the smallest numbers that hold every path.
#[derive(Debug)]
enum OfWeight {
    Narrow(Needs<i64>),
    Wide(Needs<i128>),
}

impl Variants {
    /// Of one of them; groups that can bind in none of them need not be vertices.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`], [`Error::Limit`], or [`Error::Input`] where scores and tiers are so many and large that steps
    /// between tiers do not fit 128 bits.
    pub(crate) fn of<S: Score>(
        network: &Network<'_, S>,
        is_vertex: Vec<bool>,
        control: &Control,
    ) -> Result<Self, Error> {
        let steps = Steps::of(network)?;
        control.reserve(bytes_needed(network))?;
        let needs = if steps.bits <= <i64 as Weight>::BITS {
            OfWeight::Narrow(Needs::of(network, &Forest::with_groups(network, &is_vertex), &steps.step))
        } else {
            OfWeight::Wide(Needs::of(network, &Forest::with_groups(network, &is_vertex), &steps.step))
        };
        Ok(Self { steps, is_vertex, needs, kept: Kept::default() })
    }

    /// Solves one of them exactly, from the optimum of another one if that is given and few of its units are beyond the
    /// bounds of this one.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`] and [`Error::Limit`].
    ///
    /// # Complexity
    ///
    /// As of [`solve`](super::solve).
    pub(crate) fn solve<S: Score>(
        &mut self,
        network: &Network<'_, S>,
        other: Option<(&[Option<u32>], &Proof)>,
        control: &Control,
    ) -> Result<Solution, Error> {
        let Self { steps, is_vertex, needs, kept } = self;
        let other = other.filter(|(node, _)| relaxed::is_near(network, node));
        match needs {
            OfWeight::Narrow(needs) => {
                let forest = Forest::with_groups(network, is_vertex);
                solve_with(network, (forest, needs, steps), kept, other, control)
            }
            OfWeight::Wide(needs) => {
                let forest = Forest::with_groups(network, is_vertex);
                solve_with(network, (forest, needs, steps), kept, other, control)
            }
        }
    }
}

/// What one solution leaves for the next.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// The optimum with capacities alone, once it was asked for; nothing inside where scores are too large for the fast
    /// engine.
    relaxed: Option<Option<Relaxed>>,
    /// The lists that the last optimum was found on.
    pub(super) lists: Option<Lists>,
}

impl Kept {
    /// The optimum with capacities alone.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`] and [`Error::Limit`].
    pub(super) fn relaxed<S: Score>(
        &mut self,
        network: &Network<'_, S>,
        step: &[i128],
        control: &Control,
    ) -> Result<Option<&Relaxed>, Error> {
        let relaxed = match self.relaxed.take() {
            Some(known) => known,
            None => Relaxed::of(network, step, control)?,
        };
        Ok(self.relaxed.insert(relaxed).as_ref())
    }
}
