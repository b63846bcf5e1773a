//! The repository itself: what must be said twice is the same, and what the house style promises holds.
#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests")]

use std::fs;
use std::path::{Path, PathBuf};

use needmatch_tests::{errors_page, policy_schema};

/// Past this many lines somebody should ask whether a file holds two ideas.
const MAX_LINES: usize = 500;
/// Asked and answered: what is copied somewhere as one file is longer.
const COPIED_WHOLE: &[&str] = &["python/needmatch/verifier.py"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files below a folder with one of these endings, generated and hidden ones left out.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with('.') || name == "target" || name == "demo-output" || name == "__pycache__" {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path, endings));
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found
}

fn name_of(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

#[test]
fn no_source_file_is_too_long() {
    let sources = files(root(), &[".rs", ".py", ".pyi", ".c", ".java", ".sh"]);
    assert!(sources.len() > 100, "the sources were found");
    let long: Vec<String> = sources
        .iter()
        .map(|path| (path, fs::read_to_string(path).unwrap().lines().count()))
        .filter(|&(path, n_lines)| n_lines > MAX_LINES && !COPIED_WHOLE.contains(&&*name_of(path)))
        .map(|(path, n_lines)| format!("{} has {n_lines} lines", name_of(path)))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn architecture_names_every_part() {
    let text = read("ARCHITECTURE.md");
    let mut parts: Vec<String> = fs::read_dir(root().join("core/src"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_dir() { format!("`{name}/`") } else { format!("`{name}`") }
        })
        .collect();
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let members = manifest["workspace"]["members"].as_array().unwrap();
    parts.extend(members.iter().map(|member| format!("`{}/`", member.as_str().unwrap())));
    // A module may be a file and a folder of the same name; the folder stands for both.
    let named = |part: &String| text.contains(part.as_str()) || text.contains(&part.replace(".rs`", "/`"));
    parts.retain(|part| !named(part));
    assert!(parts.is_empty(), "ARCHITECTURE.md does not name {parts:?}");
}

/// Which parts of the core a part must not use, and the exceptions.
const FORBIDDEN: &[(&str, &[&str], &[&str])] = &[
    (
        "model",
        &["candidate", "score", "encode", "network", "solve", "matching", "verify", "pipeline"],
        &["network::{HierarchyFault, MAX_DEPTH, hierarchy_faults}"],
    ),
    ("candidate", &["score", "encode", "network", "solve", "matching", "verify", "pipeline"], &[]),
    ("score", &["encode", "network", "solve", "matching", "verify", "pipeline"], &["encode::scale"]),
    (
        "network.rs",
        &["model", "policy", "candidate", "score", "encode", "solve", "matching", "verify", "pipeline"],
        &[],
    ),
    (
        "network",
        &["model", "policy", "candidate", "score", "encode", "solve", "general", "matching", "verify", "pipeline"],
        &[],
    ),
    ("general", &["model", "policy", "candidate", "score", "encode", "matching", "verify", "pipeline"], &[]),
    ("lists", &["encode", "network", "solve", "verify", "pipeline"], &[]),
    ("encode", &["solve", "verify", "pipeline"], &["solve::{Flow, Price}", "solve::Price"]),
    ("solve", &["model", "policy", "candidate", "score", "encode", "general", "matching", "pipeline"], &[]),
    (
        "stable.rs",
        &["model", "policy", "candidate", "score", "encode", "solve", "general", "matching", "verify", "pipeline"],
        &[],
    ),
    (
        "sensitivity",
        &["model", "policy", "candidate", "score", "encode", "general", "matching", "explain", "verify", "pipeline"],
        &[],
    ),
    ("explain", &["general", "pipeline"], &[]),
    ("lsa", &["model", "policy", "candidate", "score", "encode", "matching", "verify", "pipeline"], &[]),
    ("verify", &["encode", "solve", "general", "stable", "pipeline"], &["solve::Price"]),
];

#[test]
fn data_move_one_way() {
    let mut wrong = Vec::new();
    for &(part, forbidden, exceptions) in FORBIDDEN {
        let path = root().join("core/src").join(part);
        let sources = if path.is_dir() { files(&path, &[".rs"]) } else { vec![path] };
        assert!(!sources.is_empty(), "{part} was found");
        for source in sources {
            let text = fs::read_to_string(&source).unwrap();
            // Tests compare with whatever they like.
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            if source.ends_with("tests.rs") || source.components().any(|part| part.as_os_str() == "tests") {
                continue;
            }
            for used in text.split("crate::").skip(1) {
                if used.starts_with('{') {
                    wrong.push(format!("{} uses several modules in one line, which hides them here", name_of(&source)));
                }
                let starts_with = |name: &&&str| used.starts_with(&format!("{name}::"));
                if let Some(name) = forbidden.iter().find(starts_with)
                    && !exceptions.iter().any(|exception| used.starts_with(exception))
                {
                    wrong.push(format!("{} uses {name}", name_of(&source)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_names_somebody_s_machine() {
    // Put together here, so that this file does not name them.
    let paths = ["home", "root", "Users", "tmp"].map(|folder| format!("/{folder}/"));
    let texts = files(root(), &[".rs", ".py", ".pyi", ".c", ".h", ".java", ".sh", ".toml", ".md", "Makefile"]);
    let named: Vec<String> = texts
        .iter()
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap();
            paths.iter().any(|machine| text.contains(machine.as_str()))
        })
        .map(|path| name_of(path))
        .collect();
    assert!(named.is_empty(), "{named:#?}");
}

#[test]
fn every_link_in_the_documentation_leads_somewhere() {
    let mut dead = Vec::new();
    for page in files(root(), &[".md"]) {
        let text = fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            if path.contains("://") || path.starts_with("mailto:") {
                continue;
            }
            let target = if path.is_empty() { page.clone() } else { page.parent().unwrap().join(path) };
            let found = target.exists() && (anchor.is_empty() || has_anchor(&target, anchor));
            if !found {
                dead.push(format!("{}: {link}", name_of(&page)));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

/// Whether a page has a heading of that name, spelt as in links.
fn has_anchor(page: &Path, anchor: &str) -> bool {
    let text = fs::read_to_string(page).unwrap();
    text.lines().filter(|line| line.starts_with('#')).any(|heading| {
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect::<String>() == anchor
    })
}

#[test]
fn the_page_of_errors_is_up_to_date() {
    assert!(read(errors_page::PATH) == errors_page::text(), "{} is out of date: run `make gen`", errors_page::PATH);
}

#[test]
fn the_schema_of_policies_is_up_to_date() {
    let is_current = read(policy_schema::PATH) == policy_schema::text();
    assert!(is_current, "{} is out of date: run `make gen`", policy_schema::PATH);
}

/// Words of other fields that readers would take for further ideas; see GLOSSARY.md.
const NOT_OUR_WORDS: &[&str] =
    &["shadow price", "shadow value", "supplier", "pairing", "infeasible", "agent", "edge cost"];

#[test]
fn what_callers_read_uses_our_words() {
    let mut pages = files(&root().join("docs/guide"), &[".md"]);
    pages
        .extend(["README.md", "ffi/include/needmatch.h", "core/src/policy/default.toml"].map(|page| root().join(page)));
    pages.extend(files(&root().join("python/needmatch"), &[".py", ".pyi"]));
    let mut wrong = Vec::new();
    for page in pages {
        let text = fs::read_to_string(&page).unwrap().to_lowercase();
        let has = |word: &str| {
            text.match_indices(word).any(|(at, _)| {
                !text[..at].ends_with(char::is_alphabetic) && !text[at + word.len()..].starts_with(char::is_alphabetic)
            })
        };
        let found = NOT_OUR_WORDS.iter().filter(|word| has(word));
        wrong.extend(found.map(|word| format!("{}: {word}", name_of(&page))));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_examples_of_the_readme_are_the_tested_ones() {
    let page = read("README.md");
    let mut n_examples = 0;
    for part in page.split("<!-- from ").skip(1) {
        let (source, rest) = part.split_once(" -->").unwrap();
        let block = rest.split("```").nth(1).unwrap().split_once('\n').unwrap().1;
        let wanted: Vec<&str> = block.lines().collect();
        let text = read(source);
        let lines: Vec<&str> = text.lines().collect();
        let found = lines.windows(wanted.len()).any(|window| dedented(window) == wanted);
        assert!(found, "{source} does not hold its part of the README");
        n_examples += 1;
    }
    assert_eq!(n_examples, 3, "one example for each language");
}

/// Lines without the indentation that the first of them has.
fn dedented<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let indentation = lines[0].len() - lines[0].trim_start().len();
    lines.iter().map(|line| line.get(indentation..).unwrap_or(line.trim_start())).collect()
}
