//! Unified social credit codes (统一社会信用代码), GB 32100-2015.

use std::fmt;

/// A credit code of eighteen characters whose form and check character are right.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode([u8; 18]);

/// The characters by value: digits and capitals without I, O, S, V and Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl CreditCode {
    /// Reads a code and checks its last character: the sum of the values weighted by powers of 3, modulo 31.
    ///
    /// The check character of the ninth to seventeenth position (GB 11714) is not checked, since codes from before
    /// the standard are exempt. The first eight need not be digits: farmers' collectives start with `N`.
    ///
    /// # Examples
    ///
    /// ```
    /// use needmatch::model::codes::CreditCode;
    ///
    /// // Synthetic: the division 140599 does not exist.
    /// assert!(CreditCode::parse("52140599MJ0000026B").is_some());
    /// assert!(CreditCode::parse("52140599MJ0000027B").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code: [u8; 18] = text.as_bytes().try_into().ok()?;
        let value = |c: u8| ALPHABET.iter().position(|&a| a == c);
        let division_is_digits = code[2..8].iter().all(u8::is_ascii_digit);
        let mut sum = 0;
        let mut weight = 1;
        for &c in &code[..17] {
            sum += value(c)? * weight;
            weight = weight * 3 % 31;
        }
        let check = (31 - sum % 31) % 31;
        (division_is_digits && value(code[17])? == check).then_some(Self(code))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a credit code is ASCII")
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CreditCode({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALID: [&str; 6] = [
        "91110000600037341L",
        "51140599MJ0000018K",
        "52140599MJ0000026B",
        "53140599MJ00000343",
        "59140599MJ0000042B",
        "52140599MJ00013792",
    ];

    #[test]
    fn valid_codes_are_read_and_written_back() {
        for text in VALID {
            assert_eq!(CreditCode::parse(text).map(|code| code.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn every_change_of_one_character_is_found() {
        for text in VALID {
            for place in 0..18 {
                for &c in ALPHABET.iter().filter(|&&c| c != text.as_bytes()[place]) {
                    let mut changed = text.as_bytes().to_vec();
                    changed[place] = c;
                    assert_eq!(CreditCode::parse(std::str::from_utf8(&changed).unwrap()), None, "{text} at {place}");
                }
            }
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for text in ["", "91110000600037341", "91110000600037341l", "9111000060003734IL", "９1110000600037341"] {
            assert_eq!(CreditCode::parse(text), None, "{text}");
        }
    }
}
