//! Words of a list of codes, and other codes: here and only here full-width digits and letters count as plain ones.

use super::field::{Field, Raw, Reading, utf8};
use super::number::MAX_EXACT_FLOAT;
use super::wanted::Wrong;
use crate::error::FaultCode;
use crate::model::Date;
use crate::model::codes::{Code, CreditCode, DivisionCode, DivisionLevel};

impl Field<'_> {
    /// Reads one word of a list of codes.
    pub(super) fn code<C: Code>(&self, row: usize, reading: &mut Reading) -> Option<C> {
        self.read(row, reading, |raw, scratch| code_of(plain(raw, scratch)?))
    }

    /// Reads one word of a list of codes, where `0` means that nothing is known.
    pub(super) fn code_or_zero<C: Code>(&self, row: usize, reading: &mut Reading) -> Option<C> {
        let code = self.read(row, reading, |raw, scratch| match plain(raw, scratch)? {
            "0" => Ok(None),
            word => code_of(word).map(Some),
        });
        code.flatten()
    }

    /// Reads a unified social credit code.
    pub(super) fn credit_code(&self, row: usize, reading: &mut Reading) -> Option<CreditCode> {
        self.read(row, reading, |raw, scratch| {
            let text = plain(raw, scratch)?;
            let wrong = Wrong::new(FaultCode::MalformedCreditCode, "18 characters with the right check character");
            CreditCode::parse(text).ok_or(damaged_or(text, wrong))
        })
    }

    /// Reads a date.
    pub(super) fn date(&self, row: usize, reading: &mut Reading) -> Option<Date> {
        self.read(row, reading, |raw, scratch| date_of(plain(raw, scratch)?))
    }
}

/// The code of a plain word.
pub(super) fn code_of<C: Code>(word: &str) -> Result<C, Wrong> {
    C::of_word(word).ok_or_else(|| damaged_or(word, Wrong::unknown::<C>()))
}

/// The division of a plain text.
pub(super) fn division_of(text: &str) -> Result<DivisionCode, Wrong> {
    let wrong = Wrong::new(FaultCode::MalformedDivisionCode, "12 digits, or the first 2, 4, 6 or 9 of them");
    DivisionCode::parse(text).ok_or_else(|| damaged_or(text, wrong))
}

/// The twelve digits of a village-level division code.
pub(super) fn village<'a>(raw: Raw<'a>, scratch: &'a mut String) -> Result<&'a str, Wrong> {
    let text = plain(raw, scratch)?;
    if division_of(text)?.level() == DivisionLevel::Village {
        Ok(text)
    } else {
        Err(Wrong::new(FaultCode::MalformedDivisionCode, "the 12 digits of a village or neighbourhood"))
    }
}

/// The date of a plain text.
pub(super) fn date_of(text: &str) -> Result<Date, Wrong> {
    Date::parse(text).ok_or(Wrong::new(FaultCode::MalformedDate, "a date such as 2026-01-31, from 1900 to 2199"))
}

/// The text of a code without spaces around it, with full-width digits, letters and separators made plain.
pub(super) fn plain<'a>(raw: Raw<'a>, scratch: &'a mut String) -> Result<&'a str, Wrong> {
    let push = |number: i64, scratch: &mut String| {
        use std::fmt::Write;
        write!(scratch, "{number}").expect("writing to a string cannot fail");
    };
    match raw {
        Raw::Text(bytes) => {
            let text = utf8(bytes)?.trim();
            if bytes.is_ascii() {
                return Ok(text);
            }
            scratch.extend(text.chars().map(narrow));
            Ok(scratch.trim())
        }
        Raw::Int(number) => {
            push(number, scratch);
            Ok(scratch)
        }
        Raw::Float(number) if !number.is_finite() => Err(Wrong::new(FaultCode::NotFinite, "a code")),
        Raw::Float(number) if number.fract() != 0.0 => Err(Wrong::new(FaultCode::NotInteger, "a code")),
        Raw::Float(number) if number.abs() > MAX_EXACT_FLOAT => Err(Wrong::new(FaultCode::DamagedCode, "a text")),
        Raw::Float(number) => {
            push(number as i64, scratch);
            Ok(scratch)
        }
        Raw::Bool(_) => Err(Wrong::new(FaultCode::UnknownCode, "a code")),
    }
}

/// The plain form of a full-width digit, letter, separator or sign.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '；' | '：' | '＠' | '－' | '＋' | '＿' => {
            char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
        }
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// The given fault, or that a spreadsheet took the code for a number or a date.
fn damaged_or(text: &str, otherwise: Wrong) -> Wrong {
    let is_number = text.contains(['.', 'e', 'E']) && text.parse::<f64>().is_ok_and(f64::is_finite);
    let is_date = Date::parse(text).is_some() || (text.contains('月') && text.contains('日'));
    if is_number || is_date {
        Wrong::new(FaultCode::DamagedCode, "the code as text, as it was before a spreadsheet changed it")
    } else {
        otherwise
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_characters_become_plain_and_others_stay() {
        let wide = "１４０５２４１００００１；ＡｚＺ：＠－＋＿（）　养老";
        let plain: String = wide.chars().map(narrow).collect();
        assert_eq!(plain, "140524100001;AzZ:@-+_（） 养老");
    }

    #[test]
    fn numbers_and_dates_in_place_of_codes_are_damage() {
        let otherwise = Wrong::new(FaultCode::UnknownCode, "");
        for text in ["1.40524E+11", "1e5", "140524100001.0", "2026-06-07", "6月7日"] {
            assert_eq!(damaged_or(text, otherwise).code, FaultCode::DamagedCode, "{text}");
        }
        for text in ["", "elderly", "e", ".", "140524", "1405e", "infinity", "nan", "6-7", "月"] {
            assert_eq!(damaged_or(text, otherwise).code, FaultCode::UnknownCode, "{text}");
        }
    }
}
