//! Does the head say the same as the result, and as the policy's text?

use sha2::{Digest, Sha256};

use super::{FULL_SCORE, MAX_NUMBER};
use crate::decision::DecisionFault;
use crate::decision::form::{FORMAT_WITH_QUOTAS, File, Pair};
use crate::model::hex;

/// What the policy's text says that the other checks ask for.
pub(super) struct Head<'a> {
    /// How much it counts that a need of tier 1, 2, 3, 4 is served.
    worth: [i64; 4],
    /// The criteria with their weights in thousandths.
    pub(super) weights: Vec<(&'a str, i64)>,
    /// Areas have weights of their own, and the file does not tell which need is where.
    pub(super) has_local_weights: bool,
    /// Floors can be met, so somebody was chosen.
    pub(super) is_decided: bool,
    /// Squares of caseloads count against a matching.
    pub(super) counts_squares: bool,
    /// What every pair but a switch has on top of its weighted mean.
    pub(super) switch_penalty: i64,
    /// The run is about pilot communities alone.
    pub(super) is_limited: bool,
    /// The file may hold some of the candidates only, while the result speaks of all.
    is_part: bool,
}

impl Head<'_> {
    /// Whether a number can be said of all candidates where so many are seen in the file.
    pub(super) fn agrees(&self, stated: u64, seen: u64) -> bool {
        stated == seen || (self.is_part && (seen..MAX_NUMBER).contains(&stated))
    }

    /// How much it counts in coverage that a need of a tier is served.
    pub(super) fn counts(&self, tier: i64) -> i64 {
        self.worth[tier as usize - 1]
    }

    /// What serving a need of a tier by a candidate of a score adds to the total.
    pub(super) fn worth(&self, tier: i64, score: i64) -> Pair {
        Pair { tier: self.counts(tier), score }
    }
}

pub(super) fn check(file: &File) -> Result<Head<'_>, DecisionFault> {
    let (result, origin) = (&file.result, &file.result.provenance);
    for digest in [&file.input_digest, &file.tables_digest, &file.policy.digest] {
        if digest.len() != 64 || !digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(DecisionFault::wrong("input_digest, tables_digest or policy.digest"));
        }
    }
    let text = &*file.policy.text;
    let policy = Policy(text);
    let quoted = |word: &str| format!("\"{word}\"");
    let has_quotas = file.format == FORMAT_WITH_QUOTAS;
    let facts = [
        ("result.provenance.semantics_id", origin.semantics_id == file.semantics_id),
        ("result.provenance.input_digest", origin.input_digest == file.input_digest),
        ("result.provenance.seed", origin.seed == file.seed),
        ("result.provenance.library_version", origin.library_version == file.library_version),
        ("result.engine", result.engine == file.engine),
        ("result.engine_reason", result.engine_reason == file.engine_reason),
        ("policy.digest", *file.policy.digest == *hex(&Sha256::digest(text))),
        ("policy.text: format", policy.value("", "format") == Some("1")),
        ("policy.text: version", policy.value("", "version") == Some(&quoted(&origin.policy_version))),
        ("policy.text: evaluation_date", policy.value("", "evaluation_date") == Some(&file.evaluation_date)),
        ("policy.text: seed", policy.value("", "seed") == Some(&quoted(&file.seed))),
    ];
    if let Some((place, _)) = facts.into_iter().find(|&(_, holds)| !holds) {
        return Err(DecisionFault::wrong(place));
    }
    let objective = policy.value("", "objective");
    let counts_squares = objective == Some("\"least_unequal\"") && has_quotas;
    let worth = match objective {
        Some("\"tiers_then_score\"") => [4, 3, 2, 1],
        _ if counts_squares => [4, 3, 2, 1],
        Some("\"coverage_then_score\"") => [1; 4],
        Some("\"score\"") => [0; 4],
        _ => return Err(DecisionFault::wrong("policy.text: objective")),
    };
    let weights: Option<Vec<(&str, i64)>> =
        policy.section("criteria").map(|(code, weight)| Some((code, thousandths(weight)?))).collect();
    let weights = weights.ok_or(DecisionFault::wrong("policy.text: criteria"))?;
    let is_short = policy.value("candidates", "per_need") != Some("\"all\"");
    let is_proven = policy.value("candidates", "prove_all_pairs") == Some("true");
    let is_part = match &*result.optimal_over {
        "all_pairs" => is_short,
        // Lists are shorter than all pairs only where the policy allows it, and then it asks for no proof.
        "lists" if is_short && !is_proven => false,
        _ => return Err(DecisionFault::wrong("result.optimal_over")),
    };
    let has_local_weights = policy.section("overlay.criteria").next().is_some();
    let switch_penalty = match policy.value("", "switch_penalty") {
        None => 0,
        Some(text) => penalty(text).ok_or(DecisionFault::wrong("policy.text: switch_penalty"))?,
    };
    let is_limited = match policy.value("", "scope") {
        None => false,
        Some("\"pilot\"") => true,
        Some(_) => return Err(DecisionFault::wrong("policy.text: scope")),
    };
    let is_decided = matches!(&*result.status, "optimal" | "bounded");
    Ok(Head { worth, weights, has_local_weights, is_decided, counts_squares, switch_penalty, is_limited, is_part })
}

/// A weight from its digits.
fn thousandths(weight: &str) -> Option<i64> {
    let is_number = weight.bytes().all(|byte| byte.is_ascii_digit());
    weight.parse().ok().filter(|&weight| is_number && weight <= 1000)
}

/// A penalty from its digits; none is left out.
fn penalty(text: &str) -> Option<i64> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|&penalty| is_number && penalty <= FULL_SCORE)
}

/// A policy in its canonical text: lines such as `key = value` below lines such as `[section]`.
struct Policy<'a>(&'a str);

impl<'a> Policy<'a> {
    fn section(&self, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let heading = format!("[{name}]");
        let mut is_inside = name.is_empty();
        self.0.lines().filter_map(move |line| {
            if line.starts_with('[') {
                is_inside = line == heading;
            }
            line.split_once(" = ").filter(|_| is_inside)
        })
    }

    fn value(&self, section: &str, key: &str) -> Option<&'a str> {
        self.section(section).find(|&(other, _)| other == key).map(|(_, value)| value)
    }
}
