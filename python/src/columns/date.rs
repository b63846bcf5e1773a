//! Dates as the core reads them: `2026-01-31`.

/// Days from 0001-01-01 to 1970-01-01.
const TO_1970: i64 = 719_162;
/// Days in 400, 100 and 4 years of the Gregorian calendar; the last century and the last year of a span are a day longer.
const DAYS_400: i64 = 146_097;
const DAYS_100: i64 = 36_524;
const DAYS_4: i64 = 1_461;

/// The date so many days after 1970-01-01, or `None` outside the years 1 to 9999.
pub(super) fn text(days: i64) -> Option<String> {
    let mut rest = days.checked_add(TO_1970)?;
    let spans = rest.div_euclid(DAYS_400);
    rest = rest.rem_euclid(DAYS_400);
    let centuries = (rest / DAYS_100).min(3);
    rest -= centuries * DAYS_100;
    let olympiads = rest / DAYS_4;
    rest %= DAYS_4;
    let years = (rest / 365).min(3);
    rest -= years * 365;
    let is_leap = years == 3 && (olympiads < 24 || centuries == 3);
    let year = 400 * spans + 100 * centuries + 4 * olympiads + years + 1;
    let mut month = 1;
    for length in [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if rest < length {
            break;
        }
        rest -= length;
        month += 1;
    }
    (1..=9999).contains(&year).then(|| format!("{year:04}-{month:02}-{:02}", rest + 1))
}
