//! Bad input: every fault is reported at its place, no value is ever repeated, and nothing panics.

use std::collections::BTreeSet;

use needmatch::{
    Column, Error, Fault, FaultCode, InputError, Language, Network, Options, Policy, Problem, Tables, Texts, Values,
    assign,
};
use needmatch_jincheng::{DEFAULT_SEED, Size, jincheng};
use needmatch_tests::{TABLES, map_columns, table, take, with_table};

/// A text that no column holds; it must never come back in a message.
const CANARY: &str = "Canary-7391";

#[test]
fn bytes_that_are_not_utf8_are_refused_in_every_column() {
    let malformed: [&[u8]; 7] = [
        b"\xff",
        b"n1\x80",
        b"\xc0\x80",         // overlong
        b"\xed\xa0\x80",     // half a surrogate pair
        b"\xf4\x90\x80\x80", // beyond Unicode
        b"\xe6\x9d",         // cut off
        b"\xb2\xe2\xca\xd4", // GBK
    ];
    for (tables, name, column) in each_column() {
        for bytes in malformed {
            let faults =
                faults_with(&tables, name, &column, |row| Cell::Bytes(if row == 3 { bytes.to_vec() } else { vec![] }));
            let expected = (name, Some(3), column.as_str(), FaultCode::MalformedUtf8);
            assert!(faults.iter().any(|f| place(f) == expected), "{name}.{column}, {bytes:02x?}: {faults:?}");
        }
    }
}

#[test]
fn texts_that_no_code_table_holds_are_refused_in_every_column_but_names() {
    let odd = [
        CANARY,
        "Canary-7391 \u{202e}x",
        "\u{feff}Canary-7391",
        "Canary-7391\0",
        "=Canary-7391()",
        "Canary-7391;Canary-7391",
        "1e999",
    ];
    for (tables, name, column) in
        each_column().filter(|(_, name, column)| (*name, column.as_str()) != ("communities", "name"))
    {
        for text in odd {
            if [CANARY, "1e999"].contains(&text) && is_identifier(name, &column) {
                continue;
            }
            let faults =
                faults_with(&tables, name, &column, |row| Cell::Bytes(if row == 0 { text.into() } else { vec![] }));
            assert!(
                faults.iter().any(|f| (f.row, f.column.as_deref()) == (Some(0), Some(&column))),
                "{name}.{column}, {text:?}: {faults:?}"
            );
        }
    }
}

#[test]
fn codes_that_a_spreadsheet_damaged_are_refused_as_such() {
    let tables = small();
    let columns = [
        ("communities", "community"),
        ("organizations", "service_area"),
        ("workers", "service_area"),
        ("workers", "base_community"),
        ("needs", "community"),
        ("organizations", "credit_code"),
    ];
    for (name, column) in columns {
        let cell = |row| Cell::Bytes(if row == 1 { b"1.40524E+11".to_vec() } else { vec![] });
        let faults = faults_with(&tables, name, column, cell);
        let expected = (name, Some(1), column, FaultCode::DamagedCode);
        assert!(faults.iter().any(|f| place(f) == expected), "{name}.{column}: {faults:?}");
    }
}

#[test]
fn numbers_that_are_not_finite_are_refused_in_every_column() {
    for (tables, name, column) in each_column() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let faults = faults_with(&tables, name, &column, |row| Cell::Float((row == 2).then_some(number)));
            // A column of texts may refuse the type as a whole.
            let right = [FaultCode::NotFinite, FaultCode::ColumnType, FaultCode::DamagedCode];
            let seen = faults.iter().any(|f| f.column.as_deref() == Some(&column) && right.contains(&f.code));
            assert!(seen, "{name}.{column}, {number}: {faults:?}");
        }
    }
}

#[test]
fn extreme_numbers_in_any_column_are_no_panic() {
    for (tables, name, column) in each_column() {
        for number in [i64::MIN, -1, 0, 1, i64::MAX] {
            let _ = Problem::new(&changed(&tables, name, &column, |_| Cell::Int(Some(number))), Policy::default());
        }
        for number in [-0.0, 5e-324, 1e308, 0.5, -1e-9, 9_007_199_254_740_993.0] {
            let _ = Problem::new(&changed(&tables, name, &column, |_| Cell::Float(Some(number))), Policy::default());
        }
        for truth in [true, false] {
            let _ = Problem::new(&changed(&tables, name, &column, |_| Cell::Bool(Some(truth))), Policy::default());
        }
    }
}

#[test]
fn negative_numbers_are_refused_wherever_a_number_counts_something() {
    let counts = [
        ("workers", "caseload_max"),
        ("workers", "caseload_current"),
        ("workers", "caseload_min"),
        ("workers", "max_travel_minutes"),
        ("organizations", "capacity_max"),
        ("organizations", "capacity_current"),
        ("organizations", "capacity_min"),
        ("groups", "capacity_max"),
        ("groups", "capacity_min"),
        ("needs", "waiting_days"),
    ];
    let tables = small();
    for (name, column) in counts {
        for number in [-1, i64::MIN] {
            let faults = faults_with(&tables, name, column, |row| Cell::Int((row == 1).then_some(number)));
            let expected = (name, Some(1), column, FaultCode::OutOfRange);
            assert!(faults.iter().any(|f| place(f) == expected), "{name}.{column}: {faults:?}");
        }
    }
}

#[test]
fn a_column_without_values_is_missing_only_where_it_is_required() {
    let required = [
        "community",
        "group_id",
        "organization_id",
        "capacity_max",
        "worker_id",
        "domains",
        "caseload_max",
        "need_id",
        "domain",
        "risk",
    ];
    for (tables, name, column) in each_column() {
        let empty = changed(&tables, name, &column, |_| Cell::Bytes(vec![]));
        match Problem::new(&empty, Policy::default()) {
            Ok(_) => assert!(!is_required(name, &column), "{name}.{column}"),
            Err(error) => {
                assert!(required.contains(&column.as_str()) || contradicts(&error), "{name}.{column}: {error}");
            }
        }
    }
}

#[test]
fn columns_of_another_length_and_columns_twice_are_refused() {
    for (tables, name, column) in each_column() {
        let whole = table(&tables, name);
        let rows: Vec<usize> = (0..whole.n_rows() - 1).collect();
        let shorter = map_columns(whole, |other, values| {
            Some(if other == column { take(values, &rows) } else { values.clone() })
        });
        let faults = faults_of(&with_table(&tables, name, shorter));
        assert!(faults.iter().any(|f| f.code == FaultCode::ColumnLength), "{name}.{column}: {faults:?}");

        let values = &whole.columns().iter().find(|(other, _)| other == &column).expect("a column of the table").1;
        let twice = whole.clone().with(column.as_str(), values.clone());
        let faults = faults_of(&with_table(&tables, name, twice));
        assert!(faults.iter().any(|f| f.code == FaultCode::DuplicateColumn), "{name}.{column}: {faults:?}");
    }
}

#[test]
fn rows_that_stand_twice_are_refused_in_every_table() {
    let tables = small();
    for name in TABLES {
        let whole = table(&tables, name);
        let mut rows: Vec<usize> = (0..whole.n_rows()).collect();
        rows.push(0);
        let doubled = map_columns(whole, |_, values| Some(take(values, &rows)));
        let faults = faults_of(&with_table(&tables, name, doubled));
        assert!(
            faults.iter().any(|f| (f.table.as_str(), f.code) == (name, FaultCode::DuplicateId)),
            "{name}: {faults:?}"
        );
    }
}

#[test]
fn a_table_that_is_missing_leaves_its_references_dangling_or_the_rest_valid() {
    let tables = small();
    for name in TABLES {
        let without = with_table(&tables, name, needmatch::Table::new());
        match (name, Problem::new(&without, Policy::default())) {
            ("needs", Ok(problem)) => assert!(problem.needs().is_empty()),
            ("needs", Err(error)) => panic!("{error}"),
            (_, Ok(_)) => panic!("{name}: references lead nowhere"),
            (_, Err(error)) => {
                assert!(error.faults().iter().all(|f| f.code == FaultCode::DanglingReference), "{name}: {error}");
            }
        }
    }
    assert!(Problem::new(&Tables::default(), Policy::default()).is_ok(), "nothing at all is a valid problem");
}

#[test]
fn all_faults_are_counted_and_the_first_hundred_listed_in_order() {
    let tables = jincheng(Size::Pilot, DEFAULT_SEED);
    let wrong = changed(&tables, "needs", "risk", |_| Cell::Bytes(CANARY.into()));
    let Err(error) = Problem::new(&wrong, Policy::default()) else { panic!("accepted") };
    assert_eq!(error.n_faults(), tables.needs.n_rows());
    assert_eq!(error.faults().len(), needmatch::MAX_LISTED_FAULTS);
    assert!(error.faults().iter().enumerate().all(|(k, fault)| fault.row == Some(k)));
}

#[test]
fn no_message_repeats_a_value() {
    let keys = [CANARY.to_owned(), format!("{CANARY} x")];
    for (tables, name, column) in each_column() {
        for key in &keys {
            let wrong = changed(&tables, name, &column, |_| Cell::Bytes(key.clone().into()));
            if let Err(error) = Problem::new(&wrong, Policy::default()) {
                silent(&error);
            }
        }
    }
    let unknown = with_table(&small(), "needs", small().needs.with(CANARY, small().needs.columns()[0].1.clone()));
    silent(&Problem::new(&unknown, Policy::default()).expect_err("an unknown column"));
    for policy in
        [format!("version = '{CANARY} {CANARY}'"), format!("objective = '{CANARY}'"), format!("x = '{CANARY}")]
    {
        silent(&Policy::from_toml(&policy).expect_err("a policy that is wrong"));
    }
}

#[test]
fn arrays_of_any_content_are_an_answer_or_faults() {
    let extremes = [0, 1, 2, u32::MAX];
    for a in extremes {
        for b in extremes {
            for indptr in [[0usize, 1, 2], [0, 2, 1], [1, 1, 2], [0, usize::MAX, 2], [0, 0, usize::MAX]] {
                for parent in [[None, None], [Some(a), Some(b)], [Some(b), None]] {
                    for score in [[0i64, 1], [i64::MIN, i64::MAX], [-1, -1]] {
                        let capacity = [u64::from(a), u64::MAX - u64::from(b)];
                        let node = [a, b];
                        let network = Network::new(&indptr, &node, &score, &capacity);
                        let network = network.and_then(|network| network.with_parents(&parent));
                        if let Ok(network) = network {
                            assert!(assign(&network, &Options::default()).is_ok());
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_fault_says_the_same_in_both_languages_and_keeps_its_number() {
    let numbers: BTreeSet<u32> = FaultCode::ALL.iter().map(|code| code.number()).collect();
    assert_eq!(numbers.len(), FaultCode::ALL.len(), "numbers are unique");
    let tables = small();
    for fault in faults_with(&tables, "needs", "domain", |_| Cell::Bytes(CANARY.into())) {
        let number = format!("E{}", fault.code.number());
        for language in [Language::English, Language::Chinese] {
            assert!(fault.message(language).starts_with(&number));
            assert!(fault.message(language).contains("domain"));
        }
    }
}

/// What to put into a row.
enum Cell {
    Bytes(Vec<u8>),
    Int(Option<i64>),
    Float(Option<f64>),
    Bool(Option<bool>),
}

/// A dozen rows of each table are enough, and quick.
fn small() -> Tables {
    let sample = jincheng(Size::Pilot, DEFAULT_SEED);
    let needs: Vec<usize> = (0..12).collect();
    with_table(&sample, "needs", map_columns(&sample.needs, |_, column| Some(take(column, &needs))))
}

fn each_column() -> impl Iterator<Item = (Tables, &'static str, String)> {
    let tables = small();
    TABLES.into_iter().flat_map(move |name| {
        let columns: Vec<String> = table(&tables, name).columns().iter().map(|(column, _)| column.clone()).collect();
        let tables = tables.clone();
        columns.into_iter().map(move |column| (tables.clone(), name, column))
    })
}

/// The tables with a column filled anew; an empty text is a missing value.
fn changed(tables: &Tables, name: &str, column: &str, cell: impl Fn(usize) -> Cell) -> Tables {
    let whole = table(tables, name);
    let replaced = map_columns(whole, |other, values| {
        Some(if other == column { filled(whole.n_rows(), &cell) } else { values.clone() })
    });
    with_table(tables, name, replaced)
}

fn filled(n_rows: usize, cell: &impl Fn(usize) -> Cell) -> Column {
    let cells = (0..n_rows).map(cell);
    match cell(0) {
        Cell::Bytes(_) => {
            let mut texts = Texts::new();
            cells.for_each(|cell| match cell {
                Cell::Bytes(bytes) if bytes.is_empty() => texts.push(None),
                Cell::Bytes(bytes) => texts.push(Some(&bytes)),
                _ => unreachable!("all cells of a column are alike"),
            });
            Column::Text(texts)
        }
        Cell::Int(_) => Column::Int(cells.map(|c| if let Cell::Int(v) = c { v } else { None }).collect::<Values<_>>()),
        Cell::Float(_) => {
            Column::Float(cells.map(|c| if let Cell::Float(v) = c { v } else { None }).collect::<Values<_>>())
        }
        Cell::Bool(_) => {
            Column::Bool(cells.map(|c| if let Cell::Bool(v) = c { v } else { None }).collect::<Values<_>>())
        }
    }
}

fn faults_with(tables: &Tables, name: &str, column: &str, cell: impl Fn(usize) -> Cell) -> Vec<Fault> {
    faults_of(&changed(tables, name, column, cell))
}

fn faults_of(tables: &Tables) -> Vec<Fault> {
    match Problem::new(tables, Policy::default()) {
        Ok(_) => Vec::new(),
        Err(error) => {
            silent(&error);
            error.faults().to_vec()
        }
    }
}

fn silent(error: &InputError) {
    let whole = Error::from(error.clone());
    let mut messages = vec![error.to_string(), whole.to_string(), format!("{error:?}")];
    messages.extend(error.faults().iter().map(|fault| fault.message(Language::Chinese)));
    for message in messages {
        assert!(!message.contains(CANARY), "{message}");
    }
}

fn place(fault: &Fault) -> (&'static str, Option<usize>, &str, FaultCode) {
    (fault.table.as_str(), fault.row, fault.column.as_deref().unwrap_or_default(), fault.code)
}

/// Columns that hold identifiers of their own, where any word will do.
fn is_identifier(table: &str, column: &str) -> bool {
    matches!(
        (table, column),
        ("groups", "group_id")
            | ("organizations", "organization_id")
            | ("workers", "worker_id")
            | ("needs", "need_id" | "household_id")
    )
}

fn is_required(table: &str, column: &str) -> bool {
    matches!(
        (table, column),
        ("communities", "community")
            | ("groups", "group_id")
            | ("organizations", "organization_id" | "capacity_max")
            | ("workers", "worker_id" | "organization_id" | "domains" | "caseload_max")
            | ("needs", "need_id" | "community" | "domain" | "risk")
    )
}

/// A missing column may leave another one without its partner.
fn contradicts(error: &InputError) -> bool {
    let needs_its_partner =
        |code| matches!(code, FaultCode::HalfPoint | FaultCode::CurrentAboveMax | FaultCode::TermsOfNoFundLine);
    error.faults().iter().all(|fault| needs_its_partner(fault.code))
}
