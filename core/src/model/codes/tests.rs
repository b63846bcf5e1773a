//! What holds for every list of codes.

use super::*;

fn check<C: Code + PartialEq + std::fmt::Debug>(chinese: fn(C) -> &'static str) {
    let guide = include_str!("../../../../docs/guide/tables.md");
    let list = std::any::type_name::<C>().rsplit("::").next().unwrap();
    let section = guide.split_once(&format!("\n### {list}\n")).expect(list).1;
    let section = section.split_once("\n#").map_or(section, |(section, _)| section);
    let documented = section.lines().filter(|line| line.starts_with("| `"));
    let rows: Vec<String> = C::LIST.iter().map(|&code| format!("| `{}` | {} |", code.word(), chinese(code))).collect();
    assert!(documented.clone().zip(&rows).all(|(line, row)| line.starts_with(row)), "{list} is documented");
    assert_eq!(documented.count(), rows.len(), "{list} is documented");
    for (place, &code) in C::LIST.iter().enumerate() {
        assert_eq!(C::of_word(code.word()), Some(code));
        assert_eq!(C::of_word(chinese(code)), Some(code));
        assert!(!code.word().is_empty() && code.word().is_ascii());
        assert!(code.word().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-+".contains(&b)));
        assert!(C::LIST[..place].iter().all(|other| other.word() != code.word() && chinese(*other) != chinese(code)));
    }
    for word in ["", " ", "no such code", "ELDERLY", "-1", "none"] {
        assert_eq!(C::of_word(word), None);
    }
}

#[test]
fn every_code_is_documented_and_read_from_its_word_and_from_its_chinese_name() {
    check(Domain::chinese);
    check(ClientGroup::chinese);
    check(Risk::chinese);
    check(ServiceType::chinese);
    check(Sex::chinese);
    check(AgeBand::chinese);
    check(Guardianship::chinese);
    check(Emergency::chinese);
    check(Confidentiality::chinese);
    check(Consent::chinese);
    check(UrbanRuralClass::chinese);
    check(OrganizationKind::chinese);
    check(OrganizationStatus::chinese);
    check(EvalGrade::chinese);
    check(Qualification::chinese);
    check(Authority::chinese);
    check(Language::chinese);
    check(GroupKind::chinese);
}

#[test]
fn sets_have_room_for_every_code() {
    assert!(ClientGroup::ALL.len() <= 32 && Consent::ALL.len() <= 32);
    assert!(Authority::ALL.len() <= 32 && Language::ALL.len() <= 32);
    let all: ClientGroups = ClientGroup::ALL.iter().copied().collect();
    assert!(all.iter().eq(ClientGroup::ALL.iter().copied()));
}

#[test]
fn terms_of_the_plan_of_2016_are_read_as_the_terms_of_today() {
    assert_eq!(ClientGroup::parse("社区服刑人员"), Some(ClientGroup::CorrectionSubject));
    assert_eq!(ClientGroup::parse("重性精神疾病"), Some(ClientGroup::SevereMentalDisorder));
    assert_eq!(OrganizationKind::parse("民办非企业单位"), Some(OrganizationKind::SocialServiceAgency));
    assert_eq!(OrganizationKind::from_code("民办非企业单位"), None, "written codes stay the codes of today");
}

#[test]
fn risks_are_ordered_from_green_to_red_and_read_as_numbers_too() {
    assert!(Risk::ALL.windows(2).all(|pair| pair[0] < pair[1]));
    for (number, &risk) in Risk::ALL.iter().enumerate() {
        assert_eq!(Risk::parse(&number.to_string()), Some(risk));
    }
}

#[test]
fn age_bands_are_cut_at_the_thresholds_of_the_law() {
    let minors: Vec<_> = AgeBand::ALL.iter().filter(|band| band.is_minor()).map(|band| band.code()).collect();
    assert_eq!(minors, ["0-5", "6-7", "8-11", "12-13", "14-15", "16-17"]);
    let guarded: Vec<_> = AgeBand::ALL.iter().filter(|band| band.needs_guardian_consent()).collect();
    assert_eq!(guarded.len(), 4);
    let attended = AgeBand::ALL.iter().filter(|band| band.needs_attendance());
    assert_eq!(attended.map(|band| band.code()).collect::<Vec<_>>(), ["0-5", "6-7"]);
    let with_guardians = AgeBand::ALL.iter().filter(|band| band.may_not_live_alone());
    assert_eq!(with_guardians.map(|band| band.code()).collect::<Vec<_>>(), minors[..5]);
}

#[test]
fn the_first_digit_of_the_class_tells_town_from_country() {
    for class in UrbanRuralClass::ALL {
        assert_eq!(class.is_urban(), class.code().starts_with('1'));
    }
}
