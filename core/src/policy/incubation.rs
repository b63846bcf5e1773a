//! How the cap of an incubating organization rises.

/// Thousandths of the whole.
const WHOLE: u64 = 1000;

/// What an incubating organization may fill, period by period.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Incubation {
    /// Days of a period, at least 1.
    pub period_days: u32,
    /// The part of its `capacity_max` in the first period, the second, and so on, in thousandths; never falling. After these
    /// periods all of it.
    pub ramp_per_mille: Vec<u32>,
}

impl Incubation {
    /// What an organization may fill of so many places after so many days of incubation; rounded down, but at least one
    /// place where the part is not nothing.
    ///
    /// `None` for the days means that nobody knows when it began, which counts as the first day.
    #[must_use]
    pub fn cap(&self, capacity_max: u32, days: Option<u32>) -> u32 {
        let period = (days.unwrap_or(0) / self.period_days) as usize;
        match self.ramp_per_mille.get(period) {
            None => capacity_max,
            Some(0) => 0,
            Some(&part) => ((u64::from(capacity_max) * u64::from(part) / WHOLE) as u32).max(1).min(capacity_max),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cap_rises_by_period_and_ends_at_the_whole() {
        let incubation = Incubation { period_days: 180, ramp_per_mille: vec![250, 500, 750] };
        let caps = [None, Some(0), Some(179), Some(180), Some(539), Some(540)].map(|days| incubation.cap(10, days));
        assert_eq!(caps, [2, 2, 2, 5, 7, 10]);
        assert_eq!(incubation.cap(1, None), 1, "one place at least");
        assert_eq!(incubation.cap(0, None), 0);
        let none = Incubation { period_days: 30, ramp_per_mille: vec![] };
        assert_eq!(none.cap(10, Some(0)), 10);
        let waits = Incubation { period_days: 30, ramp_per_mille: vec![0, 1000] };
        assert_eq!([waits.cap(10, Some(29)), waits.cap(10, Some(30))], [0, 10]);
    }
}
