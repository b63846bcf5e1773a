//! Calendar dates of the Gregorian calendar, without a clock or a time zone.

use std::fmt;

/// A date from 1900-01-01 to 2199-12-31, ordered by time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The date of year, month and day, or `None` where there is no such date.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        if year < 1900 || year > 2199 || day == 0 || day > days { None } else { Some(Self { year, month, day }) }
    }

    /// Days from 1900-01-01 on, that day being 0.
    #[must_use]
    pub const fn days(self) -> u32 {
        // The year is counted from March on, so that the leap day is its last.
        let (year, month) = if self.month > 2 {
            (self.year as u32, self.month as u32 - 3)
        } else {
            (self.year as u32 - 1, self.month as u32 + 9)
        };
        let before = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5;
        // So many days lie before 1900-01-01 in this count, itself excluded.
        before + self.day as u32 - 1 - 693_901
    }

    /// Reads `2026-01-31` (ISO 8601).
    ///
    /// # Examples
    ///
    /// ```
    /// use needmatch::model::Date;
    ///
    /// assert!(Date::parse("2026-01-31").is_some());
    /// assert!(Date::parse("2026-02-30").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shape_is_right = bytes.len() == 10
            && bytes.iter().enumerate().all(|(k, b)| if k == 4 || k == 7 { *b == b'-' } else { b.is_ascii_digit() });
        if !shape_is_right {
            return None;
        }
        Self::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_exist_are_read_and_written_back() {
        for text in ["2024-02-29", "2000-02-29", "2026-12-31", "1900-01-01"] {
            assert_eq!(Date::parse(text).map(|d| d.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn days_are_counted_one_by_one() {
        let (mut expected, mut last) = (0, None);
        for year in 1900..2200 {
            for (month, day) in (1..=12).flat_map(|month| (1..=31).map(move |day| (month, day))) {
                let Some(date) = Date::new(year, month, day) else { continue };
                assert_eq!(date.days(), expected, "{date}");
                expected += 1;
                last = Some(date);
            }
        }
        assert_eq!(last, Date::new(2199, 12, 31));
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for text in [
            "2026-02-30",
            "2100-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-1-1",
            "20260101",
            "",
            "2026-01-32",
            "+026-01-01",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_ordered_by_time() {
        let date = |text| Date::parse(text).unwrap();
        assert!(date("2025-12-31") < date("2026-01-01"));
        assert!(date("2026-01-31") < date("2026-02-01"));
    }
}
