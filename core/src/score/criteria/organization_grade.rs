//! The organization's assessment grade.

use crate::policy::Policy;
use crate::score::measure::{Measure, NeedSide, ProviderSide};

/// 5A.
const BEST_GRADE: u32 = 5;

/// The valid grade of the worker's organization, or of the one that serves directly, as a share of 5A; 0 without.
pub(super) struct OrganizationGrade;

impl Measure for OrganizationGrade {
    fn value(&self, _: &NeedSide<'_>, provider: &ProviderSide, _: &Policy) -> f64 {
        f64::from(provider.grade) / f64::from(BEST_GRADE)
    }
}
