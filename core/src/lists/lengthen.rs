//! Adds to the lists whatever could matter at given prices.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Entry, Lists, NOTHING};
use crate::candidate::Candidates;
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::model::NeedId;
use crate::score::ScoredCandidates;
use crate::total::Total;

/// Needs that one thread takes at a time, after which it looks whether the run was cancelled.
const CHUNK: usize = 256;

impl Lists<'_> {
    /// Adds every candidate that is worth at least as much to its need, after its full price, as the best on the need's
    /// list, and at least nothing. `tier` is what each need counts in coverage, `full_price` that of each provider.
    /// Gives how many were added; if none, what is best on the lists at these prices is best over all candidates.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`], and [`Error::Limit`] before more memory is taken than the budget allows.
    ///
    /// # Complexity
    ///
    /// O(candidates on lists), and for each need that the bound does not prove the providers of its domain and area.
    pub(crate) fn lengthen(&mut self, tier: &[u8], full_price: &[Total], control: &Control) -> Result<usize, Error> {
        if self.left_out.iter().all(|&left_out| left_out == NOTHING) {
            return Ok(0);
        }
        let n_needs = self.left_out.len();
        control.enter(Stage::Candidates, n_needs as u64)?;
        let least_price = full_price.iter().min().copied().unwrap_or(Total::ZERO);
        let needs: Vec<usize> = (0..n_needs).filter(|&need| self.left_out[need] != NOTHING).collect();
        let found = needs.par_chunks(CHUNK).map(|needs| {
            control.check()?;
            let missing = |&need: &usize| {
                let found = self.missing(need, tier[need], full_price, least_price);
                (!found.is_empty()).then_some((need, found))
            };
            Ok(needs.iter().filter_map(missing).collect())
        });
        let found: Vec<Vec<(usize, Vec<Entry>)>> = found.collect::<Result<_, Error>>()?;
        let n_found = found.iter().flatten().map(|(_, entries)| entries.len()).sum();
        if n_found > 0 {
            // Old and new rows stand side by side for a moment.
            control.reserve(2 * self.bytes() + (n_found * 2 * size_of::<Entry>()) as u64)?;
            self.add(found.into_iter().flatten());
        }
        Ok(n_found)
    }

    /// The candidates off a need's list that are worth as much to it as the best on the list.
    fn missing(&self, need: usize, tier: u8, full_price: &[Total], least_price: Total) -> Vec<Entry> {
        let id = NeedId::new(need);
        let worth = |score: i32| Total { tier: tier.into(), score: score.into() };
        let net = |provider: u32, score: i32| worth(score) - full_price[provider as usize];
        let listed = self.scored.candidates.row(id);
        let best = self.scored.row(id).map(|(provider, score)| net(provider, score)).max();
        let utility = best.unwrap_or(Total::ZERO).max(Total::ZERO);
        let most = worth(self.left_out[need]);
        if most - least_price < utility {
            return Vec::new();
        }
        let (mut found, score) = (Vec::new(), self.scorer.of_need(id));
        let may_matter =
            |provider: u32| most - full_price[provider as usize] >= utility && listed.binary_search(&provider).is_err();
        self.search.visit(id, may_matter, |provider| {
            let score = score(provider);
            if net(provider, score) >= utility {
                found.push(Entry { provider, score });
            }
        });
        found
    }

    /// Joins the entries to the rows, each row in ascending order of the providers. `found` is in the order of needs.
    fn add(&mut self, found: impl Iterator<Item = (usize, Vec<Entry>)>) {
        let old = &self.scored;
        let mut found = found.peekable();
        let (mut indptr, mut provider, mut score) = (vec![0], Vec::new(), Vec::new());
        for need in 0..self.left_out.len() {
            match found.next_if(|(at, _)| *at == need) {
                None => {
                    let row = old.candidates.indptr[need]..old.candidates.indptr[need + 1];
                    provider.extend_from_slice(&old.candidates.provider[row.clone()]);
                    score.extend_from_slice(&old.score[row]);
                }
                Some((_, entries)) => {
                    let mut row: Vec<(u32, i32)> = old.row(NeedId::new(need)).collect();
                    row.extend(entries.iter().map(|entry| (entry.provider, entry.score)));
                    row.sort_unstable();
                    provider.extend(row.iter().map(|entry| entry.0));
                    score.extend(row.iter().map(|entry| entry.1));
                }
            }
            indptr.push(provider.len());
        }
        let not_optimised = old.candidates.not_optimised.clone();
        let candidates = Candidates { indptr, provider, not_optimised };
        self.scored = Arc::new(ScoredCandidates::new(candidates, score));
    }
}
