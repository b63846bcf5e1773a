//! Attack: a result that was tampered with is rejected, whichever part of it was changed.

use needmatch::{Assigned, Options, Price, assign};
use needmatch_benches::{Instance, Random, family};
use needmatch_tests::LowExpected;
use needmatch_tests::{check, low_cases, tiny};

/// A result with one part changed, and which part that was.
type Tampered = (String, Assigned);

#[test]
fn whatever_is_changed_in_a_tiny_result_is_noticed() {
    for seed in 0..3000 {
        let instance = tiny(seed);
        let honest = solved(&instance);
        attack(&instance, &honest, &every_change(&instance, &honest), || format!("tiny({seed})"));
    }
}

#[test]
fn whatever_is_changed_in_the_answer_of_a_case_is_noticed() {
    for case in low_cases().into_iter().filter(|case| matches!(case.expect, LowExpected::Answer(_))) {
        let honest = solved(&case.instance);
        attack(&case.instance, &honest, &every_change(&case.instance, &honest), || case.name.clone());
    }
}

#[test]
fn a_random_change_in_a_large_result_is_noticed() {
    for name in ["town", "tiers", "deep", "direct", "planted_tiers"] {
        let instance = family(name).expect("a family of the table").generate(2000, 5).map_scores(i64::from);
        let honest = solved(&instance);
        attack(&instance, &honest, &random_changes(&instance, &honest, &mut Random::new(6)), || name.to_owned());
    }
}

/// Each change must be rejected, unless it happens to give another optimum with as many served of each tier. The least prices that prove an optimum are the
/// same for all of them, so no change of a price is right.
fn attack(instance: &Instance<i64>, honest: &Assigned, changes: &[Tampered], name: impl Fn() -> String) {
    let network = instance.network().expect("a valid network");
    for (part, tampered) in changes {
        let verdict = tampered.verify(&network);
        let claim = check(instance, &tampered.node, &tampered.price);
        let right = tampered.price == honest.price
            && tampered.served == served_by_tier(instance, tampered)
            && claim.is_ok_and(|claim| {
                [tampered.total, tampered.bound]
                    .iter()
                    .all(|stated| (stated.tier, stated.score) == (claim.tier, claim.score))
            });
        assert_eq!(verdict.is_ok(), right, "{}, {part}: {verdict:?}\n{instance:?}\n{tampered:?}", name());
    }
}

/// How many needs of each tier have a node, counted once more.
fn served_by_tier(instance: &Instance<i64>, assigned: &Assigned) -> Vec<u64> {
    let tier = |need: usize| instance.tier.as_ref().map_or(0, |tier| usize::from(tier[need]));
    let highest = (0..instance.n_needs()).map(tier).max().unwrap_or(0);
    let mut served = vec![0; highest + 1];
    for need in (0..instance.n_needs()).filter(|&need| assigned.node.get(need).is_some_and(Option::is_some)) {
        served[tier(need)] += 1;
    }
    served
}

fn solved(instance: &Instance<i64>) -> Assigned {
    let network = instance.network().expect("a valid network");
    let assigned = assign(&network, &Options { threads: Some(1), ..Default::default() }).expect("an answer");
    assert_eq!(assigned.verify(&network), Ok(()));
    assigned
}

fn every_change(instance: &Instance<i64>, honest: &Assigned) -> Vec<Tampered> {
    let mut changes = changed_lengths_and_totals(honest);
    for need in 0..honest.node.len() {
        let anywhere = (0..=instance.n_nodes() as u32).chain([u32::MAX]).map(Some).chain([None]);
        for node in anywhere.filter(|&node| node != honest.node[need]) {
            let mut tampered = honest.clone();
            tampered.node[need] = node;
            changes.push((format!("node {need}"), tampered));
        }
    }
    for node in 0..honest.price.len() {
        changes.extend(changed_prices(honest, node));
    }
    changes
}

fn changed_prices(honest: &Assigned, node: usize) -> Vec<Tampered> {
    let Price { tier, score } = honest.price[node];
    let prices = [
        Price { tier, score: score + 1 },
        Price { tier, score: score - 1 },
        Price { tier: tier + 1, score },
        Price { tier: tier - 1, score },
        Price { tier: tier + 1, score: score - 1 },
        Price { tier: i64::MAX, score: i64::MAX },
        Price { tier: i64::MIN, score: i64::MIN },
        Price { tier: 0, score: i64::MIN },
        Price { tier: 0, score: 0 },
    ];
    let change = |price| {
        let mut tampered = honest.clone();
        tampered.price[node] = price;
        (format!("price of {node}"), tampered)
    };
    prices.into_iter().filter(|&price| price != honest.price[node]).map(change).collect()
}

fn changed_lengths_and_totals(honest: &Assigned) -> Vec<Tampered> {
    let change = |part: &str, change: &dyn Fn(&mut Assigned)| {
        let mut tampered = honest.clone();
        change(&mut tampered);
        (part.to_owned(), tampered)
    };
    let mut changes = vec![
        change("one need too many", &|a| a.node.push(None)),
        change("one price too many", &|a| a.price.push(Price::default())),
        change("total up", &|a| a.total.score += 1),
        change("total down", &|a| a.total.score -= 1),
        change("tiers of the total", &|a| a.total.tier += 1),
        change("bound up", &|a| a.bound.score += 1),
        change("bound down", &|a| a.bound.score -= 1),
        change("tiers of the bound", &|a| a.bound.tier -= 1),
        change("total and bound together", &|a| {
            a.total.score += 1;
            a.bound.score += 1;
        }),
        change("one served too many", &|a| a.served[0] += 1),
        change("a tier that nobody has", &|a| a.served.push(0)),
        change("served of no tier", &|a| a.served.clear()),
        change("extreme total and bound", &|a| {
            a.total.score = i128::MAX;
            a.bound.score = i128::MAX;
        }),
    ];
    if !honest.node.is_empty() {
        changes.push(change("one need too few", &|a| a.node.truncate(a.node.len() - 1)));
        changes.push(change("needs rotated", &|a| a.node.rotate_left(1)));
        changes.push(change("nobody served", &|a| a.node.fill(None)));
    }
    if !honest.price.is_empty() {
        changes.push(change("one price too few", &|a| a.price.truncate(a.price.len() - 1)));
        changes.push(change("prices rotated", &|a| a.price.rotate_left(1)));
        changes.push(change("nothing priced", &|a| a.price.fill(Price::default())));
    }
    changes
}

fn random_changes(instance: &Instance<i64>, honest: &Assigned, random: &mut Random) -> Vec<Tampered> {
    let mut changes = changed_lengths_and_totals(honest);
    for _ in 0..100 {
        changes.extend(changed_prices(honest, random.below(honest.price.len())));
        let need = random.below(honest.node.len());
        let mut tampered = honest.clone();
        let candidates: Vec<u32> = instance.edges(need).map(|(node, _)| node).collect();
        if !candidates.is_empty() {
            tampered.node[need] = Some(candidates[random.below(candidates.len())]);
            changes.push((format!("another candidate of {need}"), tampered));
        }
        let mut exchanged = honest.clone();
        exchanged.node.swap(need, random.below(honest.node.len()));
        changes.push((format!("places of {need} exchanged"), exchanged));
    }
    changes
}
