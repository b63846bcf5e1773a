use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::*;
use crate::control::Control;
use crate::encode;
use crate::network::Network;
use crate::options::Options;
use crate::pipeline::solve;
use crate::sample;
use crate::total::Total;

/// Random needs of random kinds; small kinds are frequent.
fn random(seed: u64) -> Equity {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let n_kinds = random.random_range(1..7);
    let cells = |random: &mut Pcg64Mcg, most: u64| {
        let needs = random.random_range(0..=most);
        let served = random.random_range(0..=needs);
        Cells { needs, served, waiting_days: 3 * needs, waiting_days_served: served }
    };
    let rows: Vec<EquityRow> = (0..n_kinds)
        .map(|k| {
            let most = [5, 25, 60, 200][random.random_range(0..4)];
            EquityRow { key: format!("k{k}"), cells: cells(&mut random, most) }
        })
        .collect();
    let all = rows.iter().fold(Cells::default(), |sum, row| sum.plus(row.cells));
    Equity { all, tables: vec![EquityTable { dimension: Dimension::County, rows }], overlaps: Vec::new() }
}

fn parts(cells: Cells) -> [u64; 3] {
    [cells.needs, cells.served, cells.unserved()]
}

#[test]
fn no_small_cell_is_published_and_none_follows_by_subtraction() {
    let (mut n_published, mut n_left_out) = (0, 0);
    for seed in 0..20_000 {
        let equity = random(seed);
        let public = equity.public();
        let published: Vec<Cells> = public.tables[0].rows.iter().filter_map(|row| row.cells).collect();
        assert!(published.iter().flat_map(|&cells| parts(cells)).all(|count| count >= MIN_PUBLIC), "seed {seed}");
        n_published += published.len();
        let hidden = public.tables[0].rows.len() - published.len();
        n_left_out += hidden;
        let Some(all) = public.all else {
            assert!(published.is_empty(), "seed {seed}");
            continue;
        };
        assert!(parts(all).iter().all(|&count| count >= MIN_PUBLIC), "seed {seed}");
        // All that subtraction gives is the sum of what is left out. Two rows or more share it, and any of them may have
        // all of it or nothing, so none is known within ten.
        let rest = parts(published.iter().fold(all, |rest, &cells| rest.without(cells)));
        if hidden > 0 && !public.tables[0].rows.is_empty() {
            assert!(hidden >= 2 || equity.tables[0].rows.len() == 1, "seed {seed}");
            assert!(rest.iter().all(|&count| count >= MIN_PUBLIC), "seed {seed}: {rest:?}");
        } else {
            assert_eq!(rest, [0; 3], "seed {seed}");
        }
    }
    assert!(n_published > 5000 && n_left_out > 5000, "{n_published}, {n_left_out}");
}

#[test]
fn a_small_kind_takes_the_smallest_other_with_it() {
    let row = |key: &str, needs, served| EquityRow {
        key: key.to_owned(),
        cells: Cells { needs, served, waiting_days: 0, waiting_days_served: 0 },
    };
    let rows = vec![row("a", 100, 50), row("b", 4, 2), row("c", 40, 20), row("d", 60, 30)];
    let all = rows.iter().fold(Cells::default(), |sum, row| sum.plus(row.cells));
    let equity = Equity { all, tables: vec![EquityTable { dimension: Dimension::Domain, rows }], overlaps: Vec::new() };
    let shown: Vec<bool> = equity.public().tables[0].rows.iter().map(|row| row.cells.is_some()).collect();
    assert_eq!(shown, [true, false, false, true]);
}

#[test]
fn a_group_is_left_out_if_what_is_outside_it_or_between_two_is_small() {
    let cells = |needs, served| Cells { needs, served, waiting_days: 0, waiting_days_served: 0 };
    let shown = |all: Cells, groups: &[Cells], both: Cells| {
        let rows = groups.iter().enumerate().map(|(k, &cells)| EquityRow { key: format!("g{k}"), cells }).collect();
        let tables = vec![EquityTable { dimension: Dimension::ClientGroup, rows }];
        let overlaps = vec![Overlap { rows: (0, 1), both }];
        let equity = Equity { all, tables, overlaps };
        equity.public().tables[0].rows.iter().map(|row| row.cells.is_some()).collect::<Vec<_>>()
    };
    let all = cells(200, 100);
    assert_eq!(shown(all, &[cells(100, 50), cells(60, 30)], cells(20, 10)), [true, true]);
    // All but five needs are of the first group.
    assert_eq!(shown(all, &[cells(195, 95), cells(60, 30)], cells(58, 28)), [false, true]);
    // The second lies within the first, and three needs are between them.
    assert_eq!(shown(all, &[cells(63, 32), cells(60, 30)], cells(60, 30)), [true, false]);
    // They have nobody in common, and seven needs are in neither.
    assert_eq!(shown(all, &[cells(100, 50), cells(93, 47)], cells(0, 0)), [true, false]);
    // The same, but of neither there are enough.
    assert_eq!(shown(all, &[cells(100, 50), cells(60, 30)], cells(0, 0)), [true, true]);
}

#[test]
fn the_tables_count_every_need_once_and_agree_with_the_summary() {
    let mut n_groups = 0;
    for seed in 0..200 {
        let Ok(problem) = sample::problem(seed) else { continue };
        let Ok(matching) = solve(&problem, &Options { threads: Some(1), ..Options::default() }) else { continue };
        let equity = matching.equity();
        let summary = matching.summary();
        assert_eq!((equity.all.needs, equity.all.served), (summary.needs, summary.served));
        let days: u64 = problem.needs().iter().map(|need| u64::from(need.waiting_days)).sum();
        assert_eq!(equity.all.waiting_days, days);
        for table in &equity.tables {
            let sum = table.rows.iter().fold(Cells::default(), |sum, row| sum.plus(row.cells));
            match table.dimension {
                Dimension::ClientGroup => n_groups += table.rows.len(),
                _ => assert_eq!(sum, equity.all, "seed {seed}, {}", table.dimension),
            }
        }
        let domains: Vec<(String, u64, u64)> =
            summary.by_domain.iter().map(|row| (row.key.code().to_owned(), row.needs, row.served)).collect();
        let rows = equity.tables.iter().find(|table| table.dimension == Dimension::Domain).unwrap().rows.iter();
        assert_eq!(rows.map(|row| (row.key.clone(), row.cells.needs, row.cells.served)).collect::<Vec<_>>(), domains);
        // So few needs that nothing may be published.
        assert_eq!(equity.public().all, None);
    }
    assert!(n_groups > 100);
}

#[test]
fn the_range_of_a_kind_is_that_of_all_equally_good_matchings() {
    let (mut n_ranges, mut n_wide) = (0, 0);
    for seed in 0..1_200 {
        let Ok(problem) = sample::problem(seed) else { continue };
        let options = Options { threads: Some(1), ..Options::default() };
        let Ok(matching) = solve(&problem, &options) else { continue };
        let pinned: u64 = matching.summary().pinned;
        let encoded = encode::encode(&problem, matching.candidates(), 0, &Control::new()).unwrap();
        let network = encoded.network(&Control::new()).unwrap();
        let choices: f64 = (0..network.n_needs()).map(|need| network.edges(need).len() as f64 + 1.0).product();
        // Trying everything must end; pinned needs are not in the network.
        if choices > 3000.0 || pinned > 0 || problem.needs().is_empty() {
            continue;
        }
        for table in matching.equity().tables {
            for row in table.rows {
                let is_member: Vec<bool> = (problem.needs().iter())
                    .map(|need| table.dimension.keys(&problem, need).iter().any(|(_, key)| *key == row.key))
                    .collect();
                let (least, most) = by_trying(&network, &is_member, matching.total());
                let range = matching.served_range(table.dimension, &row.key, &options).unwrap().unwrap();
                let expected = ServedRange { needs: row.cells.needs, served: row.cells.served, least, most };
                assert_eq!(range, expected, "seed {seed}, {} {}", table.dimension, row.key);
                n_ranges += 1;
                n_wide += u32::from(least < most);
            }
        }
        assert_eq!(matching.served_range(Dimension::County, "999999000000", &options), Ok(None));
    }
    assert!(n_ranges > 200 && n_wide > 2, "{n_ranges}, {n_wide}");
}

/// Fewest and most members served over all flows of a total.
fn by_trying(network: &Network<'_, i32>, is_member: &[bool], total: Total) -> (u64, u64) {
    let mut range = (u64::MAX, 0);
    let mut load = vec![0u64; network.n_nodes()];
    try_from(network, is_member, 0, (Total::ZERO, 0), &mut load, &mut |reached, members| {
        if reached == total {
            range = (range.0.min(members), range.1.max(members));
        }
    });
    range
}

fn try_from(
    network: &Network<'_, i32>,
    is_member: &[bool],
    need: usize,
    (total, members): (Total, u64),
    load: &mut [u64],
    found: &mut impl FnMut(Total, u64),
) {
    if need == network.n_needs() {
        return found(total, members);
    }
    try_from(network, is_member, need + 1, (total, members), load, found);
    for (node, score) in network.edges(need) {
        let path: Vec<u32> = std::iter::successors(Some(node), |&v| network.parent(v)).collect();
        if path.iter().all(|&v| load[v as usize] < network.capacity(v)) {
            path.iter().for_each(|&v| load[v as usize] += 1);
            let worth = Total { tier: network.tier(need).into(), score: score.into() };
            let next = (total + worth, members + u64::from(is_member[need]));
            try_from(network, is_member, need + 1, next, load, found);
            path.iter().for_each(|&v| load[v as usize] -= 1);
        }
    }
}
