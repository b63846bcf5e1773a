//! Runs of mixtures: what each set of amendments comes to.

use std::collections::HashMap;

use super::amendment::Amendment;
use super::difference::{Difference, NeedChange, NeedDifference, ServedBy};
use super::mixture::mixture;
use super::{Input, compare};
use crate::error::{Error, Fault, FaultCode, InputError, TableName};
use crate::matching::{Matching, Tier};
use crate::model::Problem;
use crate::options::Options;
use crate::pipeline::solve;

/// Which amendments are made, one bit for each.
pub(super) type Made = u64;

/// What a run comes to, in numbers that can be added: served by tier, the total in tiers and in score, and for each need
/// that differs 1 where it is as in the second matching.
pub(super) type Value = Vec<i128>;

/// How many numbers come before those of the needs.
pub(super) const N_TOTALS: usize = Tier::ALL.len() + 2;

/// All mixtures of two inputs, each run once at most.
pub(super) struct Game<'a> {
    before: Input<'a>,
    after: Input<'a>,
    options: &'a Options<'a>,
    pub(super) amendments: Vec<Amendment>,
    pub(super) difference: Difference,
    /// The needs that moved, gained or lost.
    pub(super) watched: Vec<NeedDifference>,
    known: HashMap<Made, Value>,
}

impl<'a> Game<'a> {
    pub(super) fn new(
        before: Input<'a>,
        after: Input<'a>,
        amendments: Vec<Amendment>,
        options: &'a Options<'a>,
    ) -> Result<Self, Error> {
        let first = run(before, options)?;
        let last = run(after, options)?;
        let difference = compare(&first, &last);
        let differs =
            |need: &&NeedDifference| matches!(need.change, NeedChange::Moved | NeedChange::Gained | NeedChange::Lost);
        let watched: Vec<NeedDifference> = difference.needs.iter().filter(differs).cloned().collect();
        let all = (1_u64 << (amendments.len() % 64)).wrapping_sub(1);
        let all = if amendments.len() == 64 { Made::MAX } else { all };
        let known = HashMap::from([(0, value_of(&first, &watched)), (all, value_of(&last, &watched))]);
        Ok(Self { before, after, options, amendments, difference, watched, known })
    }

    /// What the mixture comes to.
    pub(super) fn value(&mut self, made: Made) -> Result<&Value, Error> {
        if !self.known.contains_key(&made) {
            let value = self.played(made)?;
            self.known.insert(made, value);
        }
        Ok(&self.known[&made])
    }

    /// How many runs there were.
    pub(super) fn n_runs(&self) -> u64 {
        self.known.len() as u64
    }

    fn played(&self, made: Made) -> Result<Value, Error> {
        let chosen = self.amendments.iter().enumerate().filter(|(k, _)| made >> k & 1 == 1).map(|(_, own)| own);
        let mixed = mixture(self.before, self.after, chosen).map_err(Error::from);
        let matching = mixed.and_then(|(tables, policy)| run(Input { tables: &tables, policy: &policy }, self.options));
        match matching {
            Ok(matching) => Ok(value_of(&matching, &self.watched)),
            Err(Error::Input(error)) => Err(Error::Input(self.not_mixed(made, &error))),
            Err(error) => Err(error),
        }
    }

    /// The faults of a mixture, and first of all that it is one.
    fn not_mixed(&self, made: Made, error: &InputError) -> InputError {
        let names = (0..self.amendments.len()).filter(|k| made >> k & 1 == 1);
        let names: Vec<&str> = names.map(|k| &*self.amendments[k].name).collect();
        let expected =
            format!("amendments that belong together to be taken together; made were only {}", names.join(", "));
        let first = Fault::in_column(TableName::Policy, "together", FaultCode::NotMixed, expected);
        InputError::new(std::iter::once(first).chain(error.faults().iter().cloned()).collect())
    }
}

fn run(input: Input<'_>, options: &Options<'_>) -> Result<Matching, Error> {
    let problem = match options.control {
        Some(control) => Problem::with_control(input.tables, input.policy.clone(), control)?,
        None => Problem::new(input.tables, input.policy.clone())?,
    };
    solve(&problem, options)
}

fn value_of(matching: &Matching, watched: &[NeedDifference]) -> Value {
    let mut value = vec![0; N_TOTALS + watched.len()];
    for assignment in matching.assignments() {
        value[assignment.tier as usize] += 1;
    }
    value[Tier::ALL.len()] = matching.total().tier;
    value[Tier::ALL.len() + 1] = matching.total().score;
    for (own, need) in value[N_TOTALS..].iter_mut().zip(watched) {
        let assignment = matching.problem().need_by_id(&need.need_id).and_then(|id| matching.assignment(id));
        let is_as_after = match need.change {
            NeedChange::Gained => assignment.is_some(),
            NeedChange::Lost => assignment.is_none(),
            _ => assignment.is_some_and(|own| {
                let worker_id = own.worker.map(|worker| matching.worker_id(worker).to_owned());
                let organization_id = matching.organization_id(own.organization).to_owned();
                need.after == Some(ServedBy { organization_id, worker_id })
            }),
        };
        *own = i128::from(is_as_after);
    }
    value
}
