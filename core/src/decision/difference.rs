//! Where two decision files first say something else.

/// The place of the first byte at which two canonical documents differ, such as `result.assignments[3].score`; `None` if
/// they are equal.
pub(super) fn first(left: &[u8], right: &[u8]) -> Option<String> {
    let same = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    (same < left.len() || same < right.len()).then(|| place(&left[..same]))
}

/// One step from the root of a document towards a place in it.
enum Step {
    Key(String),
    Index(usize),
}

/// The place at which a canonical document stops that was cut off.
fn place(start: &[u8]) -> String {
    let mut path: Vec<Step> = Vec::new();
    let (mut at, mut key_is_next) = (0, false);
    while let Some(&byte) = start.get(at) {
        match (byte, path.last_mut()) {
            (b'{', _) => path.push(Step::Key(String::new())),
            (b'[', _) => path.push(Step::Index(0)),
            (b'}' | b']', _) => drop(path.pop()),
            (b',', Some(Step::Index(index))) => *index += 1,
            (b'"', last) => {
                let text = text(&start[at + 1..]);
                if let (true, Some(Step::Key(key))) = (key_is_next, last) {
                    *key = String::from_utf8_lossy(text).into_owned();
                }
                // Past the quote at the end too.
                at += text.len() + 1;
            }
            _ => {}
        }
        key_is_next = matches!((byte, path.last()), (b'{' | b',', Some(Step::Key(_))));
        at += 1;
    }
    let mut words = String::new();
    for step in path {
        match step {
            Step::Key(key) if words.is_empty() => words = key,
            Step::Key(key) => words = format!("{words}.{key}"),
            Step::Index(index) => words = format!("{words}[{index}]"),
        }
    }
    words
}

/// What is before the quote that ends a text.
fn text(rest: &[u8]) -> &[u8] {
    let mut is_escaped = false;
    let end = rest.iter().position(|&byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    &rest[..end.unwrap_or(rest.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named_with_its_path() {
        let place = |left: &str, right: &str| first(left.as_bytes(), right.as_bytes());
        assert_eq!(place(r#"{"a":[1,{"b":2}]}"#, r#"{"a":[1,{"b":2}]}"#), None);
        assert_eq!(place(r#"{"a":[1,{"b":2}]}"#, r#"{"a":[1,{"b":3}]}"#).as_deref(), Some("a[1].b"));
        assert_eq!(place(r#"{"a":{"b":[]},"c":"x,\"]"}"#, r#"{"a":{"b":[]},"c":"x,\"}"}"#).as_deref(), Some("c"));
        assert_eq!(place(r#"{"a":[[0],[7,8]]}"#, r#"{"a":[[0],[7,9]]}"#).as_deref(), Some("a[1][1]"));
        assert_eq!(place(r#"{"z":1,"a":1}"#, r#"{"z":2,"a":2}"#).as_deref(), Some("z"));
        assert_eq!(place(r#"{"z":1"#, r#"{"z":1}"#).as_deref(), Some("z"));
    }
}
