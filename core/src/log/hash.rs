//! The hashes that a log can be chained with.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sm3::Sm3;

use crate::model::hex;

/// The hash that joins the records of a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(rename_all = "snake_case")]
pub enum LogHash {
    /// SHA-256 (FIPS 180-4).
    #[default]
    Sha256,
    /// SM3 (GB/T 32905-2016), where commercial cryptography of China is asked for.
    Sm3,
}

impl LogHash {
    /// Every hash.
    pub const ALL: &'static [Self] = &[Self::Sha256, Self::Sm3];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sm3 => "sm3",
        }
    }

    /// The hash of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|hash| hash.code() == code)
    }

    /// The hash of bytes in 64 hexadecimal digits.
    pub(super) fn of(self, bytes: &[u8]) -> String {
        match self {
            Self::Sha256 => hex(&Sha256::digest(bytes)),
            Self::Sm3 => hex(&Sm3::digest(bytes)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hashes_are_those_of_their_standards() {
        // FIPS 180-4 and GB/T 32905-2016, the example "abc" of each.
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let sm3 = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
        assert_eq!((&*LogHash::Sha256.of(b"abc"), &*LogHash::Sm3.of(b"abc")), (sha256, sm3));
        assert!(LogHash::ALL.iter().all(|&hash| LogHash::from_code(hash.code()) == Some(hash)));
    }
}
