//! Properties: how the total moves when the input changes.

use needmatch::{MAX_SCORE, Options, assign};
use needmatch_benches::{Instance, Optimum, Random};
use needmatch_tests::{check, tiny};
use proptest::prelude::*;

/// A tiny instance, or one of a few dozen needs with two levels.
fn instances() -> impl Strategy<Value = Instance<i64>> {
    prop_oneof![any::<u64>().prop_map(tiny), (0..60usize, any::<u64>()).prop_map(|(needs, seed)| middle(needs, seed))]
}

fn middle(needs: usize, seed: u64) -> Instance<i64> {
    let random = &mut Random::new(seed);
    let workers = 1 + random.below(12);
    let mut capacity: Vec<u64> = (0..workers).map(|_| random.below(6) as u64).collect();
    let mut parent: Vec<Option<u32>> = (0..workers).map(|v| Some((workers + v / 4) as u32)).collect();
    let organizations = workers.div_ceil(4);
    capacity.extend((0..organizations).map(|_| random.below(16) as u64));
    parent.extend(vec![None; organizations]);
    let mut instance = Instance::over(capacity, parent);
    let highest = [3, 100, 1_000_000][random.below(3)];
    for _ in 0..needs {
        let mut nodes: Vec<u32> = (0..instance.n_nodes() as u32).collect();
        nodes.retain(|_| random.percent(40));
        let edges: Vec<(u32, i64)> = nodes.into_iter().map(|v| (v, random.between(-highest / 10, highest))).collect();
        instance.push_need(edges);
    }
    if random.percent(50) {
        instance.tier = Some((0..needs).map(|_| random.below(5) as u8).collect());
    }
    instance
}

fn total(instance: &Instance<i64>) -> Optimum {
    solve(instance).1
}

fn solve(instance: &Instance<i64>) -> (Vec<Option<u32>>, Optimum) {
    let network = instance.network().expect("a valid network");
    let assigned = assign(&network, &Options { threads: Some(1), ..Default::default() }).expect("an answer");
    let claim = check(instance, &assigned.node, &assigned.price).expect("the answer proves itself");
    (assigned.node, claim)
}

/// The instance without the edges that do not pass.
fn keep_edges(instance: &Instance<i64>, keep: impl Fn(usize, u32) -> bool) -> Instance<i64> {
    let mut fewer = Instance::over(instance.capacity.clone(), instance.parent.clone());
    for need in 0..instance.n_needs() {
        fewer.push_need(instance.edges(need).filter(|&(node, _)| keep(need, node)));
    }
    Instance { tier: instance.tier.clone(), ..fewer }
}

/// As many cases as `PROPTEST_CASES` asks for, else a few seconds' worth. A failure prints its whole input.
fn config() -> ProptestConfig {
    let usual = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { usual } else { ProptestConfig { cases: 2000, ..usual } }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn relabelling_needs_and_nodes_changes_no_total(instance in instances(), seed: u64) {
        let random = &mut Random::new(seed);
        let mut need_at: Vec<usize> = (0..instance.n_needs()).collect();
        let mut name: Vec<u32> = (0..instance.n_nodes() as u32).collect();
        random.shuffle(&mut need_at);
        random.shuffle(&mut name);
        let mut renamed = Instance::over(vec![0; name.len()], vec![None; name.len()]);
        for (v, &new) in name.iter().enumerate() {
            renamed.capacity[new as usize] = instance.capacity[v];
            renamed.parent[new as usize] = instance.parent[v].map(|parent| name[parent as usize]);
        }
        for &need in &need_at {
            let mut edges: Vec<_> = instance.edges(need).map(|(v, score)| (name[v as usize], score)).collect();
            random.shuffle(&mut edges);
            renamed.push_need(edges);
        }
        renamed.tier = instance.tier.as_ref().map(|tier| need_at.iter().map(|&need| tier[need]).collect());
        prop_assert_eq!(total(&renamed), total(&instance));
    }

    #[test]
    fn one_more_place_never_lowers_the_total(instance in instances(), at: prop::sample::Index) {
        prop_assume!(instance.n_nodes() > 0);
        let mut more = instance.clone();
        let node = at.index(instance.n_nodes());
        more.capacity[node] = (more.capacity[node] + 1).min(i64::MAX as u64);
        prop_assert!(total(&more) >= total(&instance));
    }

    #[test]
    fn one_place_fewer_never_raises_the_total(instance in instances(), at: prop::sample::Index) {
        prop_assume!(instance.n_nodes() > 0);
        let mut fewer = instance.clone();
        let node = at.index(instance.n_nodes());
        fewer.capacity[node] = fewer.capacity[node].saturating_sub(1);
        prop_assert!(total(&fewer) <= total(&instance));
    }

    #[test]
    fn more_than_one_place_for_each_need_is_no_better_than_that(instance in instances()) {
        let mut open = instance.clone();
        open.capacity.fill(instance.n_needs() as u64);
        let enough = total(&open);
        open.capacity.fill(i64::MAX as u64);
        prop_assert_eq!(total(&open), enough);
    }

    #[test]
    fn removing_a_candidate_never_raises_the_total(instance in instances(), at: prop::sample::Index) {
        prop_assume!(instance.n_edges() > 0);
        let edge = at.index(instance.n_edges());
        let removed = instance.indptr.partition_point(|&start| start <= edge) - 1;
        let node = instance.node[edge];
        let fewer = keep_edges(&instance, |need, v| (need, v) != (removed, node));
        prop_assert_eq!(fewer.n_edges() + 1, instance.n_edges());
        prop_assert!(total(&fewer) <= total(&instance));
    }

    #[test]
    fn candidates_that_were_not_chosen_are_not_missed(instance in instances()) {
        let (node, best) = solve(&instance);
        let chosen = keep_edges(&instance, |need, v| node[need] == Some(v));
        prop_assert_eq!(total(&chosen), best);
    }

    #[test]
    fn a_chosen_candidate_stays_chosen_when_its_score_rises(instance in instances(), at: prop::sample::Index, by in 1..1000i64) {
        let (node, best) = solve(&instance);
        let served: Vec<usize> = (0..node.len()).filter(|&need| node[need].is_some()).collect();
        prop_assume!(!served.is_empty());
        let need = served[at.index(served.len())];
        let row = instance.indptr[need]..instance.indptr[need + 1];
        let edge = row.clone().find(|&edge| Some(instance.node[edge]) == node[need]).expect("a chosen candidate");
        let mut raised = instance.clone();
        let by = by.min(MAX_SCORE - raised.score[edge]);
        raised.score[edge] += by;
        let (now, total) = solve(&raised);
        prop_assert_eq!((total.tier, total.score), (best.tier, best.score + i128::from(by)));
        prop_assert!(by == 0 || now[need] == node[need]);
    }

    #[test]
    fn scores_times_a_factor_give_the_total_times_the_factor(instance in instances(), factor in 2..50i64) {
        let scaled = instance.map_scores(|score| score / 64 * factor);
        let small = total(&instance.map_scores(|score| score / 64));
        let large = total(&scaled);
        prop_assert_eq!((large.tier, large.score), (small.tier, small.score * i128::from(factor)));
    }

    #[test]
    fn adding_points_to_all_candidates_of_a_served_need_adds_them_to_the_total(instance in instances(), by in 1..1000i64) {
        let (node, best) = solve(&instance);
        let need = node.iter().position(Option::is_some);
        prop_assume!(need.is_some());
        let need = need.expect("checked in the line above");
        prop_assume!(instance.score.iter().all(|&score| score <= MAX_SCORE - by));
        let mut raised = instance.clone();
        for score in &mut raised.score[instance.indptr[need]..instance.indptr[need + 1]] {
            *score += by;
        }
        let total = total(&raised);
        prop_assert_eq!((total.tier, total.score), (best.tier, best.score + i128::from(by)));
    }

    #[test]
    fn tiers_that_order_alike_serve_alike(instance in instances()) {
        let Some(tier) = &instance.tier else { return Ok(()) };
        prop_assume!(tier.iter().all(|&t| t <= 20));
        let spread = Instance { tier: Some(tier.iter().map(|&t| 3 * t).collect()), ..instance.clone() };
        let (plain, wide) = (total(&instance), total(&spread));
        prop_assert_eq!((3 * plain.tier, plain.score), (wide.tier, wide.score));
    }

    #[test]
    fn a_group_as_large_as_its_members_changes_nothing(instance in instances()) {
        let mut grouped = instance.clone();
        let group = grouped.n_nodes() as u32;
        for parent in &mut grouped.parent {
            parent.get_or_insert(group);
        }
        grouped.capacity.push(instance.n_needs() as u64);
        grouped.parent.push(None);
        prop_assert_eq!(total(&grouped), total(&instance));
    }
}
