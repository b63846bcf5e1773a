//! A frontier as tables.

use super::{Frontier, FrontierGap, FrontierPoint};
use crate::error::Language::{Chinese, English};
use crate::explain::{Report, ints, owned, texts};
use crate::matching::{Assignment, Matching, Tier};
use crate::table::Table;

impl Frontier {
    /// The frontier as a table of one row for each point, by rising penalty: `least_penalty`, `most_penalty`, `switches`,
    /// `score`, the needs served of each tier, and of the gap before the next point `gap_score` and `gap_closed`, missing
    /// for the last. The others are who switches: `row` of the facts, `need_id`, and the new provider.
    #[must_use]
    pub fn report(&self) -> Report {
        let points = &self.points;
        // A sum of scores is below 2^52, and there are fewer needs than 2^31.
        let number = |value: i128| i64::try_from(value).ok();
        let served = |point: &FrontierPoint, tier: Tier| {
            point.matching.assignments().iter().filter(|own| own.tier == tier).count() as i64
        };
        let gap = |of: fn(&FrontierGap) -> i128| {
            let gaps = (0..points.len()).map(|row| self.gaps.get(row).and_then(|gap| number(of(gap))));
            ints(gaps)
        };
        let mut facts = Table::new();
        facts.push("least_penalty", ints(points.iter().map(|point| Some(point.least_penalty))));
        facts.push("most_penalty", ints(points.iter().map(|point| Some(point.most_penalty))));
        facts.push("switches", ints(points.iter().map(|point| number(point.switches.into()))));
        facts.push("score", ints(points.iter().map(|point| number(point.score))));
        for tier in Tier::ALL {
            let column = ints(points.iter().map(|point| Some(served(point, tier))));
            facts.push(format!("served_p{}", tier.number()), column);
        }
        facts.push("gap_score", gap(|gap| gap.score));
        facts.push("gap_closed", gap(|gap| gap.is_closed.into()));
        facts.push("text", owned((0..points.len()).map(|row| Some(self.text(row, English)))));
        facts.push("text_zh", owned((0..points.len()).map(|row| Some(self.text(row, Chinese)))));
        Report { facts, others: self.switches(), ..Report::default() }
    }

    fn switches(&self) -> Table {
        let points = self.points.iter().enumerate();
        let rows: Vec<(i64, &Matching, &Assignment)> = points
            .flat_map(|(row, point)| {
                let switched = point.matching.assignments().iter().filter(|own| own.switched);
                switched.map(move |own| (row as i64, &point.matching, own))
            })
            .collect();
        let mut table = Table::new();
        table.push("row", ints(rows.iter().map(|row| Some(row.0))));
        table.push("need_id", texts(rows.iter().map(|(_, matching, own)| Some(matching.need_id(own.need)))));
        let organization = rows.iter().map(|(_, matching, own)| Some(matching.organization_id(own.organization)));
        table.push("organization_id", texts(organization));
        let worker = rows.iter().map(|(_, matching, own)| own.worker.map(|worker| matching.worker_id(worker)));
        table.push("worker_id", texts(worker));
        table
    }
}
