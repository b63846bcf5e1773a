//! Whom the law protects as a minor, and which facts about a resident must be reported at once.

use super::Need;
use super::codes::Guardianship;
use crate::policy::Minors;

/// Whether the subject is a minor: by age, by a case that began as juvenile, or by the policy's domains and groups of
/// minors; an unknown age counts as minor outside the policy's domains and groups of adults.
pub(crate) fn is_minor(need: &Need, minors: Minors) -> bool {
    let minor_by_kind = minors.domains.contains(need.domain) || minors.groups.intersects(need.groups);
    let adult_by_kind = minors.adult_domains.contains(need.domain) || minors.adult_groups.intersects(need.groups);
    need.juvenile_case || minor_by_kind || need.age_band.map_or(!adult_by_kind, |age| age.is_minor())
}

/// Whether the subject is below 8 and left unattended, or below 16 and living alone (H19); a minor of unknown age counts
/// as below 8.
pub(crate) fn is_left_alone(need: &Need, minors: Minors) -> bool {
    match need.guardianship {
        Some(Guardianship::Unattended) => need.age_band.map_or(is_minor(need, minors), |age| age.needs_attendance()),
        Some(Guardianship::LivingAlone) => need.age_band.map_or(is_minor(need, minors), |age| age.may_not_live_alone()),
        Some(Guardianship::Present) | None => false,
    }
}

/// Whether the need is a statutory emergency: reported and answered at once, and red whatever the table says.
pub(crate) fn is_immediate(need: &Need, minors: Minors) -> bool {
    !need.emergencies.is_empty() || is_left_alone(need, minors)
}
