//! Unified social credit codes that are well formed and belong to nobody, after GB 32100-2015 and GB 11714.

/// What kind of legal person a code names: its first two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LegalPerson {
    SocialAssociation,
    SocialServiceAgency,
    Foundation,
    PublicInstitution,
    Enterprise,
    Committee,
}

impl LegalPerson {
    const fn prefix(self) -> &'static str {
        match self {
            Self::SocialAssociation => "51",
            Self::SocialServiceAgency => "52",
            Self::Foundation => "53",
            Self::PublicInstitution => "12",
            Self::Enterprise => "91",
            Self::Committee => "55",
        }
    }
}

/// The code of the legal person of this number.
///
/// The registering division is 140599, which does not exist.
pub(crate) fn credit_code(kind: LegalPerson, number: usize) -> String {
    let subject = format!("MJ{number:06}");
    let mut code = format!("{}140599{subject}{}", kind.prefix(), subject_check(&subject));
    code.push(check(&code));
    code
}

/// The check character of GB 11714.
fn subject_check(subject: &str) -> char {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let value = |c: char| c.to_digit(36).unwrap_or(0);
    let sum: u32 = subject.chars().zip(WEIGHTS).map(|(c, weight)| value(c) * weight).sum();
    match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    }
}

/// The check character of GB 32100: values weighted by powers of 3, modulo 31.
fn check(code: &str) -> char {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let value = |c: char| ALPHABET.find(c).unwrap_or(0);
    let (sum, _) = code.chars().fold((0, 1), |(sum, weight), c| (sum + value(c) * weight, weight * 3 % 31));
    char::from(ALPHABET.as_bytes()[(31 - sum % 31) % 31])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_codes_come_out() {
        assert_eq!(credit_code(LegalPerson::SocialAssociation, 1), "51140599MJ0000018K");
        assert_eq!(credit_code(LegalPerson::SocialServiceAgency, 2), "52140599MJ0000026B");
        assert_eq!(credit_code(LegalPerson::Foundation, 3), "53140599MJ00000343");
    }

    #[test]
    fn every_code_is_accepted_by_the_library() {
        for number in 0..2000 {
            let code = credit_code(LegalPerson::Enterprise, number);
            assert!(needmatch::model::codes::CreditCode::parse(&code).is_some(), "{code}");
        }
    }
}
