//! Whether resident and worker share a language.

use crate::policy::Policy;
use crate::score::measure::{Measure, NeedSide, ProviderSide};

/// 1 if the worker speaks one of the resident's languages, or if none is on record for the resident; else 0. Of an
/// organization that names no worker no language is known.
pub(super) struct SharedLanguage;

impl Measure for SharedLanguage {
    fn value(&self, need: &NeedSide<'_>, provider: &ProviderSide, _: &Policy) -> f64 {
        let asked = need.need.languages;
        if asked.is_empty() || asked.intersects(provider.languages) { 1.0 } else { 0.0 }
    }
}
