//! Whether a candidate would give a resident somebody else than the current provider.

use super::measure::ProviderSide;
use crate::model::Need;

/// Whether the pair is a switch: the resident has a current provider, and this is another one. Where a current worker is on
/// record, that is every other worker and every organization that names none; where only an organization is, who comes is
/// not known, so it is every provider of another organization.
pub(super) fn is_switch(need: &Need, provider: &ProviderSide) -> bool {
    match (need.current_worker, need.current_organization) {
        (Some(worker), _) => provider.worker != Some(worker),
        (None, Some(organization)) => provider.organization != organization,
        (None, None) => false,
    }
}
