//! Writes values one after the other into a hash.

use sha2::{Digest, Sha256};

use crate::model::codes::Code;
use crate::model::{Date, Point};

/// How many bytes are gathered, at least, before they are hashed: a hash is fast on long pieces only.
const PIECE: usize = 1 << 16;

/// Hashes values; the encoding is described one level up.
pub(super) struct Encoder {
    hash: Sha256,
    piece: Vec<u8>,
}

impl Encoder {
    pub(super) fn new() -> Self {
        Self { hash: Sha256::new(), piece: Vec::with_capacity(2 * PIECE) }
    }

    pub(super) fn text(&mut self, text: &str) {
        // No text that was checked is longer: identifiers and codes are short, and a policy is one page.
        let length = u32::try_from(text.len()).expect("a checked text is shorter than 4 GB");
        self.bytes(&length.to_le_bytes());
        self.bytes(text.as_bytes());
    }

    pub(super) fn number(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    pub(super) fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    pub(super) fn flag(&mut self, truth: bool) {
        self.bytes(&[u8::from(truth)]);
    }

    /// In place of the byte of what is there: a pin of a frozen need follows.
    pub(super) fn frozen(&mut self) {
        self.bytes(&[2]);
    }

    pub(super) fn code(&mut self, code: impl Code) {
        self.text(code.word());
    }

    pub(super) fn codes<C: Code>(&mut self, codes: impl Iterator<Item = C> + Clone) {
        self.count(codes.clone().count());
        for code in codes {
            self.code(code);
        }
    }

    pub(super) fn date(&mut self, date: Date) {
        self.text(&date.to_string());
    }

    pub(super) fn point(&mut self, point: Point) {
        self.bytes(&point.lon.to_le_bytes());
        self.bytes(&point.lat.to_le_bytes());
    }

    pub(super) fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            write(self, value);
        }
    }

    pub(super) fn finish(mut self) -> [u8; 32] {
        self.hash.update(&self.piece);
        self.hash.finalize().into()
    }

    /// Hashes what was gathered, once it is enough.
    pub(super) fn end_row(&mut self) {
        if self.piece.len() >= PIECE {
            self.hash.update(&self.piece);
            self.piece.clear();
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.piece.extend_from_slice(bytes);
    }
}
