//! The known name that is most like an unknown one.

/// Longest name that is compared; nobody misspells a name of ours into a longer one.
const MAX_LENGTH: usize = 48;

/// The candidate with the fewest changes of one byte, or `None` if even that one is rather another word.
pub(super) fn nearest(name: &str, candidates: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    if name.len() > MAX_LENGTH {
        return None;
    }
    let name = name.to_ascii_lowercase().replace([' ', '-'], "_");
    let (distance, candidate) = candidates.map(|candidate| (distance(&name, candidate), candidate)).min()?;
    (distance <= candidate.len() / 3).then_some(candidate)
}

/// How many bytes must be inserted, removed or replaced to turn one name into the other.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 4] = ["need_id", "community", "domain", "risk"];

    #[test]
    fn a_misspelt_name_finds_its_likeness() {
        for (name, likeness) in
            [("needid", "need_id"), ("Need ID", "need_id"), ("comunity", "community"), ("rsk", "risk")]
        {
            assert_eq!(nearest(name, NAMES.into_iter()), Some(likeness), "{name}");
        }
    }

    #[test]
    fn another_word_finds_nothing() {
        for name in ["", "telephone", "姓名", &"x".repeat(100)] {
            assert_eq!(nearest(name, NAMES.into_iter()), None, "{name}");
        }
    }

    #[test]
    fn the_distance_counts_changed_bytes() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }
}
