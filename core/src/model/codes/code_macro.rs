//! One way to write down a closed list of codes: identifier, code, Chinese name, older words.

/// A closed list of codes, for functions that read any of them.
pub(crate) trait Code: Copy + 'static {
    /// Every code, in the order of the documentation.
    const LIST: &'static [Self];

    /// The code as callers write it.
    fn word(self) -> &'static str;

    /// The code of a word as [`parse`](super::Domain::parse) reads it.
    fn of_word(word: &str) -> Option<Self>;
}

/// Declares an enum whose variants have a stable code, a Chinese name, and further words that are read but not written.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$vdoc:meta])* $variant:ident = $code:literal, $chinese:literal $(| $alias:literal)*;)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("`", $code, "`, ", $chinese, ".")] $variant,)+ }

        impl $name {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as callers write it.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$variant => $code,)+ } }

            /// The Chinese name.
            #[must_use]
            pub const fn chinese(self) -> &'static str { match self { $(Self::$variant => $chinese,)+ } }

            /// The value of a code, or `None` for a word that is not in the list.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> { match code { $($code => Some(Self::$variant),)+ _ => None } }

            /// The value of a code, a Chinese name, or an older word for the same thing.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($code | $chinese $(| $alias)* => Some(Self::$variant),)+ _ => None }
            }
        }

        impl crate::model::codes::Code for $name {
            const LIST: &'static [Self] = Self::ALL;

            fn word(self) -> &'static str { self.code() }

            fn of_word(word: &str) -> Option<Self> { Self::parse(word) }
        }
    };
}

pub(super) use codes;
