use super::*;
use crate::error::Error;
use crate::matching::Matching;
use crate::model::Problem;
use crate::options::Options;
use crate::pipeline::solve;
use crate::policy::Policy;
use crate::sample;
use crate::table::Tables;

fn on_one_thread() -> Options<'static> {
    Options { threads: Some(1), ..Options::default() }
}

fn matching(seed: u64) -> Option<Matching> {
    let (tables, policy) = input(seed);
    solve(&Problem::new(&tables, policy).ok()?, &on_one_thread()).ok()
}

/// The file of a run over these tables.
pub(super) fn decision_of(tables: Tables, policy: Policy) -> Option<Vec<u8>> {
    let matching = solve(&Problem::new(&tables, policy).ok()?, &on_one_thread()).ok()?;
    matching.to_decision().ok()
}

/// Every fourth problem has floors.
fn input(seed: u64) -> (Tables, Policy) {
    if seed % 4 == 3 { sample::input_with_floors(seed) } else { sample::input(seed) }
}

pub(super) fn decisions(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Vec<u8>)> {
    seeds.filter_map(|seed| Some((seed, matching(seed)?.to_decision().unwrap())))
}

/// Files of form 2: with quotas, which may cross, and of least-unequal caseloads.
pub(super) fn decisions_with_quotas(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Vec<u8>)> {
    seeds.filter_map(|seed| {
        let (tables, policy) = input_with_quotas(seed);
        let matching = solve(&Problem::new(&tables, policy).ok()?, &on_one_thread()).ok()?;
        Some((seed, matching.to_decision().unwrap()))
    })
}

fn input_with_quotas(seed: u64) -> (Tables, Policy) {
    match seed % 6 {
        0 | 1 => sample::input_with_crossing_quotas(seed),
        2 => (sample::input_with_floors(seed).0, sample::least_unequal()),
        3 => (sample::input_with_quotas(seed).0, sample::least_unequal()),
        _ => sample::input_with_quotas(seed),
    }
}

/// Of both forms.
pub(super) fn all_decisions(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Vec<u8>)> {
    decisions(seeds.clone()).chain(decisions_with_quotas(seeds))
}

fn check(bytes: &[u8]) -> Result<DecisionVerified, DecisionFault> {
    Decision::parse(bytes)?.verify()
}

/// The file with the digest that it should have, so that only what it says can give it away.
fn sealed(mut text: String) -> Vec<u8> {
    text.truncate(text.rfind(DIGEST_KEY).expect("a decision file ends with its digest"));
    let digest = write::sha256(text.as_bytes());
    format!("{text}{DIGEST_KEY}{digest}\"}}").into_bytes()
}

#[test]
fn every_decision_is_read_back_and_verified() {
    let (mut n_served, mut n_proven, mut n_unmet, mut n_named) = (0, 0, 0, 0);
    for (seed, bytes) in decisions(0..400) {
        let text = String::from_utf8_lossy(&bytes);
        n_proven += u32::from(text.contains("\"certificate\":"));
        n_unmet += u32::from(text.contains("\"tight_set\":"));
        n_named += u32::from(text.contains("\"needs\":[\""));
        let verified = check(&bytes).unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
        n_served += verified.served;
        assert_eq!(sealed(String::from_utf8(bytes.clone()).unwrap()), bytes);
    }
    assert!(n_served > 300 && n_proven > 10, "{n_served}, {n_proven}");
    assert!(n_unmet > 10 && n_named > 0, "{n_unmet}, {n_named}");
}

#[test]
fn every_decision_with_quotas_is_read_back_verified_and_made_again() {
    let mut seen = std::collections::BTreeMap::new();
    for (seed, bytes) in decisions_with_quotas(0..1200) {
        let verified = check(&bytes).unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
        let file = Decision::parse(&bytes).unwrap().file;
        assert_eq!(verified.served, file.result.assignments.len());
        assert_eq!(file.format, 2);
        let certificate = file.result.certificate.as_ref();
        for (what, holds) in [
            (&*file.result.status, true),
            ("unit", certificate.is_some_and(|own| own.unit.is_some())),
            ("priced quota", certificate.is_some_and(|own| own.quota_price.is_some())),
            ("household", file.network.needs.household.iter().flatten().any(Option::is_some)),
            ("quota full", file.result.unmatched.iter().any(|row| row.quota_id.is_some())),
            ("tight quota", file.result.tight_set.iter().flat_map(|own| &own.floors).any(|row| *row.level == *"quota")),
            ("fast", *file.engine == *"fast"),
        ] {
            *seen.entry(what.to_owned()).or_insert(0) += u32::from(holds);
        }
        if seed % 40 == 0 {
            let (tables, _) = input_with_quotas(seed);
            assert_eq!(replay(&tables, &bytes, &on_one_thread()), Ok(()), "seed {seed}");
        }
    }
    let of = |what: &str| seen.get(what).copied().unwrap_or(0);
    assert!(of("optimal") > 300 && of("bounded") > 3 && of("floors_unmet") > 30, "{seen:?}");
    assert!(of("unit") > 50 && of("priced quota") > 50 && of("household") > 50 && of("quota full") > 50, "{seen:?}");
    assert!(of("tight quota") > 10 && of("fast") > 0, "{seen:?}");
}

#[test]
fn keys_of_the_other_form_are_refused() {
    let one = Decision::parse(&decisions(1..9).next().unwrap().1).unwrap().file;
    let two = Decision::parse(&decisions_with_quotas(4..9).next().unwrap().1).unwrap().file;
    let refused = |file: &form::File| verify::decision::check(file).is_err();
    assert!(!refused(&one) && !refused(&two));
    assert!(refused(&form::File { format: 2, ..one.clone() }) && refused(&form::File { format: 1, ..two.clone() }));
    let mut changed = two.clone();
    changed.network.quotas = None;
    assert!(refused(&changed));
    let mut changed = two.clone();
    changed.network.needs.household = None;
    assert!(refused(&changed));
    let mut changed = two;
    changed.network.nodes.caseload = Some(vec![0; changed.network.nodes.workers.len()]);
    assert!(refused(&changed));
}

#[test]
fn every_flipped_dropped_and_inserted_byte_is_found() {
    let (_, bytes) = decisions(1..9).min_by_key(|(_, bytes)| bytes.len()).unwrap();
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        assert!(Decision::parse(&flipped).is_err(), "byte {at} flipped");
        let dropped = [&bytes[..at], &bytes[at + 1..]].concat();
        assert!(Decision::parse(&dropped).is_err(), "byte {at} dropped");
        let inserted = [&bytes[..at], b" ", &bytes[at..]].concat();
        assert!(Decision::parse(&inserted).is_err(), "byte inserted at {at}");
    }
}

#[test]
fn other_spellings_other_forms_and_wrong_digests_are_told_apart() {
    let text = String::from_utf8(matching(1).unwrap().to_decision().unwrap()).unwrap();
    let parse = |text: String| Decision::parse(&sealed(text)).map(|_| ());
    let at = |part: &str| text.find(part).unwrap();
    let not_canonical = |result: Result<(), DecisionFault>| matches!(result, Err(DecisionFault::NotCanonical { .. }));

    assert_eq!(parse(text.replacen(":1,", ":3,", 1)), Err(DecisionFault::UnknownForm));
    assert_eq!(parse(text.replacen("{\"format", " {\"format", 1)), Err(DecisionFault::NotCanonical { byte: 0 }));
    let doubled = text.replacen("\"seed\":\"needmatch\"", "\"seed\":\"needmatch\",\"seed\":\"needmatch\"", 1);
    assert!(not_canonical(parse(doubled)));
    assert!(not_canonical(parse(text.replacen("\"seed\":", "\"other\":1,\"seed\":", 1))));
    assert!(not_canonical(parse(text.replacen("\"seed\":", "\"\\u0073eed\":", 1))));
    let seed = at("\"needmatch\"");
    assert_eq!(
        parse(text.replacen("\"needmatch\"", "\"needm\\u0061tch\"", 1)),
        Err(DecisionFault::NotCanonical { byte: seed + 6 })
    );
    for number in ["-0", "01", "1.0", "1e0", "99999999999999999999", "NaN", "[[[[]]]]"] {
        let with = |mean: &str| text.replacen("\"mean_score\":", &format!("\"mean_score\":{mean},\"x\":"), 1);
        assert!(not_canonical(parse(with(number))), "{number}");
    }
    let mut other = text.clone().into_bytes();
    let last = other.len() - 3;
    other[last] = if other[last] == b'0' { b'1' } else { b'0' };
    assert_eq!(Decision::parse(&other).map(|_| ()), Err(DecisionFault::WrongDigest));
    assert_eq!(Decision::parse(b"").map(|_| ()), Err(DecisionFault::NotCanonical { byte: 0 }));
}

/// What can be said differently without anybody noticing who has no tables, each with the reason.
fn only_tables_tell(place: &str, is_part: bool) -> bool {
    let last = place.rsplit('.').next().unwrap_or(place);
    let of = |part: &str| place.starts_with(part);
    // No other field repeats it.
    of("tables_digest")
        // Why nobody passes the rules, and who of them there are.
        || (of("result.unmatched") && (last == "providers" || last == "alone" || last == "rule"))
        // Names of kinds, of which the file says no more.
        || (of("result.summary.by_domain") && last == "key")
        || (of("result.summary.by_urban_rural_class") && last == "key")
        || (of("result.summary.by_county") && last == "key")
        // Candidates that were not chosen, and who would stand above whoever serves nobody.
        || of("network.candidates.")
        || of("network.nodes.parent")
        // Which needs a quota is about and who lives with whom, and the caseload of a worker whom nobody wants.
        || of("network.quotas.need")
        || of("network.quotas.per_household")
        || of("network.needs.household")
        || of("network.nodes.caseload")
        // The file holds a part of the candidates, the result speaks of all.
        || (is_part && (last == "rank" || last == "candidates" || of("result.unmatched")))
}

/// Every value of a file, as the bytes where it stands.
fn values(text: &str) -> Vec<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let end = match bytes[at] {
            b'"' => {
                let mut end = at + 1;
                while bytes[end] != b'"' {
                    end += if bytes[end] == b'\\' { 2 } else { 1 };
                }
                end + 1
            }
            b'-' | b'0'..=b'9' | b'a'..=b'z' => {
                at + bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count()
            }
            _ => {
                at += 1;
                continue;
            }
        };
        if bytes.get(end) != Some(&b':') {
            found.push(at..end);
        }
        at = end;
    }
    found
}

/// Other values that could stand there.
fn others(value: &str) -> Vec<String> {
    if let Ok(number) = value.parse::<i64>() {
        let near = [number + 1, number - 1, 0, -number, number + 1_000_000];
        return near
            .into_iter()
            .filter(|&other| other != number)
            .map(|other| other.to_string())
            .chain(["null".to_owned()])
            .collect();
    }
    let words: &[&str] = match value {
        "true" => &["false"],
        "false" => &["true"],
        "null" => &["0", "1", "\"o0\"", "\"w0\""],
        _ => &["\"\"", "\"o0\"", "\"o1\"", "\"w0\"", "\"w1\"", "\"n0\"", "\"n1\"", "\"lists\"", "\"no_gain\"", "null"],
    };
    let longer = value.strip_suffix('"').map(|start| format!("{start}x\""));
    words.iter().filter(|&&other| other != value).map(|&other| other.to_owned()).chain(longer).collect()
}

fn is_near(value: &str, other: &str) -> bool {
    let [value, other] = [value, other].map(|number| number.parse::<i64>().unwrap());
    value.abs_diff(other) <= 1
}

#[test]
fn every_field_that_is_changed_is_noticed_unless_only_the_tables_tell() {
    let (mut n_changes, mut n_accepted) = (0, 0);
    for (seed, bytes) in all_decisions(0..14) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let is_part = text.contains("\"all_pairs\"") && !text.contains("per_need = \\\"all\\\"");
        let mut values = values(&text);
        // The digest is made anew.
        values.pop();
        for range in values {
            for other in others(&text[range.clone()]) {
                let changed = sealed(format!("{}{other}{}", &text[..range.start], &text[range.end..]));
                let place = difference::first(&bytes, &changed).unwrap_or_default();
                n_changes += 1;
                if check(&changed).is_ok() {
                    n_accepted += 1;
                    // A criterion of a small weight moves the score by less than what is rounded away.
                    let is_rounded_away = place.contains(".criteria.") && is_near(&text[range.clone()], &other);
                    let is_right = is_rounded_away || only_tables_tell(&place, is_part);
                    assert!(is_right, "seed {seed}: {place} changed to {other}");
                }
            }
        }
    }
    assert!(n_changes > 8000 && n_accepted < n_changes / 8, "{n_accepted} of {n_changes} changes are accepted");
}

#[test]
fn every_row_that_is_dropped_doubled_or_exchanged_is_noticed() {
    let mut n_changes = 0;
    for (seed, bytes) in all_decisions(0..80) {
        let file = Decision::parse(&bytes).unwrap().file;
        let mut attack = |name: &str, change: &dyn Fn(&mut form::File)| {
            let mut changed = file.clone();
            change(&mut changed);
            if changed != file {
                n_changes += 1;
                assert!(verify::decision::check(&changed).is_err(), "seed {seed}: {name}");
            }
        };
        attack("emergencies left out", &|file| file.result.immediate = None);
        attack("no emergencies listed", &|file| file.result.immediate = Some(Vec::new()));
        let n_needs = file.network.needs.id.len();
        for k in 0..n_needs.max(file.result.capacity.len()) {
            attack("assignment dropped", &|file| drop_row(&mut file.result.assignments, k));
            attack("assignment doubled", &|file| double_row(&mut file.result.assignments, k));
            attack("assignment exchanged", &|file| exchange(&mut file.result.assignments, k));
            attack("unmatched dropped", &|file| drop_row(&mut file.result.unmatched, k));
            attack("unmatched doubled", &|file| double_row(&mut file.result.unmatched, k));
            attack("unmatched exchanged", &|file| exchange(&mut file.result.unmatched, k));
            attack("emergency dropped", &|file| file.result.immediate.iter_mut().for_each(|rows| drop_row(rows, k)));
            attack("emergency doubled", &|file| file.result.immediate.iter_mut().for_each(|rows| double_row(rows, k)));
            attack("emergency exchanged", &|file| file.result.immediate.iter_mut().for_each(|rows| exchange(rows, k)));
            attack("places dropped", &|file| drop_row(&mut file.result.capacity, k));
            attack("places exchanged", &|file| exchange(&mut file.result.capacity, k));
            attack("need exchanged", &|file| exchange(&mut file.network.needs.id, k));
            attack("worker exchanged", &|file| exchange(&mut file.network.nodes.workers, k));
            attack("organization exchanged", &|file| exchange(&mut file.network.nodes.organizations, k));
            attack("group exchanged", &|file| exchange(&mut file.network.nodes.groups, k));
            attack("tier exchanged", &|file| exchange(&mut file.result.summary.by_tier, k));
            attack("reason exchanged", &|file| exchange(&mut file.result.summary.unmatched, k));
            if let Some(quotas) = &file.result.quotas {
                assert!(!quotas.is_empty());
                attack("quota dropped", &|file| file.result.quotas.iter_mut().for_each(|rows| drop_row(rows, k)));
                attack("quota doubled", &|file| file.result.quotas.iter_mut().for_each(|rows| double_row(rows, k)));
                attack("quota exchanged", &|file| file.result.quotas.iter_mut().for_each(|rows| exchange(rows, k)));
            }
            let prices = |file: &mut form::File, change: fn(&mut Vec<form::QuotaPrice>, usize)| {
                let certificate = file.result.certificate.as_mut();
                certificate.and_then(|own| own.quota_price.as_mut()).into_iter().for_each(|rows| change(rows, k));
            };
            attack("price of a quota doubled", &|file| prices(file, double_row));
            attack("price of a quota exchanged", &|file| prices(file, |rows, k| exchange(rows, k)));
            attack("node added above", &|file| file.network.nodes.parent.push(None));
            attack("price below zero", &|file| {
                if let Some(row) = file.result.capacity.get_mut(k) {
                    row.price.score = -1 - row.price.score;
                    row.price.tier = 0;
                }
            });
        }
    }
    assert!(n_changes > 3000, "{n_changes} changes");
}

#[test]
fn prices_of_nothing_prove_nothing_where_something_is_short() {
    let (mut n_priced, mut n_certified, mut n_believed) = (0, 0, 0);
    for (seed, bytes) in decisions(0..400) {
        let mut file = Decision::parse(&bytes).unwrap().file;
        if file.result.capacity.iter().all(|row| row.price == form::Pair::default()) {
            continue;
        }
        file.result.capacity.iter_mut().for_each(|row| row.price = form::Pair::default());
        let verdict = verify::decision::check(&file);
        match &mut file.result.certificate {
            // The least prices are unique.
            None => {
                assert!(verdict.is_err(), "seed {seed}");
                n_priced += 1;
            }
            // Those of a certificate are not, so that lower ones may do.
            Some(certificate) => {
                certificate.price.iter_mut().for_each(|price| *price = "0".into());
                n_certified += 1;
                n_believed += u32::from(verify::decision::check(&file).is_ok());
            }
        }
    }
    assert!(
        n_priced > 50 && n_certified > 5 && 2 * n_believed < n_certified,
        "{n_priced}, {n_certified}, {n_believed}"
    );
}

#[test]
fn a_certificate_with_a_price_where_places_or_floors_are_slack_is_not_believed() {
    let mut n_changes = 0;
    for (seed, bytes) in decisions(0..400) {
        let file = Decision::parse(&bytes).unwrap().file;
        let Some(certificate) = &file.result.certificate else { continue };
        for (row, own) in file.result.capacity.iter().enumerate().filter(|&(row, _)| *certificate.price[row] == *"0") {
            let has_room = own.places.is_none_or(|places| own.used < places);
            let is_room_for_all = own.used < file.network.needs.id.len() as u64;
            // What is pinned takes no part in prices.
            let is_above_floor = own.used > own.floor && file.result.assignments.iter().all(|row| !row.pinned);
            for (price, is_slack) in [(1, has_room && is_room_for_all), (-1, is_above_floor)] {
                let mut changed = file.clone();
                changed.result.capacity[row].price = form::Pair { tier: 0, score: price };
                let prices = changed.result.certificate.as_mut().map(|certificate| &mut certificate.price);
                prices.unwrap()[row] = price.to_string().into();
                if is_slack {
                    n_changes += 1;
                    assert!(verify::decision::check(&changed).is_err(), "seed {seed}: {price} in row {row}");
                }
            }
        }
    }
    assert!(n_changes > 50, "{n_changes} changes");
}

fn drop_row<T>(rows: &mut Vec<T>, k: usize) {
    if k < rows.len() {
        rows.remove(k);
    }
}

fn double_row<T: Clone>(rows: &mut Vec<T>, k: usize) {
    if k < rows.len() {
        rows.insert(k, rows[k].clone());
    }
}

fn exchange<T>(rows: &mut [T], k: usize) {
    if k + 1 < rows.len() {
        rows.swap(k, k + 1);
    }
}

#[test]
fn a_decision_is_made_again_from_its_tables_and_differences_are_named() {
    let options = on_one_thread();
    let differs = |place: &str| Err(Error::Decision(DecisionFault::Differs { place: place.to_owned() }));
    for seed in [1, 3, 5, 8] {
        let Some(matching) = matching(seed) else { continue };
        let (tables, _) = input(seed);
        let bytes = matching.to_decision().unwrap();
        assert_eq!(replay(&tables, &bytes, &options), Ok(()), "seed {seed}");

        let (other, _) = input(seed + 2);
        assert_eq!(replay(&other, &bytes, &options), differs("tables_digest"), "seed {seed}");

        let text = String::from_utf8(bytes).unwrap();
        let other_policy = text.replacen("max_minutes = ", "max_minutes = 1", 1);
        let policy = Decision::parse(&sealed(other_policy.clone())).unwrap();
        let digest = write::sha256(policy.policy_text().as_bytes());
        let other_policy = other_policy.replace(policy.policy_digest(), &digest);
        assert_eq!(replay(&tables, &sealed(other_policy), &options), differs("input_digest"), "seed {seed}");

        let older = text.replace("\"library_version\":\"", "\"library_version\":\"0.0.");
        assert_eq!(replay(&tables, &sealed(older), &options), Ok(()), "another version of the same semantics");
        let meaning =
            text.replace("\"needmatch-1\"", "\"needmatch-0\"").replace(crate::matching::SEMANTICS_ID, "needmatch-0");
        let refused = Err(Error::Decision(DecisionFault::OtherSemantics));
        assert_eq!(replay(&tables, &sealed(meaning), &options), refused, "seed {seed}");
        let other_mean = text.replacen("\"mean_score\":", "\"mean_score\":1", 1);
        assert_eq!(replay(&tables, &sealed(other_mean), &options), differs("result.summary.mean_score"), "seed {seed}");
    }
}

#[test]
fn a_stable_matching_has_no_decision_file() {
    let policy = Policy::from_toml("objective = \"stable\"").unwrap();
    let matching = solve(&Problem::new(&sample::input(1).0, policy).unwrap(), &on_one_thread()).unwrap();
    match matching.to_decision() {
        Err(Error::Input(error)) => assert_eq!(error.faults()[0].code, crate::error::FaultCode::PolicyValue),
        other => panic!("{other:?}"),
    }
}

#[test]
fn neither_the_order_of_rows_nor_another_run_changes_a_byte() {
    let (tables, policy) = sample::input(1);
    let decide =
        || solve(&Problem::new(&tables, policy.clone()).unwrap(), &on_one_thread()).unwrap().to_decision().unwrap();
    assert_eq!(decide(), decide());
    let other = Policy::from_toml("seed = \"other\"").unwrap();
    let other = solve(&Problem::new(&tables, other).unwrap(), &on_one_thread()).unwrap().to_decision().unwrap();
    let [first, other] = [decide(), other].map(|bytes| Decision::parse(&bytes).unwrap());
    assert_eq!(first.tables_digest(), other.tables_digest());
    assert_ne!(first.input_digest(), other.input_digest());
}
