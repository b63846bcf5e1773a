//! Writes `include/needmatch.h` from the exported items of this crate and from the code tables of the core.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use cbindgen::{Builder, Config, DocumentationStyle, Language};
use needmatch::{FaultCode, Language as Tongue};

fn main() -> std::io::Result<()> {
    std::fs::write(header_path(), header())
}

/// Where the header lies in the repository.
pub(crate) fn header_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("include/needmatch.h")
}

/// The text of the header.
pub(crate) fn header() -> String {
    let mut config = Config {
        language: Language::C,
        cpp_compat: true,
        include_guard: Some("NEEDMATCH_H".to_owned()),
        no_includes: true,
        sys_includes: vec!["stddef.h".to_owned(), "stdint.h".to_owned()],
        header: Some(include_str!("../header/intro.txt").to_owned()),
        after_includes: Some(macros()),
        documentation_style: DocumentationStyle::C,
        usize_is_size_t: true,
        ..Config::default()
    };
    config.function.args = cbindgen::Layout::Auto;
    let bindings = Builder::new().with_crate(env!("CARGO_MANIFEST_DIR")).with_config(config).generate();
    let mut text = Vec::new();
    bindings.expect("the exported items can be read").write(&mut text);
    String::from_utf8(text).expect("the header is UTF-8")
}

fn macros() -> String {
    let mut text = include_str!("../header/macros.txt").replace("@VERSION@", env!("CARGO_PKG_VERSION"));
    text += "\n/* Faults: what can be wrong in the input. The numbers are the same in every language and never reused. */\n";
    for code in FaultCode::ALL {
        let comment = code.text(Tongue::English);
        writeln!(text, "/* {comment} */\n#define NEEDMATCH_FAULT_{} {}", constant(code.name()), code.number())
            .expect("writing to a string succeeds");
    }
    text
}

/// `MalformedUtf8` as `MALFORMED_UTF8`.
fn constant(name: &str) -> String {
    let mut text = String::new();
    for (k, letter) in name.chars().enumerate() {
        if k > 0 && letter.is_ascii_uppercase() {
            text.push('_');
        }
        text.push(letter.to_ascii_uppercase());
    }
    text
}
