//! Whatever stands in a table: no panic, and no word of it in a message.

use proptest::prelude::*;

use super::super::columns::{CommunityColumns, GroupColumns, NeedColumns, OrganizationColumns, Spec, WorkerColumns};
use super::*;
use crate::error::Language;

/// Texts that no message of ours holds; each survives some of the checks that values go through.
const CANARIES: [&str; 10] = [
    "zQx7-kanarie",
    "张三丰金丝雀",
    "360426199101010071",
    "13800138000",
    "140599777777",
    "7.7777E+17",
    "zqx7:9",
    "zqx7@2026-02-30",
    "zqx7;zqx7",
    "\u{202e}zQx7",
];

/// What betrays a canary in a message: parts of the above that our own words never contain.
const TRACES: [&str; 9] = ["zQx7", "zqx7", "kanarie", "张三", "金丝雀", "3604261991", "1380013", "7777", "2026-02-30"];

fn cell() -> impl Strategy<Value = Option<Vec<u8>>> {
    prop_oneof![
        Just(None),
        prop::sample::select(&CANARIES[..]).prop_map(|text| Some(text.as_bytes().to_vec())),
        prop::collection::vec(any::<u8>(), 0..20).prop_map(Some),
        "[0-9;:@.eE+-]{0,24}".prop_map(|text| Some(text.into_bytes())),
        prop::sample::select(vec![
            "",
            "red",
            "1",
            "elderly_care",
            "w1",
            "o1",
            "140502001001",
            "2026-01-31",
            "是",
            "１４"
        ])
        .prop_map(|text| Some(text.as_bytes().to_vec())),
    ]
}

fn column(n_rows: usize) -> BoxedStrategy<Column> {
    let text = prop::collection::vec(cell(), n_rows).prop_map(|rows| {
        let mut texts = Texts::new();
        rows.iter().for_each(|row| texts.push(row.as_deref()));
        Column::Text(texts)
    });
    let special = vec![f64::NAN, f64::INFINITY, -0.0, 1e300, -1e300, 5e-324, 0.5, 1.0, 2.0, 9.1e15, 140_502_001_001.0];
    let float = prop_oneof![any::<f64>(), prop::sample::select(special)];
    let int = prop_oneof![any::<i64>(), -3i64..12, Just(i64::MIN), Just(360_426_199_101_010_071), Just(777_777_777)];
    prop_oneof![
        4 => text,
        1 => prop::collection::vec(prop::option::of(int), n_rows).prop_map(|rows| Column::Int(rows.into_iter().collect())),
        1 => prop::collection::vec(prop::option::of(float), n_rows).prop_map(|rows| Column::Float(rows.into_iter().collect())),
        1 => prop::collection::vec(prop::option::of(any::<bool>()), n_rows).prop_map(|rows| Column::Bool(rows.into_iter().collect())),
    ]
    .boxed()
}

/// A table whose columns are those expected, each now and then absent, strange, of another length, or twice.
fn garbage_table(specs: &'static [Spec]) -> impl Strategy<Value = Table> {
    (0usize..5).prop_flat_map(move |n_rows| {
        let columns: Vec<_> = specs
            .iter()
            .map(|spec| {
                let name = prop_oneof![
                    30 => Just(spec.name.to_owned()),
                    1 => Just(format!("{}s", spec.name)),
                    1 => prop::sample::select(&CANARIES[..]).prop_map(str::to_owned),
                    1 => Just("sex".to_owned()),
                ];
                let column = prop_oneof![30 => column(n_rows), 1 => column(n_rows + 1)];
                prop::option::weighted(0.95, (name, column))
            })
            .collect();
        columns.prop_map(|columns| {
            columns.into_iter().flatten().fold(Table::new(), |table, (name, column)| table.with(name, column))
        })
    })
}

fn garbage_tables() -> impl Strategy<Value = Tables> {
    let tables = (
        garbage_table(NeedColumns::SPECS),
        garbage_table(WorkerColumns::SPECS),
        garbage_table(OrganizationColumns::SPECS),
        garbage_table(CommunityColumns::SPECS),
        prop::option::of(garbage_table(GroupColumns::SPECS)),
    );
    tables.prop_map(|(needs, workers, organizations, communities, groups)| Tables {
        needs,
        workers,
        organizations,
        communities,
        groups,
        quotas: None,
    })
}

fn assert_silent(error: &InputError) -> Result<(), TestCaseError> {
    let messages = [error.message(Language::English), error.message(Language::Chinese), format!("{error:?}")];
    for message in messages {
        for trace in TRACES {
            prop_assert!(!message.contains(trace), "{} in {}", trace, message);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn garbage_never_panics_and_never_shows_in_a_message(tables in garbage_tables()) {
        if let Err(error) = read(&tables) {
            assert_silent(&error)?;
        }
    }

    #[test]
    fn one_column_of_garbage_never_panics_and_never_shows_in_a_message(
        (name, k) in prop::sample::select(vec![
            (TableName::Needs, NeedColumns::SPECS.len()),
            (TableName::Workers, WorkerColumns::SPECS.len()),
            (TableName::Organizations, OrganizationColumns::SPECS.len()),
            (TableName::Communities, CommunityColumns::SPECS.len()),
            (TableName::Groups, GroupColumns::SPECS.len()),
        ]).prop_flat_map(|(name, n)| (Just(name), 0..n)),
        two in column(2),
        three in column(3),
    ) {
        let specs = match name {
            TableName::Needs => NeedColumns::SPECS,
            TableName::Workers => WorkerColumns::SPECS,
            TableName::Organizations => OrganizationColumns::SPECS,
            TableName::Communities => CommunityColumns::SPECS,
            _ => GroupColumns::SPECS,
        };
        let column = if name == TableName::Needs { three } else { two };
        if let Err(error) = read(&changed(name, specs[k].name, Some(column))) {
            assert_silent(&error)?;
        }
    }
}

#[test]
fn each_canary_in_each_column_is_either_taken_or_refused_in_silence() {
    for (name, specs, n_rows) in [
        (TableName::Needs, NeedColumns::SPECS, 3),
        (TableName::Workers, WorkerColumns::SPECS, 2),
        (TableName::Organizations, OrganizationColumns::SPECS, 2),
        (TableName::Communities, CommunityColumns::SPECS, 2),
        (TableName::Groups, GroupColumns::SPECS, 2),
    ] {
        for spec in specs {
            for canary in CANARIES {
                let column = Column::Text(std::iter::repeat_n(Some(canary), n_rows).collect());
                if let Err(error) = read(&changed(name, spec.name, Some(column))) {
                    assert_silent(&error).unwrap();
                }
            }
        }
    }
}
