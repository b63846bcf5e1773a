//! Identifiers, and the guard that keeps identity and telephone numbers out of them.

use std::fmt::Write;

use super::field::{Raw, utf8};
use super::number::MAX_EXACT_FLOAT;
use super::wanted::Wrong;
use crate::error::FaultCode;
use crate::model::Date;

/// Longest identifier.
const MAX_LENGTH: usize = 64;

/// The text of an identifier: 1 to 64 of the characters `0-9 A-Z a-z _ . : -`, compared byte by byte.
///
/// Nothing is trimmed or normalised, so that two spellings never become one person.
pub(super) fn key<'a>(raw: Raw<'a>, scratch: &'a mut String) -> Result<&'a str, Wrong> {
    let malformed = Wrong::new(FaultCode::MalformedId, "1 to 64 of the characters 0-9 A-Z a-z _ . : -");
    match raw {
        Raw::Text(bytes) => checked(bytes),
        Raw::Int(number) if number >= 0 => {
            write!(scratch, "{number}").expect("writing to a string cannot fail");
            checked(scratch.as_bytes())
        }
        Raw::Int(_) | Raw::Bool(_) => Err(malformed),
        Raw::Float(number) if !number.is_finite() => Err(Wrong::new(FaultCode::NotFinite, "an identifier")),
        Raw::Float(number) if number.fract() != 0.0 || number < 0.0 => Err(malformed),
        // Neighbours beyond this are one and the same number, and so would be one and the same person.
        Raw::Float(number) if number > MAX_EXACT_FLOAT => {
            Err(Wrong::new(FaultCode::DamagedCode, "identifiers as texts or whole numbers"))
        }
        Raw::Float(number) => key(Raw::Int(number as i64), scratch),
    }
}

/// The text of bytes that are a well-formed identifier and no personal number.
pub(super) fn checked(bytes: &[u8]) -> Result<&str, Wrong> {
    let is_allowed = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b':' | b'-');
    if bytes.is_empty() || bytes.len() > MAX_LENGTH || !bytes.iter().all(is_allowed) {
        utf8(bytes)?;
        return Err(Wrong::new(FaultCode::MalformedId, "1 to 64 of the characters 0-9 A-Z a-z _ . : -"));
    }
    if looks_personal(bytes) {
        return Err(Wrong::new(FaultCode::LooksPersonal, "a pseudonym made outside, such as a keyed hash"));
    }
    utf8(bytes)
}

/// Whether a key is a mobile telephone number or holds a citizen identity number.
fn looks_personal(key: &[u8]) -> bool {
    holds_citizen_id(key) || is_mobile(key) || key.strip_prefix(b"86").is_some_and(is_mobile)
}

/// Whether eighteen characters with no digit beside them are a citizen identity number.
fn holds_citizen_id(key: &[u8]) -> bool {
    let is_digit = |place: Option<&u8>| place.is_some_and(u8::is_ascii_digit);
    key.windows(18).enumerate().any(|(start, part)| {
        let before = start.checked_sub(1).and_then(|place| key.get(place));
        !is_digit(before) && !is_digit(key.get(start + 18)) && is_citizen_id(part)
    })
}

/// Citizen identity number of GB 11643-1999: division, date of birth, sequence, check character of ISO 7064 MOD 11-2.
fn is_citizen_id(key: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    if key.len() != 18 || !key[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let number = |range: std::ops::Range<usize>| key[range].iter().fold(0, |n, b| n * 10 + u32::from(b - b'0'));
    let sum: u32 = key.iter().zip(WEIGHTS).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    let year_is_plausible = (1900..2100).contains(&number(6..10));
    year_is_plausible
        && Date::new(number(6..10) as u16, number(10..12) as u8, number(12..14) as u8).is_some()
        && key[17].to_ascii_uppercase() == CHECKS[(sum % 11) as usize]
}

/// Mobile telephone number: eleven digits, the first 1 and the second from 3 to 9.
fn is_mobile(key: &[u8]) -> bool {
    key.len() == 11 && key.iter().all(u8::is_ascii_digit) && key[0] == b'1' && (b'3'..=b'9').contains(&key[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<FaultCode> {
        checked(text.as_bytes()).err().map(|wrong| wrong.code)
    }

    #[test]
    fn identifiers_are_taken_as_they_are() {
        for text in ["a", "N-000001", "org:1.2_3", "0", &"Z".repeat(64), "99999999999", "12345678901", "1380013800"] {
            assert_eq!(checked(text.as_bytes()).ok(), Some(text));
        }
    }

    #[test]
    fn other_characters_and_lengths_are_refused() {
        for text in ["", " ", "a b", "a;b", "１", "张三", "a\u{202e}", "a\0", "a/b", &"Z".repeat(65)] {
            assert_eq!(code(text), Some(FaultCode::MalformedId), "{text:?}");
        }
        assert_eq!(checked(b"a\xff").err().map(|wrong| wrong.code), Some(FaultCode::MalformedUtf8));
    }

    #[test]
    fn identity_numbers_are_refused() {
        // The example of python-stdnum's documentation; it names nobody.
        for text in ["360426199101010071", "N-360426199101010071", "x360426199101010071", "360426199101010071.1"] {
            assert_eq!(code(text), Some(FaultCode::LooksPersonal), "{text}");
        }
        let with_x = (0..1000).map(|n| format!("11010519491231{n:03}X")).find(|text| code(text).is_some());
        assert_eq!(code(&with_x.unwrap().to_lowercase()), Some(FaultCode::LooksPersonal));
    }

    #[test]
    fn numbers_with_a_wrong_check_or_an_impossible_date_are_no_identity_numbers() {
        for text in ["360426199101010072", "3604261991010100710", "36042619910101007", "360426199113010071"] {
            assert_eq!(code(text), None, "{text}");
        }
        // Every check character but one is wrong.
        let taken = "0123456789X".chars().filter(|c| code(&format!("36042619910230007{c}")).is_some());
        assert_eq!(taken.count(), 0, "there is no 30 February");
        let taken = "0123456789X".chars().filter(|c| code(&format!("36042619910228007{c}")).is_some());
        assert_eq!(taken.count(), 1);
    }

    #[test]
    fn mobile_numbers_are_refused() {
        for text in ["13800138000", "19912345678", "8613800138000"] {
            assert_eq!(code(text), Some(FaultCode::LooksPersonal), "{text}");
        }
        for text in ["12800138000", "138001380000", "1380013800", "23800138000"] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn whole_numbers_are_identifiers_too() {
        let read = |raw| key(raw, &mut String::new()).map(str::to_owned).map_err(|wrong| wrong.code);
        assert_eq!(read(Raw::Int(42)), Ok("42".to_owned()));
        assert_eq!(read(Raw::Float(42.0)), Ok("42".to_owned()));
        assert_eq!(read(Raw::Int(-1)), Err(FaultCode::MalformedId));
        assert_eq!(read(Raw::Float(0.5)), Err(FaultCode::MalformedId));
        assert_eq!(read(Raw::Float(f64::NAN)), Err(FaultCode::NotFinite));
        assert_eq!(read(Raw::Float(1e17)), Err(FaultCode::DamagedCode));
        assert_eq!(read(Raw::Int(360_426_199_101_010_071)), Err(FaultCode::LooksPersonal));
        assert_eq!(read(Raw::Int(13_800_138_000)), Err(FaultCode::LooksPersonal));
    }
}
