//! Square instances as matrices: needmatch's `linear_sum_assignment`, and `pathfinding` beside it.

use std::time::{Duration, Instant};

use needmatch::{Costs, Goal, Options, linear_sum_assignment};
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

use crate::Instance;
use crate::measure::{median, peak_memory};

/// One instance measured as a matrix.
#[derive(Clone, Copy, Debug)]
pub struct Squared {
    /// The median time to lay out the matrix.
    pub build: Duration,
    /// The median time to solve.
    pub solve: Duration,
    /// The most memory held beyond the arrays.
    pub peak: Option<u64>,
    /// The sum of the scores.
    pub score: i64,
}

/// `linear_sum_assignment`, so many times but once at least.
///
/// # Errors
///
/// What the library reports.
pub fn dense_engine(instance: &Instance, threads: Option<usize>, runs: usize) -> Result<Squared, String> {
    let side = instance.n_needs();
    let options = Options { threads, ..Default::default() };
    repeated(runs, || {
        let (build, costs) = timed(|| instance.score.iter().map(|&score| i64::from(score)).collect::<Vec<_>>());
        let (solve, pairs) = timed(|| linear_sum_assignment(side, side, Costs::Int(&costs), Goal::Maximize, &options));
        let pairs = pairs.map_err(|error| error.to_string())?;
        let score =
            pairs.row.iter().zip(&pairs.column).map(|(&row, &column)| costs[row as usize * side + column as usize]);
        Ok((build, solve, score.sum()))
    })
}

/// `kuhn_munkres` of `pathfinding`, once.
///
/// # Errors
///
/// What the library reports.
pub fn pathfinding(instance: &Instance) -> Result<Squared, String> {
    let side = instance.n_needs();
    repeated(1, || {
        let (build, matrix) =
            timed(|| Matrix::from_vec(side, side, instance.score.iter().map(|&score| i64::from(score)).collect()));
        let matrix = matrix.map_err(|error| error.to_string())?;
        let (solve, (score, _)) = timed(|| kuhn_munkres(&matrix));
        Ok((build, solve, score))
    })
}

/// Memory is seen in the first run, times are medians of all.
fn repeated(
    runs: usize,
    mut run: impl FnMut() -> Result<(Duration, Duration, i64), String>,
) -> Result<Squared, String> {
    let (peak, first) = peak_memory(&mut run);
    let mut all = vec![first?];
    while all.len() < runs {
        all.push(run()?);
    }
    let score = all[0].2;
    if all.iter().any(|&(.., other)| other != score) {
        return Err("two runs give two totals".to_owned());
    }
    let of = |part: fn(&(Duration, Duration, i64)) -> Duration| median(all.iter().map(part).collect());
    Ok(Squared { build: of(|run| run.0), solve: of(|run| run.1), peak, score })
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family;
    use crate::solved::Solved;

    #[test]
    fn matrix_and_network_have_the_same_best_total() {
        for name in ["dense_uniform", "dense_geometric", "dense_product"] {
            let instance = family(name).unwrap().generate(40, 6);
            let proven = Solved::measure(&instance, Some(1), needmatch::Ties::Any, 2).unwrap().score;
            assert_eq!(i128::from(dense_engine(&instance, Some(1), 2).unwrap().score), proven, "{name}");
            assert_eq!(i128::from(pathfinding(&instance).unwrap().score), proven, "{name}");
        }
    }
}
