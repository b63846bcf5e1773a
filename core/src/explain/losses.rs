//! What every pair of the problem would cost.

use std::sync::Arc;

use rayon::prelude::*;

use super::Explainer;
use super::optimum::Back;
use crate::control::Control;
use crate::error::Error;
use crate::matching::Node;
use crate::model::NeedId;
use crate::options::Options;
use crate::pool;
use crate::score::ScoredCandidates;
use crate::total::Total;

/// What the total would lose if a candidate were forced, for each candidate of the problem.
pub struct Losses<'a> {
    explainer: &'a Explainer,
    scored: Arc<ScoredCandidates>,
    /// For each candidate the loss in tiers and in score; [`NO_PLACE`] where there is none.
    loss: Vec<(i64, i64)>,
    /// For each candidate how many needs would move.
    moves: Vec<u32>,
}

/// Above every loss.
const NO_PLACE: (i64, i64) = (i64::MAX, i64::MAX);

/// What one candidate would cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PairLoss {
    /// The need.
    pub need: NeedId,
    /// The worker, or the organization that would serve without naming one.
    pub provider: Node,
    /// The score of the pair.
    pub score: i32,
    /// What the total would lose; zero for the assignments themselves, `None` where the provider has no place.
    pub loss: Option<Total>,
    /// How many needs would move, this one included.
    pub moves: u32,
}

impl Explainer {
    /// What every candidate of every need would cost if it were forced. A pinned need has no candidate
    /// but its own, which costs nothing. The result is the same for every number of threads.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`] or [`Error::Limit`] as the control asks; [`Error::Threads`] if the threads cannot be started.
    ///
    /// # Complexity
    ///
    /// One search for each provider that serves anybody.
    pub fn losses(&self, options: &Options<'_>) -> Result<Losses<'_>, Error> {
        let quiet = Control::new();
        let control = options.control.unwrap_or(&quiet);
        control.check()?;
        pool::run(options.threads, || self.all_losses(control))
    }

    fn all_losses(&self, control: &Control) -> Result<Losses<'_>, Error> {
        let scored = &self.scored;
        let n_candidates = scored.score.len();
        // Once in parts and once joined.
        control.reserve(2 * (n_candidates * size_of::<((i64, i64), u32)>()) as u64)?;
        let outside = self.optimum.outside();
        let mut needs: Vec<(u32, u32)> =
            (0..scored.candidates.indptr().len() as u32 - 1).map(|need| (self.optimum.vertex(need), need)).collect();
        needs.sort_unstable();
        let by_vertex: Vec<&[(u32, u32)]> = needs.chunk_by(|a, b| a.0 == b.0).collect();
        let parts = by_vertex.into_par_iter().map(|needs| {
            control.check()?;
            let vertex = needs[0].0;
            let own;
            let back = if vertex == outside {
                &self.back_outside
            } else {
                own = self.optimum.ways_back(vertex);
                &own
            };
            let rows: Vec<_> = needs.iter().map(|&(_, need)| (need, self.row(back, need))).collect();
            Ok(rows)
        });
        let parts: Vec<Vec<_>> = parts.collect::<Result<_, Error>>()?;
        let mut losses = Losses {
            explainer: self,
            scored: Arc::clone(scored),
            loss: vec![NO_PLACE; n_candidates],
            moves: vec![0; n_candidates],
        };
        for (need, row) in parts.into_iter().flatten() {
            let start = scored.candidates.indptr()[need as usize];
            for (k, (loss, moves)) in row.into_iter().enumerate() {
                losses.loss[start + k] = loss;
                losses.moves[start + k] = moves;
            }
        }
        Ok(losses)
    }

    fn row(&self, back: &Back, need: u32) -> Vec<((i64, i64), u32)> {
        let id = NeedId::new(need as usize);
        if self.matching.problem().needs()[id.index()].pinned_worker.is_some() {
            return self.scored.row(id).map(|_| ((0, 0), 0)).collect();
        }
        let pair = |(provider, score)| {
            match self.loss_if_forced(back, id, (provider, score)) {
                // A loss is at most what all places are worth, so both parts fit.
                Some((loss, moves)) => ((loss.tier as i64, loss.score as i64), moves),
                None => (NO_PLACE, 0),
            }
        };
        self.scored.row(id).map(pair).collect()
    }
}

impl Losses<'_> {
    /// How many pairs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.loss.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.loss.is_empty()
    }

    /// The pairs of a need in ascending order of the providers: workers, then organizations, each in canonical order.
    pub fn of_need(&self, need: NeedId) -> impl ExactSizeIterator<Item = PairLoss> + '_ {
        let start = self.scored.candidates.indptr()[need.index()];
        self.scored.row(need).enumerate().map(move |(k, (provider, score))| {
            let (tier, of_score) = self.loss[start + k];
            let loss = Total { tier: tier.into(), score: of_score.into() };
            PairLoss {
                need,
                provider: self.explainer.forest.node(provider),
                score,
                loss: ((tier, of_score) != NO_PLACE).then_some(loss),
                moves: self.moves[start + k],
            }
        })
    }

    /// All pairs, in the order of the needs' identifiers.
    pub fn iter(&self) -> impl Iterator<Item = PairLoss> + '_ {
        self.explainer.matching.problem().needs_by_id().flat_map(|need| self.of_need(need))
    }
}
