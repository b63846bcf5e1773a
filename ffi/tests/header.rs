//! The header in the repository is the one that the code stands for.

#[path = "../examples/gen_header.rs"]
#[allow(dead_code, reason = "the example's main is not used here")]
mod gen_header;

#[test]
fn the_header_is_up_to_date() {
    let committed = std::fs::read_to_string(gen_header::header_path()).unwrap_or_default();
    assert!(committed == gen_header::header(), "include/needmatch.h is out of date: run `make gen`");
}
