//! What texts may be made of.

use crate::error::Language;
use crate::matching::{Alternative, Assignment, Matching, RuleCount, Status, Tier, UnmatchedReason};
use crate::model::{NeedId, WorkerId};
use crate::score::Criterion;

/// A criterion is named as a reason from this on, in fixed point.
const GOOD: i32 = 500_000;
/// Most criteria that are named as reasons.
const MAX_REASONS: usize = 3;

/// What can be said of the decision on a need.
pub(super) struct NeedFacts<'a> {
    pub(super) need: &'a str,
    pub(super) tier: Tier,
    pub(super) outcome: NeedOutcome<'a>,
    pub(super) run: Run<'a>,
}

pub(super) enum NeedOutcome<'a> {
    Served(Served<'a>),
    Unmatched { reason: &'a UnmatchedReason, nearest: Option<Nearest<'a>> },
}

/// Who serves, and why.
pub(super) struct Served<'a> {
    pub(super) organization: &'a str,
    pub(super) worker: Option<&'a str>,
    pub(super) score: i32,
    pub(super) rank: u32,
    pub(super) is_pinned: bool,
    /// Every criterion with its weight in thousandths and its measure.
    pub(super) criteria: Vec<(Criterion, u32, i32)>,
}

/// Who would serve if a place became free.
pub(super) struct Nearest<'a> {
    pub(super) organization: &'a str,
    pub(super) worker: Option<&'a str>,
    pub(super) alternative: &'a Alternative,
}

/// What can be said to a worker.
pub(super) struct WorkerFacts<'a> {
    pub(super) worker: &'a str,
    pub(super) organization: &'a str,
    /// Places that were open before the run.
    pub(super) places: u32,
    /// The needs, the most urgent first.
    pub(super) needs: Vec<(&'a str, Tier, Served<'a>)>,
    pub(super) run: Run<'a>,
}

/// What determined the result.
pub(super) struct Run<'a> {
    pub(super) policy_version: &'a str,
    pub(super) seed: &'a str,
    pub(super) evaluation_date: String,
    pub(super) input_digest: &'a str,
    pub(super) semantics_id: &'a str,
    pub(super) extent: fn(Language) -> &'static str,
}

pub(super) fn of_need(matching: &Matching, need: NeedId) -> NeedFacts<'_> {
    let id = matching.need_id(need);
    let run = of_run(matching);
    if let Some(assignment) = matching.assignment(need) {
        let outcome = NeedOutcome::Served(served(matching, assignment));
        return NeedFacts { need: id, tier: assignment.tier, outcome, run };
    }
    let row = matching.unmatched().binary_search_by(|row| matching.need_id(row.need).cmp(id));
    let row = &matching.unmatched()[row.expect("a need that is not served is unmatched, as the checker has seen")];
    let nearest = match &row.reason {
        UnmatchedReason::NoOpenPlace { nearest, .. } => Some(Nearest {
            organization: matching.organization_id(nearest.organization),
            worker: nearest.worker.map(|worker| matching.worker_id(worker)),
            alternative: nearest,
        }),
        _ => None,
    };
    NeedFacts { need: id, tier: row.tier, outcome: NeedOutcome::Unmatched { reason: &row.reason, nearest }, run }
}

pub(super) fn of_worker(matching: &Matching, worker: WorkerId) -> WorkerFacts<'_> {
    let row = &matching.problem().workers()[worker.index()];
    let own = matching.assignments().iter().filter(|assignment| assignment.worker == Some(worker));
    let mut needs: Vec<_> = own
        .map(|assignment| (matching.need_id(assignment.need), assignment.tier, served(matching, assignment)))
        .collect();
    needs.sort_by_key(|&(need, tier, _)| (tier, need));
    WorkerFacts {
        worker: &row.id,
        organization: matching.organization_id(row.organization),
        places: row.open_places(),
        needs,
        run: of_run(matching),
    }
}

pub(super) fn of_run(matching: &Matching) -> Run<'_> {
    let origin = matching.provenance();
    Run {
        policy_version: &origin.policy_version,
        seed: &origin.seed,
        evaluation_date: matching.problem().policy().evaluation_date().to_string(),
        input_digest: &origin.input_digest,
        semantics_id: origin.semantics_id,
        extent: match matching.optimal_over() {
            // What is not proven best is not called that.
            _ if matching.status() == Status::Bounded => |language| Status::Bounded.text(language),
            _ if matching.status() == Status::NotFound => |language| Status::NotFound.text(language),
            crate::matching::OptimalOver::AllPairs => |language| crate::matching::OptimalOver::AllPairs.text(language),
            crate::matching::OptimalOver::Lists => |language| crate::matching::OptimalOver::Lists.text(language),
        },
    }
}

fn served<'a>(matching: &'a Matching, assignment: &'a Assignment) -> Served<'a> {
    let problem = matching.problem();
    let policy = problem.policy_of(&problem.needs()[assignment.need.index()]);
    let measures = Criterion::ALL.iter().zip(assignment.criteria);
    Served {
        organization: matching.organization_id(assignment.organization),
        worker: assignment.worker.map(|worker| matching.worker_id(worker)),
        score: assignment.score,
        rank: assignment.rank,
        is_pinned: assignment.pinned,
        criteria: measures.map(|(&criterion, measure)| (criterion, policy.weight(criterion), measure)).collect(),
    }
}

impl Served<'_> {
    /// The criteria that speak most for the choice, at most three.
    pub(super) fn reasons(&self, language: Language) -> String {
        let mut good: Vec<_> =
            self.criteria.iter().filter(|&&(_, weight, measure)| weight > 0 && measure >= GOOD).collect();
        // By what they add to the score; the order of the list among equals.
        good.sort_by_key(|&&(criterion, weight, measure)| {
            (std::cmp::Reverse(i64::from(weight) * i64::from(measure)), criterion)
        });
        let words: Vec<&str> =
            good.iter().take(MAX_REASONS).map(|(criterion, ..)| words(*criterion, language)).collect();
        match (words.is_empty(), language) {
            (true, Language::English) => "no criterion stands out".to_owned(),
            (true, Language::Chinese) => "没有特别突出的准则".to_owned(),
            (false, Language::English) => words.join("; "),
            (false, Language::Chinese) => words.join("；"),
        }
    }

    /// Who serves, in words.
    pub(super) fn provider(&self, language: Language) -> String {
        provider(self.organization, self.worker, language)
    }
}

impl Nearest<'_> {
    pub(super) fn provider(&self, language: Language) -> String {
        provider(self.organization, self.worker, language)
    }
}

fn provider(organization: &str, worker: Option<&str>, language: Language) -> String {
    match (worker, language) {
        (Some(worker), Language::English) => format!("worker {worker} of organization {organization}"),
        (None, Language::English) => format!("organization {organization} (which names the worker itself)"),
        (Some(worker), Language::Chinese) => format!("机构 {organization} 的社工 {worker}"),
        (None, Language::Chinese) => format!("机构 {organization}（由机构自行安排社工）"),
    }
}

/// A criterion as a reason.
fn words(criterion: Criterion, language: Language) -> &'static str {
    let (english, chinese) = match criterion {
        Criterion::DomainCompetence => ("experience with this kind of need", "熟悉此类需求"),
        Criterion::Qualification => ("a qualification that suits the need", "资格与需求相称"),
        Criterion::TravelTime => ("a short way", "路程较近"),
        Criterion::Continuity => ("a service that goes on with whom it began", "延续已有的服务关系"),
        Criterion::Waiting => ("a long wait", "等待时间较长"),
        Criterion::Languages => ("a language in common", "语言相通"),
        Criterion::Preference => ("the resident's own wish", "符合居民本人意愿"),
        Criterion::OrganizationGrade => ("a good assessment of the organization", "所在机构评估等级较好"),
    };
    match language {
        Language::English => english,
        Language::Chinese => chinese,
    }
}

/// A score or measure as people read it: three digits after the point, rounded down.
pub(super) fn decimal(fixed: i32) -> String {
    format!("{}.{:03}", fixed / 1_000_000, fixed % 1_000_000 / 1000)
}

/// Rules with how many providers fail them.
pub(super) fn rules(failed: &[RuleCount]) -> String {
    let rows: Vec<String> =
        failed.iter().map(|row| format!("{}:{}/{}", row.rule.code(), row.providers, row.alone)).collect();
    rows.join(" ")
}
