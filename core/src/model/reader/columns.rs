//! Finds the columns of a table by name and checks its shape.

use super::field::{Field, Reading};
use super::kind::Kind;
use super::nearest::nearest;
use crate::error::{Expected, Fault, FaultCode, TableName};
use crate::table::{Column, Table};

/// Most rows of one table, so that positions fit 32 bits with room for three tables side by side.
pub(super) const MAX_ROWS: usize = 1 << 31;

/// A column that a table may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spec {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

/// Declares the columns of a table once: a struct with one field for each.
macro_rules! columns {
    ($(#[$doc:meta])* $name:ident of $table:ident { $($column:ident: $kind:ident $($required:ident)?,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(super) struct $name<'t> {
            pub(super) n_rows: usize,
            /// A table without columns is an empty one, and lacks none.
            pub(super) has_columns: bool,
            $(pub(super) $column: Field<'t>,)+
        }

        impl<'t> $name<'t> {
            /// The columns in the order of the documentation.
            pub(super) const SPECS: &'static [Spec] = &[
                $(Spec { name: stringify!($column), kind: Kind::$kind, required: columns!(@is $($required)?) },)+
            ];

            /// Finds the columns of a table and records what is wrong with its shape.
            pub(super) fn find(table: &'t Table, reading: &mut Reading) -> Self {
                let (n_rows, fields) = find(TableName::$table, Self::SPECS, table, reading);
                let mut fields = fields.into_iter();
                let mut next = || fields.next().expect("there is one field for each specification");
                Self { n_rows, has_columns: !table.columns().is_empty(), $($column: next(),)+ }
            }
        }
    };
    (@is required) => { true };
    (@is) => { false };
}

columns! {
    /// The columns of `communities`.
    CommunityColumns of Communities {
        community: Division required,
        name: Text,
        urban_rural_class: Code,
        lon: Number,
        lat: Number,
        pilot: Flag,
    }
}

columns! {
    /// The columns of `groups`.
    GroupColumns of Groups {
        group_id: Id required,
        parent_id: Id,
        kind: Word,
        capacity_max: Number,
        capacity_min: Number,
        organization_kinds: Words,
        domains: Words,
        service_area: Divisions,
        valid_from: Text,
        valid_until: Text,
    }
}

columns! {
    /// The columns of `organizations`.
    OrganizationColumns of Organizations {
        organization_id: Id required,
        kind: Word,
        status: Word,
        incubated_since: Text,
        capacity_max: Number required,
        capacity_current: Number,
        capacity_min: Number,
        direct: Flag,
        domains: Words,
        credit_code: Text,
        compliant: Flag,
        eval_grade: Code,
        eval_valid_until: Text,
        minor_check_valid_until: Text,
        service_area: Divisions,
        group_id: Id,
        lon: Number,
        lat: Number,
    }
}

columns! {
    /// The columns of `workers`.
    WorkerColumns of Workers {
        worker_id: Id required,
        organization_id: Id required,
        domains: Words required,
        caseload_max: Number required,
        caseload_current: Number,
        caseload_min: Number,
        qualifications: Words,
        sex: Code,
        languages: Words,
        minor_check_valid_until: Text,
        clearance: Code,
        authorities: Words,
        base_community: Division,
        lon: Number,
        lat: Number,
        service_area: Divisions,
        max_travel_minutes: Number,
    }
}

columns! {
    /// The columns of `needs`.
    NeedColumns of Needs {
        need_id: Id required,
        community: Division required,
        domain: Word required,
        risk: Code required,
        service_type: Word,
        groups: Words,
        age_band: Word,
        sex: Code,
        juvenile_case: Flag,
        guardianship: Word,
        emergencies: Words,
        min_qualification: Word,
        required_sex: Code,
        languages: Words,
        waiting_days: Number,
        household_id: Id,
        current_worker: Id,
        current_organization: Id,
        preferred_workers: Ids,
        excluded_workers: Ids,
        excluded_organizations: Ids,
        assessor_organization: Id,
        confidentiality: Code,
        consent: Words,
        automated_decision_refused: Flag,
        pinned_worker: Id,
        frozen: Flag,
        lon: Number,
        lat: Number,
    }
}

columns! {
    /// The columns of `quotas`.
    QuotaColumns of Quotas {
        quota_id: Id required,
        area: Division,
        residence: Word,
        client_group: Word,
        domain: Word,
        risk: Code,
        per_household: Flag,
        floor: Number,
        floor_per_mille: Number,
        cap: Number,
    }
}

/// How many rows a table has, and its columns, one for each specification.
fn find<'t>(
    name: TableName,
    specs: &'static [Spec],
    table: &'t Table,
    reading: &mut Reading,
) -> (usize, Vec<Field<'t>>) {
    let n_rows = table.n_rows();
    let mut times_found = vec![0; specs.len()];
    let mut fields: Vec<Field<'t>> = specs
        .iter()
        .map(|spec| Field { table: name, name: spec.name, required: spec.required, column: None })
        .collect();
    if has_too_many(n_rows) {
        reading.faults.push(Fault::in_table(name, FaultCode::TooManyRows, format!("at most {MAX_ROWS} rows")));
        return (0, fields);
    }
    for (place, (column_name, column)) in table.columns().iter().enumerate() {
        let Some(k) = specs.iter().position(|spec| spec.name == column_name) else {
            // The caller's own name for a column may tell more than it should, so its position stands for it.
            let fault =
                Fault::in_column(name, format!("#{place}"), FaultCode::UnknownColumn, suggest(column_name, specs));
            reading.faults.push(fault);
            continue;
        };
        times_found[k] += 1;
        match fault_of(column, specs[k], times_found[k], n_rows) {
            None => fields[k].column = Some(column),
            Some((FaultCode::DuplicateColumn, _)) if times_found[k] > 2 => {}
            Some((code, expected)) => reading.faults.push(Fault::in_column(name, specs[k].name, code, expected)),
        }
    }
    if !table.columns().is_empty() {
        for (spec, _) in specs.iter().zip(times_found).filter(|(spec, times)| spec.required && *times == 0) {
            reading.faults.push(Fault::in_column(name, spec.name, FaultCode::MissingColumn, "this column"));
        }
    }
    (n_rows, fields)
}

/// Whether a table has more rows than positions can count.
pub(super) const fn has_too_many(n_rows: usize) -> bool {
    n_rows > MAX_ROWS
}

/// What is wrong with a column as a whole.
fn fault_of(column: &Column, spec: Spec, times_found: usize, n_rows: usize) -> Option<(FaultCode, Expected)> {
    if times_found > 1 {
        return Some((FaultCode::DuplicateColumn, "each column once".into()));
    }
    if column.len() != n_rows {
        return Some((FaultCode::ColumnLength, format!("{n_rows} rows, as in the first column").into()));
    }
    spec.kind.fault_of(column).map(|(code, words)| (code, words.into()))
}

/// The name that a caller may have meant, else all names.
fn suggest(column_name: &str, specs: &'static [Spec]) -> Expected {
    match nearest(column_name, specs.iter().map(|spec| spec.name)) {
        Some(name) => name.into(),
        None => format!("one of {}", specs.iter().map(|spec| spec.name).collect::<Vec<_>>().join(", ")).into(),
    }
}
