//! Policies: which rules hold, what counts how much.

use needmatch::lint::{lint_policy, report};
use needmatch::model::Date;
use needmatch::{Fault, FaultCode, TableName};
use pyo3::prelude::*;
use pyo3::types::PyDate;

use crate::columns::date_of;
use crate::failure::{guard, input_error};
use crate::table::Table;

/// Which hard rules are in force, what counts how much, and the seed of the lottery. Never changes once made.
///
/// Make one with :meth:`default` or :meth:`from_toml`. The text of the default policy, ``Policy.default().to_toml()``,
/// explains every key.
///
/// Examples
/// --------
/// >>> import needmatch
/// >>> policy = needmatch.Policy.from_toml('seed = "2026-03"')
/// >>> policy.seed, policy.objective
/// ('2026-03', 'tiers_then_score')
#[pyclass(frozen, eq, module = "needmatch")]
#[derive(Clone, PartialEq)]
pub(crate) struct Policy {
    pub(crate) inner: needmatch::Policy,
}

#[pymethods]
impl Policy {
    /// The default policy.
    #[staticmethod]
    fn default() -> Self {
        Self { inner: needmatch::Policy::default() }
    }

    /// Reads a policy; keys that the text leaves out keep their defaults.
    ///
    /// Raises :class:`InputError` with all faults: text that is not TOML, unknown keys, values out of range.
    #[staticmethod]
    fn from_toml(py: Python<'_>, text: &str) -> PyResult<Self> {
        guard(py, || match needmatch::Policy::from_toml(text) {
            Ok(inner) => Ok(Self { inner }),
            Err(error) => Err(input_error(py, &error)),
        })
    }

    /// The whole policy as a text that reads back as the same policy.
    fn to_toml(&self) -> String {
        self.inner.to_toml()
    }

    /// The JSON Schema (draft 2020-12) of policy files, as text, for editors and forms.
    ///
    /// A file that it refuses is refused by :meth:`from_toml`, which also checks what no schema can say. As JSON, a policy
    /// has dates as texts.
    ///
    /// Examples
    /// --------
    /// >>> import json
    /// >>> import needmatch
    /// >>> schema = json.loads(needmatch.Policy.json_schema())
    /// >>> schema["properties"]["objective"]["enum"][0]
    /// 'tiers_then_score'
    #[staticmethod]
    fn json_schema() -> String {
        needmatch::Policy::json_schema()
    }

    /// The same policy for another day: a ``datetime.date`` or a text such as ``"2026-01-31"``.
    ///
    /// On a day outside ``valid_from`` to ``valid_until`` no problem is made with it.
    fn with_evaluation_date(&self, date: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self { inner: self.inner.clone().with_evaluation_date(evaluation_date(date)?) })
    }

    /// What the policy alone gives reason to look at, as a :class:`Table` of one row for each finding, the errors first.
    ///
    /// Columns: `lint` (the finding's stable name), `severity` (``error``, ``warning`` or ``note``), `key` of the policy,
    /// `id`, the numbers `found` and `of`, `text`, `text_zh`. :meth:`Problem.lint` looks at the tables too.
    ///
    /// Examples
    /// --------
    /// >>> import needmatch
    /// >>> policy = needmatch.Policy.from_toml("seed = 'ours'\nversion = 'ours'\n[rules]\nH16 = false")
    /// >>> policy.lint()["text"]
    /// ['rules.H16: this rule is switched off.']
    fn lint(&self) -> Table {
        Table::new(report(&lint_policy(&self.inner)).facts)
    }

    /// The name of the policy, printed on every result.
    #[getter]
    fn version(&self) -> &str {
        self.inner.version()
    }

    /// The day on which papers must be valid and rules are judged.
    #[getter]
    fn evaluation_date<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        py_date(py, self.inner.evaluation_date())
    }

    /// The first day on which the policy is in force, or ``None``.
    #[getter]
    fn valid_from<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.inner.validity().from.map(|day| py_date(py, day)).transpose()
    }

    /// The last day on which the policy is in force, or ``None``.
    #[getter]
    fn valid_until<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.inner.validity().until.map(|day| py_date(py, day)).transpose()
    }

    /// The seed of the lottery that breaks ties.
    #[getter]
    fn seed(&self) -> &str {
        self.inner.seed()
    }

    /// What is best: ``"tiers_then_score"``, ``"coverage_then_score"`` or ``"score"``.
    #[getter]
    fn objective(&self) -> &'static str {
        self.inner.objective().code()
    }

    fn __repr__(&self) -> String {
        format!("<needmatch.Policy {}, {}>", self.inner.version(), self.inner.evaluation_date())
    }
}

/// Reads a day from a date or a text.
pub(crate) fn evaluation_date(value: &Bound<'_, PyAny>) -> PyResult<Date> {
    let text = match value.extract::<String>() {
        Ok(text) => Some(text),
        Err(_) if value.is_instance_of::<PyDate>() => date_of(value)?,
        Err(_) => None,
    };
    text.and_then(|text| Date::parse(&text)).ok_or_else(|| {
        let expected = "a date such as 2026-01-31";
        let fault = Fault::in_column(TableName::Policy, "evaluation_date", FaultCode::MalformedDate, expected);
        input_error(value.py(), &fault.into())
    })
}

fn py_date(py: Python<'_>, day: Date) -> PyResult<Bound<'_, PyDate>> {
    Ok(py.get_type::<PyDate>().call_method1("fromisoformat", (day.to_string(),))?.cast_into()?)
}
