//! Scores that depend on one number: between which values of it an optimum, and each of its places, stays.
//!
//! The score of edge e at the value p is `at_zero[e] + slope[e] · p`, for whole p from 0 to `last`. So the total of a
//! matching is a straight line, and the greatest total of all a convex chain of such lines. A matching is therefore the
//! best on an interval; where it ends is found by Newton's iteration: solve at the far end, see where the line found there
//! crosses the own one, solve there, and so on until nothing is better. Each end is proven by two solved values: the last
//! at which nothing is better, and the next, at which something is.
//!
//! A single place stays as long as *some* best matching has it. From the start outwards, piece by piece of the chain: what
//! the matching of the next piece has, stays. What it has not is asked of [`Sensitivity`] at the first value of the piece
//! and, since along the inside of a piece the best matchings are the same, at the next one for all the rest of it.
//!
//! # References
//!
//! E. Eisner and D. Severance, "Mathematical techniques for efficient record segmentation in large shared databases",
//! Journal of the ACM 23 (1976): convex chains of optima, line by line. W. Dinkelbach, "On nonlinear fractional
//! programming", Management Science 13 (1967): the iteration and why it ends.

use std::rc::Rc;

use super::Sensitivity;
use crate::control::Control;
use crate::error::{Error, InputError};
use crate::network::Network;
use crate::solve::{self, Flow};
use crate::total::Total;

/// A network whose scores depend on one number.
pub(crate) struct Parametric<'a> {
    pub(crate) indptr: &'a [usize],
    pub(crate) node: &'a [u32],
    pub(crate) capacity: &'a [u64],
    pub(crate) parent: &'a [Option<u32>],
    pub(crate) tier: &'a [u8],
    /// For each edge its score at 0, and what it gains with each step.
    pub(crate) at_zero: Vec<i64>,
    pub(crate) slope: Vec<i64>,
    /// The greatest value.
    pub(crate) last: i64,
}

/// Values between which something stays, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) least: i64,
    pub(crate) most: i64,
    /// Whether it ends there, or the search for more did.
    pub(crate) is_least_exact: bool,
    pub(crate) is_most_exact: bool,
}

/// The intervals of an optimum and of the places of its needs.
pub(crate) struct Intervals {
    pub(crate) whole: Interval,
    /// For each need that has a place.
    pub(crate) of_need: Vec<Option<Interval>>,
}

/// The total score of a matching for every value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    at_zero: i128,
    slope: i128,
}

impl Line {
    fn at(self, p: i64) -> i128 {
        self.at_zero + self.slope * i128::from(p)
    }

    /// The value farthest towards `to` at which the line is not below another that is above it there. It is at `from`.
    fn stays_until(self, other: Self, from: i64, to: i64) -> i64 {
        let (at_zero, slope) = (other.at_zero - self.at_zero, other.slope - self.slope);
        debug_assert!(at_zero + slope * i128::from(from) <= 0 && at_zero + slope * i128::from(to) > 0);
        let crossing =
            if to > from { (-at_zero).div_euclid(slope) } else { -(-at_zero).div_euclid(slope.unsigned_abs() as i128) };
        crossing as i64
    }
}

/// A best matching at some value.
struct Best {
    flow: Flow,
    line: Line,
}

impl Parametric<'_> {
    /// The intervals around a value at which `node` says where the needs of a best matching are. For single places at most
    /// `most_solves` values are solved in each direction; with 0 they are said to stay as long as the whole.
    ///
    /// # Errors
    ///
    /// As of the solver.
    pub(crate) fn intervals(
        &self,
        start: i64,
        node: &[Option<u32>],
        most_solves: usize,
        control: &Control,
    ) -> Result<Intervals, Error> {
        let own = self.line(node);
        let towards = |end| {
            let mut walk = Walk {
                parametric: self,
                control,
                end,
                known: Vec::new(),
                last: None,
                n_solves: 0,
                most_solves: usize::MAX,
            };
            let whole = walk.reached(own, start)?.unwrap_or(start);
            (walk.n_solves, walk.most_solves) = (0, most_solves);
            Ok::<_, Error>((whole, walk.of_needs(node, own, whole)?))
        };
        let ((least, down), (most, up)) = (towards(0)?, towards(self.last)?);
        let of_need = down.into_iter().zip(up).map(|(down, up)| {
            let ((least, is_least_exact), (most, is_most_exact)) = (down?, up?);
            Some(Interval { least, most, is_least_exact, is_most_exact })
        });
        let whole = Interval { least, most, is_least_exact: true, is_most_exact: true };
        Ok(Intervals { whole, of_need: of_need.collect() })
    }

    fn edges(&self, need: usize) -> std::ops::Range<usize> {
        self.indptr[need]..self.indptr[need + 1]
    }

    fn edge(&self, need: usize, v: u32) -> Option<usize> {
        self.edges(need).find(|&k| self.node[k] == v)
    }

    fn line(&self, node: &[Option<u32>]) -> Line {
        let places = node.iter().enumerate().filter_map(|(need, place)| self.edge(need, (*place)?));
        places.fold(Line { at_zero: 0, slope: 0 }, |sum, k| Line {
            at_zero: sum.at_zero + i128::from(self.at_zero[k]),
            slope: sum.slope + i128::from(self.slope[k]),
        })
    }

    fn scores(&self, p: i64) -> Vec<i64> {
        self.at_zero.iter().zip(&self.slope).map(|(at_zero, slope)| at_zero + slope * p).collect()
    }

    fn network<'s>(&'s self, score: &'s [i64]) -> Result<Network<'s, i64>, Error> {
        let build = || {
            let network = Network::new(self.indptr, self.node, score, self.capacity)?;
            network.with_parents(self.parent)?.with_tiers(self.tier)
        };
        build().map_err(|faults: InputError| Error::InternalCheck { check: faults.to_string() })
    }

    fn best_at(&self, p: i64, control: &Control) -> Result<Best, Error> {
        let score = self.scores(p);
        let network = self.network(&score)?;
        control.reserve(size_of_val(&*score) as u64 * 3 + solve::bytes_needed(&network))?;
        let flow = solve::solve(&network, control)?;
        let line = self.line(&flow.node);
        Ok(Best { flow, line })
    }

    /// Which of some needs can be where they are in a matching that is as good as the best one at a value.
    fn tied(&self, p: i64, best: &Best, needs: &[(u32, u32)], control: &Control) -> Result<Vec<bool>, Error> {
        let score = self.scores(p);
        let sensitivity = Sensitivity::new(&self.network(&score)?, &best.flow, control)?;
        let mut order: Vec<usize> = (0..needs.len()).collect();
        order.sort_by_key(|&k| sensitivity.vertex(needs[k].0));
        let (mut tied, mut ways) = (vec![false; needs.len()], None);
        for k in order {
            let (need, v) = needs[k];
            let vertex = sensitivity.vertex(need);
            let back = match ways.take() {
                Some((own, back)) if own == vertex => back,
                _ => sensitivity.ways_back(vertex),
            };
            let worth = self
                .edge(need as usize, v)
                .map(|edge| Total { tier: self.tier[need as usize].into(), score: score[edge].into() });
            tied[k] = worth.and_then(|worth| sensitivity.loss_if_forced(&back, need, v, worth)) == Some(Total::ZERO);
            ways = Some((vertex, back));
        }
        Ok(tied)
    }
}

/// From the start towards one end.
struct Walk<'a, 'n> {
    parametric: &'a Parametric<'n>,
    control: &'a Control,
    end: i64,
    /// Lines of best matchings at values that were solved.
    known: Vec<Line>,
    /// The value that was solved last.
    last: Option<(i64, Rc<Best>)>,
    n_solves: usize,
    most_solves: usize,
}

impl Walk<'_, '_> {
    fn best_at(&mut self, p: i64) -> Result<Option<Rc<Best>>, Error> {
        if let Some((_, best)) = self.last.as_ref().filter(|(last, _)| *last == p) {
            return Ok(Some(Rc::clone(best)));
        }
        if self.n_solves >= self.most_solves {
            return Ok(None);
        }
        self.n_solves += 1;
        let best = Rc::new(self.parametric.best_at(p, self.control)?);
        self.known.push(best.line);
        self.last = Some((p, Rc::clone(&best)));
        Ok(Some(best))
    }

    /// The farthest value at which nothing is better than a line that is the best at `from`; `None` where the search for it
    /// had to end.
    fn reached(&mut self, own: Line, from: i64) -> Result<Option<i64>, Error> {
        let mut to = self.end;
        // Often the very next value has another optimum, and that line is better at all further ones.
        let mut next = from + (self.end - from).signum();
        while to != from {
            let better = self.known.iter().filter(|line| line.at(to) > own.at(to));
            if let Some(better) = better.max_by_key(|line| line.at(to)) {
                to = own.stays_until(*better, from, to);
                continue;
            }
            let Some(best) = self.best_at(next)? else { return Ok(None) };
            if next == to && best.line.at(to) == own.at(to) {
                break;
            }
            next = to;
        }
        Ok(Some(to))
    }

    /// For each need that has a place how far it keeps it, and whether that is exact. `reached` is how far the whole stays.
    fn of_needs(&mut self, node: &[Option<u32>], own: Line, reached: i64) -> Result<Vec<Option<(i64, bool)>>, Error> {
        let step = (self.end - reached).signum();
        debug_assert!(own.at(reached) >= self.known.iter().map(|line| line.at(reached)).max().unwrap_or(i128::MIN));
        let mut found: Vec<Option<(i64, bool)>> =
            node.iter().map(|place| place.map(|_| (reached, step == 0))).collect();
        let places = node.iter().enumerate().filter_map(|(need, place)| Some((need as u32, (*place)?)));
        let mut pending: Vec<(u32, u32)> = places.collect();
        let mut at = reached;
        while at != self.end && !pending.is_empty() {
            // The next piece, from its first value on.
            let first = at + step;
            let Some(best) = self.best_at(first)? else { return Ok(found) };
            self.keep(&mut pending, &mut found, &best, (at, first))?;
            let Some(far) = self.reached(best.line, first)? else { return Ok(found) };
            if far != first {
                let Some(inside) = self.inside(&pending, &best, first + step)? else { return Ok(found) };
                let inside = inside.unwrap_or(best);
                self.keep(&mut pending, &mut found, &inside, (first, first + step))?;
            }
            pending.iter().for_each(|&(need, _)| found[need as usize] = Some((far, far == self.end)));
            at = far;
        }
        Ok(found)
    }

    /// A best matching with its prices at a value inside the piece; `Some(None)` where nobody asks, since all that are
    /// pending have their places in the matching of the piece.
    fn inside(&mut self, pending: &[(u32, u32)], best: &Best, p: i64) -> Result<Option<Option<Rc<Best>>>, Error> {
        if pending.iter().all(|&(need, v)| best.flow.node[need as usize] == Some(v)) {
            return Ok(Some(None));
        }
        Ok(self.best_at(p)?.map(Some))
    }

    /// Keeps pending what can stay at `next`; for the others `at` was the last value.
    fn keep(
        &self,
        pending: &mut Vec<(u32, u32)>,
        found: &mut [Option<(i64, bool)>],
        best: &Best,
        (at, next): (i64, i64),
    ) -> Result<(), Error> {
        let has = |&(need, v): &(u32, u32)| best.flow.node[need as usize] == Some(v);
        let asked: Vec<(u32, u32)> = pending.iter().copied().filter(|place| !has(place)).collect();
        if asked.is_empty() {
            pending.iter().for_each(|&(need, _)| found[need as usize] = Some((next, false)));
            return Ok(());
        }
        let tied = self.parametric.tied(next, best, &asked, self.control)?;
        let goes = |place: &(u32, u32)| asked.binary_search(place).is_ok_and(|k| !tied[k]);
        for &(need, v) in pending.iter() {
            found[need as usize] = Some(if goes(&(need, v)) { (at, true) } else { (next, false) });
        }
        pending.retain(|place| !goes(place));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};
    use rand_pcg::Pcg64Mcg;

    use super::*;
    use crate::oracle::{Arrays, best_flow};

    const LAST: i64 = 12;

    /// The greatest total at a value, of all matchings and of those in which a need is at a node.
    fn best(arrays: &Arrays, score: &[i64], forced: Option<(usize, u32)>) -> Option<Total> {
        let mut changed = Arrays { score: score.to_vec(), ..arrays.clone() };
        let mut own = Total::ZERO;
        if let Some((need, v)) = forced {
            let edge = (arrays.indptr[need]..arrays.indptr[need + 1]).find(|&k| arrays.node[k] == v)?;
            own = Total { tier: arrays.tier[need].into(), score: score[edge].into() };
            let mut at = Some(v);
            while let Some(v) = at {
                changed.capacity[v as usize] = changed.capacity[v as usize].checked_sub(1)?;
                at = arrays.parent[v as usize];
            }
            let row = arrays.indptr[need]..arrays.indptr[need + 1];
            let n = row.len();
            changed.node.drain(row.clone());
            changed.score.drain(row);
            changed.indptr[need + 1..].iter_mut().for_each(|end| *end -= n);
        }
        Some(own + best_flow(&changed.network()).0)
    }

    #[test]
    fn intervals_are_those_of_solving_at_every_value() {
        let (mut n_ends, mut n_longer, mut n_short) = (0, 0, 0);
        for seed in 0..1500 {
            let arrays = Arrays::random(seed);
            let mut random = Pcg64Mcg::seed_from_u64(seed);
            let spread = [1, 3, 1000][seed as usize % 3];
            let slope: Vec<i64> = arrays.score.iter().map(|_| random.random_range(-spread..=spread)).collect();
            let start = random.random_range(0..=LAST);
            let parametric = Parametric {
                indptr: &arrays.indptr,
                node: &arrays.node,
                capacity: &arrays.capacity,
                parent: &arrays.parent,
                tier: &arrays.tier,
                at_zero: arrays.score.clone(),
                slope,
                last: LAST,
            };
            let control = Control::new();
            let node = parametric.best_at(start, &control).unwrap().flow.node;
            let line = parametric.line(&node);
            let greatest: Vec<Total> =
                (0..=LAST).map(|p| best(&arrays, &parametric.scores(p), None).unwrap()).collect();
            // Around the start, so far as something holds at every value.
            let around = |holds: &dyn Fn(i64) -> bool| {
                let least = (0..=start).rev().take_while(|&p| holds(p)).last().unwrap();
                (least, (start..=LAST).take_while(|&p| holds(p)).last().unwrap())
            };
            let found = parametric.intervals(start, &node, usize::MAX, &control).unwrap();
            let whole = around(&|p| line.at(p) == greatest[p as usize].score);
            assert_eq!((found.whole.least, found.whole.most), whole, "seed {seed}");
            let few = parametric.intervals(start, &node, 2, &control).unwrap();
            for (need, place) in node.iter().enumerate() {
                let (Some(v), Some(own), Some(few)) = (*place, found.of_need[need], few.of_need[need]) else {
                    assert!(place.is_none() && found.of_need[need].is_none() && few.of_need[need].is_none());
                    continue;
                };
                let holds =
                    |p: i64| best(&arrays, &parametric.scores(p), Some((need, v))) == Some(greatest[p as usize]);
                assert_eq!((own.least, own.most), around(&holds), "seed {seed}, need {need}");
                assert!(own.is_least_exact && own.is_most_exact);
                // With less time what is said is true, and said to be less.
                assert!(few.least == own.least || (few.least > own.least && !few.is_least_exact), "seed {seed}");
                assert!(few.most == own.most || (few.most < own.most && !few.is_most_exact), "seed {seed}");
                n_ends += u32::from(own.least > 0) + u32::from(own.most < LAST);
                n_longer += u32::from((own.least, own.most) != whole);
                n_short += u32::from(few != own);
            }
        }
        assert!(n_ends > 300 && n_longer > 300 && n_short > 40, "{n_ends} {n_longer} {n_short}");
    }
}
