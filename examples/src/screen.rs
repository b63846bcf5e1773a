//! One terminal screen: what an official wants to know about a run.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use needmatch::candidate::RuleId;
use needmatch::matching::{Capacity, Coverage, Node, OptimalOver, Tier, UnmatchedReason};
use needmatch::model::codes::UrbanRuralClass;
use needmatch::{Language, Matching, Total};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::name::{Counties, kind};

/// What is known of a run besides its result.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// What was matched.
    pub title: &'a str,
    /// From tables to a verified matching.
    pub elapsed: Duration,
    /// Where the sheets are.
    pub folder: &'a Path,
    /// The sheets.
    pub files: &'a [&'a str],
}

/// Columns of the screen.
const WIDTH: usize = 100;
/// Columns of one half; two blanks stand between the halves.
const HALF: usize = 49;
/// Columns of a label; two numbers of eight columns follow.
const LABEL: usize = HALF - 16;
/// Rows of a list of organizations.
const LISTED: usize = 5;
/// Counties that are listed without leaving some out.
const MOST_COUNTIES: usize = 6;
/// Rules that are named as the most frequent hindrance.
const NAMED_RULES: usize = 3;

/// The screen: at most 50 lines of 100 columns.
#[must_use]
pub fn screen(matching: &Matching, run: &Run<'_>) -> String {
    let mut lines = heading(matching, run);
    lines.push(String::new());
    lines.extend(side_by_side(tiers_and_classes(matching), counties(matching)));
    lines.push(String::new());
    lines.extend(domains(matching));
    lines.push(String::new());
    lines.extend(side_by_side(fullest(matching), emptiest(matching)));
    lines.push(String::new());
    lines.extend(reasons(matching));
    lines.push(String::new());
    lines.push(format!("Sheets for Excel in {}: {}", run.folder.display(), run.files.join(", ")));
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn heading(matching: &Matching, run: &Run<'_>) -> Vec<String> {
    let (problem, summary) = (matching.problem(), matching.summary());
    let open = problem.organizations().iter().map(|organization| u64::from(organization.open_places())).sum();
    let (gap, proof) = match matching.gap() {
        Total::ZERO if matching.optimal_over() == OptimalOver::Lists => ("0".to_owned(), "nothing better on the lists"),
        Total::ZERO => ("0".to_owned(), "nothing better exists"),
        gap => (total(gap), "not proven best"),
    };
    let (date, version) = (problem.policy().evaluation_date(), &matching.provenance().policy_version);
    vec![
        format!("{}  As of {date}, policy {version}", run.title),
        "=".repeat(WIDTH),
        format!(
            "Served {} of {} needs ({}) 已服务   {} workers, {} organizations, {} open places",
            thousands(summary.served),
            thousands(summary.needs),
            share(summary.served, summary.needs),
            thousands(problem.workers().len() as u64),
            thousands(problem.organizations().len() as u64),
            thousands(open),
        ),
        format!(
            "Total {}   bound {}   gap {gap}: {proof} (coverage + score)",
            total(matching.total()),
            total(matching.bound())
        ),
        format!(
            "{} pairs pass every rule; {}; matched and verified in {:.1} s",
            thousands(summary.candidates),
            matching.optimal_over().text(Language::English),
            run.elapsed.as_secs_f64(),
        ),
    ]
}

/// A total as coverage by tier and score, where 1.0 is a perfect candidate.
fn total(total: Total) -> String {
    let score = total.score.unsigned_abs() as u64;
    let tenths = score % 1_000_000 / 100_000;
    format!("{} + {}.{tenths}", thousands(total.tier.unsigned_abs() as u64), thousands(score / 1_000_000))
}

fn tiers_and_classes(matching: &Matching) -> Vec<String> {
    let summary = matching.summary();
    let mut lines = vec![row("By tier 层级", "needs", "served")];
    let tier = |of: &Coverage<Tier>| {
        let (english, chinese) = (of.key.text(Language::English), of.key.text(Language::Chinese));
        coverage(&format!("{english} {chinese}"), of.needs, of.served)
    };
    lines.extend(summary.by_tier.iter().map(tier));
    for (label, urban) in [("urban 城镇", true), ("rural 乡村", false)] {
        let is_urban = |class: &UrbanRuralClass| class.is_urban() == urban;
        let of: Vec<_> =
            summary.by_urban_rural_class.iter().filter(|row| row.key.as_ref().is_some_and(is_urban)).collect();
        lines.push(coverage(label, of.iter().map(|row| row.needs).sum(), of.iter().map(|row| row.served).sum()));
    }
    lines
}

/// Counties from the least to the best served; the middle is left out where there are many.
fn counties(matching: &Matching) -> Vec<String> {
    let names = Counties::new();
    let mut counties = matching.summary().by_county.clone();
    counties.sort_by(|a, b| (a.served * b.needs).cmp(&(b.served * a.needs)).then(a.key.cmp(&b.key)));
    let left_out = counties.len().saturating_sub(MOST_COUNTIES);
    let half = MOST_COUNTIES / 2;
    let heading = match left_out {
        0 => "By county 县（市、区）".to_owned(),
        _ => format!("Lowest and highest of {} counties", counties.len()),
    };
    if left_out > 0 {
        counties.drain(half..half + left_out);
    }
    let rows = counties.iter().map(|row| coverage(&names.name(row.key), row.needs, row.served));
    [row(&heading, "needs", "served")].into_iter().chain(rows).collect()
}

fn domains(matching: &Matching) -> Vec<String> {
    let mut domains = matching.summary().by_domain.clone();
    domains.sort_by_key(|row| std::cmp::Reverse(row.needs));
    let rows: Vec<String> = domains
        .iter()
        .map(|row| coverage(&format!("{} {}", row.key.code(), row.key.chinese()), row.needs, row.served))
        .collect();
    let (left, right) = rows.split_at(rows.len().div_ceil(2));
    let with_heading = |label: &str, rows: &[String]| {
        [row(label, "needs", "served")].into_iter().chain(rows.iter().cloned()).collect::<Vec<_>>()
    };
    side_by_side(with_heading("By domain 领域", left), with_heading("", right))
}

/// Organizations that are full, those first where one more place would help most.
fn fullest(matching: &Matching) -> Vec<String> {
    let mut full: Vec<&Capacity> =
        organizations(matching).filter(|(_, places, used)| places == used).map(|(c, ..)| c).collect();
    let heading = format!("{} organizations full 名额已满", thousands(full.len() as u64));
    full.sort_by_key(|capacity| (std::cmp::Reverse(capacity.price), std::cmp::Reverse(capacity.used)));
    listing(matching, &heading, &full)
}

/// Organizations with the most places left.
fn emptiest(matching: &Matching) -> Vec<String> {
    let mut rest: Vec<(&Capacity, u64)> = organizations(matching)
        .filter(|(_, places, used)| used < places)
        .map(|(c, places, used)| (c, places - used))
        .collect();
    let left = rest.iter().map(|&(_, left)| left).sum();
    let heading = format!("{} places left 剩余名额", thousands(left));
    rest.sort_by_key(|&(_, left)| std::cmp::Reverse(left));
    let rest: Vec<&Capacity> = rest.into_iter().map(|(capacity, _)| capacity).collect();
    listing(matching, &heading, &rest)
}

/// Organizations that have places at all, with places and used ones.
fn organizations(matching: &Matching) -> impl Iterator<Item = (&Capacity, u64, u64)> {
    matching.capacity().iter().filter_map(|capacity| match (capacity.node, capacity.places) {
        (Node::Organization(_), Some(places)) if places > 0 => Some((capacity, places, capacity.used)),
        _ => None,
    })
}

fn listing(matching: &Matching, heading: &str, capacities: &[&Capacity]) -> Vec<String> {
    let counties = Counties::new();
    let rows = capacities.iter().take(LISTED).map(|capacity| {
        let label = format!(
            "{} {} {}",
            matching.node_id(capacity.node),
            kind(matching, capacity.node),
            counties.of_node(matching, capacity.node)
        );
        row(&label, &thousands(capacity.places.unwrap_or(0)), &thousands(capacity.used))
    });
    [row(heading, "places", "used")].into_iter().chain(rows).collect()
}

/// Why needs stay unserved, and what stands behind the two large reasons.
fn reasons(matching: &Matching) -> Vec<String> {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    let mut alone: BTreeMap<RuleId, u64> = BTreeMap::new();
    for unmatched in matching.unmatched() {
        let (english, chinese) = (unmatched.reason.text(Language::English), unmatched.reason.text(Language::Chinese));
        texts.entry(unmatched.reason.code()).or_insert_with(|| format!("{english} {chinese}"));
        if let UnmatchedReason::NoCandidate { failed, .. } = &unmatched.reason {
            // The rule that alone keeps most providers from the need.
            if let Some(count) = failed.iter().filter(|count| count.alone > 0).max_by_key(|count| count.alone) {
                *alone.entry(count.rule).or_default() += 1;
            }
        }
    }
    let summary = matching.summary();
    let mut lines = vec![format!("Why {} needs stay unserved 未服务原因", thousands(summary.needs - summary.served))];
    lines.extend(summary.unmatched.iter().map(|count| {
        let text = texts.get(count.reason).map_or(count.reason, String::as_str);
        format!("{:>7}  {text}", thousands(count.needs))
    }));
    let mut alone: Vec<_> = alone.into_iter().collect();
    alone.sort_by_key(|&(rule, needs)| (std::cmp::Reverse(needs), rule));
    if !alone.is_empty() {
        lines.push("Without a candidate, most often because of one rule alone 最常见的单项阻断规则".to_owned());
    }
    lines.extend(alone.iter().take(NAMED_RULES).map(|(rule, needs)| {
        format!(
            "{:>7}  {rule} {} {}",
            thousands(*needs),
            rule.reason(Language::English),
            rule.reason(Language::Chinese)
        )
    }));
    lines
}

fn coverage(label: &str, needs: u64, served: u64) -> String {
    row(label, &thousands(needs), &share(served, needs))
}

/// A row of one half of the screen.
fn row(label: &str, first: &str, second: &str) -> String {
    format!("{}{first:>8}{second:>8}", padded(&shortened(label, LABEL), LABEL))
}

/// Text cut off so that it takes no more than a number of columns; Chinese characters take two.
fn shortened(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    for character in text.chars() {
        if short.width() + character.width().unwrap_or(0) + 2 > columns {
            break;
        }
        short.push(character);
    }
    short + ".."
}

/// Text filled up with blanks to a number of columns.
fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

fn side_by_side(left: Vec<String>, right: Vec<String>) -> Vec<String> {
    let line = |lines: &[String], k: usize| lines.get(k).cloned().unwrap_or_default();
    (0..left.len().max(right.len()))
        .map(|k| format!("{}{}", padded(&line(&left, k), WIDTH - HALF), line(&right, k)))
        .collect()
}

fn share(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.1}%", 100.0 * part as f64 / whole as f64) }
}

/// `12345` as `12,345`.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!([0, 999, 1000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn chinese_characters_take_two_columns() {
        assert_eq!(padded("城区", 6), "城区  ");
        assert_eq!(padded("urban", 3), "urban");
        assert_eq!(shortened("left_behind 留守儿童", 17), "left_behind 留..");
        assert_eq!(shortened("留守儿童", 8), "留守儿童");
    }
}
