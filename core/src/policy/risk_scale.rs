//! Raw grades of the field's many scales, mapped to the four colours.

use std::collections::BTreeMap;

use crate::model::codes::Risk;

/// Most grades that a range such as `0-27` may span.
const MAX_RANGE: u32 = 1000;

/// The colour of each grade of each scale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RiskScales(BTreeMap<String, BTreeMap<String, Risk>>);

impl RiskScales {
    pub(super) fn risk(&self, scale: &str, grade: &str) -> Option<Risk> {
        self.0.get(scale)?.get(grade).copied()
    }

    /// Adds grades to a scale; `false` if a grade is there already.
    pub(super) fn add(&mut self, scale: &str, risk: Risk, grades: Vec<String>) -> bool {
        let colours = self.0.entry(scale.to_owned()).or_default();
        grades.into_iter().all(|grade| colours.insert(grade, risk).is_none())
    }

    /// Each scale with its grades of each colour.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, [Vec<&str>; Risk::ALL.len()])> {
        self.0.iter().map(|(scale, colours)| {
            let mut grades: [Vec<&str>; Risk::ALL.len()] = Default::default();
            for (grade, &risk) in colours {
                grades[risk as usize].push(grade);
            }
            (scale.as_str(), grades)
        })
    }
}

/// The grades that one entry of a list stands for: itself, or every number of a range. `None` if it is malformed.
pub(super) fn grades_of(entry: &str) -> Option<Vec<String>> {
    if let Some((first, last)) = entry.split_once('-') {
        let number = |text: &str| if is_number(text) { text.parse::<u32>().ok() } else { None };
        let (first, last) = (number(first)?, number(last)?);
        return (first <= last && last - first < MAX_RANGE).then(|| (first..=last).map(|n| n.to_string()).collect());
    }
    is_name(entry).then(|| vec![entry.to_owned()])
}

/// A number without leading zeros, so that each grade has one spelling.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'))
}

/// A name of a scale or grade.
pub(super) fn is_name(text: &str) -> bool {
    let letters = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    (1..=64).contains(&text.len()) && letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_words_numbers_and_ranges() {
        assert_eq!(grades_of("unstable"), Some(vec!["unstable".to_owned()]));
        assert_eq!(grades_of("9-11"), Some(vec!["9".to_owned(), "10".to_owned(), "11".to_owned()]));
        for malformed in ["", "3-1", "0-1000", "1-", "-1", "a-b", "Red", "1 2", "01-02"] {
            assert_eq!(grades_of(malformed), None, "{malformed}");
        }
    }

    #[test]
    fn a_grade_has_one_colour() {
        let mut scales = RiskScales::default();
        assert!(scales.add("smi", Risk::Blue, vec!["0".to_owned()]));
        assert!(!scales.add("smi", Risk::Red, vec!["0".to_owned()]));
        assert_eq!(scales.risk("smi", "1"), None);
    }
}
