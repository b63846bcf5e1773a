use super::*;
use crate::model::Problem;
use crate::model::codes::{AgeBand, ClientGroup, Domain};
use crate::options::Options;
use crate::pipeline::solve;
use crate::policy::Policy;
use crate::sample;
use crate::table::{Column, Table, Tables};

const LANGUAGES: [Language; 2] = [Language::English, Language::Chinese];

/// Whatever a text must not hold besides identifiers of others: names that were planted, codes, and places.
const PLANTED: [&str; 6] = ["CANARY", "140502", "140524", "140581", "112.", "113."];

/// Tables of the sample with names planted where tables hold free text or identifiers that no reader needs.
fn planted(seed: u64) -> Tables {
    let (mut tables, _) = sample::input(seed);
    let n_communities = tables.communities.n_rows();
    let names: Vec<String> = (0..n_communities).map(|k| format!("CANARY-village-{k}")).collect();
    let texts = |names: &[String]| Column::Text(names.iter().map(|name| Some(name.as_str())).collect());
    tables.communities = tables.communities.with("name", texts(&names));
    let n_needs = tables.needs.n_rows();
    let households: Vec<String> = (0..n_needs).map(|k| format!("CANARY-household-{k}")).collect();
    tables.needs = tables.needs.with("household_id", texts(&households));
    tables
}

fn matchings() -> impl Iterator<Item = Matching> {
    (0..150).filter_map(|seed| {
        let problem = Problem::new(&planted(seed), sample::input(seed).1).ok()?;
        solve(&problem, &Options { threads: Some(1), ..Options::default() }).ok()
    })
}

/// The words of a text: identifiers and codes stand alone between other characters.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
}

fn no_attribute_leaks(text: &str) {
    for planted in PLANTED {
        assert!(!text.contains(planted), "{planted} in {text}");
    }
    for domain in Domain::ALL {
        assert!(!has_word(text, domain.code()) && !text.contains(domain.chinese()), "{text}");
    }
    for group in ClientGroup::ALL {
        assert!(!has_word(text, group.code()) && !text.contains(group.chinese()), "{text}");
    }
    for age in AgeBand::ALL {
        assert!(!has_word(text, age.code()), "{text}");
    }
}

#[test]
fn no_text_about_a_person_tells_an_attribute_or_names_another_need() {
    let mut n_texts = 0;
    for matching in matchings() {
        let needs: Vec<NeedId> = (0..matching.problem().needs().len()).map(NeedId::new).collect();
        let workers: Vec<WorkerId> = (0..matching.problem().workers().len()).map(WorkerId::new).collect();
        for language in LANGUAGES {
            for &need in &needs {
                for reader in [Reader::Resident(need), Reader::Supervisor(need)] {
                    let text = matching.text(reader, language);
                    no_attribute_leaks(&text);
                    assert!(has_word(&text, matching.need_id(need)));
                    let others = needs.iter().filter(|&&other| other != need);
                    assert!(others.into_iter().all(|&other| !has_word(&text, matching.need_id(other))), "{text}");
                    n_texts += 1;
                }
            }
            for &worker in &workers {
                let text = matching.text(Reader::Worker(worker), language);
                no_attribute_leaks(&text);
                let is_own = |need: NeedId| matching.assignment(need).is_some_and(|own| own.worker == Some(worker));
                for &need in &needs {
                    assert_eq!(has_word(&text, matching.need_id(need)), is_own(need), "{text}");
                }
                let others = workers.iter().filter(|&&other| other != worker);
                assert!(others.into_iter().all(|&other| !has_word(&text, matching.worker_id(other))), "{text}");
                n_texts += 1;
            }
        }
    }
    assert!(n_texts > 3000, "{n_texts} texts");
}

#[test]
fn the_resident_learns_why_and_what_to_do_and_no_number() {
    let (mut n_served, mut n_left) = (0, 0);
    for matching in matchings().take(60) {
        for need in (0..matching.problem().needs().len()).map(NeedId::new) {
            let english = matching.text(Reader::Resident(need), Language::English);
            let chinese = matching.text(Reader::Resident(need), Language::Chinese);
            assert!(english.contains("refuse") && english.contains("appeal"));
            assert!(chinese.contains("拒绝") && chinese.contains("申诉") && chinese.contains("第二十四条"));
            assert_eq!(english.lines().count(), chinese.lines().count());
            match matching.assignment(need) {
                Some(assignment) => {
                    assert!(has_word(&english, matching.organization_id(assignment.organization)));
                    assert!(!english.contains(" 0.") && !english.contains("urgency"), "{english}");
                    n_served += 1;
                }
                None => n_left += 1,
            }
        }
    }
    assert!(n_served > 50 && n_left > 50);
}

#[test]
fn the_public_reads_no_identifier_and_no_small_number() {
    // Forty residents of a place, nine of another, for whom there are 25 places.
    let rows = |n: usize, text: &dyn Fn(usize) -> String| -> Column {
        let texts: Vec<String> = (0..n).map(text).collect();
        Column::Text(texts.iter().map(|text| Some(text.as_str())).collect())
    };
    let community = |row: usize| if row < 40 { "140502001001" } else { "140524100201" }.to_owned();
    let tables = Tables {
        communities: Table::new()
            .with_texts("community", ["140502001001", "140524100201"])
            .with_texts("name", ["CANARY-one", "CANARY-two"]),
        organizations: Table::new()
            .with_texts("organization_id", ["CANARY-o"])
            .with_texts("status", ["registered"])
            .with_texts("compliant", ["true"])
            .with_texts("service_area", ["1405"])
            .with_ints("capacity_max", [25]),
        workers: Table::new()
            .with_texts("worker_id", ["CANARY-w"])
            .with_texts("organization_id", ["CANARY-o"])
            .with_texts("domains", ["elderly_care"])
            .with_texts("qualifications", ["sw_certified"])
            .with_texts("base_community", ["140502001001"])
            .with_ints("caseload_max", [60]),
        needs: Table::new()
            .with("need_id", rows(49, &|row| format!("CANARY-n{row}")))
            .with("community", rows(49, &community))
            .with("domain", rows(49, &|_| "elderly_care".to_owned()))
            .with("age_band", rows(49, &|_| "70-79".to_owned()))
            .with("consent", rows(49, &|_| "general;separate".to_owned()))
            .with("risk", rows(49, &|row| ["red", "green"][row % 2].to_owned())),
        ..Tables::default()
    };
    let problem = Problem::new(&tables, Policy::from_toml("[travel]\nmax_minutes = 1000").unwrap()).unwrap();
    let matching = solve(&problem, &Options { threads: Some(1), ..Options::default() }).unwrap();
    assert_eq!(matching.summary().served, 25);
    for language in LANGUAGES {
        let text = matching.text(Reader::Public, language);
        assert!(!text.contains("CANARY"), "{text}");
        assert!(text.contains("25") && text.contains("49"), "{text}");
        // Both counties are left out: nine needs of one would follow from the other.
        let counties = text.lines().filter(|line| line.contains("000000"));
        let hidden = ["not published", "不公布"];
        assert_eq!(counties.filter(|line| hidden.iter().any(|word| line.ends_with(word))).count(), 2, "{text}");
        for count in ["9 of", " 40 ", "需求 9，", "需求 40"] {
            assert!(!text.contains(count), "{text}");
        }
    }
}
