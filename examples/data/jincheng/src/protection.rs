//! Who looks after the children of the sample, and who is in an emergency. A stream of its own, so that it disturbs no
//! other fact.

use needmatch::model::codes::{AgeBand, ClientGroup, Domain, Emergency, Guardianship};

use crate::needs::Need;
use crate::random::{Purpose, Random};

/// Children of whom it is on record who looks after them, per mille (assumption).
const RECORDED: u32 = 400;
/// Children below 8 who were found unattended, and children below 16 who were found living alone, per mille of those
/// with a record (assumption: a handful in a county).
const UNATTENDED: u32 = 60;
const LIVING_ALONE: u32 = 40;

/// Needs in an emergency, per mille of those where one may be found (assumption: a handful in a county).
const MINORS_HARMED: u32 = 3;
/// Of victims of violence those of no or limited capacity.
const VIOLENCE_AGAINST_DEPENDENTS: u32 = 60;
const SELF_HARM: u32 = 40;
const DANGER_TO_OTHERS: u32 = 5;

/// Writes down who looks after each minor, as far as it is on record, and which needs are emergencies.
pub(crate) fn protect(needs: &mut [Need], seed: u64, prefecture: usize) {
    let mut random = Random::new(seed, Purpose::Protection, prefecture);
    for need in needs {
        let Some((age, _)) = need.person else { continue };
        if age.is_minor() {
            need.guardianship = random.chance(RECORDED).then(|| found(&mut random, age));
        }
        need.emergencies = emergencies(&mut random, need, age);
    }
}

fn emergencies(random: &mut Random, need: &Need, age: AgeBand) -> Vec<Emergency> {
    let is_victim = need.groups.contains(&ClientGroup::ViolenceVictim);
    let is_ill = need.groups.contains(&ClientGroup::SevereMentalDisorder);
    let chances = [
        (Emergency::HarmToMinor, age.is_minor(), MINORS_HARMED),
        (Emergency::DomesticViolence, is_victim && !age.is_minor(), VIOLENCE_AGAINST_DEPENDENTS),
        (Emergency::SelfHarm, need.grade == "phq9:self_harm", 1000),
        (Emergency::SelfHarm, need.domain == Domain::PsychologicalSupport, SELF_HARM),
        (Emergency::DangerToOthers, need.grade == "smi:5", 1000),
        (Emergency::DangerToOthers, is_ill, DANGER_TO_OTHERS),
    ];
    let found = chances.into_iter().filter(|&(_, may_be, per_mille)| may_be && random.chance(per_mille));
    let mut found: Vec<Emergency> = found.map(|(emergency, ..)| emergency).collect();
    found.dedup();
    found
}

fn found(random: &mut Random, age: AgeBand) -> Guardianship {
    let (unattended, living_alone) = (random.chance(UNATTENDED), random.chance(LIVING_ALONE));
    if unattended && age.needs_attendance() {
        Guardianship::Unattended
    } else if living_alone && age.may_not_live_alone() {
        Guardianship::LivingAlone
    } else {
        Guardianship::Present
    }
}
