//! Runs where the lines of two neighbouring results cross, until no penalty between them can have another one.

use std::collections::BTreeMap;

use super::{Frontier, FrontierGap, FrontierPoint};
use crate::encode::scale::ONE;
use crate::error::{Error, Fault, FaultCode, InputError, TableName};
use crate::matching::{Matching, OptimalOver, Status};
use crate::model::Problem;
use crate::options::Options;
use crate::pipeline::solve;

/// The greatest penalty.
const MOST: u32 = ONE as u32;

/// What a matching is worth at every penalty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) score: i128,
    pub(super) switches: u64,
}

impl Line {
    fn at(self, penalty: u32) -> i128 {
        self.score - i128::from(penalty) * i128::from(self.switches)
    }
}

/// The runs so far, by penalty.
pub(super) struct Search<'a, 'o> {
    problem: &'a Problem,
    options: &'a Options<'o>,
    lines: BTreeMap<u32, Line>,
    /// One matching for each line, at a penalty at which it was found.
    matchings: Vec<(Line, Matching)>,
}

impl<'a, 'o> Search<'a, 'o> {
    pub(super) fn new(problem: &'a Problem, options: &'a Options<'o>) -> Self {
        Self { problem, options, lines: BTreeMap::new(), matchings: Vec::new() }
    }

    pub(super) fn run_both_ends(&mut self) -> Result<(), Error> {
        self.run_at(0)?;
        self.run_at(MOST)
    }

    pub(super) fn runs(&self) -> u32 {
        // One for each penalty, of which there are fewer than 2^20.
        self.lines.len() as u32
    }

    pub(super) fn run_at(&mut self, penalty: u32) -> Result<(), Error> {
        let matching = solve(&self.problem.with_switch_penalty(penalty), self.options)?;
        refuse_unproven(&matching)?;
        let line = line_of(&matching, penalty);
        self.lines.insert(penalty, line);
        if self.matchings.iter().all(|(known, _)| *known != line) {
            self.matchings.push((line, matching));
        }
        Ok(())
    }

    /// The penalty to run at next: between the two neighbours that are farthest apart in switches.
    pub(super) fn next(&self) -> Option<u32> {
        let apart = |(a, b): &(Line, Line)| a.switches - b.switches;
        let open = self.neighbours().filter_map(|(a, b)| Some(((a.1, b.1), crossing(a, b)?)));
        // Of equals the last, which is as good as any other.
        open.max_by_key(|(lines, _)| apart(lines)).map(|(_, penalty)| penalty)
    }

    fn neighbours(&self) -> impl Iterator<Item = ((u32, Line), (u32, Line))> + '_ {
        let of = |(&penalty, &line): (&u32, &Line)| (penalty, line);
        self.lines.iter().map(of).zip(self.lines.iter().skip(1).map(of))
    }

    pub(super) fn into_frontier(self) -> Frontier {
        let values: Vec<(u32, i128)> = self.lines.iter().map(|(&penalty, line)| (penalty, line.at(penalty))).collect();
        let runs = self.runs();
        let mut open: Vec<(Line, Line)> = Vec::new();
        for (a, b) in self.neighbours() {
            if crossing(a, b).is_some() {
                open.push((a.1, b.1));
            }
        }
        let mut matchings = self.matchings;
        matchings.sort_by_key(|(line, _)| std::cmp::Reverse(line.switches));
        // At no penalty at all the lottery may have chosen more switches for nothing.
        if matchings.len() > 1 && matchings[0].0.score == matchings[1].0.score {
            matchings.remove(0);
        }
        let point = |(line, matching): (Line, Matching)| {
            let best_at = |&&(penalty, value): &&(u32, i128)| line.at(penalty) == value;
            let penalties = || values.iter().filter(best_at).map(|&(penalty, _)| penalty);
            FrontierPoint {
                // The penalty at which it was found is among them.
                least_penalty: penalties().min().unwrap_or(0),
                most_penalty: penalties().max().unwrap_or(0),
                switches: line.switches,
                score: line.score,
                matching,
            }
        };
        let points: Vec<FrontierPoint> = matchings.into_iter().map(point).collect();
        let mut frontier = Frontier { points, gaps: Vec::new(), runs, values };
        let gap = |pair: &[FrontierPoint]| {
            let line = |point: &FrontierPoint| Line { score: point.score, switches: point.switches };
            let (more, fewer) = (&pair[0], &pair[1]);
            let has_between = more.switches - fewer.switches > 1;
            FrontierGap {
                is_closed: !open.contains(&(line(more), line(fewer))),
                // The bound rises with the number of switches.
                score: if has_between { (frontier.bound(more.switches - 1) - fewer.score).max(0) } else { 0 },
            }
        };
        frontier.gaps = frontier.points.windows(2).map(gap).collect();
        frontier
    }
}

/// Where between two penalties another line may be above those of both results; `None` where that is known to be nowhere.
/// The largest of some lines is convex in the penalty, so a line that is the largest at both ends is so between them.
fn crossing((a, of_a): (u32, Line), (b, of_b): (u32, Line)) -> Option<u32> {
    let is_known = b - a <= 1 || of_a.at(b) == of_b.at(b) || of_b.at(a) == of_a.at(a);
    if is_known {
        return None;
    }
    // At its own end each is above the other, so the quotient lies between the ends.
    let quotient = (of_a.score - of_b.score) / i128::from(of_a.switches - of_b.switches);
    Some((quotient as u32).max(a + 1))
}

/// Score and switches of a run, without what its penalty put on top.
fn line_of(matching: &Matching, penalty: u32) -> Line {
    let switches = matching.assignments().iter().filter(|own| own.switched).count() as u64;
    let stayed = matching.assignments().len() as u64 - switches;
    Line { score: matching.total().score - i128::from(penalty) * i128::from(stayed), switches }
}

/// # Errors
///
/// Of a result that is not known to be the best over all pairs.
fn refuse_unproven(matching: &Matching) -> Result<(), Error> {
    let fault = if matching.optimal_over() == OptimalOver::Lists {
        let expected = "true, so that each run is the best over all pairs";
        Fault::in_column(TableName::Policy, "candidates.prove_all_pairs", FaultCode::PolicyValue, expected)
    } else if matches!(matching.status(), Status::Bounded | Status::NotFound) {
        let expected = "quotas that do not cross, so that each run is the best";
        Fault::in_column(TableName::Quotas, "quota_id", FaultCode::NotExplained, expected)
    } else {
        return Ok(());
    };
    Err(InputError::from(fault).into())
}
