//! The low level: arrays in, a proven assignment out.

use needmatch::{
    Assigned, Engine, EngineReason, InputError, Language, Network, Options, Price, Proof, Score, TightSet, Total,
};
use numpy::{PyArray1, PyArrayMethods, PyUntypedArrayMethods};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

use crate::arrays::{Scores, integers, scores};
use crate::control::Control;
use crate::failure::{guard, none_of};
use crate::general::{self, General, proof_of, tight_set_of};
use crate::run::detached;

/// Assign needs to the nodes of a supply forest with the greatest total score, and prove it.
///
/// Each need takes at most one place. A node's capacity bounds how many needs the node and everything under it hold
/// together. Needs of higher tiers are served first; in tier 0, a need that would only lower the score stays out.
///
/// Arrays may be of any integer type, or floats that are all whole. Each is copied once, so the caller's arrays may
/// change while the solver runs. The interpreter lock is released meanwhile, and Ctrl-C stops the run.
///
/// Parameters
/// ----------
/// indptr : array_like, shape (n_needs + 1,)
///     The candidates of need ``i`` are those numbered ``indptr[i]`` to ``indptr[i + 1] - 1``.
/// node : array_like, shape (n_candidates,)
///     The node that each candidate points at, from 0.
/// score : array_like, shape (n_candidates,)
///     The score of each candidate, from -2**40 to 2**40. Larger is better.
/// capacity : array_like, shape (n_nodes,)
///     How many places each node has.
/// parent : array_like, shape (n_nodes,), optional
///     The node above each node; -1 for a root. By default no node is under another.
/// tier : array_like, shape (n_needs,), optional
///     The tier of each need, from 0 to 63. By default all are in tier 0.
/// floor : array_like, shape (n_nodes,), optional
///     How many places of each node, with everything under it, must be taken; at most its capacity.
/// demand_group : array_like, shape (n_needs,), optional
///     The lowest group that each need belongs to, such as its household; -1 for none.
/// demand_parent : array_like, shape (n_groups,), optional
///     The group above each group; -1 for a root. By default no group is under another.
/// demand_cap : array_like, shape (n_groups,), optional
///     The most needs of each group, with the groups under it, that may be served. Goes with ``demand_group``.
/// demand_floor : array_like, shape (n_groups,), optional
///     The fewest needs of each group that must be served; at most its cap. By default 0.
/// load_indptr : array_like, shape (n_nodes + 1,), optional
///     The breakpoints of the costs of node ``v`` are those numbered ``load_indptr[v]`` to ``load_indptr[v + 1] - 1``.
/// load_from, load_cost : array_like, shape (n_breakpoints,), optional
///     Each place of the node after the first ``load_from`` costs ``load_cost``, up to the next breakpoint; places before
///     the first one cost nothing. Costs never decrease within a node and are taken from the total score.
/// engine : {"auto", "fast", "general"}, optional
///     Which engine to use; by default the fastest that is exact. The fast one knows capacities only; the general one
///     knows all of the above, and which of several best assignments it finds follows no stated rule.
/// threads : int, optional
///     How many threads to use; by default one per processor. The result is the same for every number.
/// control : Control, optional
///     Watches and stops the run.
///
/// Returns
/// -------
/// Assignment
///     Floors that cannot be met are no error: its ``status`` is then "floors_unmet", and ``tight_set`` says why.
///
/// Raises
/// ------
/// InputError
///     The arrays do not fit each other or hold a number out of range; all faults are listed. Or the engine asked for
///     cannot give the exact answer.
/// Cancelled
///     The control was cancelled.
/// SolveError
///     The memory budget is too small.
///
/// Examples
/// --------
/// Two needs want the same place; the other place serves either.
///
/// >>> import needmatch
/// >>> a = needmatch.assign(indptr=[0, 2, 4], node=[0, 1, 0, 1], score=[9, 4, 8, 1], capacity=[1, 1])
/// >>> a.node
/// array([1, 0], dtype=int32)
/// >>> a.total.score
/// 12
/// >>> a.bound == a.total
/// True
///
/// With one place to be taken at node 1, the first need has to go there.
///
/// >>> a = needmatch.assign([0, 2, 4], [0, 1, 0, 1], [9, 7, 8, 3], capacity=[2, 2], floor=[0, 1])
/// >>> a.node
/// array([1, 0], dtype=int32)
/// >>> a.engine, a.engine_reason
/// ('general', 'floors can bind')
#[pyfunction]
#[pyo3(signature = (
    indptr, node, score, capacity, parent=None, *, tier=None, floor=None, demand_group=None, demand_parent=None,
    demand_cap=None, demand_floor=None, load_indptr=None, load_from=None, load_cost=None, engine="auto", threads=None, control=None
))]
#[expect(clippy::too_many_arguments, reason = "the arguments of the Python function")]
pub(crate) fn assign(
    py: Python<'_>,
    indptr: &Bound<'_, PyAny>,
    node: &Bound<'_, PyAny>,
    score: &Bound<'_, PyAny>,
    capacity: &Bound<'_, PyAny>,
    parent: Option<&Bound<'_, PyAny>>,
    tier: Option<&Bound<'_, PyAny>>,
    floor: Option<&Bound<'_, PyAny>>,
    demand_group: Option<&Bound<'_, PyAny>>,
    demand_parent: Option<&Bound<'_, PyAny>>,
    demand_cap: Option<&Bound<'_, PyAny>>,
    demand_floor: Option<&Bound<'_, PyAny>>,
    load_indptr: Option<&Bound<'_, PyAny>>,
    load_from: Option<&Bound<'_, PyAny>>,
    load_cost: Option<&Bound<'_, PyAny>>,
    engine: &str,
    threads: Option<usize>,
    control: Option<&Bound<'_, Control>>,
) -> PyResult<Assignment> {
    guard(py, || {
        let engine = asked(engine)?;
        let general = general::Given {
            floor,
            demand_group,
            demand_parent,
            demand_cap,
            demand_floor,
            load_indptr,
            load_from,
            load_cost,
        };
        let arrays = Arrays::read(&Given { indptr, node, score, capacity, parent, tier, general })?;
        let assigned = detached(py, threads, control, |options| arrays.assigned(&Options { engine, ..*options }))?;
        Assignment::new(py, assigned)
    })
}

/// The engine that a caller asks for by name; `None` to choose.
fn asked(name: &str) -> PyResult<Option<Engine>> {
    match (name, Engine::from_code(name)) {
        ("auto", _) => Ok(None),
        (_, Some(engine)) => Ok(Some(engine)),
        _ => {
            let names: Vec<_> = Engine::ALL.iter().map(|engine| engine.code()).collect();
            Err(PyValueError::new_err(format!("engine: expected auto, {}", names.join(", "))))
        }
    }
}

/// The arguments as the caller gave them.
struct Given<'a, 'py> {
    indptr: &'a Bound<'py, PyAny>,
    node: &'a Bound<'py, PyAny>,
    score: &'a Bound<'py, PyAny>,
    capacity: &'a Bound<'py, PyAny>,
    parent: Option<&'a Bound<'py, PyAny>>,
    tier: Option<&'a Bound<'py, PyAny>>,
    general: general::Given<'a, 'py>,
}

/// The arguments as the core takes them.
struct Arrays {
    indptr: Vec<usize>,
    node: Vec<u32>,
    score: Scores,
    capacity: Vec<u64>,
    parent: Option<Vec<Option<u32>>>,
    tier: Option<Vec<u8>>,
    general: General,
}

impl Arrays {
    fn read(given: &Given<'_, '_>) -> PyResult<Self> {
        let mut faults = Vec::new();
        let indptr = integers(given.indptr, "indptr", |v| usize::try_from(v).unwrap_or(usize::MAX), &mut faults)?;
        let node = integers(given.node, "node", |v| u32::try_from(v).unwrap_or(u32::MAX), &mut faults)?;
        let score = scores(given.score, &mut faults)?;
        let capacity = integers(given.capacity, "capacity", |v| u64::try_from(v).unwrap_or(u64::MAX), &mut faults)?;
        let above = |v| (v != -1).then(|| u32::try_from(v).unwrap_or(u32::MAX));
        let parent = given.parent.map(|parent| integers(parent, "parent", above, &mut faults)).transpose()?;
        let tier_of = |v| u8::try_from(v).unwrap_or(u8::MAX);
        let tier = given.tier.map(|tier| integers(tier, "tier", tier_of, &mut faults)).transpose()?;
        let general = General::read(&given.general, &mut faults)?;
        none_of(given.indptr.py(), faults)?;
        Ok(Self { indptr, node, score, capacity, parent, tier, general })
    }

    fn assigned(&self, options: &Options<'_>) -> Result<Assigned, needmatch::Error> {
        match &self.score {
            Scores::Narrow(score) => needmatch::assign(&self.network(score)?, options),
            Scores::Wide(score) => needmatch::assign(&self.network(score)?, options),
        }
    }

    fn network<'a, S: Score>(&'a self, score: &'a [S]) -> Result<Network<'a, S>, InputError> {
        let mut network = Network::new(&self.indptr, &self.node, score, &self.capacity)?;
        if let Some(parent) = &self.parent {
            network = network.with_parents(parent)?;
        }
        if let Some(tier) = &self.tier {
            network = network.with_tiers(tier)?;
        }
        if let Some(floor) = &self.general.floor {
            network = network.with_floors(floor)?;
        }
        if let Some(demand) = self.general.demand() {
            network = network.with_demand(demand)?;
        }
        if let Some(loads) = self.general.loads() {
            network = network.with_loads(loads)?;
        }
        Ok(network)
    }
}

/// A greatest assignment of needs to nodes, with the prices that prove it. Made by :func:`assign`.
#[pyclass(frozen, module = "needmatch")]
pub(crate) struct Assignment {
    node: Py<PyArray1<i32>>,
    price: Py<PyArray1<i64>>,
    price_tier: Py<PyArray1<i64>>,
    total: Total,
    bound: Total,
    served: Vec<u64>,
    proof: Option<Proof>,
    infeasible: Option<TightSet>,
    engine: Engine,
    engine_reason: EngineReason,
}

impl Assignment {
    fn new(py: Python<'_>, assigned: Assigned) -> PyResult<Self> {
        // No index is above i32::MAX: a network has at most 2^31 nodes.
        let node = assigned.node.iter().map(|node| node.map_or(-1, |node| node as i32)).collect();
        let prices = |part: fn(&Price) -> i64| assigned.price.iter().map(part).collect();
        Ok(Self {
            node: read_only(py, node)?,
            price: read_only(py, prices(|price| price.score))?,
            price_tier: read_only(py, prices(|price| price.tier))?,
            total: assigned.total,
            bound: assigned.bound,
            served: assigned.served,
            proof: assigned.proof,
            infeasible: assigned.infeasible,
            engine: assigned.engine,
            engine_reason: assigned.engine_reason,
        })
    }
}

fn read_only<T: numpy::Element>(py: Python<'_>, values: Vec<T>) -> PyResult<Py<PyArray1<T>>> {
    let array = PyArray1::from_vec(py, values);
    array.call_method("setflags", (), Some(&pyo3::types::IntoPyDict::into_py_dict([("write", false)], py)?))?;
    Ok(array.unbind())
}

#[pymethods]
impl Assignment {
    /// The node whose place each need takes, or -1. An int32 array of shape (n_needs,).
    #[getter]
    fn node<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<i32>> {
        self.node.bind(py).clone()
    }

    /// Each node's own price in units of score: what one more place there would add, at most, on top of what the nodes
    /// above it charge. An int64 array of shape (n_nodes,).
    #[getter]
    fn price<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<i64>> {
        self.price.bind(py).clone()
    }

    /// The part of each node's own price that is in tiers; it comes before `price`. An int64 array of shape (n_nodes,).
    #[getter]
    fn price_tier<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<i64>> {
        self.price_tier.bind(py).clone()
    }

    /// What the assignment is worth: the sum of the tiers of the needs served, then the sum of their scores.
    #[getter]
    fn total<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        total_of(py, self.total)
    }

    /// What the prices prove that no assignment can exceed.
    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        total_of(py, self.bound)
    }

    /// The bound minus the total: zero where the assignment is proven best, as it is without a limit of work.
    #[getter]
    fn gap<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        total_of(py, self.bound - self.total)
    }

    /// "optimal"; "floors_unmet" where the floors cannot be met, so that nobody is served; or "bounded" where a limit of
    /// work ended the run before the assignment was proven best.
    #[getter]
    fn status(&self) -> &'static str {
        if self.infeasible.is_some() {
            "floors_unmet"
        } else if self.bound == self.total {
            "optimal"
        } else {
            "bounded"
        }
    }

    /// The engine that solved it: "fast" or "general".
    #[getter]
    fn engine(&self) -> &'static str {
        self.engine.code()
    }

    /// Why that engine, as one clause such as "floors can bind".
    #[getter]
    fn engine_reason(&self) -> &'static str {
        self.engine_reason.text(Language::English)
    }

    /// How many needs of each tier are served, from tier 0 to the highest of any need.
    #[getter]
    fn served(&self) -> Vec<u64> {
        self.served.clone()
    }

    /// Where the general engine solved it, what proves the assignment, as lists of integers: ``step``, what a need of
    /// each tier counts; ``price``, one for each node; ``demand_price``, one for each group. Otherwise None.
    #[getter]
    fn proof<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        self.proof.as_ref().map(|proof| proof_of(py, proof)).transpose()
    }

    /// Where the floors cannot be met, what proves it: ``needs``, ``groups`` and ``nodes`` in a set where floors ask for
    /// ``missing`` more than caps allow, and of which there is a ``shortage``, "places" or "needs". Otherwise None.
    #[getter]
    fn tight_set<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        self.infeasible.as_ref().map(|tight| tight_set_of(py, tight)).transpose()
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let node = self.node.bind(py);
        let served = node.readonly().as_array().iter().filter(|&&node| node >= 0).count();
        let Total { tier, score } = self.total;
        let n_needs = node.len();
        let status = self.status();
        format!("<needmatch.Assignment {served} of {n_needs} needs served, tier {tier}, score {score}, {status}>")
    }
}

/// A total as the named pair of Python.
pub(crate) fn total_of(py: Python<'_>, total: Total) -> PyResult<Bound<'_, PyAny>> {
    static TOTAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    TOTAL.import(py, "needmatch._errors", "Total")?.call1((total.tier, total.score))
}
