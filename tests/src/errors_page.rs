//! The page that lists every error number, written from the numbers themselves.

use std::fmt::Write as _;

use needmatch::{FaultCode, Language};

/// Where the page lies in the repository.
pub const PATH: &str = "docs/guide/errors.md";

const INTRO: &str = "\
# Faults in the input

Every way in which tables, a policy, arrays or a question about a result can be wrong.
The numbers and names are the same in Rust, C and Python, and are never reused.
A fault also says where (table, row counted from 0, column) and what would be right; it never repeats the value.

This page is generated from the code (`make gen`).
";

const CHAPTERS: &[(u32, &str)] = &[
    (100, "The shape of a table"),
    (200, "One value"),
    (300, "Values that do not fit together"),
    (400, "The policy"),
    (500, "Arrays of the low level"),
    (600, "What is asked of a result"),
];

/// The text of the page.
#[must_use]
pub fn text() -> String {
    let mut page = INTRO.to_owned();
    for &(first, title) in CHAPTERS {
        let codes = FaultCode::ALL.iter().filter(|code| code.number() / 100 == first / 100);
        write!(page, "\n## {title}\n\n| Number | Name | Means | 含义 |\n|---|---|---|---|\n")
            .expect("writing to a string succeeds");
        for code in codes {
            let (english, chinese) = (code.text(Language::English), code.text(Language::Chinese));
            writeln!(page, "| {} | `{}` | {english} | {chinese} |", code.number(), code.name())
                .expect("writing to a string succeeds");
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_belongs_to_a_chapter() {
        let page = text();
        for code in FaultCode::ALL {
            assert!(page.contains(&format!("| {} | `{}` |", code.number(), code.name())), "{}", code.name());
        }
    }
}
