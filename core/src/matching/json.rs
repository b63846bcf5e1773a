//! The serialized form: positions become the caller's identifiers.

use std::borrow::Cow;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{
    Alternative, Assignment, Capacity, Certificate, Coverage, FullPlaces, KindPrice, KindResult, Limit, Limited,
    Matching, QuotaPrice, QuotaResult, Rate, Rates, RuleCount, Summary, Unmatched, UnmatchedReason, Unmet,
};
use crate::model::codes::UrbanRuralClass;
use crate::score::Criterion;
use crate::solve::Price;

impl Serialize for Matching {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let immediate: Vec<&str> = self.immediate().map(|need| self.need_id(need)).collect();
        let n_fields = 12
            + usize::from(!immediate.is_empty())
            + usize::from(!self.quotas().is_empty())
            + usize::from(self.certificate().is_some())
            + usize::from(self.unmet().is_some())
            + usize::from(self.rates().is_some());
        let mut fields = serializer.serialize_struct("Matching", n_fields)?;
        if !immediate.is_empty() {
            fields.serialize_field("immediate", &immediate)?;
        }
        fields.serialize_field("status", &self.status())?;
        fields.serialize_field("optimal_over", &self.optimal_over())?;
        fields.serialize_field("engine", self.engine().code())?;
        fields.serialize_field("engine_reason", self.engine_reason().code())?;
        fields.serialize_field("total", &self.total())?;
        fields.serialize_field("bound", &self.bound())?;
        fields.serialize_field("gap", &self.gap())?;
        fields.serialize_field("summary", self.summary())?;
        fields.serialize_field("assignments", &Rows(self.assignments(), |a| AssignmentRow::of(self, a)))?;
        fields.serialize_field("unmatched", &Rows(self.unmatched(), |u| UnmatchedRow::of(self, u)))?;
        fields.serialize_field("capacity", &Rows(self.capacity(), |c| CapacityRow::of(self, c)))?;
        if !self.quotas().is_empty() {
            fields.serialize_field("quotas", &Rows(self.quotas(), |q| QuotaRow::of(self, q)))?;
        }
        if let Some(certificate) = self.certificate() {
            fields.serialize_field("certificate", &CertificateRow::of(self, certificate))?;
        }
        if let Some(unmet) = self.unmet() {
            fields.serialize_field("tight_set", &UnmetRow::of(self, unmet))?;
        }
        if let Some(rates) = self.rates() {
            fields.serialize_field("rates", &RatesRow::of(self, rates))?;
        }
        fields.serialize_field("provenance", self.provenance())?;
        fields.end()
    }
}

/// A list that is turned into rows one by one.
struct Rows<'a, T, F>(&'a [T], F);

impl<'a, T, R: Serialize, F: Fn(&'a T) -> R> Serialize for Rows<'a, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(&self.1))
    }
}

#[derive(Serialize)]
struct AssignmentRow<'a> {
    need_id: &'a str,
    organization_id: &'a str,
    worker_id: Option<&'a str>,
    tier: u8,
    score: i32,
    criteria: CriteriaRow<'a>,
    rank: u32,
    pinned: bool,
    /// Where the policy has a penalty for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    switched: Option<bool>,
}

impl<'a> AssignmentRow<'a> {
    fn of(matching: &'a Matching, assignment: &'a Assignment) -> Self {
        Self {
            need_id: matching.need_id(assignment.need),
            organization_id: matching.organization_id(assignment.organization),
            worker_id: assignment.worker.map(|worker| matching.worker_id(worker)),
            tier: assignment.tier.number(),
            score: assignment.score,
            criteria: CriteriaRow(&assignment.criteria),
            rank: assignment.rank,
            pinned: assignment.pinned,
            switched: (matching.problem().policy().switch_penalty() > 0).then_some(assignment.switched),
        }
    }
}

struct CriteriaRow<'a>(&'a [i32]);

impl Serialize for CriteriaRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Criterion::ALL.iter().map(|criterion| criterion.code()).zip(self.0))
    }
}

#[derive(Serialize)]
struct UnmatchedRow<'a> {
    need_id: &'a str,
    tier: u8,
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    providers: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<Vec<FailedRow>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quota_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full: Option<FullPlaces>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<AlternativeRow<'a>>,
}

impl<'a> UnmatchedRow<'a> {
    fn of(matching: &'a Matching, unmatched: &'a Unmatched) -> Self {
        let mut row = Self {
            need_id: matching.need_id(unmatched.need),
            tier: unmatched.tier.number(),
            reason: unmatched.reason.code(),
            providers: None,
            failed: None,
            quota_id: None,
            open: None,
            full: None,
            nearest: None,
        };
        match &unmatched.reason {
            UnmatchedReason::NoCandidate { providers, failed } => {
                row.providers = Some(*providers);
                row.failed = Some(failed.iter().map(FailedRow::of).collect());
            }
            UnmatchedReason::QuotaFull { quota, open } => {
                row.quota_id = Some(matching.quota_id(*quota));
                row.open = Some(*open);
            }
            UnmatchedReason::NoOpenPlace { full, nearest } => {
                row.full = Some(*full);
                row.nearest = Some(AlternativeRow::of(matching, nearest));
            }
            _ => {}
        }
        row
    }
}

#[derive(Serialize)]
struct FailedRow {
    rule: &'static str,
    providers: u32,
    alone: u32,
}

impl FailedRow {
    fn of(count: &RuleCount) -> Self {
        Self { rule: count.rule.code(), providers: count.providers, alone: count.alone }
    }
}

#[derive(Serialize)]
struct AlternativeRow<'a> {
    organization_id: &'a str,
    worker_id: Option<&'a str>,
    score: i32,
    full_at: &'static str,
}

impl<'a> AlternativeRow<'a> {
    fn of(matching: &'a Matching, alternative: &Alternative) -> Self {
        Self {
            organization_id: matching.organization_id(alternative.organization),
            worker_id: alternative.worker.map(|worker| matching.worker_id(worker)),
            score: alternative.score,
            full_at: alternative.full_at.code(),
        }
    }
}

#[derive(Serialize)]
struct CapacityRow<'a> {
    level: &'static str,
    id: &'a str,
    places: Option<u64>,
    #[serde(skip_serializing_if = "is_zero")]
    floor: u64,
    used: u64,
    price: Price,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl<'a> CapacityRow<'a> {
    fn of(matching: &'a Matching, capacity: &Capacity) -> Self {
        Self {
            level: capacity.node.level().code(),
            id: matching.node_id(capacity.node),
            places: capacity.places,
            floor: capacity.floor,
            used: capacity.used,
            price: capacity.price,
        }
    }
}

#[derive(Serialize)]
struct QuotaRow<'a> {
    quota_id: &'a str,
    needs: u64,
    served: u64,
    floor: u64,
    cap: Option<u64>,
    price: Price,
    crosses: bool,
}

impl<'a> QuotaRow<'a> {
    fn of(matching: &'a Matching, quota: &QuotaResult) -> Self {
        let &QuotaResult { quota, needs, served, floor, cap, price, crosses } = quota;
        Self { quota_id: matching.quota_id(quota), needs, served, floor, cap, price, crosses }
    }
}

/// Numbers as texts of digits: they need more than the 53 bits that most readers of JSON keep.
#[derive(Serialize)]
struct CertificateRow<'a> {
    step: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    price: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quota_price: Vec<QuotaPriceRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    kind_price: Vec<KindPriceRow>,
}

#[derive(Serialize)]
struct KindPriceRow {
    kind: String,
    price: String,
}

#[derive(Serialize)]
struct QuotaPriceRow<'a> {
    quota_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    household_id: Option<&'a str>,
    price: String,
}

impl<'a> CertificateRow<'a> {
    fn of(matching: &'a Matching, certificate: &'a Certificate) -> Self {
        let quota = |own: &QuotaPrice| QuotaPriceRow {
            quota_id: matching.quota_id(own.quota),
            household_id: own.household.map(|need| matching.household_id(need)),
            price: own.price.to_string(),
        };
        let kind = |own: &KindPrice| KindPriceRow { kind: own.kind.to_string(), price: own.price.to_string() };
        Self {
            step: certificate.step.iter().map(i128::to_string).collect(),
            unit: (certificate.unit != 1).then(|| certificate.unit.to_string()),
            price: certificate.price.iter().map(i128::to_string).collect(),
            quota_price: certificate.quota_price.iter().map(quota).collect(),
            kind_price: certificate.kind_price.iter().map(kind).collect(),
        }
    }
}

#[derive(Serialize)]
struct UnmetRow<'a> {
    missing: u64,
    floors: Vec<LimitRow<'a>>,
    caps: Vec<LimitRow<'a>>,
    needs: Vec<&'a str>,
}

#[derive(Serialize)]
struct LimitRow<'a> {
    level: &'static str,
    id: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    household_id: Option<&'a str>,
    needs: u64,
}

impl<'a> UnmetRow<'a> {
    fn of(matching: &'a Matching, unmet: &'a Unmet) -> Self {
        let row = |limit: &Limit| {
            let (level, id, household) = match limit.of {
                Limited::Node(node) => (node.level().code(), matching.node_id(node).into(), None),
                Limited::Quota(quota, household) => ("quota", matching.quota_id(quota).into(), household),
                Limited::Kind(kind) => ("kind", kind.to_string().into(), None),
            };
            let household_id = household.map(|need| matching.household_id(need));
            LimitRow { level, id, household_id, needs: limit.needs }
        };
        Self {
            missing: unmet.missing,
            floors: unmet.floors.iter().map(row).collect(),
            caps: unmet.caps.iter().map(row).collect(),
            needs: unmet.needs.iter().map(|&need| matching.need_id(need)).collect(),
        }
    }
}

#[derive(Serialize)]
struct RatesRow<'a> {
    over: &'static str,
    least: Rate,
    bound: Rate,
    kinds: Vec<KindRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tight_set: Option<UnmetRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ceilings: Vec<UnmetRow<'a>>,
    #[serde(skip_serializing_if = "<[Rate]>::is_empty")]
    greatest: &'a [Rate],
}

#[derive(Serialize)]
struct KindRow {
    kind: String,
    needs: u64,
    served: u64,
    floor: u64,
    price: Price,
}

impl<'a> RatesRow<'a> {
    fn of(matching: &'a Matching, rates: &'a Rates) -> Self {
        let row = |&KindResult { kind, needs, served, floor, price }: &KindResult| KindRow {
            kind: kind.to_string(),
            needs,
            served,
            floor,
            price,
        };
        Self {
            over: matching.problem().policy().over().code(),
            least: rates.least,
            bound: rates.bound,
            kinds: rates.kinds.iter().map(row).collect(),
            tight_set: rates.proof.as_ref().map(|proof| UnmetRow::of(matching, proof)),
            ceilings: rates.ceilings.iter().map(|ceiling| UnmetRow::of(matching, ceiling)).collect(),
            greatest: &rates.greatest,
        }
    }
}

impl Serialize for Summary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let class = |class: &Option<UrbanRuralClass>| class.map_or("unknown", UrbanRuralClass::code).to_owned();
        let mut fields = serializer.serialize_struct("Summary", 10)?;
        fields.serialize_field("needs", &self.needs)?;
        fields.serialize_field("served", &self.served)?;
        fields.serialize_field("pinned", &self.pinned)?;
        fields.serialize_field("candidates", &self.candidates)?;
        fields.serialize_field("mean_score", &self.mean_score)?;
        fields.serialize_field("by_tier", &coverage(&self.by_tier, |tier| tier.number().to_string()))?;
        fields.serialize_field("by_domain", &coverage(&self.by_domain, |domain| domain.code().to_owned()))?;
        fields.serialize_field("by_county", &coverage(&self.by_county, ToString::to_string))?;
        fields.serialize_field("by_urban_rural_class", &coverage(&self.by_urban_rural_class, class))?;
        fields.serialize_field("unmatched", &self.unmatched)?;
        fields.end()
    }
}

/// Coverage with each key as its code.
fn coverage<K>(rows: &[Coverage<K>], code: impl Fn(&K) -> String) -> Vec<Coverage<String>> {
    rows.iter().map(|row| Coverage { key: code(&row.key), needs: row.needs, served: row.served }).collect()
}
