//! What all candidates together tell: between which values each criterion lies, and where needs can be served.

use rayon::prelude::*;

use super::finding::{Finding, Lint};
use super::policy::key_of;
use crate::candidate::Search;
use crate::control::Control;
use crate::encode::Forest;
use crate::encode::scale::FULL_WEIGHT;
use crate::error::Error;
use crate::model::{NeedId, Problem};
use crate::score::{Criterion, N_CRITERIA, Scorer};

/// Needs that one thread looks at before it looks at the control.
const CHUNK: usize = 256;

/// What was seen over all candidates.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    /// For each need whether it has a candidate.
    pub(super) has_candidate: Vec<bool>,
    /// For each node that something must fill, how many needs have a candidate there or below; 0 for the others.
    pub(super) reaching: Vec<u64>,
    /// The least and the greatest measure of each criterion; nothing was seen where the least is greater.
    range: [(i32, i32); N_CRITERIA],
}

/// What one thread saw of some needs in a row.
struct Part {
    has_candidate: Vec<bool>,
    /// The nodes that needs reach, a node once for each need.
    reached: Vec<u32>,
    range: [(i32, i32); N_CRITERIA],
}

const UNSEEN: (i32, i32) = (i32::MAX, i32::MIN);

impl Pairs {
    pub(super) fn of(
        problem: &Problem,
        search: &Search<'_>,
        scorer: &Scorer<'_>,
        (forest, must): (&Forest, &[u64]),
        control: &Control,
    ) -> Result<Self, Error> {
        let n_needs = problem.needs().len();
        let counts = must.iter().any(|&must| must > 0);
        let parts = (0..n_needs.div_ceil(CHUNK)).into_par_iter().map(|k| {
            control.check()?;
            let needs = k * CHUNK..n_needs.min((k + 1) * CHUNK);
            let mut part = Part { has_candidate: Vec::new(), reached: Vec::new(), range: [UNSEEN; N_CRITERIA] };
            let mut own: Vec<u32> = Vec::new();
            for need in needs.map(NeedId::new) {
                let measures = scorer.measures_of_need(need);
                let mut has_candidate = false;
                search.visit(
                    need,
                    |_| true,
                    |provider| {
                        has_candidate = true;
                        widen(&mut part.range, &measures(provider));
                        if counts {
                            own.extend(forest.path(provider).filter(|&v| must[v as usize] > 0));
                        }
                    },
                );
                part.has_candidate.push(has_candidate);
                own.sort_unstable();
                own.dedup();
                part.reached.append(&mut own);
            }
            Ok(part)
        });
        let parts: Vec<Part> = parts.collect::<Result<_, Error>>()?;
        let mut all = Self { has_candidate: Vec::new(), reaching: vec![0; must.len()], range: [UNSEEN; N_CRITERIA] };
        for part in parts {
            all.has_candidate.extend(part.has_candidate);
            part.reached.iter().for_each(|&v| all.reaching[v as usize] += 1);
            for (range, own) in all.range.iter_mut().zip(part.range) {
                *range = (range.0.min(own.0), range.1.max(own.1));
            }
        }
        Ok(all)
    }

    /// A finding for each criterion that has a weight and measures the same for all candidates.
    pub(super) fn add_weights(&self, problem: &Problem, found: &mut Vec<Finding>) {
        for &criterion in Criterion::ALL {
            let (least, most) = self.range[criterion as usize];
            let policies = problem.policy().layers().map(|layer| problem.policy().at(layer));
            let weight = policies.map(|policy| policy.weight(criterion)).max().unwrap_or_default();
            if least == most && weight > 0 {
                let finding = Finding::new(Lint::WeightWithoutEffect, key_of(criterion));
                found.push(finding.numbers(weight.into(), FULL_WEIGHT.into()));
            }
        }
    }
}

fn widen(range: &mut [(i32, i32); N_CRITERIA], measures: &[i32; N_CRITERIA]) {
    for (range, &measure) in range.iter_mut().zip(measures) {
        *range = (range.0.min(measure), range.1.max(measure));
    }
}
