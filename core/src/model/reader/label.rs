//! Free text: only the names of places.

use super::field::{Field, Raw, Reading, utf8};
use super::wanted::Wrong;
use crate::error::FaultCode;

/// Longest name in characters.
const MAX_LENGTH: usize = 100;

impl Field<'_> {
    /// Reads a name, which may be shown as it is: short, and without characters that change how others are shown.
    pub(super) fn label(&self, row: usize, reading: &mut Reading) -> Option<Box<str>> {
        let wrong = Wrong::new(FaultCode::MalformedText, "at most 100 characters, none of which controls others");
        self.read(row, reading, |raw, _| {
            let Raw::Text(bytes) = raw else { return Err(wrong) };
            let text = utf8(bytes)?.trim();
            let is_short = text.chars().nth(MAX_LENGTH).is_none();
            if is_short && !text.chars().any(is_control) { Ok(text.into()) } else { Err(wrong) }
        })
    }
}

/// Control characters, marks of direction, and characters without width.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_change_the_others_are_found() {
        assert!("\u{202e}\u{0}\u{7f}\u{feff}\u{200b}\n".chars().all(is_control));
        assert!(!"北石店镇 (2) Étage ·".chars().any(is_control));
    }
}
