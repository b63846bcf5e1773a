//! What the needs of a stream look like: grade, service, age, groups, protection. Shares are assumptions unless noted.

use needmatch::model::codes::{AgeBand, ClientGroup, Confidentiality, Risk, ServiceType};

use crate::prevalence::StreamKind;

/// The needs of one stream.
pub(crate) struct Profile {
    /// Grades as the field writes them (`scale:grade` or a colour), the colour each means, and their shares.
    pub(crate) grades: &'static [((&'static str, Risk), u32)],
    /// Services asked for, and their shares.
    pub(crate) services: &'static [(ServiceType, u32)],
    /// The same where the risk is red; empty means no difference.
    pub(crate) services_at_red: &'static [(ServiceType, u32)],
    /// Ages, and their shares; empty where no single person is the subject.
    pub(crate) ages: &'static [(AgeBand, u32)],
    /// Women and girls, per mille.
    pub(crate) women: u32,
    /// Client groups to which all belong.
    pub(crate) groups: &'static [ClientGroup],
    /// Client groups to which so many per mille belong.
    pub(crate) also: &'static [(ClientGroup, u32)],
    pub(crate) confidentiality: Confidentiality,
    /// A statutory duty is the basis for handling the data, so no consent is asked for.
    pub(crate) statutory: bool,
    /// How much likelier a resident of a rural class is concerned than one of an urban class: rural, urban.
    pub(crate) weights: (u64, u64),
}

use AgeBand as Age;
use ClientGroup as Group;
use Confidentiality as Secret;
use Risk::{Blue, Green, Red, Yellow};
use ServiceType as Does;

const ADULTS: &[(Age, u32)] =
    &[(Age::From18, 30), (Age::From35, 50), (Age::From60, 8), (Age::From65, 7), (Age::From70, 5)];
const OLD: &[(Age, u32)] =
    &[(Age::From60, 12), (Age::From65, 20), (Age::From70, 36), (Age::From80, 27), (Age::From90, 5)];
const OLDEST: &[(Age, u32)] = &[(Age::From65, 8), (Age::From70, 32), (Age::From80, 46), (Age::From90, 14)];
const PUPILS: &[(Age, u32)] =
    &[(Age::From6, 17), (Age::From8, 33), (Age::From12, 17), (Age::From14, 17), (Age::From16, 16)];
const CHILDREN: &[(Age, u32)] =
    &[(Age::From0, 22), (Age::From6, 12), (Age::From8, 26), (Age::From12, 14), (Age::From14, 14), (Age::From16, 12)];
/// Left-behind children by age (national registry 2018: 0–5 21.7 %, 6–13 67.4 %, 14–16 10.9 %).
const LEFT_BEHIND: &[(Age, u32)] =
    &[(Age::From0, 217), (Age::From6, 169), (Age::From8, 337), (Age::From12, 168), (Age::From14, 109)];
const YOUTHS: &[(Age, u32)] = &[(Age::From12, 20), (Age::From14, 40), (Age::From16, 40)];
const WORKING: &[(Age, u32)] = &[(Age::From16, 1), (Age::From18, 45), (Age::From35, 54)];
const ALL_AGES: &[(Age, u32)] = &[
    (Age::From0, 3),
    (Age::From6, 2),
    (Age::From8, 4),
    (Age::From14, 4),
    (Age::From18, 12),
    (Age::From35, 35),
    (Age::From60, 10),
    (Age::From65, 10),
    (Age::From70, 15),
    (Age::From80, 5),
];

/// What the needs of a stream look like.
pub(crate) fn profile(kind: StreamKind) -> Profile {
    let usual = Profile {
        grades: &[],
        services: &[],
        services_at_red: &[],
        ages: ADULTS,
        women: 510,
        groups: &[],
        also: &[],
        confidentiality: Secret::Internal,
        statutory: false,
        weights: (1, 1),
    };
    let elderly = Profile {
        ages: OLD,
        women: 560,
        groups: &[Group::Elderly],
        also: &[(Group::Veteran, 30), (Group::BereavedOneChild, 10), (Group::PoorHousehold, 60)],
        weights: (4, 3),
        ..usual
    };
    let child = Profile {
        ages: CHILDREN,
        women: 470,
        groups: &[Group::Child],
        also: &[(Group::PoorHousehold, 150)],
        confidentiality: Secret::Sensitive,
        statutory: true,
        ..usual
    };
    let project = Profile { ages: &[], women: 0, confidentiality: Secret::Open, ..usual };

    match kind {
        StreamKind::ElderlyMild => Profile {
            grades: &[(("elderly_ability:1", Blue), 1)],
            services: &[(Does::Visit, 50), (Does::HomeHelp, 30), (Does::Activity, 20)],
            ..elderly
        },
        StreamKind::ElderlyModerate => Profile {
            grades: &[(("elderly_ability:2", Yellow), 1)],
            services: &[
                (Does::HomeHelp, 38),
                (Does::Visit, 28),
                (Does::PersonalCare, 18),
                (Does::CaseWork, 8),
                (Does::RehabTraining, 8),
            ],
            ..elderly
        },
        StreamKind::ElderlySevere => Profile {
            grades: &[(("elderly_ability:3", Red), 1)],
            services: &[
                (Does::PersonalCare, 45),
                (Does::HomeHelp, 27),
                (Does::Respite, 12),
                (Does::Visit, 10),
                (Does::CaseWork, 6),
            ],
            ages: OLDEST,
            confidentiality: Secret::Sensitive,
            ..elderly
        },
        StreamKind::ElderlyTotal => Profile {
            grades: &[(("elderly_ability:4", Red), 1)],
            services: &[(Does::PersonalCare, 65), (Does::Respite, 20), (Does::Visit, 15)],
            ages: OLDEST,
            confidentiality: Secret::Sensitive,
            ..elderly
        },
        StreamKind::LeftBehindElderly => Profile {
            grades: &[
                (("living_situation:1", Blue), 35),
                (("living_situation:2", Yellow), 55),
                (("living_situation:critical", Red), 10),
            ],
            services: &[(Does::Visit, 65), (Does::HomeHelp, 20), (Does::Activity, 10), (Does::PsychSupport, 5)],
            groups: &[Group::Elderly, Group::LeftBehind],
            weights: (8, 1),
            ..elderly
        },
        StreamKind::EndOfLife => Profile {
            grades: &[(("elderly_ability:3", Red), 40), (("local:2", Yellow), 60)],
            services: &[(Does::Visit, 50), (Does::PsychSupport, 30), (Does::CaseWork, 20)],
            ages: OLDEST,
            confidentiality: Secret::HealthOrVictim,
            ..elderly
        },
        // 80.6 % stable (national report, end of 2018); the rest by the risk classes 1 to 5.
        StreamKind::SevereMentalDisorder => Profile {
            grades: &[
                (("smi:0", Blue), 806),
                (("smi:1", Yellow), 130),
                (("smi:2", Yellow), 50),
                (("smi:3", Red), 8),
                (("smi:4", Red), 3),
                (("smi:5", Red), 1),
                (("smi:unstable", Red), 2),
            ],
            services: &[
                (Does::Visit, 50),
                (Does::RehabTraining, 28),
                (Does::CaseWork, 15),
                (Does::PsychSupport, 6),
                (Does::PsychTreatment, 1),
            ],
            services_at_red: &[(Does::Visit, 80), (Does::PsychTreatment, 20)],
            groups: &[Group::SevereMentalDisorder],
            also: &[(Group::Disabled, 400), (Group::PoorHousehold, 250)],
            confidentiality: Secret::HealthOrVictim,
            statutory: true,
            ..usual
        },
        StreamKind::Depression => Profile {
            grades: &[
                (("phq9:7", Blue), 50),
                (("phq9:12", Yellow), 30),
                (("phq9:17", Yellow), 12),
                (("phq9:22", Red), 5),
                (("phq9:self_harm", Red), 3),
            ],
            services: &[(Does::PsychSupport, 85), (Does::CaseWork, 12), (Does::PsychTreatment, 3)],
            services_at_red: &[(Does::PsychTreatment, 60), (Does::PsychSupport, 40)],
            women: 620,
            confidentiality: Secret::HealthOrVictim,
            ..usual
        },
        // Women 13 %, minors 1 % (usual shares of correction subjects).
        StreamKind::Correction => Profile {
            grades: &[
                (("correction:final_months", Green), 15),
                (("correction:ordinary", Blue), 70),
                (("correction:strict", Yellow), 13),
                (("correction:electronic_monitoring", Red), 2),
            ],
            services: &[
                (Does::CorrectionHelp, 60),
                (Does::CaseWork, 15),
                (Does::EmploymentHelp, 12),
                (Does::PsychSupport, 6),
                (Does::Visit, 5),
                (Does::LawEnforcement, 2),
            ],
            ages: &[(Age::From16, 1), (Age::From18, 44), (Age::From35, 52), (Age::From60, 3)],
            women: 130,
            groups: &[Group::CorrectionSubject],
            confidentiality: Secret::Sealed,
            statutory: true,
            ..usual
        },
        StreamKind::Orphan => Profile {
            grades: &[
                (("child:green", Green), 30),
                (("child:blue", Blue), 54),
                (("child:yellow", Yellow), 12),
                (("child:no_guardian", Red), 4),
            ],
            services: &[
                (Does::Visit, 45),
                (Does::Tutoring, 22),
                (Does::FamilyEdu, 15),
                (Does::CaseWork, 13),
                (Does::PsychSupport, 5),
            ],
            ..child
        },
        // Boys 54.5 % (national registry 2018); colours for a stress case around those of one district.
        StreamKind::LeftBehindChild => Profile {
            grades: &[
                (("child:green", Green), 40),
                (("child:blue", Blue), 54),
                (("child:yellow", Yellow), 5),
                (("child:red", Red), 1),
            ],
            services: &[
                (Does::Visit, 50),
                (Does::Tutoring, 25),
                (Does::FamilyEdu, 10),
                (Does::Activity, 10),
                (Does::CaseWork, 5),
            ],
            ages: LEFT_BEHIND,
            women: 455,
            groups: &[Group::Child, Group::LeftBehind],
            weights: (1, 0),
            ..child
        },
        StreamKind::LeftBehindWoman => Profile {
            grades: &[(("green", Green), 60), (("blue", Blue), 30), (("yellow", Yellow), 9), (("red", Red), 1)],
            services: &[
                (Does::Activity, 40),
                (Does::Visit, 22),
                (Does::EmploymentHelp, 15),
                (Does::PsychSupport, 10),
                (Does::GroupWork, 8),
                (Does::LegalAid, 5),
            ],
            ages: WORKING,
            women: 1000,
            groups: &[Group::Woman, Group::LeftBehind],
            weights: (1, 0),
            ..usual
        },
        StreamKind::Disability => Profile {
            grades: &[
                (("disability:4", Green), 30),
                (("disability:3", Blue), 30),
                (("disability:2", Yellow), 31),
                (("disability:1", Red), 8),
                (("disability:multiple_household", Red), 1),
            ],
            services: &[
                (Does::RehabTraining, 28),
                (Does::Visit, 22),
                (Does::HomeHelp, 16),
                (Does::EmploymentHelp, 14),
                (Does::ResourceLink, 12),
                (Does::CaseWork, 8),
            ],
            services_at_red: &[
                (Does::PersonalCare, 40),
                (Does::HomeHelp, 30),
                (Does::Respite, 15),
                (Does::CaseWork, 15),
            ],
            ages: ALL_AGES,
            women: 450,
            groups: &[Group::Disabled],
            also: &[(Group::PoorHousehold, 250)],
            confidentiality: Secret::Sensitive,
            ..usual
        },
        StreamKind::PoorHousehold => Profile {
            grades: &[
                (("poverty:marginal", Green), 40),
                (("poverty:dibao", Blue), 47),
                (("poverty:tekun", Yellow), 10),
                (("poverty:emergency", Red), 3),
            ],
            services: &[(Does::ResourceLink, 35), (Does::Visit, 27), (Does::EmploymentHelp, 20), (Does::CaseWork, 18)],
            ages: &[(Age::From18, 15), (Age::From35, 45), (Age::From60, 12), (Age::From65, 12), (Age::From70, 16)],
            groups: &[Group::PoorHousehold],
            also: &[(Group::Disabled, 200), (Group::Unemployed, 200)],
            weights: (3, 2),
            ..usual
        },
        StreamKind::PoorPupil => Profile {
            grades: &[(("local:0", Green), 50), (("local:1", Blue), 40), (("local:2", Yellow), 10)],
            services: &[(Does::Tutoring, 58), (Does::ResourceLink, 25), (Does::FamilyEdu, 17)],
            ages: PUPILS,
            groups: &[Group::Child, Group::PoorHousehold],
            confidentiality: Secret::Internal,
            statutory: false,
            weights: (3, 2),
            ..child
        },
        StreamKind::Unemployed => Profile {
            grades: &[
                (("employment:registered", Green), 45),
                (("employment:long_term", Blue), 35),
                (("employment:difficult", Yellow), 18),
                (("employment:zero_employment_dibao", Red), 2),
            ],
            services: &[(Does::EmploymentHelp, 85), (Does::ResourceLink, 15)],
            ages: WORKING,
            women: 480,
            groups: &[Group::Unemployed],
            weights: (2, 3),
            ..usual
        },
        StreamKind::MigrantWorker => Profile {
            grades: &[(("local:0", Green), 55), (("local:1", Blue), 35), (("local:2", Yellow), 10)],
            services: &[
                (Does::ResourceLink, 32),
                (Does::EmploymentHelp, 25),
                (Does::Activity, 23),
                (Does::LegalAid, 12),
                (Does::Visit, 8),
            ],
            ages: WORKING,
            women: 420,
            groups: &[Group::Migrant],
            also: &[(Group::RuralMigrantWorker, 700)],
            weights: (1, 4),
            ..usual
        },
        StreamKind::Misconduct => Profile {
            grades: &[
                (("youth_behaviour:isolated", Green), 30),
                (("youth_behaviour:repeated", Blue), 40),
                (("youth_behaviour:serious", Yellow), 24),
                (("youth_behaviour:serious_repeated", Red), 6),
            ],
            services: &[(Does::CaseWork, 42), (Does::FamilyEdu, 30), (Does::PsychSupport, 16), (Does::Activity, 12)],
            ages: YOUTHS,
            women: 180,
            groups: &[Group::YouthMisconduct],
            confidentiality: Secret::Sealed,
            ..child
        },
        StreamKind::PrisonerChild => Profile {
            grades: &[
                (("child:green", Green), 35),
                (("child:blue", Blue), 45),
                (("child:yellow", Yellow), 16),
                (("child:red", Red), 4),
            ],
            services: &[(Does::Visit, 42), (Does::Tutoring, 24), (Does::CaseWork, 20), (Does::PsychSupport, 14)],
            groups: &[Group::Child, Group::PrisonerChild],
            confidentiality: Secret::HealthOrVictim,
            statutory: false,
            ..child
        },
        StreamKind::FamilyViolence => Profile {
            grades: &[
                (("women_family:advice", Green), 30),
                (("women_family:conflict", Blue), 36),
                (("women_family:violence_reported", Yellow), 24),
                (("women_family:injury", Red), 6),
                (("women_family:protection_order", Red), 4),
            ],
            services: &[
                (Does::CaseWork, 28),
                (Does::Mediation, 22),
                (Does::PsychSupport, 20),
                (Does::LegalAid, 18),
                (Does::ResourceLink, 12),
            ],
            services_at_red: &[
                (Does::CaseWork, 45),
                (Does::PsychSupport, 30),
                (Does::LegalAid, 20),
                (Does::Mediation, 5),
            ],
            ages: &[(Age::From14, 2), (Age::From16, 2), (Age::From18, 40), (Age::From35, 50), (Age::From60, 6)],
            women: 930,
            groups: &[],
            confidentiality: Secret::HealthOrVictim,
            ..usual
        },
        StreamKind::Dispute => Profile {
            grades: &[(("local:0", Green), 50), (("local:1", Blue), 40), (("local:2", Yellow), 10)],
            services: &[(Does::Mediation, 85), (Does::LegalAid, 15)],
            confidentiality: Secret::Internal,
            ..project
        },
        StreamKind::Integration => Profile {
            grades: &[(("green", Green), 80), (("blue", Blue), 20)],
            services: &[(Does::Activity, 60), (Does::GroupWork, 20), (Does::ResourceLink, 20)],
            ..project
        },
        StreamKind::Surroundings => Profile {
            grades: &[(("green", Green), 85), (("blue", Blue), 15)],
            services: &[(Does::Activity, 80), (Does::ResourceLink, 20)],
            ..project
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prevalence::STREAMS;

    #[test]
    fn every_stream_has_grades_and_services() {
        for stream in STREAMS {
            let profile = profile(stream.kind);
            assert!(!profile.grades.is_empty() && !profile.services.is_empty(), "{:?}", stream.kind);
            assert!(profile.women <= 1000);
        }
    }

    #[test]
    fn every_service_is_asked_for() {
        for service in ServiceType::ALL {
            let asked = STREAMS.iter().any(|stream| {
                let profile = profile(stream.kind);
                profile.services.iter().chain(profile.services_at_red).any(|(asked, _)| asked == service)
            });
            assert!(asked, "{service:?}");
        }
    }
}
