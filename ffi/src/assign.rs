//! The low level: arrays in, arrays out.

use needmatch::{Network, Total, assign};

use crate::boundary::{self, Failure, OutSlice, guard_with_error};
use crate::control::{self, needmatch_control};
use crate::engine::{self, needmatch_engine, needmatch_engine_reason};
use crate::error::needmatch_error;
use crate::options::{self, needmatch_options};
use crate::status::*;

/// Assigns needs to the nodes of a supply forest at the greatest total, without any rule or word of the field.
///
/// Need i may take one place at any of the nodes `node[k]`, at `score[k]`, for k from `indptr[i]` up to but not
/// including `indptr[i + 1]`. A node and all nodes under it take at most `capacity` needs together. Needs of a higher
/// tier are served first, whatever the scores; in tier 0 a need counts by its score alone and stays out rather than
/// take a place at a negative score.
///
/// Inputs: `indptr` [n_needs + 1]; `node` and `score` [n_edges]; `capacity` [n_nodes]; `parent` [n_nodes] with -1 for
/// a root, or NULL if all are roots; `tier` [n_needs] from 0 to 63, or NULL if all are 0.
/// `options` may be NULL and `control` may be 0.
///
/// Outputs: `node_out` [n_needs] with -1 for a need that is not served; `price_tier_out` and `price_score_out`
/// [n_nodes], each node's own price of one more place, first in tiers and then in score; `total_tier_out` and
/// `total_score_out`, the sums over the needs that are served; `bound_tier_out` and `bound_score_out`, what the prices
/// prove that no assignment exceeds; `engine_out` and `engine_reason_out`, the engine that solved it and why that one.
/// Each output except `node_out` may be NULL.
/// The bound is the total, so that no assignment has a greater one, unless needmatch_control_set_work_limit ended the run
/// before.
///
/// Returns NEEDMATCH_E_RANGE if a total or a bound does not fit 64 bits.
///
/// # Safety
///
/// The arrays have the shapes above and none of the inputs changes during the call; `options` is NULL or points to
/// `struct_size` bytes; `error_out` is NULL or valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_assign(
    indptr: *const u64,
    n_needs: usize,
    node: *const u32,
    score: *const i64,
    n_edges: usize,
    capacity: *const u64,
    parent: *const i64,
    n_nodes: usize,
    tier: *const u8,
    options: *const needmatch_options,
    control: needmatch_control,
    node_out: *mut i64,
    price_tier_out: *mut i64,
    price_score_out: *mut i64,
    total_tier_out: *mut i64,
    total_score_out: *mut i64,
    bound_tier_out: *mut i64,
    bound_score_out: *mut i64,
    engine_out: *mut needmatch_engine,
    engine_reason_out: *mut needmatch_engine_reason,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        let n_rows = n_needs.checked_add(1).ok_or(Failure::argument(NEEDMATCH_E_RANGE, "n_needs"))?;
        // SAFETY: the caller's promises, passed on unchanged, here and in all lines up to the options.
        let indptr = unsafe { boundary::slice(indptr, n_rows, "indptr") }?;
        // SAFETY: as above.
        let node = unsafe { boundary::slice(node, n_edges, "node") }?;
        // SAFETY: as above.
        let score = unsafe { boundary::slice(score, n_edges, "score") }?;
        // SAFETY: as above.
        let capacity = unsafe { boundary::slice(capacity, n_nodes, "capacity") }?;
        // SAFETY: as above.
        let parent = unsafe { boundary::optional_slice(parent, n_nodes, "parent") }?;
        // SAFETY: as above.
        let tier = unsafe { boundary::optional_slice(tier, n_needs, "tier") }?;
        // SAFETY: as above.
        let given = unsafe { options::read(options) }?;
        if node_out.is_null() && n_needs > 0 {
            return Err(Failure::argument(NEEDMATCH_E_NULL, "node_out"));
        }
        // SAFETY: as above.
        let node_out = unsafe { OutSlice::new(node_out, n_needs, "node_out") }?;
        // SAFETY: as above.
        let price_tier_out = unsafe { OutSlice::new(price_tier_out, n_nodes, "price_tier_out") }?;
        // SAFETY: as above.
        let price_score_out = unsafe { OutSlice::new(price_score_out, n_nodes, "price_score_out") }?;
        // SAFETY: as above.
        let total_tier_out = unsafe { OutSlice::new(total_tier_out, 1, "total_tier_out") }?;
        // SAFETY: as above.
        let total_score_out = unsafe { OutSlice::new(total_score_out, 1, "total_score_out") }?;
        // SAFETY: as above.
        let bound_tier_out = unsafe { OutSlice::new(bound_tier_out, 1, "bound_tier_out") }?;
        // SAFETY: as above.
        let bound_score_out = unsafe { OutSlice::new(bound_score_out, 1, "bound_score_out") }?;
        // SAFETY: as above.
        let engine_out = unsafe { OutSlice::new(engine_out, 1, "engine_out") }?;
        // SAFETY: as above.
        let engine_reason_out = unsafe { OutSlice::new(engine_reason_out, 1, "engine_reason_out") }?;
        let control = control::optional(control)?;

        // Copies, so that what is checked is what is used.
        let (indptr, node, score) = (rows(indptr), boundary::copy(node)?, boundary::copy(score)?);
        let (capacity, tier) = (boundary::copy(capacity)?, tier.map(boundary::copy).transpose()?);
        let mut network = Network::new(&indptr, &node, &score, &capacity)?;
        if let Some(parent) = parent {
            network = network.with_parents(&parents(parent))?;
        }
        if let Some(tier) = &tier {
            network = network.with_tiers(tier)?;
        }
        let assigned = assign(&network, &given.with(control.as_deref()))?;

        let fits = |total: Total, name| {
            let fits = |sum: i128| i64::try_from(sum).map_err(|_| Failure::argument(NEEDMATCH_E_RANGE, name));
            Ok::<_, Failure>((fits(total.tier)?, fits(total.score)?))
        };
        let (total_tier, total_score) = fits(assigned.total, "total")?;
        let (bound_tier, bound_score) = fits(assigned.bound, "bound")?;
        let (engine, engine_reason) =
            (engine::number(assigned.engine)?, engine::reason_number(assigned.engine_reason)?);
        node_out.write(assigned.node.iter().map(|node| node.map_or(-1, i64::from)));
        price_tier_out.write(assigned.price.iter().map(|price| price.tier));
        price_score_out.write(assigned.price.iter().map(|price| price.score));
        total_tier_out.write([total_tier].into_iter());
        total_score_out.write([total_score].into_iter());
        bound_tier_out.write([bound_tier].into_iter());
        bound_score_out.write([bound_score].into_iter());
        engine_out.write([engine].into_iter());
        engine_reason_out.write([engine_reason].into_iter());
        Ok(())
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

/// What is no position becomes the greatest number, which the core refuses.
pub(crate) fn rows(indptr: &[u64]) -> Vec<usize> {
    indptr.iter().map(|&at| usize::try_from(at).unwrap_or(usize::MAX)).collect()
}

/// -1 is a root. What is no node becomes the greatest number, which the core refuses at its row.
pub(crate) fn parents(parent: &[i64]) -> Vec<Option<u32>> {
    parent.iter().map(|&p| if p == -1 { None } else { Some(u32::try_from(p).unwrap_or(u32::MAX)) }).collect()
}
