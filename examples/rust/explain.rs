//! Why, why not, and where one place more would help, on the sample's pilot communities or the size that is named.
#![allow(clippy::print_stdout, reason = "an example shows its result")]

use needmatch::explain::{Explainer, PlaceValue};
use needmatch::{Error, Language, Options, Policy, Problem, solve};
use needmatch_jincheng::{DEFAULT_SEED, Size, jincheng};

/// So many of each.
const SHOWN: usize = 3;

fn main() -> Result<(), Error> {
    let name = std::env::args().nth(1);
    let size = Size::ALL.into_iter().find(|size| Some(size.name()) == name.as_deref()).unwrap_or(Size::Pilot);
    let problem = Problem::new(&jincheng(size, DEFAULT_SEED), Policy::default())?;
    let matching = solve(&problem, &Options::default())?;
    let explainer = Explainer::new(&matching, &Options::default())?;

    println!("why this one:");
    for assignment in matching.assignments().iter().take(SHOWN) {
        println!("  {}", explainer.why(assignment.need).text(&matching, Language::English));
    }
    println!("why not the best candidate:");
    let not_best = matching.assignments().iter().filter(|assignment| assignment.rank > 1);
    for assignment in not_best.take(SHOWN) {
        let why = explainer.why(assignment.need);
        let best = why.others.iter().find(|other| other.rank == 1).map(|other| other.provider);
        let answer = best.map(|best| explainer.why_not(assignment.need, best).text(&matching, Language::English));
        println!("  {}", answer.unwrap_or_default());
    }
    println!("where one place more would help most:");
    let mut values = explainer.values(&Options::default())?;
    values.sort_by_key(|value: &PlaceValue| value.more.loss);
    for value in values.iter().take(SHOWN) {
        println!("  {}", value.text(&matching, Language::English));
    }
    Ok(())
}
