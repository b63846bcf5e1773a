//! Lists: the best candidates of each need, lengthened until what they leave out cannot matter.
//!
//! A run on short lists finds the optimum over the lists, with prices that prove it. Let u be what the best candidate on
//! a need's list is worth to it after its full price, and at least 0. If every candidate off the lists is worth less
//! than u to its need, then prices and u prove the same matching over all candidates, and no matching that is as good
//! uses one of those; so the tie rule, which chooses among the best, and the least prices are those over all candidates
//! too. A candidate that is worth u or more is added ([`lengthen`](Lists::lengthen)), and the run begins anew.
//! docs/adr/0017-short-lists.md has the proof.

mod lengthen;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::candidate::{Candidates, Ledger, LocalOrder, Search, not_optimised};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::matching::OptimalOver;
use crate::model::{NeedId, Problem};
use crate::score::{ScoredCandidates, Scorer};

/// Marks a list that leaves nothing out, as a score below all.
const NOTHING: i32 = -1;

/// The lists of all needs.
pub(crate) struct Lists<'a> {
    search: Search<'a>,
    scorer: Scorer<'a>,
    /// The candidates on the lists.
    pub(crate) scored: Arc<ScoredCandidates>,
    /// For each need a score that nothing left out exceeds, or [`NOTHING`].
    left_out: Vec<i32>,
    /// How many candidates there are, on lists or not.
    n_candidates: u64,
    /// Bytes held besides the candidates on the lists.
    held: u64,
}

/// A candidate on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    provider: u32,
    score: i32,
}

/// What is known of a list besides its entries.
#[derive(Clone, Copy, Default)]
struct Note {
    n_candidates: u32,
    left_out: i32,
}

impl<'a> Lists<'a> {
    /// Finds and scores every candidate, and keeps the best of each need as the policy says; of equal scores the first.
    /// Works in whatever rayon pool is current; the result is the same for any number of threads.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`], and [`Error::Limit`] before more memory is taken than the budget allows.
    pub(crate) fn new(problem: &'a Problem, control: &Control) -> Result<Self, Error> {
        let longest = problem.policy().lists().per_need.map_or(usize::MAX, |n| n.get() as usize);
        Self::up_to(longest, problem, control)
    }

    /// Finds and scores every candidate and keeps all, whatever the policy says.
    ///
    /// # Errors
    ///
    /// As of [`new`](Self::new).
    pub(crate) fn of_all(problem: &'a Problem, control: &Control) -> Result<Self, Error> {
        Self::up_to(usize::MAX, problem, control)
    }

    fn up_to(longest: usize, problem: &'a Problem, control: &Control) -> Result<Self, Error> {
        let n_needs = problem.needs().len();
        control.enter(Stage::Candidates, n_needs as u64)?;
        let mut ledger = Ledger::new(control);
        // The rows come last, but what they need at least is known now.
        control.reserve(LocalOrder::bytes::<Entry>(n_needs, 0))?;
        ledger.take::<(Note, i32)>(n_needs)?;
        let search = Search::new(problem, &mut ledger)?;
        control.reserve(ledger.held() + Scorer::bytes(problem))?;
        let scorer = Scorer::new(problem);
        let held = ledger.held() + Scorer::bytes(problem);

        let parts = LocalOrder::new(problem).work_out(held, control, |need, row: &mut Vec<Entry>| {
            let start = row.len();
            let score = scorer.of_need(need);
            search.visit(need, |_| true, |provider| row.push(Entry { provider, score: score(provider) }));
            let n_candidates = (row.len() - start) as u32;
            let left_out = cut(row, start, longest);
            row[start..].sort_unstable_by_key(|entry| entry.provider);
            Note { n_candidates, left_out }
        })?;
        let candidates = Candidates {
            provider: parts.joined(|entry| entry.provider),
            not_optimised: problem.needs().iter().map(|need| not_optimised(problem, need)).collect(),
            indptr: parts.indptr.clone(),
        };
        let scored = Arc::new(ScoredCandidates::new(candidates, parts.joined(|entry| entry.score)));
        let n_candidates = parts.notes.iter().map(|note| u64::from(note.n_candidates)).sum();
        let left_out = parts.notes.iter().map(|note| note.left_out).collect();
        Ok(Self { search, scorer, scored, left_out, n_candidates, held })
    }

    /// Over which candidates an optimum on the lists is one: all, if no list leaves anything out.
    pub(crate) fn extent(&self) -> OptimalOver {
        let is_whole = self.scored.score.len() as u64 == self.n_candidates;
        if is_whole { OptimalOver::AllPairs } else { OptimalOver::Lists }
    }

    /// How many candidates a result over these has.
    pub(crate) fn n_candidates(&self, over: OptimalOver) -> u64 {
        match over {
            OptimalOver::AllPairs => self.n_candidates,
            OptimalOver::Lists => self.scored.score.len() as u64,
        }
    }

    /// The candidates of a need in ascending order of the providers, those off its list too where a result is over all.
    pub(crate) fn row(&self, need: NeedId, over: OptimalOver) -> Vec<(u32, i32)> {
        if over == OptimalOver::Lists || self.left_out[need.index()] == NOTHING {
            return self.scored.row(need).collect();
        }
        let (mut row, score) = (Vec::new(), self.scorer.of_need(need));
        self.search.visit(need, |_| true, |provider| row.push((provider, score(provider))));
        row.sort_unstable();
        row
    }

    /// The place of a candidate among those of its need by score, of equal ones the first first; from 1.
    pub(crate) fn rank(&self, need: NeedId, (provider, score): (u32, i32), over: OptimalOver) -> u32 {
        let before = |&(other, better): &(u32, i32)| better > score || (better == score && other < provider);
        let rank = |row: &mut dyn Iterator<Item = (u32, i32)>| 1 + row.filter(before).count() as u32;
        if score > self.left_out[need.index()] {
            // Everything before it is on the list.
            return rank(&mut self.scored.row(need));
        }
        rank(&mut self.row(need, over).into_iter())
    }

    /// The search, for whoever else needs one.
    pub(crate) fn search(&self) -> &Search<'a> {
        &self.search
    }

    /// Bytes held, the candidates on the lists included.
    pub(crate) fn bytes(&self) -> u64 {
        let n_candidates = self.scored.score.len();
        let of_scores = (n_candidates * size_of::<i32>()) as u64;
        self.held + Candidates::bytes(self.left_out.len(), n_candidates) + of_scores
    }
}

/// Keeps the best entries from `start` on; gives the best score among the rest.
fn cut(row: &mut Vec<Entry>, start: usize, longest: usize) -> i32 {
    if row.len() - start <= longest {
        return NOTHING;
    }
    let best_first = |a: &Entry, b: &Entry| b.score.cmp(&a.score).then(a.provider.cmp(&b.provider));
    let (_, first_out, _) = row[start..].select_nth_unstable_by(longest, best_first);
    let left_out = first_out.score;
    row.truncate(start + longest);
    left_out
}
