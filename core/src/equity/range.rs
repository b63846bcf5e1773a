//! How many needs of a kind any equally good matching serves, at least and at most.
//!
//! A kind that is served worse than others may be so by shortage, or by one choice among many that are equally good. Among
//! all greatest matchings those that serve most of the kind have the greatest total when each score counts *m* + 1 and a
//! need of the kind 1 more, where *m* is how many there are: all of them together never outweigh one unit of score. For
//! the fewest each counts 1 less. Both runs are proven as every run is.

use super::Dimension;
use crate::assign::assign;
use crate::control::Control;
use crate::encode;
use crate::engine::Engine;
use crate::error::Error;
use crate::matching::Matching;
use crate::network::Network;
use crate::options::{Options, Ties};
use crate::total::Total;

/// What equally good matchings can do for a kind of needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServedRange {
    /// Needs of the kind.
    pub needs: u64,
    /// Of them served by this matching.
    pub served: u64,
    /// Fewest that an equally good matching serves.
    pub least: u64,
    /// Most that an equally good matching serves.
    pub most: u64,
}

impl Matching {
    /// How many needs of a kind the equally good matchings serve: those of the same total over the same candidates, with
    /// the same pinned needs. `None` where no need is of the kind, or more than capacities binds.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`], [`Error::Limit`] and [`Error::Threads`] as [`solve`](crate::solve()).
    ///
    /// # Complexity
    ///
    /// Two runs of the engine over the candidates.
    pub fn served_range(
        &self,
        dimension: Dimension,
        key: &str,
        options: &Options<'_>,
    ) -> Result<Option<ServedRange>, Error> {
        let problem = self.problem();
        let is_member: Vec<bool> = (problem.needs().iter())
            .map(|need| dimension.keys(problem, need).into_iter().any(|(_, own)| own == key))
            .collect();
        if self.engine() != Engine::Fast || !is_member.contains(&true) {
            return Ok(None);
        }
        let of_kind = self.assignments().iter().filter(|row| is_member[row.need.index()]);
        let (served, pinned) = of_kind.fold((0, 0), |(all, pinned), row| (all + 1, pinned + u64::from(row.pinned)));
        let runs = Runs { matching: self, is_member: &is_member, options };
        let (least, most) = (pinned + runs.count(-1)?, pinned + runs.count(1)?);
        let needs = is_member.iter().filter(|&&is_member| is_member).count() as u64;
        Ok(Some(ServedRange { needs, served, least, most }))
    }
}

struct Runs<'a> {
    matching: &'a Matching,
    is_member: &'a [bool],
    options: &'a Options<'a>,
}

impl Runs<'_> {
    /// How many members are served, besides the pinned ones, where each counts so much more.
    fn count(&self, bonus: i64) -> Result<u64, Error> {
        let quiet = Control::new();
        let control = self.options.control.unwrap_or(&quiet);
        let encoded = encode::encode(self.matching.problem(), self.matching.candidates(), 0, control)?;
        let plain = encoded.network(control)?;
        let step = self.is_member.iter().filter(|&&is_member| is_member).count() as i64 + 1;
        let (mut indptr, mut node, mut score) = (vec![0], Vec::new(), Vec::new());
        for (need, &is_member) in self.is_member.iter().enumerate() {
            let bonus = if is_member { bonus } else { 0 };
            node.extend(plain.edges(need).map(|(v, _)| v));
            score.extend(plain.edges(need).map(|(_, score)| i64::from(score) * step + bonus));
            indptr.push(node.len());
        }
        let nodes = 0..plain.n_nodes() as u32;
        let capacity: Vec<u64> = nodes.clone().map(|v| plain.capacity(v)).collect();
        let parent: Vec<Option<u32>> = nodes.map(|v| plain.parent(v)).collect();
        let tier: Vec<u8> = (0..plain.n_needs()).map(|need| plain.tier(need)).collect();
        let network = Network::new(&indptr, &node, &score, &capacity)
            .and_then(|network| network.with_parents(&parent))
            .and_then(|network| network.with_tiers(&tier))?;
        let options =
            Options { ties: Ties::Any, control: Some(control), threads: self.options.threads, ..Options::default() };
        let assigned = assign(&network, &options)?;
        let served = assigned.node.iter().enumerate().filter(|&(need, node)| self.is_member[need] && node.is_some());
        let count = served.count() as u64;
        // Equally good, or the weights would be at fault.
        let rest = assigned.total.score - i128::from(bonus) * i128::from(count);
        let total = Total { tier: assigned.total.tier, score: rest.div_euclid(step.into()) };
        if rest.rem_euclid(step.into()) != 0 || total != self.free_total(&plain) {
            return Err(Error::InternalCheck {
                check: "a matching for the range of a kind is not equally good".to_owned(),
            });
        }
        Ok(count)
    }

    /// The total of the needs that are no pins.
    fn free_total(&self, network: &Network<'_, i32>) -> Total {
        let free = self.matching.assignments().iter().filter(|row| !row.pinned);
        free.fold(Total::ZERO, |sum, row| {
            sum + Total { tier: network.tier(row.need.index()).into(), score: row.score.into() }
        })
    }
}
