//! From a matching to the numbers of each kind.

use std::collections::BTreeMap;

use super::{Cells, Dimension, Equity, EquityRow, EquityTable, Overlap};
use crate::matching::{Matching, Tier};
use crate::model::codes::{ClientGroup, DivisionLevel, Domain, UrbanRuralClass};
use crate::model::{Need, Problem};

impl Matching {
    /// Service and waiting by urgency, client group, county, class and domain, with small numbers: not for publication.
    ///
    /// # Complexity
    ///
    /// O(needs).
    #[must_use]
    pub fn equity(&self) -> Equity {
        let problem = self.problem();
        let mut is_served = vec![false; problem.needs().len()];
        for assignment in self.assignments() {
            is_served[assignment.need.index()] = true;
        }
        let needs = || problem.needs().iter().zip(is_served.iter().copied());
        let mut all = Cells::default();
        needs().for_each(|(need, is_served)| all.add(need.waiting_days, is_served));

        let table = |&dimension: &Dimension| {
            // By the place of the code in its list, so that rows are in the order of the documentation.
            let mut rows: BTreeMap<(usize, String), Cells> = BTreeMap::new();
            for (need, is_served) in needs() {
                for key in dimension.keys(problem, need) {
                    rows.entry(key).or_default().add(need.waiting_days, is_served);
                }
            }
            let rows = rows.into_iter().map(|((_, key), cells)| EquityRow { key, cells }).collect();
            EquityTable { dimension, rows }
        };
        let tables: Vec<EquityTable> = Dimension::ALL.iter().map(table).collect();
        Equity { all, overlaps: overlaps(&tables, needs()), tables }
    }
}

impl Dimension {
    /// The kinds of a need, each with the place of its code in the list of codes.
    pub(super) fn keys(self, problem: &Problem, need: &Need) -> Vec<(usize, String)> {
        let community = &problem.communities()[need.community.index()];
        match self {
            Self::Tier => vec![(0, Tier::of(need.risk).number().to_string())],
            Self::ClientGroup => need.groups.iter().map(|g: ClientGroup| (g as usize, g.code().to_owned())).collect(),
            Self::County => vec![(0, community.code.at_level(DivisionLevel::County).to_string())],
            Self::UrbanRuralClass => {
                let class = community.urban_rural_class;
                let (place, code) = class.map_or((usize::MAX, "unknown"), |c: UrbanRuralClass| (c as usize, c.code()));
                vec![(place, code.to_owned())]
            }
            Self::Domain => vec![(need.domain as usize, Domain::code(need.domain).to_owned())],
        }
    }
}

fn overlaps<'a>(tables: &[EquityTable], needs: impl Iterator<Item = (&'a Need, bool)>) -> Vec<Overlap> {
    let Some(groups) = tables.iter().find(|table| table.dimension == Dimension::ClientGroup) else { return Vec::new() };
    let row_of: BTreeMap<&str, usize> = groups.rows.iter().enumerate().map(|(row, group)| (&*group.key, row)).collect();
    let mut both: BTreeMap<(usize, usize), Cells> = BTreeMap::new();
    for first in 0..groups.rows.len() {
        // Pairs without anybody in common count too: they tell what is in neither.
        both.extend((first + 1..groups.rows.len()).map(|second| ((first, second), Cells::default())));
    }
    for (need, is_served) in needs {
        let mut rows: Vec<usize> = need.groups.iter().filter_map(|group| row_of.get(group.code()).copied()).collect();
        rows.sort_unstable();
        for (k, &first) in rows.iter().enumerate() {
            for &second in &rows[k + 1..] {
                both.entry((first, second)).or_default().add(need.waiting_days, is_served);
            }
        }
    }
    both.into_iter().map(|(rows, both)| Overlap { rows, both }).collect()
}
