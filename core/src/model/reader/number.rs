//! Numbers and truth values.

use super::field::{Field, Raw, Reading, utf8};
use super::wanted::{Wanted, Wrong};
use crate::error::FaultCode;
use crate::model::Point;

/// Largest whole number up to which every whole number is a float of its own.
pub(super) const MAX_EXACT_FLOAT: f64 = 9_007_199_254_740_992.0;

impl Field<'_> {
    /// Reads a whole number in `[min, max]`.
    pub(super) fn whole(&self, row: usize, min: i64, max: i64, reading: &mut Reading) -> Option<i64> {
        self.read(row, reading, |raw, _| {
            let out_of_range = Wrong { code: FaultCode::OutOfRange, wanted: Wanted::Whole { min, max } };
            let number = match raw {
                Raw::Text(bytes) => whole_of_text(utf8(bytes)?, out_of_range)?,
                Raw::Int(number) => number,
                Raw::Float(number) => whole_of_float(number, out_of_range)?,
                Raw::Bool(_) => return Err(Wrong::new(FaultCode::NotInteger, "a whole number")),
            };
            if (min..=max).contains(&number) { Ok(number) } else { Err(out_of_range) }
        })
    }

    /// Reads a whole number of 32 bits from 0 to `max`.
    pub(super) fn count(&self, row: usize, max: u32, reading: &mut Reading) -> Option<u32> {
        let number = self.whole(row, 0, i64::from(max), reading)?;
        Some(u32::try_from(number).expect("the number was found to be at most `max`"))
    }

    /// Reads degrees in `[-limit, limit]`.
    fn degrees(&self, row: usize, limit: u32, reading: &mut Reading) -> Option<f64> {
        self.read(row, reading, |raw, _| {
            let wrong = |code| Wrong { code, wanted: Wanted::Degrees { limit } };
            let number = match raw {
                Raw::Text(bytes) => utf8(bytes)?.trim().parse().map_err(|_| wrong(FaultCode::OutOfRange))?,
                Raw::Int(number) => number as f64,
                Raw::Float(number) => number,
                Raw::Bool(_) => return Err(wrong(FaultCode::OutOfRange)),
            };
            if !number.is_finite() {
                return Err(wrong(FaultCode::NotFinite));
            }
            // Adding 0 turns -0 into 0, so that equal points have equal bits.
            if number.abs() <= f64::from(limit) { Ok(number + 0.0) } else { Err(wrong(FaultCode::OutOfRange)) }
        })
    }

    /// Reads a truth value.
    pub(super) fn flag(&self, row: usize, reading: &mut Reading) -> Option<bool> {
        self.read(row, reading, |raw, _| {
            let truth = match raw {
                Raw::Bool(truth) => Some(truth),
                Raw::Int(number) => truth_of_number(number as f64),
                Raw::Float(number) if !number.is_finite() => return Err(Wrong::new(FaultCode::NotFinite, "0 or 1")),
                Raw::Float(number) => truth_of_number(number),
                Raw::Text(bytes) => truth_of_word(utf8(bytes)?.trim()),
            };
            truth.ok_or(Wrong::new(FaultCode::UnknownCode, "true or false, 是 or 否, 有 or 无, 1 or 0"))
        })
    }
}

/// Reads a point, of which both halves are given or neither.
pub(super) fn point(lon: &Field<'_>, lat: &Field<'_>, row: usize, reading: &mut Reading) -> Option<Point> {
    let is_given = |field: &Field<'_>| field.column.is_some_and(|column| Raw::of(column, row).is_some());
    let halves = (lon.degrees(row, 180, reading), lat.degrees(row, 90, reading));
    if is_given(lon) != is_given(lat) {
        let absent = if is_given(lon) { lat } else { lon };
        absent.fault(row, reading, Wrong::new(FaultCode::HalfPoint, "lon and lat, or neither"));
    }
    Some(Point { lon: halves.0?, lat: halves.1? })
}

fn whole_of_text(text: &str, out_of_range: Wrong) -> Result<i64, Wrong> {
    let text = text.trim();
    if let Ok(number) = text.parse() {
        return Ok(number);
    }
    // Data frames write whole numbers with gaps as `3.0`.
    match text.parse() {
        Ok(number) => whole_of_float(number, out_of_range),
        Err(_) => Err(Wrong::new(FaultCode::NotInteger, "a whole number")),
    }
}

fn whole_of_float(number: f64, out_of_range: Wrong) -> Result<i64, Wrong> {
    if !number.is_finite() {
        return Err(Wrong::new(FaultCode::NotFinite, "a whole number"));
    }
    if number.fract() != 0.0 {
        return Err(Wrong::new(FaultCode::NotInteger, "a whole number"));
    }
    if number.abs() > MAX_EXACT_FLOAT { Err(out_of_range) } else { Ok(number as i64) }
}

fn truth_of_number(number: f64) -> Option<bool> {
    match number {
        0.0 => Some(false),
        1.0 => Some(true),
        _ => None,
    }
}

fn truth_of_word(word: &str) -> Option<bool> {
    match word {
        "1" | "是" | "有" => Some(true),
        "0" | "否" | "无" => Some(false),
        _ if word.eq_ignore_ascii_case("true") => Some(true),
        _ if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}
