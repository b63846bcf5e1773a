//! Explanations as tables, in the words of the input: what the C and Python faces hand on.

use super::{
    Answer, AssignmentRanges, Change, Explainer, Fixed, FixedCost, Improvement, Improvements, Losses, PlaceValue,
    Ranked, Repair, Shortage, WeightRange, WeightRanges, Why, WhyNot,
};
use crate::candidate::RuleSet;
use crate::error::Language::{Chinese, English};
use crate::matching::{Coverage, Level, Node, Tier};
use crate::model::NeedId;
use crate::score::Criterion;
use crate::table::{Column, Table, Texts, Values};
use crate::total::Total;

/// An explanation as tables of columns. A loss below zero is a gain; scores are in fixed point: 1.0 is 1 000 000.
///
/// | Columns | Hold |
/// |---|---|
/// | `loss_tier`, `loss_score` | what the total would lose, first in tiers, then in score |
/// | `served_p1` … `served_p4` | how many needs of each tier would be served more, below zero for fewer |
/// | `moves` | how many needs would move |
/// | `gains_need_id`, `loses_need_id` | the need that would be served at last, and the one that would be no longer |
/// | `text`, `text_zh` | one sentence in English, one in Chinese |
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// What there is to say: a single row, or one for each thing that was asked about.
    pub facts: Table,
    /// The chains of moves, in order: `row` of the facts that they belong to, `step` from 1, `need_id`, `tier`, and who
    /// serves it now and would serve it: `from_id`, `to_id`, missing for nobody.
    pub chain: Table,
    /// For a need, every other candidate, the least loss first; for shortages, what they consist of; for a repair, who would
    /// be served; else without columns.
    pub others: Table,
}

impl Explainer {
    /// Why a need is served as it is, as tables. The loss is the margin.
    #[must_use]
    pub fn report_why(&self, why: &Why) -> Report {
        let matching = &self.matching;
        let own = why.assignment.as_ref();
        let mut facts = Table::new();
        facts.push("need_id", text(matching.need_id(why.need)));
        facts.push("organization_id", texts([own.map(|own| matching.organization_id(own.organization))]));
        facts.push("worker_id", texts([own.and_then(|own| Some(matching.worker_id(own.worker?)))]));
        facts.push(
            "answer",
            text(match (&why.unmatched, own.is_some_and(|own| own.pinned)) {
                (Some(unmatched), _) => unmatched.reason.code(),
                (None, true) if matching.problem().needs()[why.need.index()].frozen => "frozen",
                (None, true) => "pinned",
                (None, false) => "assigned",
            }),
        );
        facts.push("score", ints([own.map(|own| own.score)]));
        facts.push("rank", ints([own.map(|own| own.rank)]));
        facts.push("switched", ints([own.map(|own| u8::from(own.switched))]));
        facts.push("candidates", ints([Some(why.others.len() as i64 + i64::from(own.is_some()))]));
        self.push_changes(&mut facts, &[why.margin.as_ref()]);
        facts.push("text", text(&why.text(matching, English)));
        facts.push("text_zh", text(&why.text(matching, Chinese)));
        Report { facts, chain: self.chains([(0, why.margin.as_ref())]), others: self.others(why) }
    }

    /// Why pairs were not chosen, as tables of one row for each.
    #[must_use]
    pub fn report_why_not(&self, rows: &[WhyNot]) -> Report {
        let matching = &self.matching;
        let changes: Vec<Option<&Change>> = rows.iter().map(|row| row.answer.change()).collect();
        let score = |row: &WhyNot| self.score_of(row.need, self.forest.index(row.provider));
        let rules = |row: &WhyNot| match row.answer {
            Answer::FailedRules(rules) => Some(codes(rules)),
            _ => None,
        };
        let concerned = |row: &WhyNot| match row.answer {
            Answer::PinnedTo(node) | Answer::NoPlace(node) => Some(matching.node_id(node)),
            _ => None,
        };
        let mut facts = Table::new();
        facts.push("need_id", texts(rows.iter().map(|row| Some(matching.need_id(row.need)))));
        facts.push("level", texts(rows.iter().map(|row| Some(row.provider.level().code()))));
        facts.push("provider_id", texts(rows.iter().map(|row| Some(matching.node_id(row.provider)))));
        facts.push("answer", texts(rows.iter().map(|row| Some(row.answer.code()))));
        facts.push("failed_rules", owned(rows.iter().map(rules)));
        facts.push("node_id", texts(rows.iter().map(concerned)));
        facts.push("score", ints(rows.iter().map(score)));
        self.push_changes(&mut facts, &changes);
        facts.push("text", owned(rows.iter().map(|row| Some(row.text(matching, English)))));
        facts.push("text_zh", owned(rows.iter().map(|row| Some(row.text(matching, Chinese)))));
        Report { facts, chain: self.chains(changes.into_iter().enumerate()), others: Table::new() }
    }

    /// What candidates would cost, as a table of one row for each; chains are told pair by pair.
    #[must_use]
    pub fn report_losses(&self, losses: &Losses<'_>) -> Report {
        let matching = &self.matching;
        let loss = |part: fn(Total) -> i128| ints(losses.iter().map(|pair| pair.loss.map(|loss| part(loss) as i64)));
        let mut facts = Table::new();
        facts.push("need_id", texts(losses.iter().map(|pair| Some(matching.need_id(pair.need)))));
        facts.push("level", texts(losses.iter().map(|pair| Some(pair.provider.level().code()))));
        facts.push("provider_id", texts(losses.iter().map(|pair| Some(matching.node_id(pair.provider)))));
        facts.push("score", ints(losses.iter().map(|pair| Some(pair.score))));
        facts.push("loss_tier", loss(|loss| loss.tier));
        facts.push("loss_score", loss(|loss| loss.score));
        facts.push("moves", ints(losses.iter().map(|pair| Some(pair.moves))));
        Report { facts, ..Report::default() }
    }

    /// What places are worth, as tables. Each node has two rows: `places` 1 for one more, -1 for one fewer; the second is
    /// absent where there is no place to take away.
    #[must_use]
    pub fn report_values(&self, values: &[PlaceValue]) -> Report {
        let matching = &self.matching;
        let both = values.iter().flat_map(|value| {
            let fewer = value.fewer.as_ref().map(|fewer| (value, -1_i64, fewer));
            std::iter::once((value, 1, &value.more)).chain(fewer)
        });
        let rows: Vec<(&PlaceValue, i64, &Change)> = both.collect();
        let changes: Vec<Option<&Change>> = rows.iter().map(|row| Some(row.2)).collect();
        let mut facts = Table::new();
        facts.push("level", texts(rows.iter().map(|row| Some(row.0.node.level().code()))));
        facts.push("id", texts(rows.iter().map(|row| Some(matching.node_id(row.0.node)))));
        facts.push("open_places", ints(rows.iter().map(|row| row.0.places.map(whole))));
        facts.push("used", ints(rows.iter().map(|row| Some(whole(row.0.used)))));
        facts.push("places", ints(rows.iter().map(|row| Some(row.1))));
        self.push_changes(&mut facts, &changes);
        facts.push("text", owned(rows.iter().map(|row| Some(row.0.text(matching, English)))));
        facts.push("text_zh", owned(rows.iter().map(|row| Some(row.0.text(matching, Chinese)))));
        Report { facts, chain: self.chains(changes.into_iter().enumerate()), others: Table::new() }
    }

    /// Shortages as tables of one row for each; the others are what they consist of: `row` of the facts, `kind` (`need`,
    /// `left_over`, `provider` or `binding`), `level` and `id`, and the `places` of what binds.
    #[must_use]
    pub fn report_shortages(&self, shortages: &[Shortage]) -> Report {
        let matching = &self.matching;
        let count = |of: fn(&Shortage) -> usize| ints(shortages.iter().map(|shortage| Some(of(shortage) as i64)));
        let at = |level: Level| {
            let places = move |shortage: &Shortage| {
                shortage.binding_levels().into_iter().find(|own| own.0 == level).map_or(0, |own| whole(own.1))
            };
            ints(shortages.iter().map(move |shortage| Some(places(shortage))))
        };
        let mut facts = Table::new();
        facts.push("needs", count(|shortage| shortage.needs.len()));
        facts.push("places", ints(shortages.iter().map(|shortage| Some(whole(shortage.places)))));
        facts.push("left_over", count(|shortage| shortage.left_over.len()));
        facts.push("providers", count(|shortage| shortage.providers.len()));
        facts.push("places_at_workers", at(Level::Worker));
        facts.push("places_at_organizations", at(Level::Organization));
        facts.push("places_at_groups", at(Level::Group));
        facts.push(
            "tiers",
            owned(shortages.iter().map(|own| Some(kinds(&own.by_tier, |tier| tier.number().to_string())))),
        );
        facts.push("domains", owned(shortages.iter().map(|own| Some(kinds(&own.by_domain, |d| d.code().to_owned())))));
        facts.push("towns", owned(shortages.iter().map(|own| Some(kinds(&own.by_town, ToString::to_string)))));
        facts.push("text", owned(shortages.iter().map(|shortage| Some(shortage.text(English)))));
        facts.push("text_zh", owned(shortages.iter().map(|shortage| Some(shortage.text(Chinese)))));

        type Row<'a> = (i64, &'static str, &'static str, &'a str, Option<i64>);
        let parts = shortages.iter().enumerate().flat_map(|(row, shortage)| {
            let row = row as i64;
            let of_need =
                move |kind| move |&need: &NeedId| -> Row<'_> { (row, kind, "need", matching.need_id(need), None) };
            let of_node = move |kind, node: Node, places| -> Row<'_> {
                (row, kind, node.level().code(), matching.node_id(node), places)
            };
            let needs = shortage.needs.iter().map(of_need("need"));
            let left_over = shortage.left_over.iter().map(of_need("left_over"));
            let providers = shortage.providers.iter().map(move |&node| of_node("provider", node, None));
            let binding = shortage.binding.iter().map(move |&(node, n)| of_node("binding", node, Some(whole(n))));
            needs.chain(left_over).chain(providers).chain(binding)
        });
        let parts: Vec<Row<'_>> = parts.collect();
        let mut others = Table::new();
        others.push("row", ints(parts.iter().map(|part| Some(part.0))));
        others.push("kind", texts(parts.iter().map(|part| Some(part.1))));
        others.push("level", texts(parts.iter().map(|part| Some(part.2))));
        others.push("id", texts(parts.iter().map(|part| Some(part.3))));
        others.push("places", ints(parts.iter().map(|part| part.4)));
        Report { facts, chain: Table::new(), others }
    }

    /// The fewest places that end all shortages, as a table of one row for each worker, organization or group.
    #[must_use]
    pub fn report_repair(&self, repair: &Repair) -> Report {
        let (matching, rows) = (&self.matching, &repair.places);
        let mut facts = Table::new();
        facts.push("level", texts(rows.iter().map(|row| Some(row.0.level().code()))));
        facts.push("id", texts(rows.iter().map(|row| Some(matching.node_id(row.0)))));
        facts.push("places", ints(rows.iter().map(|row| Some(whole(row.1)))));
        let mut others = Table::new();
        others.push("need_id", texts(repair.served.iter().map(|&need| Some(matching.need_id(need)))));
        Report { facts, chain: Table::new(), others }
    }

    /// Improvements as a table of one row for each, in their order. `gain_tier`, `gain_score` and `served_p1` to `served_p4`
    /// are exact, and missing where only the `bound` is known; `proven` is 1 for rows that are certainly the best of all.
    #[must_use]
    pub fn report_improvements(&self, improvements: &Improvements) -> Report {
        let (matching, rows) = (&self.matching, &improvements.rows);
        let domain = |row: &Ranked| match row.improvement {
            Improvement::Train(_, domain) => Some(domain.code()),
            _ => None,
        };
        let county = |row: &Ranked| match row.improvement {
            Improvement::Extend(_, county) => Some(county.to_string()),
            _ => None,
        };
        let mut facts = Table::new();
        facts.push("improvement", texts(rows.iter().map(|row| Some(row.improvement.code()))));
        facts.push("level", texts(rows.iter().map(|row| Some(row.improvement.node().level().code()))));
        facts.push("id", texts(rows.iter().map(|row| Some(matching.node_id(row.improvement.node())))));
        facts.push("domain", texts(rows.iter().map(domain)));
        facts.push("county", owned(rows.iter().map(county)));
        facts.push("bound", ints(rows.iter().map(|row| Some(row.bound as i64))));
        facts.push("gain_tier", ints(rows.iter().map(|row| Some(row.gain?.tier as i64))));
        facts.push("gain_score", ints(rows.iter().map(|row| Some(row.gain?.score as i64))));
        for tier in Tier::ALL {
            let served = rows.iter().map(|row| Some(row.served_by_tier?[tier as usize]));
            facts.push(format!("served_p{}", tier.number()), ints(served));
        }
        facts.push("proven", ints((0..rows.len()).map(|row| Some(i64::from(row < improvements.n_proven)))));
        facts.push("text", owned(rows.iter().map(|row| Some(row.text(matching, English)))));
        facts.push("text_zh", owned(rows.iter().map(|row| Some(row.text(matching, Chinese)))));
        Report { facts, ..Report::default() }
    }

    /// What decisions of people cost, as tables of one row for each; the loss is what the total would lose without the
    /// decision, so it is below zero where the decision costs something.
    #[must_use]
    pub fn report_pins(&self, rows: &[FixedCost]) -> Report {
        let matching = &self.matching;
        let changes: Vec<Option<&Change>> = rows.iter().map(|row| Some(&row.without)).collect();
        let part = |row: &FixedCost| match row.fixed {
            Fixed::Pin(node) => ("pin", node),
            Fixed::Freeze(node) => ("freeze", node),
            Fixed::Ban(node) => ("ban", node),
        };
        let mut facts = Table::new();
        facts.push("need_id", texts(rows.iter().map(|row| Some(matching.need_id(row.need)))));
        facts.push("kind", texts(rows.iter().map(|row| Some(part(row).0))));
        facts.push("level", texts(rows.iter().map(|row| Some(part(row).1.level().code()))));
        facts.push("id", texts(rows.iter().map(|row| Some(matching.node_id(part(row).1)))));
        self.push_changes(&mut facts, &changes);
        facts.push("text", owned(rows.iter().map(|row| Some(row.text(matching, English)))));
        facts.push("text_zh", owned(rows.iter().map(|row| Some(row.text(matching, Chinese)))));
        Report { facts, chain: self.chains(changes.into_iter().enumerate()), others: Table::new() }
    }

    /// Between which weights the matching stays, as a table of one row for each criterion: its `weight` and the `least` and
    /// the `most`. The others have a row for each assignment and criterion, with `least_exact` and `most_exact` 0 where it
    /// may stay further.
    #[must_use]
    pub fn report_weight_ranges(&self, ranges: &WeightRanges) -> Report {
        let whole = |of: fn(&WeightRange) -> u32| ints(ranges.whole.iter().map(move |own| Some(of(own))));
        let mut facts = Table::new();
        facts.push("criterion", texts(Criterion::ALL.iter().map(|criterion| Some(criterion.code()))));
        facts.push("weight", ints(ranges.weights.iter().map(|&weight| Some(weight))));
        facts.push("least", whole(|own| own.least));
        facts.push("most", whole(|own| own.most));
        for (name, language) in [("text", English), ("text_zh", Chinese)] {
            facts.push(name, owned(Criterion::ALL.iter().map(|&own| Some(ranges.text(own, language)))));
        }

        let matching = &self.matching;
        let rows = || {
            let of = |own| Criterion::ALL.iter().map(move |&criterion| (own, criterion));
            ranges.assignments.iter().flat_map(of).map(|(own, criterion): (&AssignmentRanges, Criterion)| {
                (own, criterion, own.ranges[criterion as usize])
            })
        };
        let mut others = Table::new();
        others.push("need_id", texts(rows().map(|row| Some(matching.need_id(row.0.need)))));
        others.push("level", texts(rows().map(|row| Some(row.0.provider.level().code()))));
        others.push("provider_id", texts(rows().map(|row| Some(matching.node_id(row.0.provider)))));
        others.push("criterion", texts(rows().map(|row| Some(row.1.code()))));
        others.push("least", ints(rows().map(|row| Some(row.2.least))));
        others.push("most", ints(rows().map(|row| Some(row.2.most))));
        others.push("least_exact", ints(rows().map(|row| Some(i64::from(row.2.is_least_exact)))));
        others.push("most_exact", ints(rows().map(|row| Some(i64::from(row.2.is_most_exact)))));
        Report { facts, others, ..Report::default() }
    }

    fn others(&self, why: &Why) -> Table {
        let (matching, rows) = (&self.matching, &why.others);
        let mut table = Table::new();
        table.push("level", texts(rows.iter().map(|row| Some(row.provider.level().code()))));
        table.push("provider_id", texts(rows.iter().map(|row| Some(matching.node_id(row.provider)))));
        table.push("score", ints(rows.iter().map(|row| Some(row.score))));
        for (k, criterion) in Criterion::ALL.iter().enumerate() {
            table.push(criterion.code(), ints(rows.iter().map(|row| Some(row.criteria[k]))));
        }
        table.push("rank", ints(rows.iter().map(|row| Some(row.rank))));
        table.push("switched", ints(rows.iter().map(|row| Some(u8::from(row.switched)))));
        table.push("loss_tier", ints(rows.iter().map(|row| Some(row.loss?.tier as i64))));
        table.push("loss_score", ints(rows.iter().map(|row| Some(row.loss?.score as i64))));
        table
    }

    /// The columns that tell of changes.
    fn push_changes(&self, table: &mut Table, changes: &[Option<&Change>]) {
        let need = |of: fn(&Change) -> Option<NeedId>| {
            texts(changes.iter().map(|change| of((*change)?).map(|need| self.matching.need_id(need))))
        };
        table.push("loss_tier", ints(changes.iter().map(|change| Some((*change)?.loss.tier as i64))));
        table.push("loss_score", ints(changes.iter().map(|change| Some((*change)?.loss.score as i64))));
        for tier in Tier::ALL {
            let served = changes.iter().map(|change| Some((*change)?.served_by_tier()[tier as usize]));
            table.push(format!("served_p{}", tier.number()), ints(served));
        }
        table.push("moves", ints(changes.iter().map(|change| Some((*change)?.moves.len() as i64))));
        table.push("gains_need_id", need(Change::gains));
        table.push("loses_need_id", need(Change::loses));
    }

    /// The moves of changes, each with its row.
    fn chains<'a>(&self, changes: impl IntoIterator<Item = (usize, Option<&'a Change>)>) -> Table {
        let matching = &self.matching;
        let moves = changes.into_iter().flat_map(|(row, change)| {
            let moves = change.map_or(&[][..], |change| &change.moves);
            moves.iter().enumerate().map(move |(k, moved)| (row as i64, k as i64 + 1, moved))
        });
        let moves: Vec<_> = moves.collect();
        let id = |node: Option<Node>| node.map(|node| matching.node_id(node));
        let mut table = Table::new();
        table.push("row", ints(moves.iter().map(|moved| Some(moved.0))));
        table.push("step", ints(moves.iter().map(|moved| Some(moved.1))));
        table.push("need_id", texts(moves.iter().map(|moved| Some(matching.need_id(moved.2.need)))));
        table.push("tier", ints(moves.iter().map(|moved| Some(moved.2.tier.number()))));
        table.push("from_id", texts(moves.iter().map(|moved| id(moved.2.from))));
        table.push("to_id", texts(moves.iter().map(|moved| id(moved.2.to))));
        table
    }
}

fn text(text: &str) -> Column {
    texts([Some(text)])
}

pub(crate) fn texts<'a>(rows: impl IntoIterator<Item = Option<&'a str>>) -> Column {
    Column::Text(rows.into_iter().collect())
}

pub(crate) fn owned(rows: impl IntoIterator<Item = Option<String>>) -> Column {
    let mut texts = Texts::new();
    rows.into_iter().for_each(|row| texts.push(row.as_deref().map(str::as_bytes)));
    Column::Text(texts)
}

pub(crate) fn ints<T: Into<i64>>(rows: impl IntoIterator<Item = Option<T>>) -> Column {
    let values: Values<i64> = rows.into_iter().map(|row| row.map(Into::into)).collect();
    Column::Int(values)
}

/// Places are sums of 32-bit numbers, so they fit.
fn whole(places: u64) -> i64 {
    i64::try_from(places).unwrap_or(i64::MAX)
}

/// Such as `elderly_care:12:9`: a kind, its needs, and how many of them are served.
fn kinds<K>(rows: &[Coverage<K>], name: impl Fn(&K) -> String) -> String {
    rows.iter().map(|row| format!("{}:{}:{}", name(&row.key), row.needs, row.served)).collect::<Vec<_>>().join(";")
}

/// Such as `H02;H03`.
fn codes(rules: RuleSet) -> String {
    rules.iter().map(|rule| rule.code()).collect::<Vec<_>>().join(";")
}
