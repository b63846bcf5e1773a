//! Floors, groups of needs and costs of places for `assign`, and what proves such an assignment.

use needmatch::{Demand, Fault, FaultCode, Loads, Proof, Shortage, TableName, TightSet};
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arrays::integers;

/// The arguments as the caller gave them.
#[derive(Clone, Copy)]
pub(crate) struct Given<'a, 'py> {
    pub(crate) floor: Option<&'a Bound<'py, PyAny>>,
    pub(crate) demand_group: Option<&'a Bound<'py, PyAny>>,
    pub(crate) demand_parent: Option<&'a Bound<'py, PyAny>>,
    pub(crate) demand_cap: Option<&'a Bound<'py, PyAny>>,
    pub(crate) demand_floor: Option<&'a Bound<'py, PyAny>>,
    pub(crate) load_indptr: Option<&'a Bound<'py, PyAny>>,
    pub(crate) load_from: Option<&'a Bound<'py, PyAny>>,
    pub(crate) load_cost: Option<&'a Bound<'py, PyAny>>,
}

/// The arguments as the core takes them.
pub(crate) struct General {
    pub(crate) floor: Option<Vec<u64>>,
    groups: Option<Groups>,
    costs: Option<Costs>,
}

struct Groups {
    group_of_need: Vec<Option<u32>>,
    parent: Vec<Option<u32>>,
    cap: Vec<u64>,
    floor: Vec<u64>,
}

struct Costs {
    indptr: Vec<usize>,
    from: Vec<u64>,
    cost: Vec<i64>,
}

impl General {
    pub(crate) fn read(given: &Given<'_, '_>, faults: &mut Vec<Fault>) -> PyResult<Self> {
        // A number below zero becomes the greatest, which the core refuses at its row.
        let places = |v| u64::try_from(v).unwrap_or(u64::MAX);
        let floor = given.floor.map(|floor| integers(floor, "floor", places, faults)).transpose()?;
        Ok(Self { floor, groups: Groups::read(given, faults)?, costs: Costs::read(given, faults)? })
    }

    pub(crate) fn demand(&self) -> Option<Demand<'_>> {
        let Groups { group_of_need, parent, cap, floor } = self.groups.as_ref()?;
        Some(Demand { group_of_need, parent, cap, floor })
    }

    pub(crate) fn loads(&self) -> Option<Loads<'_>> {
        let Costs { indptr, from, cost } = self.costs.as_ref()?;
        Some(Loads { indptr, from, cost })
    }
}

impl Groups {
    fn read(given: &Given<'_, '_>, faults: &mut Vec<Fault>) -> PyResult<Option<Self>> {
        let rest = [given.demand_parent, given.demand_cap, given.demand_floor];
        if given.demand_group.is_none() && rest.iter().all(Option::is_none) {
            return Ok(None);
        }
        let above = |v| (v != -1).then(|| u32::try_from(v).unwrap_or(u32::MAX));
        let places = |v| u64::try_from(v).unwrap_or(u64::MAX);
        let (Some(group), Some(cap)) = (given.demand_group, given.demand_cap) else {
            faults.push(together("demand_group", "demand_group and demand_cap together"));
            return Ok(None);
        };
        let group_of_need = integers(group, "demand_group", above, faults)?;
        let cap = integers(cap, "demand_cap", places, faults)?;
        let parent = match given.demand_parent {
            Some(parent) => integers(parent, "demand_parent", above, faults)?,
            None => vec![None; cap.len()],
        };
        let floor = match given.demand_floor {
            Some(floor) => integers(floor, "demand_floor", places, faults)?,
            None => vec![0; cap.len()],
        };
        Ok(Some(Self { group_of_need, parent, cap, floor }))
    }
}

impl Costs {
    fn read(given: &Given<'_, '_>, faults: &mut Vec<Fault>) -> PyResult<Option<Self>> {
        let (indptr, from, cost) = match (given.load_indptr, given.load_from, given.load_cost) {
            (Some(indptr), Some(from), Some(cost)) => (indptr, from, cost),
            (None, None, None) => return Ok(None),
            _ => {
                faults.push(together("load_indptr", "load_indptr, load_from and load_cost together"));
                return Ok(None);
            }
        };
        let indptr = integers(indptr, "load_indptr", |v| usize::try_from(v).unwrap_or(usize::MAX), faults)?;
        let from = integers(from, "load_from", |v| u64::try_from(v).unwrap_or(u64::MAX), faults)?;
        Ok(Some(Self { indptr, from, cost: integers(cost, "load_cost", |v| v, faults)? }))
    }
}

fn together(array: &'static str, expected: &'static str) -> Fault {
    Fault::in_column(TableName::Arrays, array, FaultCode::ArrayLength, expected)
}

/// The proof as a dictionary of lists of Python integers, which may be large.
pub(crate) fn proof_of<'py>(py: Python<'py>, proof: &Proof) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("step", &proof.step)?;
    dict.set_item("price", &proof.price)?;
    dict.set_item("demand_price", &proof.demand_price)?;
    Ok(dict)
}

/// The set that proves that the floors cannot be met, as a dictionary.
pub(crate) fn tight_set_of<'py>(py: Python<'py>, tight: &TightSet) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    let shortage = match tight.shortage {
        Shortage::Needs => "needs",
        _ => "places",
    };
    dict.set_item("shortage", shortage)?;
    dict.set_item("missing", tight.missing)?;
    for (name, members) in [("needs", &tight.needs), ("groups", &tight.groups), ("nodes", &tight.nodes)] {
        dict.set_item(name, PyArray1::from_iter(py, members.iter().map(|&x| i64::from(x))))?;
    }
    Ok(dict)
}
