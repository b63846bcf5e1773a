//! The outcome in words, for four readers, in Chinese and English.
//!
//! Every text is written from [`facts`]: identifiers, urgency, scores and reasons, and nothing else that a table holds. So
//! no text can tell what a need is about, where it arises or whom it concerns. What the public reads comes from
//! [`PublicEquity`](crate::equity::PublicEquity) and holds no identifier of anybody.

mod facts;

mod public;
mod resident;
mod supervisor;
mod worker;

use crate::error::Language;
use crate::matching::Matching;
use crate::model::{NeedId, WorkerId};

/// For whom a text is, and about whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reader {
    /// The resident whose need it is: who is proposed and why, or why nobody is; how to refuse, to ask and to appeal.
    Resident(NeedId),
    /// A worker: which needs are proposed, how urgent they are, and why to this worker.
    Worker(WorkerId),
    /// Whoever answers for the decision on a need: every number of it.
    Supervisor(NeedId),
    /// Everybody: counts that may be published, policy, seed, and what is proven.
    Public,
}

impl Reader {
    /// The stable codes of the readers.
    pub const CODES: [&'static str; 4] = ["resident", "worker", "supervisor", "public"];
}

impl Matching {
    /// The outcome in words for a reader, one sentence or row on each line.
    ///
    /// # Panics
    ///
    /// Panics if the need or the worker is of another problem.
    #[must_use]
    pub fn text(&self, reader: Reader, language: Language) -> String {
        match reader {
            Reader::Resident(need) => resident::text(&facts::of_need(self, need), language),
            Reader::Worker(worker) => worker::text(&facts::of_worker(self, worker), language),
            Reader::Supervisor(need) => supervisor::text(&facts::of_need(self, need), language),
            Reader::Public => public::text(self, language),
        }
    }
}

/// Lines of a text in one language.
struct Lines {
    language: Language,
    text: String,
}

impl Lines {
    fn new(language: Language) -> Self {
        Self { language, text: String::new() }
    }

    /// Adds a line, given in English and in Chinese.
    fn add(&mut self, english: impl AsRef<str>, chinese: impl AsRef<str>) {
        let line = match self.language {
            Language::English => english.as_ref(),
            Language::Chinese => chinese.as_ref(),
        };
        self.text += line;
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests;
