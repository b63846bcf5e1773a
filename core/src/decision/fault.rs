//! Why a decision file or a log is refused.

use crate::error::Language;

/// What is wrong with a decision file or a log. It names places and never holds what was found there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecisionFault {
    /// More bytes than any reader takes.
    #[error("more than {allowed} bytes")]
    TooLarge {
        /// Most bytes.
        allowed: usize,
    },
    /// The bytes are not what this library would write for what they say: a key or byte too much, too few or in another
    /// place, a number out of range, another spelling.
    #[error("not canonical at byte {byte}")]
    NotCanonical {
        /// The first byte at which it shows, counted from 0.
        byte: usize,
    },
    /// The form of the file is one that this version does not know.
    #[error("of another form than this version reads")]
    UnknownForm,
    /// The bytes do not have the digest that they state.
    #[error("the digest is not that of the bytes before it")]
    WrongDigest,
    /// What the file says is not true.
    #[error("wrong at {place}")]
    Wrong {
        /// Where, such as `result.assignments[3].score`; rows are counted from 0.
        place: String,
    },
    /// The file was made under another meaning of results, so this version cannot make it again.
    #[error("made under another semantics_id than that of this version")]
    OtherSemantics,
    /// Made again from the tables, the file says something else.
    #[error("made again, it differs first at {place}")]
    Differs {
        /// Where, as in [`Wrong`](Self::Wrong).
        place: String,
    },
    /// A record of a log does not follow from the one before it.
    #[error("record {record} of the log does not follow from the one before it")]
    BrokenChain {
        /// The record, counted from 0.
        record: usize,
    },
    /// The log does not end with the record that was noted elsewhere.
    #[error("the log does not end with the record that was noted")]
    OtherHead,
}

impl DecisionFault {
    /// A place where the file says what is not true.
    pub(crate) fn wrong(place: impl Into<String>) -> Self {
        Self::Wrong { place: place.into() }
    }

    /// One clause.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        match (self, language) {
            (_, Language::English) => self.to_string(),
            (Self::TooLarge { allowed }, Language::Chinese) => format!("超过 {allowed} 字节"),
            (Self::NotCanonical { byte }, Language::Chinese) => format!("第 {byte} 字节处不是规范形式"),
            (Self::UnknownForm, Language::Chinese) => "文件格式版本未知".to_owned(),
            (Self::WrongDigest, Language::Chinese) => "摘要与其前的字节不符".to_owned(),
            (Self::Wrong { place }, Language::Chinese) => format!("{place} 处内容有误"),
            (Self::OtherSemantics, Language::Chinese) => "由另一语义版本生成，本版本无法重现".to_owned(),
            (Self::Differs { place }, Language::Chinese) => format!("重现结果首先在 {place} 处不同"),
            (Self::BrokenChain { record }, Language::Chinese) => format!("日志第 {record} 条记录与前一条不衔接"),
            (Self::OtherHead, Language::Chinese) => "日志的末条记录与另行记下的不符".to_owned(),
        }
    }
}
