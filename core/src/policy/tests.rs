mod overlays;

use super::*;
use crate::error::FaultCode;

fn codes(text: &str) -> Vec<(Option<String>, FaultCode)> {
    let error = Policy::from_toml(text).unwrap_err();
    error.faults().iter().map(|fault| (fault.column.as_ref().map(ToString::to_string), fault.code)).collect()
}

fn fault(key: &str, code: FaultCode) -> (Option<String>, FaultCode) {
    (Some(key.to_owned()), code)
}

#[test]
fn the_default_is_valid_and_every_scale_is_read() {
    let policy = Policy::default();
    assert_eq!(policy.objective(), Objective::TiersThenScore);
    assert_eq!(Criterion::ALL.iter().map(|&criterion| policy.weight(criterion)).sum::<u32>(), 1000);
    for (scale, grade, risk) in [
        ("elderly_ability", "4", Risk::Red),
        ("ltc", "4", Risk::Red),
        ("smi", "2", Risk::Yellow),
        ("phq9", "20", Risk::Red),
        ("phq9", "19", Risk::Yellow),
        ("disability", "4", Risk::Green),
        ("child", "blue", Risk::Blue),
    ] {
        assert_eq!(policy.risk_of_grade(scale, grade), Some(risk), "{scale}:{grade}");
    }
    assert_eq!(policy.risk_of_grade("phq9", "28"), None);
    assert_eq!(policy.risk_of_grade("unknown", "0"), None);
}

#[test]
fn canonical_text_reads_back_as_the_same_policy() {
    let changed = "
        seed = \"lottery-7\"
        valid_from = 2025-07-01
        valid_until = \"2026-06-30\"
        objective = \"score\"
        scope = \"pilot\"
        switch_penalty = 1000000
        [rules]
        H18 = false
        [services.visit]
        any_of = [\"nurse\", \"sw_assistant\"]
        green = [\"any\"]
        [risk_scales.ours]
        blue = [\"1-3\", \"low\"]
        [confidentiality.groups]
        disabled = 2
        [area]
        cross_area_domains = [\"community_correction\"]
    ";
    for text in ["", changed] {
        let policy = Policy::from_toml(text).unwrap();
        let canonical = policy.to_toml();
        let again = Policy::from_toml(&canonical).unwrap();
        assert_eq!(again, policy);
        assert_eq!(again.to_toml(), canonical);
    }
    assert_eq!(Policy::from_toml(DEFAULT_TOML).unwrap(), Policy::default());
}

#[test]
fn a_scope_is_written_only_where_it_limits_the_run() {
    assert!(!Policy::default().to_toml().contains("scope"));
    assert_eq!(Policy::from_toml("scope = \"all\"").unwrap().to_toml(), Policy::default().to_toml());
    assert!(Policy::from_toml("scope = \"pilot\"").unwrap().to_toml().contains("\nscope = \"pilot\"\n"));
}

#[test]
fn a_switch_penalty_is_written_where_there_is_one() {
    assert!(!Policy::default().to_toml().contains("switch"));
    let policy = Policy::from_toml("switch_penalty = 7").unwrap();
    assert!(policy.to_toml().contains("\nswitch_penalty = 7\n"));
    assert_eq!(Policy::default().with_switch_penalty(7), policy);
}

#[test]
fn spelling_and_order_do_not_change_the_canonical_text() {
    let one = Policy::from_toml("seed = 'a'\n[rules]\nH18 = false\nH01 = false").unwrap();
    let other = Policy::from_toml("rules = { H01 = false, H18 = false }\nseed = \"a\"").unwrap();
    assert_eq!(one.to_toml(), other.to_toml());
}

#[test]
fn lists_replace_the_default_and_one_colour_leaves_the_others() {
    let policy = Policy::from_toml("[services.case_work]\nany_of = [\"lawyer\"]\n[minors]\ngroups = []").unwrap();
    let case_work = policy.service(ServiceType::CaseWork);
    assert_eq!(case_work.any_of(Risk::Blue).iter().count(), 1);
    assert_eq!(case_work.any_of(Risk::Red), Policy::default().service(ServiceType::CaseWork).any_of(Risk::Red));
    assert!(policy.minors().groups.is_empty());
}

#[test]
fn unknown_keys_are_refused_wherever_they_stand() {
    for (text, place) in [
        ("objectif = \"score\"", "the file"),
        ("[rules]\nH99 = true", "rules"),
        ("[travel.urban]\nspeed = 1", "travel.urban"),
        ("[services.surgery]\ndirect = true", "services"),
        ("[services.visit]\nprice = 1", "services.visit"),
        ("[confidentiality.groups]\nneighbours = 1", "confidentiality.groups"),
        ("[risk_scales.smi]\npurple = [\"6\"]", "risk_scales.smi"),
    ] {
        assert_eq!(codes(text), [fault(place, FaultCode::UnknownPolicyKey)], "{text}");
    }
}

#[test]
fn rules_of_law_have_no_switch() {
    for rule in ["H03", "H04", "H05", "H06", "H07", "H08", "H09", "H11", "H12", "H15", "H17", "H19", "D01", "E01"] {
        assert_eq!(codes(&format!("[rules]\n{rule} = false")), [fault("rules", FaultCode::UnknownPolicyKey)], "{rule}");
    }
}

#[test]
fn values_out_of_range_are_named() {
    for (text, key) in [
        ("evaluation_date = \"2026-02-30\"", "evaluation_date"),
        ("evaluation_date = 2026-01-01T00:00:00", "evaluation_date"),
        ("valid_from = \"always\"", "valid_from"),
        ("valid_until = 2026", "valid_until"),
        ("valid_from = 2026-02-01\nvalid_until = 2026-01-31", "valid_until"),
        ("version = \"\"", "version"),
        ("seed = \"with space\"", "seed"),
        ("objective = \"fair\"", "objective"),
        ("scope = \"town\"", "scope"),
        ("switch_penalty = 1000001", "switch_penalty"),
        ("switch_penalty = 0.5", "switch_penalty"),
        ("[rules]\nH01 = 1", "rules.H01"),
        ("rules = 3", "rules"),
        ("[criteria]\nwaiting = 51", "criteria"),
        ("[criteria]\nwaiting = -1\nlanguages = 50", "criteria.waiting"),
        ("[candidates]\nper_need = 0", "candidates.per_need"),
        ("[candidates]\nper_need = \"some\"", "candidates.per_need"),
        ("[candidates]\nprove_all_pairs = 1", "candidates.prove_all_pairs"),
        ("[incubation]\nperiod_days = 0", "incubation.period_days"),
        ("[incubation]\nramp_per_mille = [500, 1001]", "incubation.ramp_per_mille"),
        ("[incubation]\nramp_per_mille = [500, 250]", "incubation.ramp_per_mille"),
        ("[travel]\nmax_minutes = 1.5", "travel.max_minutes"),
        ("[travel.urban]\nspeed_km_h = 0", "travel.urban.speed_km_h"),
        ("[travel]\nmountain_divisions = [\"14052\"]", "travel.mountain_divisions"),
        ("[usual_service]\nelderly_care = \"surgery\"", "usual_service.elderly_care"),
        ("[services.visit]\nany_of = [\"surgeon\"]", "services.visit.any_of"),
        ("[confidentiality]\norganization_max = 5", "confidentiality.organization_max"),
        ("[authorities]\nmental_health = \"health\"", "authorities.mental_health"),
        ("[risk_scales.smi]\nred = [\"3-5\", \"2\"]", "risk_scales.smi.red"),
        ("[risk_scales.\"S 1\"]\nred = [\"1\"]", "risk_scales"),
    ] {
        let found = codes(text);
        assert!(found.contains(&fault(key, FaultCode::PolicyValue)), "{text}: {found:?}");
    }
}

#[test]
fn all_faults_are_reported_at_once() {
    let found =
        codes("seed = \"\"\nobjective = 1\nevaluation_date = \"today\"\nextra = 1\n[scoring]\nwaiting_full_days = 0");
    assert_eq!(found.len(), 5, "{found:?}");
}

#[test]
fn newer_forms_and_broken_text_are_refused_alone() {
    assert_eq!(codes("format = 2\nnews = true"), [fault("format", FaultCode::NewerPolicy)]);
    let error = Policy::from_toml("seed = \"a\"\nobjective = ").unwrap_err();
    assert_eq!((error.faults()[0].code, error.faults()[0].row), (FaultCode::MalformedPolicy, Some(1)));
    let error = Policy::from_toml(&"[".repeat(1 << 21)).unwrap_err();
    assert_eq!(error.faults()[0].code, FaultCode::MalformedPolicy);
    assert!(Policy::from_toml(&format!("a = {}", "[".repeat(100_000))).is_err());
}

#[test]
fn faults_never_repeat_the_text_of_the_caller() {
    let canary = "canary_8731";
    for text in [
        format!("{canary} = 1"),
        format!("seed = \"{canary} \""),
        format!("objective = \"{canary}\""),
        format!("[services.{canary}]\ndirect = true"),
        format!("evaluation_date = {canary}"),
    ] {
        assert!(!Policy::from_toml(&text).unwrap_err().to_string().contains(canary), "{text}");
    }
}
