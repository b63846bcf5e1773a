//! The form of a decision file: what its reader accepts, key by key.
//!
//! Keys are in the order of the fields here; reading refuses keys that are missing, unknown or given twice.

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The form of files without quotas and costs of caseloads.
pub(crate) const FORMAT: i64 = 1;
/// The form of files with either: a few keys more.
pub(crate) const FORMAT_WITH_QUOTAS: i64 = 2;

pub(crate) type Text = Box<str>;

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub(crate) format: i64,
    pub(crate) semantics_id: Text,
    pub(crate) library_version: Text,
    pub(crate) input_digest: Text,
    pub(crate) tables_digest: Text,
    pub(crate) policy: Policy,
    pub(crate) seed: Text,
    pub(crate) evaluation_date: Text,
    pub(crate) engine: Text,
    pub(crate) engine_reason: Text,
    pub(crate) result: Outcome,
    pub(crate) network: Network,
    pub(crate) digest: Text,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Policy {
    pub(crate) digest: Text,
    pub(crate) text: Text,
}

/// What [`Matching::to_json`](crate::Matching::to_json) says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outcome {
    /// The needs that are emergencies, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) immediate: Option<Vec<Text>>,
    pub(crate) status: Text,
    pub(crate) optimal_over: Text,
    pub(crate) engine: Text,
    pub(crate) engine_reason: Text,
    pub(crate) total: Pair,
    pub(crate) bound: Pair,
    pub(crate) gap: Pair,
    pub(crate) summary: Summary,
    pub(crate) assignments: Vec<Assignment>,
    pub(crate) unmatched: Vec<Unmatched>,
    pub(crate) capacity: Vec<Capacity>,
    /// In form 2, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) quotas: Option<Vec<Quota>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) certificate: Option<Certificate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tight_set: Option<TightSet>,
    pub(crate) provenance: Provenance,
}

/// A total or a price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pair {
    pub(crate) tier: i64,
    pub(crate) score: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Summary {
    pub(crate) needs: u64,
    pub(crate) served: u64,
    pub(crate) pinned: u64,
    pub(crate) candidates: u64,
    pub(crate) mean_score: i64,
    pub(crate) by_tier: Vec<Coverage>,
    pub(crate) by_domain: Vec<Coverage>,
    pub(crate) by_county: Vec<Coverage>,
    pub(crate) by_urban_rural_class: Vec<Coverage>,
    pub(crate) unmatched: Vec<Count>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Coverage {
    pub(crate) key: Text,
    pub(crate) needs: u64,
    pub(crate) served: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Count {
    pub(crate) reason: Text,
    pub(crate) needs: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Assignment {
    pub(crate) need_id: Text,
    pub(crate) organization_id: Text,
    #[serde(deserialize_with = "present")]
    pub(crate) worker_id: Option<Text>,
    pub(crate) tier: i64,
    pub(crate) score: i64,
    pub(crate) criteria: Criteria,
    pub(crate) rank: u64,
    pub(crate) pinned: bool,
    /// Where the policy has a switch penalty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) switched: Option<bool>,
}

/// The criteria with their scores, in the order in which the file names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Criteria(pub(crate) Vec<(Text, i64)>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unmatched {
    pub(crate) need_id: Text,
    pub(crate) tier: i64,
    pub(crate) reason: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) providers: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) failed: Option<Vec<Failed>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) quota_id: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) open: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) full: Option<Full>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) nearest: Option<Nearest>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Failed {
    pub(crate) rule: Text,
    pub(crate) providers: u64,
    pub(crate) alone: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Full {
    pub(crate) worker: u64,
    pub(crate) organization: u64,
    pub(crate) group: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nearest {
    pub(crate) organization_id: Text,
    #[serde(deserialize_with = "present")]
    pub(crate) worker_id: Option<Text>,
    pub(crate) score: i64,
    pub(crate) full_at: Text,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Capacity {
    pub(crate) level: Text,
    pub(crate) id: Text,
    #[serde(deserialize_with = "present")]
    pub(crate) places: Option<u64>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) floor: u64,
    pub(crate) used: u64,
    pub(crate) price: Pair,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// What became of a quota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quota {
    pub(crate) quota_id: Text,
    pub(crate) needs: u64,
    pub(crate) served: u64,
    pub(crate) floor: u64,
    #[serde(deserialize_with = "present")]
    pub(crate) cap: Option<u64>,
    pub(crate) price: Pair,
    pub(crate) crosses: bool,
}

/// Prices of the general engine, in the order of the list of places, and of quotas by their identifiers and those of
/// households. Texts of digits: they need more than 64 bits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Certificate {
    pub(crate) step: Vec<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) unit: Option<Text>,
    pub(crate) price: Vec<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) quota_price: Option<Vec<QuotaPrice>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuotaPrice {
    pub(crate) quota_id: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) household_id: Option<Text>,
    pub(crate) price: Text,
}

/// What proves that floors cannot be met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TightSet {
    pub(crate) missing: u64,
    pub(crate) floors: Vec<Limit>,
    pub(crate) caps: Vec<Limit>,
    pub(crate) needs: Vec<Text>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limit {
    pub(crate) level: Text,
    pub(crate) id: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) household_id: Option<Text>,
    pub(crate) needs: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Provenance {
    pub(crate) semantics_id: Text,
    pub(crate) input_digest: Text,
    pub(crate) policy_version: Text,
    pub(crate) seed: Text,
    pub(crate) library_version: Text,
}

/// The candidates over which the result is the best, with what stands behind them. All rows in canonical order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Network {
    pub(crate) needs: Needs,
    pub(crate) nodes: Nodes,
    pub(crate) candidates: Candidates,
    /// In form 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) quotas: Option<Quotas>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Needs {
    pub(crate) id: Vec<Text>,
    pub(crate) tier: Vec<i64>,
    /// Positions of the needs on whose worker a person decided.
    pub(crate) pinned: Vec<u64>,
    /// In form 2: the household of each need that a quota for each household is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) household: Option<Vec<Option<Text>>>,
}

/// Workers, organizations and groups are numbered together, in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nodes {
    pub(crate) workers: Vec<Text>,
    pub(crate) organizations: Vec<Text>,
    pub(crate) groups: Vec<Text>,
    pub(crate) parent: Vec<Option<u64>>,
    pub(crate) places: Vec<Option<u64>>,
    pub(crate) floor: Vec<u64>,
    /// In form 2, where squares of caseloads count: how many needs each worker serves already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) caseload: Option<Vec<u64>>,
}

/// Quotas by their identifiers. Quota k is about the needs from `start[k]` to before `start[k + 1]`, by position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quotas {
    pub(crate) id: Vec<Text>,
    pub(crate) per_household: Vec<bool>,
    pub(crate) floor: Vec<u64>,
    pub(crate) cap: Vec<Option<u64>>,
    pub(crate) start: Vec<u64>,
    pub(crate) need: Vec<u64>,
}

/// The candidates of need k are those from `start[k]` to before `start[k + 1]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Candidates {
    pub(crate) start: Vec<u64>,
    pub(crate) node: Vec<u64>,
    pub(crate) score: Vec<i64>,
}

/// A value that may be `null` but not left out.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

impl Serialize for Criteria {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(code, measure)| (code, measure)))
    }
}

impl<'de> Deserialize<'de> for Criteria {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Criteria;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("criteria with their scores")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Criteria, M::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Criteria(pairs))
    }
}
