//! Two matchings, need by need.

use std::cmp::Ordering;

use crate::matching::{Matching, Tier};
use crate::model::NeedId;

/// What became of a need from one matching to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NeedChange {
    /// Somebody else serves it.
    Moved,
    /// It was not served, and is.
    Gained,
    /// It was served, and is no longer.
    Lost,
    /// The same provider serves it.
    Same,
    /// Nobody serves it, before or after.
    Without,
    /// Only the second matching knows it.
    New,
    /// Only the first matching knows it.
    Gone,
}

impl NeedChange {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Moved, Self::Gained, Self::Lost, Self::Same, Self::Without, Self::New, Self::Gone];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Same => "same",
            Self::Without => "without",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }
}

/// Who serves a need, by the caller's identifiers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct ServedBy {
    /// The organization.
    pub organization_id: String,
    /// Its worker; `None` where it serves without naming one.
    pub worker_id: Option<String>,
}

impl ServedBy {
    /// The identifier of the worker, or of the organization that names none.
    #[must_use]
    pub fn id(&self) -> &str {
        self.worker_id.as_deref().unwrap_or(&self.organization_id)
    }
}

/// One need in both matchings.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NeedDifference {
    /// The caller's identifier.
    pub need_id: String,
    /// What became of it.
    pub change: NeedChange,
    /// How urgent it was; `None` where the first matching does not know it.
    pub tier_before: Option<Tier>,
    /// How urgent it is; `None` where the second matching does not know it.
    pub tier_after: Option<Tier>,
    /// Who served it.
    pub before: Option<ServedBy>,
    /// Who serves it.
    pub after: Option<ServedBy>,
}

/// Two matchings beside each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// Every need that either matching knows, in the order of the identifiers' bytes.
    pub needs: Vec<NeedDifference>,
}

impl Difference {
    /// How many needs have so changed.
    #[must_use]
    pub fn count(&self, change: NeedChange) -> usize {
        self.needs.iter().filter(|need| need.change == change).count()
    }
}

/// Aligns two matchings by the identifiers of their needs.
///
/// # Complexity
///
/// O(needs), but for the look-up of assignments.
#[must_use]
pub fn compare(before: &Matching, after: &Matching) -> Difference {
    let (old, new) = (ids(before), ids(after));
    let (mut i, mut k) = (0, 0);
    let mut needs = Vec::with_capacity(old.len().max(new.len()));
    while i < old.len() || k < new.len() {
        let order = match (old.get(i), new.get(k)) {
            (Some((a, _)), Some((b, _))) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            _ => Ordering::Greater,
        };
        let first = (order != Ordering::Greater).then(|| old[i]);
        let second = (order != Ordering::Less).then(|| new[k]);
        i += usize::from(first.is_some());
        k += usize::from(second.is_some());
        needs.push(difference((before, first), (after, second)));
    }
    Difference { needs }
}

type Own<'a> = (&'a Matching, Option<(&'a str, NeedId)>);

fn difference((before, first): Own<'_>, (after, second): Own<'_>) -> NeedDifference {
    let id = first.or(second).map_or("", |(id, _)| id);
    let tier = |matching: &Matching, need: NeedId| Tier::of(matching.problem().needs()[need.index()].risk);
    let old = first.and_then(|(_, need)| served_by(before, need));
    let new = second.and_then(|(_, need)| served_by(after, need));
    let change = match (first.is_some(), second.is_some()) {
        (true, false) => NeedChange::Gone,
        (false, _) => NeedChange::New,
        (true, true) => match (&old, &new) {
            (None, None) => NeedChange::Without,
            (None, Some(_)) => NeedChange::Gained,
            (Some(_), None) => NeedChange::Lost,
            (Some(old), Some(new)) if old == new => NeedChange::Same,
            (Some(_), Some(_)) => NeedChange::Moved,
        },
    };
    NeedDifference {
        need_id: id.to_owned(),
        change,
        tier_before: first.map(|(_, need)| tier(before, need)),
        tier_after: second.map(|(_, need)| tier(after, need)),
        before: old,
        after: new,
    }
}

fn ids(matching: &Matching) -> Vec<(&str, NeedId)> {
    matching.problem().needs_by_id().map(|need| (matching.need_id(need), need)).collect()
}

fn served_by(matching: &Matching, need: NeedId) -> Option<ServedBy> {
    let own = matching.assignment(need)?;
    Some(ServedBy {
        organization_id: matching.organization_id(own.organization).to_owned(),
        worker_id: own.worker.map(|worker| matching.worker_id(worker).to_owned()),
    })
}
