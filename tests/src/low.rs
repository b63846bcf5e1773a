//! The corpus of the low level, as `tests/cases/README.md` describes it.

use std::fs;
use std::path::PathBuf;

use needmatch_benches::Instance;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// One case of the low level.
#[derive(Clone, Debug)]
pub struct LowCase {
    /// The name.
    pub name: String,
    /// The arrays; they may be wrong on purpose.
    pub instance: Instance<i64>,
    /// What must come of it.
    pub expect: LowExpected,
}

/// What must come of a case.
#[derive(Clone, Debug)]
pub enum LowExpected {
    /// An answer.
    Answer(Answer),
    /// Number, row and column of each fault.
    Faults(Vec<(u32, Option<usize>, String)>),
}

/// The best answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The sum of the scores.
    pub total: i64,
    /// How many needs of each tier are served.
    pub served: Option<Vec<usize>>,
    /// The node of each need, −1 for none.
    pub assignments: Option<Vec<i64>>,
}

/// All cases of the low level.
///
/// # Panics
///
/// Panics if a file is not of the documented form.
#[must_use]
pub fn low_cases() -> Vec<LowCase> {
    case_files("low_").into_iter().flat_map(|file: File| file.case.into_iter().map(Written::read)).collect()
}

/// The files of the corpus whose names start so.
pub(crate) fn case_files<F: DeserializeOwned>(start: &str) -> Vec<F> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start)));
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        })
        .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(rename = "why")]
    _why: String,
    #[serde(rename = "source")]
    _source: String,
    places: Vec<i64>,
    parents: Option<Vec<i64>>,
    tiers: Option<Vec<u8>>,
    needs: Option<usize>,
    scores: Option<Vec<(usize, u32, i64)>>,
    arrays: Option<Arrays>,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arrays {
    pub(crate) indptr: Vec<usize>,
    pub(crate) node: Vec<u32>,
    pub(crate) score: Vec<i64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Expect {
    Faults { faults: Vec<(u32, i64, String)> },
    Answer(Answer),
}

impl Written {
    fn read(self) -> LowCase {
        let arrays = match (self.arrays, self.scores) {
            (Some(arrays), None) => arrays,
            (None, Some(scores)) => rows(&scores, self.needs, self.tiers.as_deref()),
            _ => panic!("{}: needs either scores or arrays", self.name),
        };
        // A negative capacity wraps to one that is out of range, as it does at the border to C.
        let capacity: Vec<u64> = self.places.iter().map(|&places| places as u64).collect();
        let parent = match self.parents {
            Some(parents) => parents.iter().map(|&parent| u32::try_from(parent).ok()).collect(),
            None => vec![None; capacity.len()],
        };
        let Arrays { indptr, node, score } = arrays;
        let instance = Instance { indptr, node, score, tier: self.tiers, capacity, parent, optimum: None };
        let expect = match self.expect {
            Expect::Answer(answer) => LowExpected::Answer(answer),
            Expect::Faults { faults } => {
                let row = |row: i64| usize::try_from(row).ok();
                LowExpected::Faults(faults.into_iter().map(|(code, at, column)| (code, row(at), column)).collect())
            }
        };
        LowCase { name: self.name, instance, expect }
    }
}

/// The edges of all needs from rows of need, node and score.
pub(crate) fn rows(scores: &[(usize, u32, i64)], needs: Option<usize>, tiers: Option<&[u8]>) -> Arrays {
    let listed = scores.iter().map(|&(need, ..)| need + 1).max().unwrap_or(0);
    let n_needs = needs.or(tiers.map(<[u8]>::len)).unwrap_or(listed);
    let mut arrays = Arrays { indptr: vec![0], node: Vec::new(), score: Vec::new() };
    for need in 0..n_needs {
        for &(_, node, score) in scores.iter().filter(|&&(row, ..)| row == need) {
            arrays.node.push(node);
            arrays.score.push(score);
        }
        arrays.indptr.push(arrays.node.len());
    }
    arrays
}
