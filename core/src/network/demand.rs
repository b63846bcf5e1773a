//! The demand side: needs in a forest of groups, each with a cap and a floor.

use super::{HierarchyFault, MAX_DEPTH, hierarchy_faults, wrong_length};
use crate::error::{Fault, FaultCode, TableName};

/// A forest of groups of needs, such as households in communities in counties.
///
/// Of all needs in a group and the groups under it, at least `floor` and at most `cap` are served.
///
/// *Shapes*: `group_of_need` `[n_needs]`, `None` for a need in no group; `parent` (`None` for a root), `cap` and `floor`
/// `[n_groups]`.
#[derive(Clone, Copy, Debug)]
pub struct Demand<'a> {
    /// The lowest group that each need belongs to.
    pub group_of_need: &'a [Option<u32>],
    /// The group above each group.
    pub parent: &'a [Option<u32>],
    /// The most needs of each group that may be served; below 2^63.
    pub cap: &'a [u64],
    /// The fewest needs of each group that must be served; at most its cap.
    pub floor: &'a [u64],
}

impl Demand<'_> {
    /// How many groups.
    #[must_use]
    pub fn n_groups(&self) -> usize {
        self.cap.len()
    }

    /// Of each group and the groups under it, how many needs are marked.
    pub(crate) fn count(&self, marked: impl Iterator<Item = bool>) -> Vec<u64> {
        let mut count = vec![0; self.n_groups()];
        for (&group, _) in self.group_of_need.iter().zip(marked).filter(|&(_, is_marked)| is_marked) {
            let path = std::iter::successors(group, |&g| self.parent[g as usize]);
            path.for_each(|g| count[g as usize] += 1);
        }
        count
    }

    /// Everything that is wrong.
    pub(super) fn faults(&self, n_needs: usize) -> Vec<Fault> {
        let n_groups = self.n_groups();
        let mut faults = Vec::new();
        let lengths = [
            ("demand_group", self.group_of_need.len(), n_needs),
            ("demand_parent", self.parent.len(), n_groups),
            ("demand_floor", self.floor.len(), n_groups),
        ];
        faults.extend(lengths.iter().filter(|l| l.1 != l.2).map(|&(array, _, expected)| wrong_length(array, expected)));
        if n_groups > u32::MAX as usize / 2 {
            faults.push(Fault::in_table(TableName::Arrays, FaultCode::TooManyRows, "at most 2^31 groups"));
            return faults;
        }
        faults.extend(outside("demand_group", self.group_of_need, n_groups));
        let above = outside("demand_parent", self.parent, n_groups);
        if above.is_empty() && self.parent.len() == n_groups {
            for (row, fault) in hierarchy_faults(self.parent, MAX_DEPTH) {
                let (code, expected) = match fault {
                    HierarchyFault::Cycle => (FaultCode::CyclicReference, "a forest".to_owned()),
                    HierarchyFault::Depth => (FaultCode::TooDeep, format!("at most {MAX_DEPTH} levels")),
                };
                faults.push(Fault::in_cell(TableName::Arrays, row, "demand_parent", code, expected));
            }
        }
        faults.extend(above);
        faults.extend(faults_of_bounds(("demand_floor", self.floor), ("demand_cap", self.cap)));
        faults
    }
}

/// Indices of groups that are not there.
fn outside(array: &'static str, group: &[Option<u32>], n_groups: usize) -> Vec<Fault> {
    let wrong = group.iter().enumerate().filter(|(_, g)| g.is_some_and(|g| g as usize >= n_groups));
    let expected = || match n_groups {
        0 => "-1, as there are no groups".to_owned(),
        n => format!("-1 or a group from 0 to {}", n - 1),
    };
    wrong
        .map(|(row, _)| Fault::in_cell(TableName::Arrays, row, array, FaultCode::IndexOutOfRange, expected()))
        .collect()
}

/// Caps out of range, and floors above the cap beside them; the fault names both arrays.
pub(super) fn faults_of_bounds(floor: (&'static str, &[u64]), cap: (&'static str, &[u64])) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (row, _) in cap.1.iter().enumerate().filter(|&(_, &cap)| cap > i64::MAX as u64) {
        let expected = format!("a number from 0 to {}", i64::MAX);
        faults.push(Fault::in_cell(TableName::Arrays, row, cap.0, FaultCode::OutOfRange, expected));
    }
    for (row, (_, at_most)) in floor.1.iter().zip(cap.1).enumerate().filter(|(_, (floor, cap))| floor > cap) {
        let expected = format!("at most {at_most}, which is {}[{row}]", cap.0);
        faults.push(Fault::in_cell(TableName::Arrays, row, floor.0, FaultCode::FloorAboveCap, expected));
    }
    faults
}
