//! From bytes to the form of a decision file, strictly.

use super::form::{FORMAT, FORMAT_WITH_QUOTAS, File};
use super::write::sha256;
use super::{DIGEST_KEY, DecisionFault};

/// Most bytes of a decision file; that of sixteen cities has about half as many.
pub(super) const MAX_BYTES: usize = 1 << 30;
/// Digits of a digest.
const DIGITS: usize = 64;

/// Reads a file whose every byte is the one that would be written for what it says, its digest included.
pub(super) fn read(bytes: &[u8]) -> Result<File, DecisionFault> {
    if bytes.len() > MAX_BYTES {
        return Err(DecisionFault::TooLarge { allowed: MAX_BYTES });
    }
    check_form(bytes)?;
    // The form has a fixed depth and bounded numbers, so nothing deeper or larger is ever taken in.
    let file: File = serde_json::from_slice(bytes).map_err(|error| not_canonical(bytes, &error))?;
    let again = serde_json::to_vec(&file).map_err(|_| DecisionFault::NotCanonical { byte: 0 })?;
    if again != bytes {
        let byte = again.iter().zip(bytes).take_while(|(a, b)| a == b).count();
        return Err(DecisionFault::NotCanonical { byte });
    }
    // A canonical file ends with its digest, a quote and a brace.
    let covered = bytes.len() - DIGEST_KEY.len() - file.digest.len() - "\"}".len();
    if file.digest.len() != DIGITS || *file.digest != *sha256(&bytes[..covered]) {
        return Err(DecisionFault::WrongDigest);
    }
    Ok(file)
}

/// A newer form may hold anything, so it is told apart before its keys are looked at.
fn check_form(bytes: &[u8]) -> Result<(), DecisionFault> {
    let start = b"{\"format\":";
    let rest = bytes.strip_prefix(start).ok_or(DecisionFault::NotCanonical { byte: 0 })?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_known = |form: i64| rest[..digits] == *form.to_string().as_bytes();
    match is_known(FORMAT) || is_known(FORMAT_WITH_QUOTAS) {
        true => Ok(()),
        false if digits > 0 => Err(DecisionFault::UnknownForm),
        false => Err(DecisionFault::NotCanonical { byte: start.len() }),
    }
}

/// Where the parser stopped, as a byte.
fn not_canonical(bytes: &[u8], error: &serde_json::Error) -> DecisionFault {
    let lines = bytes.split_inclusive(|&byte| byte == b'\n').take(error.line().saturating_sub(1));
    let before: usize = lines.map(<[u8]>::len).sum();
    DecisionFault::NotCanonical { byte: before + error.column().saturating_sub(1) }
}
