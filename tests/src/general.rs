//! The corpus of floors, groups of needs and costs of places, as `tests/cases/README.md` describes it.

use needmatch::{Demand, InputError, Loads, Network};
use needmatch_benches::Instance;
use serde::Deserialize;

use crate::low::{Answer, Arrays, case_files, rows};

/// One case.
#[derive(Clone, Debug)]
pub struct GeneralCase {
    /// The name.
    pub name: String,
    /// What must come of it.
    pub expect: GeneralExpected,
    instance: Instance<i64>,
    floor: Vec<u64>,
    group_of_need: Vec<Option<u32>>,
    group_parent: Vec<Option<u32>>,
    group_cap: Vec<u64>,
    group_floor: Vec<u64>,
    load_indptr: Vec<usize>,
    load_from: Vec<u64>,
    load_cost: Vec<i64>,
}

/// What must come of a case.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum GeneralExpected {
    /// Floors that cannot be met.
    Tight(Tight),
    /// Number, row and column of each fault.
    Faults {
        /// In the order of the library; −1 for no row.
        faults: Vec<(u32, i64, String)>,
    },
    /// An answer.
    Answer(Answer),
}

/// How a set proves that floors cannot be met; its members where there is only one such set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tight {
    /// By how much.
    pub missing: u64,
    /// Of what: `needs` or `places`.
    pub shortage: Option<String>,
    /// Needs in the set.
    pub needs: Option<Vec<u32>>,
    /// Groups in the set.
    pub groups: Option<Vec<u32>>,
    /// Nodes in the set.
    pub nodes: Option<Vec<u32>>,
}

/// All such cases.
///
/// # Panics
///
/// Panics if a file is not of the documented form.
#[must_use]
pub fn general_cases() -> Vec<GeneralCase> {
    case_files("general_").into_iter().flat_map(|file: File| file.case.into_iter().map(Written::read)).collect()
}

impl GeneralCase {
    /// The network over its arrays.
    ///
    /// # Errors
    ///
    /// All faults of the first part that has some.
    pub fn network(&self) -> Result<Network<'_, i64>, InputError> {
        let demand = Demand {
            group_of_need: &self.group_of_need,
            parent: &self.group_parent,
            cap: &self.group_cap,
            floor: &self.group_floor,
        };
        let loads = Loads { indptr: &self.load_indptr, from: &self.load_from, cost: &self.load_cost };
        self.instance.network()?.with_floors(&self.floor)?.with_demand(demand)?.with_loads(loads)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(rename = "why")]
    _why: String,
    #[serde(rename = "source")]
    _source: String,
    places: Vec<u64>,
    parents: Option<Vec<i64>>,
    tiers: Option<Vec<u8>>,
    needs: Option<usize>,
    scores: Vec<(usize, u32, i64)>,
    floors: Option<Vec<u64>>,
    groups: Option<Vec<i64>>,
    group_parents: Option<Vec<i64>>,
    #[serde(default)]
    group_caps: Vec<u64>,
    group_floors: Option<Vec<u64>>,
    #[serde(default)]
    costs: Vec<(usize, u64, i64)>,
    expect: GeneralExpected,
}

impl Written {
    fn read(self) -> GeneralCase {
        let above = |listed: Option<Vec<i64>>, n: usize| match listed {
            Some(listed) => listed.into_iter().map(|x| u32::try_from(x).ok()).collect(),
            None => vec![None; n],
        };
        let Arrays { indptr, node, score } = rows(&self.scores, self.needs, self.tiers.as_deref());
        let (n_needs, n_nodes, n_groups) = (indptr.len() - 1, self.places.len(), self.group_caps.len());
        let parent = above(self.parents, n_nodes);
        let mut case = GeneralCase {
            name: self.name,
            expect: self.expect,
            instance: Instance { indptr, node, score, tier: self.tiers, capacity: self.places, parent, optimum: None },
            floor: self.floors.unwrap_or_else(|| vec![0; n_nodes]),
            group_of_need: above(self.groups, n_needs),
            group_parent: above(self.group_parents, n_groups),
            group_floor: self.group_floors.unwrap_or_else(|| vec![0; n_groups]),
            group_cap: self.group_caps,
            load_indptr: vec![0],
            load_from: Vec::new(),
            load_cost: Vec::new(),
        };
        for v in 0..n_nodes {
            for &(_, from, cost) in self.costs.iter().filter(|&&(node, ..)| node == v) {
                case.load_from.push(from);
                case.load_cost.push(cost);
            }
            case.load_indptr.push(case.load_from.len());
        }
        case
    }
}
