//! The fingerprint of everything that a result depends on: SHA-256 over the checked rows and the policy.
//!
//! The encoding is fixed, so that anybody can compute it again. Numbers are little-endian.
//!
//! - A text is its length in bytes (`u32`) and its bytes, a count or number a `u64`, a truth value one byte.
//! - A code is the text of its word, a division or credit code its own text, a date the text `2026-01-31`.
//! - A coordinate is the eight bytes of the IEEE double, a point the longitude and the latitude.
//! - What may be missing is one byte: 0, or 1 and then the value.
//! - Of a frozen need the pinned worker is one byte, 2, and then its current worker; `frozen` is nothing else.
//! - A list is its number of entries (`u64`) and the entries: codes in the order of their list, references and
//!   divisions in the order of their bytes, domains as word and level (`u64`), qualifications as code and date.
//! - A reference is the identifier of the row that it names.
//!
//! First comes the text `needmatch input 1`, then the policy's own text, then `communities`, `groups`,
//! `organizations`, `workers`, `needs` and, if there are any, `quotas`: the name of the table, the number of its rows, and the rows in the order of
//! the bytes of their identifiers, each with its columns in the order of `docs/guide/tables.md`; longitude and
//! latitude are one point, in the place of the longitude.
//!
//! So the digest depends neither on the order of rows or columns nor on how a number was stored, nor on whether a
//! default was written out.

mod encoder;
mod rows;

use std::fmt::Write;

use self::encoder::Encoder;
use super::Problem;

/// The digest in 64 hexadecimal digits.
pub(super) fn digest(problem: &Problem) -> String {
    digest_under(&problem.policy.to_toml(), problem)
}

/// The digest of a problem whose policy has this text.
pub(super) fn digest_under(policy: &str, problem: &Problem) -> String {
    let mut encoder = Encoder::new();
    encoder.text("needmatch input 1");
    encoder.text(policy);
    rows::encode(problem, &mut encoder);
    hex(&encoder.finish())
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        write!(digits, "{byte:02x}").expect("writing to a string cannot fail");
    }
    digits
}
