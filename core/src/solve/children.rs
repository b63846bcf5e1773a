//! The children of large groups, cheapest first.
//!
//! A forward search that comes to a group goes on to those of its children that are near enough. In a group of
//! thousands it must not look at all of them each time. Potentials only rise while free needs are settled, so children
//! in the order of potentials of some time ago are in the order of lower bounds.

use super::forest::Forest;

/// Smaller groups are looked at as a whole.
const LARGE: usize = 32;
/// The order is made anew after so many looks at a group for each of its children: then it has paid for itself.
const LOOKS_PER_CHILD: usize = 1;

/// The children of all groups; those of large groups in order.
pub(super) struct Children {
    /// For each inner node its children with their potentials of some time ago, cheapest first; empty for small groups.
    order: Vec<Vec<(i64, u32)>>,
    /// How many children have been looked at since the order was made.
    looks: Vec<usize>,
}

impl Children {
    pub(super) fn new(forest: &Forest, potential: &[i64]) -> Self {
        let order_of = |v: usize| {
            let children = forest.children(v as u32);
            let mut order: Vec<(i64, u32)> = Vec::new();
            if children.len() > LARGE {
                order.extend(children.iter().map(|&child| (potential[child as usize], child)));
                order.sort_unstable();
            }
            order
        };
        Self { order: forest.inner().map(order_of).collect(), looks: vec![0; forest.inner().len()] }
    }

    /// Visits the children of an inner node whose potential may be below `bound`, and perhaps others.
    #[inline]
    pub(super) fn visit_below(
        &mut self,
        forest: &Forest,
        potential: &[i64],
        v: u32,
        bound: i64,
        mut visit: impl FnMut(u32),
    ) {
        let k = v as usize - forest.n_leaves;
        let order = &mut self.order[k];
        if order.is_empty() {
            forest.children(v).iter().for_each(|&child| visit(child));
            return;
        }
        if self.looks[k] > LOOKS_PER_CHILD * order.len() {
            order.iter_mut().for_each(|(known, child)| *known = potential[*child as usize]);
            order.sort_unstable();
            self.looks[k] = 0;
        }
        let near = order.partition_point(|&(known, _)| known < bound);
        self.looks[k] += near;
        order[..near].iter().for_each(|&(_, child)| visit(child));
    }
}
