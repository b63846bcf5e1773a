//! What proves a result, and what an objective costs, as dictionaries.

use needmatch::matching::{KindPrice, KindResult, Limit, Limited, QuotaPrice, Rate, Unmet};
use needmatch::{Matching, ObjectivePrice};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Exact prices where floors or quotas bind.
pub(crate) fn certificate<'py>(py: Python<'py>, matching: &Matching) -> PyResult<Option<Bound<'py, PyDict>>> {
    let Some(own) = matching.certificate() else { return Ok(None) };
    let dict = PyDict::new(py);
    dict.set_item("step", &own.step)?;
    dict.set_item("unit", own.unit)?;
    dict.set_item("price", &own.price)?;
    let quota = |price: &QuotaPrice| {
        let household = price.household.map(|need| matching.household_id(need));
        (matching.quota_id(price.quota), household, price.price)
    };
    dict.set_item("quota_price", own.quota_price.iter().map(quota).collect::<Vec<_>>())?;
    let kind = |price: &KindPrice| (price.kind.to_string(), price.price);
    dict.set_item("kind_price", own.kind_price.iter().map(kind).collect::<Vec<_>>())?;
    Ok(Some(dict))
}

/// What proves that the floors cannot be met.
pub(crate) fn tight_set<'py>(py: Python<'py>, matching: &Matching) -> PyResult<Option<Bound<'py, PyDict>>> {
    matching.unmet().map(|unmet| set(py, matching, unmet)).transpose()
}

/// The rates of all kinds that the objective compares.
pub(crate) fn rates<'py>(py: Python<'py>, matching: &Matching) -> PyResult<Option<Bound<'py, PyDict>>> {
    let Some(rates) = matching.rates() else { return Ok(None) };
    let row = |own: &KindResult| {
        let row = PyDict::new(py);
        row.set_item("kind", own.kind.to_string())?;
        row.set_item("needs", own.needs)?;
        row.set_item("served", own.served)?;
        row.set_item("floor", own.floor)?;
        row.set_item("price", (own.price.tier, own.price.score))?;
        Ok(row)
    };
    let dict = PyDict::new(py);
    dict.set_item("over", matching.problem().policy().over().code())?;
    let pair = |rate: &Rate| (rate.served, rate.needs);
    dict.set_item("least", pair(&rates.least))?;
    dict.set_item("bound", pair(&rates.bound))?;
    dict.set_item("kinds", rates.kinds.iter().map(row).collect::<PyResult<Vec<_>>>()?)?;
    let ceilings = rates.ceilings.iter().map(|ceiling| set(py, matching, ceiling));
    dict.set_item("ceilings", ceilings.collect::<PyResult<Vec<_>>>()?)?;
    dict.set_item("greatest", rates.greatest.iter().map(pair).collect::<Vec<_>>())?;
    dict.set_item("tight_set", rates.proof.as_ref().map(|proof| set(py, matching, proof)).transpose()?)?;
    Ok(Some(dict))
}

/// Floors that cannot be met, and what stands in their way.
fn set<'py>(py: Python<'py>, matching: &Matching, unmet: &Unmet) -> PyResult<Bound<'py, PyDict>> {
    let limit = |limit: &Limit| {
        let row = PyDict::new(py);
        let (level, id, household) = match limit.of {
            Limited::Node(node) => (node.level().code(), matching.node_id(node).to_owned(), None),
            Limited::Quota(quota, household) => ("quota", matching.quota_id(quota).to_owned(), household),
            Limited::Kind(kind) => ("kind", kind.to_string(), None),
            _ => ("", String::new(), None),
        };
        row.set_item("level", level)?;
        row.set_item("id", id)?;
        row.set_item("household_id", household.map(|need| matching.household_id(need)))?;
        row.set_item("needs", limit.needs)?;
        Ok(row)
    };
    let dict = PyDict::new(py);
    dict.set_item("missing", unmet.missing)?;
    dict.set_item("floors", unmet.floors.iter().map(limit).collect::<PyResult<Vec<_>>>()?)?;
    dict.set_item("caps", unmet.caps.iter().map(limit).collect::<PyResult<Vec<_>>>()?)?;
    dict.set_item("needs", unmet.needs.iter().map(|&need| matching.need_id(need)).collect::<Vec<_>>())?;
    Ok(dict)
}

/// What the default objective would have served and scored more.
pub(crate) fn price<'py>(py: Python<'py>, price: &ObjectivePrice) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("served", price.served.to_vec())?;
    dict.set_item("score", price.score)?;
    Ok(dict)
}
