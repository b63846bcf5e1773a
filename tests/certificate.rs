//! Certificate: every answer comes with prices that prove it, and planted optima are found.

use needmatch::{Options, Score, assign};
use needmatch_benches::{FAMILIES, Instance, Optimum, Shape};
use needmatch_tests::check;

#[test]
fn answers_of_every_family_prove_themselves() {
    for family in FAMILIES {
        let sizes: &[usize] = match family.shape {
            Shape::Sparse => &[0, 1, 2, 5, 20, 100, 400, 2000],
            Shape::Dense => &[0, 1, 2, 5, 20, 100],
        };
        for &needs in sizes {
            for seed in 0..4 {
                let instance = family.generate(needs, seed);
                let claim = claim(&instance, || format!("{} of {needs}, seed {seed}", family.name));
                if let Some(optimum) = instance.optimum {
                    assert_eq!(claim, optimum, "{} of {needs}, seed {seed}", family.name);
                }
            }
        }
    }
}

#[test]
fn narrow_and_wide_scores_have_the_same_total() {
    for family in FAMILIES {
        let instance = family.generate(60, 11);
        let wide = instance.map_scores(i64::from);
        assert_eq!(claim(&instance, || family.name.into()), claim(&wide, || family.name.into()), "{}", family.name);
    }
}

#[test]
fn scores_of_any_size_prove_themselves() {
    for family in FAMILIES {
        let narrow = family.generate(60, 12);
        let small = claim(&narrow, || family.name.into());
        let largest = narrow.score.iter().map(|score| score.unsigned_abs()).max().unwrap_or(1);
        let factor = needmatch::MAX_SCORE / i64::from(largest).max(1);
        let huge = claim(&narrow.map_scores(|score| i64::from(score) * factor), || family.name.into());
        assert_eq!((huge.tier, huge.score), (small.tier, small.score * i128::from(factor)), "{}", family.name);
    }
}

fn claim<S: Score>(instance: &Instance<S>, name: impl Fn() -> String) -> Optimum {
    let network = instance.network().unwrap_or_else(|error| panic!("{}: {error}", name()));
    let assigned = assign(&network, &Options::default()).unwrap_or_else(|error| panic!("{}: {error}", name()));
    check(instance, &assigned.node, &assigned.price).unwrap_or_else(|wrong| panic!("{}: {wrong}", name()))
}
