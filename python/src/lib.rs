//! The Python face: converts in, calls the core, converts out. What is decided is decided in the core.

mod failure;

mod control;
mod run;
mod solve;

mod arrays;

mod assign;
mod full;
mod general;

mod columns;
mod table;

mod policy;
mod problem;
mod proven;

mod compare;
mod explain;
mod frames;
mod frontier;
mod matching;
mod words;

mod decision;

mod datasets;

/// The compiled part of `needmatch`; import from `needmatch` instead.
#[pyo3::pymodule]
mod _native {
    use pyo3::exceptions::PyRuntimeWarning;
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::control::Control;
    #[pymodule_export]
    use crate::failure::_panic;

    #[pymodule_export]
    use crate::assign::{Assignment, assign};
    #[pymodule_export]
    use crate::full::{linear_sum_assignment, min_weight_full_matching};

    #[pymodule_export]
    use crate::compare::{Attribution, attribute, compare};
    #[pymodule_export]
    use crate::decision::{Log, replay, verify_decision};
    #[pymodule_export]
    use crate::explain::Explanation;
    #[pymodule_export]
    use crate::frontier::{Frontier, frontier};
    #[pymodule_export]
    use crate::matching::Matching;
    #[pymodule_export]
    use crate::policy::Policy;
    #[pymodule_export]
    use crate::problem::Problem;
    #[pymodule_export]
    use crate::solve::solve;
    #[pymodule_export]
    use crate::table::Table;

    #[pymodule_export]
    use crate::datasets::jincheng;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::failure::note_places_of_panics();
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        if cfg!(debug_assertions) {
            let category = module.py().get_type::<PyRuntimeWarning>();
            PyErr::warn(module.py(), &category, c"needmatch is a debug build and will be slow", 1)?;
        }
        Ok(())
    }
}
