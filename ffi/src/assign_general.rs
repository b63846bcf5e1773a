//! The low level with floors, groups of needs and costs of places: arrays in, arrays out.

use needmatch::{Demand, Loads, Network, assign};

use crate::assign::{parents, rows};
use crate::boundary::{self, Failure, OutSlice, guard_with_error};
use crate::control::{self, needmatch_control};
use crate::engine::{self, needmatch_engine, needmatch_engine_reason};
use crate::error::needmatch_error;
use crate::options::{self, needmatch_options};
use crate::status::*;

/// Assigns needs to nodes as needmatch_assign does, with floors, groups of needs and costs of places.
///
/// `floor` [n_nodes]: so many places at a node and under it must be taken; NULL for none.
/// `demand_group` [n_needs]: the lowest group of each need, or -1; of each group and the groups under it
/// (`demand_parent` [n_groups], -1 for a root, or NULL if all are roots) at least `demand_floor` and at most `demand_cap`
/// needs are served, both [n_groups]; all NULL and n_groups 0 for none.
/// `load_indptr` [n_nodes + 1], `load_from` and `load_cost` [n_breakpoints]: for k from `load_indptr[v]` up to but not
/// including `load_indptr[v + 1]`, each place of node v after the first `load_from[k]` costs `load_cost[k]`, up to the
/// next breakpoint; costs never decrease within a node. All NULL and n_breakpoints 0 for none.
/// Everything else goes in as it does there.
///
/// Outputs: `node_out` [n_needs] with -1 for a need that is not served. `missing_out`: 0, or by how much floors ask for
/// more than caps allow, where they cannot all be met; nobody is served then, and `tight_need_out` [n_needs],
/// `tight_group_out` [n_groups] and `tight_node_out` [n_nodes] hold 1 for each member of a set that proves it, otherwise
/// 0. `total_tier_out` and `total_score_out`: the sums over the needs that are served, less the costs of their places.
/// `engine_out` and `engine_reason_out`: the engine that solved it and why that one.
/// Each output except `node_out` may be NULL.
///
/// Returns NEEDMATCH_E_RANGE if a total does not fit 64 bits.
///
/// # Safety
///
/// The arrays have the shapes above and none of the inputs changes during the call; `options` is NULL or points to
/// `struct_size` bytes; `error_out` is NULL or valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_assign_general(
    indptr: *const u64,
    n_needs: usize,
    node: *const u32,
    score: *const i64,
    n_edges: usize,
    capacity: *const u64,
    parent: *const i64,
    floor: *const u64,
    n_nodes: usize,
    tier: *const u8,
    demand_group: *const i64,
    demand_parent: *const i64,
    demand_cap: *const u64,
    demand_floor: *const u64,
    n_groups: usize,
    load_indptr: *const u64,
    load_from: *const u64,
    load_cost: *const i64,
    n_breakpoints: usize,
    options: *const needmatch_options,
    control: needmatch_control,
    node_out: *mut i64,
    missing_out: *mut u64,
    tight_need_out: *mut u8,
    tight_group_out: *mut u8,
    tight_node_out: *mut u8,
    total_tier_out: *mut i64,
    total_score_out: *mut i64,
    engine_out: *mut needmatch_engine,
    engine_reason_out: *mut needmatch_engine_reason,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        let too_many = |name| Failure::argument(NEEDMATCH_E_RANGE, name);
        let n_rows = n_needs.checked_add(1).ok_or(too_many("n_needs"))?;
        let n_load_rows = n_nodes.checked_add(1).ok_or(too_many("n_nodes"))?;
        // SAFETY: the caller's promises, passed on unchanged, here and in all lines up to the outputs.
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
        let floor = unsafe { boundary::optional_slice(floor, n_nodes, "floor") }?;
        // SAFETY: as above.
        let tier = unsafe { boundary::optional_slice(tier, n_needs, "tier") }?;
        // SAFETY: as above.
        let demand_group = unsafe { boundary::optional_slice(demand_group, n_needs, "demand_group") }?;
        // SAFETY: as above.
        let demand_parent = unsafe { boundary::optional_slice(demand_parent, n_groups, "demand_parent") }?;
        // SAFETY: as above.
        let demand_cap = unsafe { boundary::slice(demand_cap, n_groups, "demand_cap") }?;
        // SAFETY: as above.
        let demand_floor = unsafe { boundary::slice(demand_floor, n_groups, "demand_floor") }?;
        // SAFETY: as above.
        let load_indptr = unsafe { boundary::optional_slice(load_indptr, n_load_rows, "load_indptr") }?;
        // SAFETY: as above.
        let load_from = unsafe { boundary::slice(load_from, n_breakpoints, "load_from") }?;
        // SAFETY: as above.
        let load_cost = unsafe { boundary::slice(load_cost, n_breakpoints, "load_cost") }?;
        // SAFETY: as above.
        let given = unsafe { options::read(options) }?;
        if node_out.is_null() && n_needs > 0 {
            return Err(Failure::argument(NEEDMATCH_E_NULL, "node_out"));
        }
        // SAFETY: as above.
        let node_out = unsafe { OutSlice::new(node_out, n_needs, "node_out") }?;
        // SAFETY: as above.
        let missing_out = unsafe { OutSlice::new(missing_out, 1, "missing_out") }?;
        // SAFETY: as above.
        let tight_need_out = unsafe { OutSlice::new(tight_need_out, n_needs, "tight_need_out") }?;
        // SAFETY: as above.
        let tight_group_out = unsafe { OutSlice::new(tight_group_out, n_groups, "tight_group_out") }?;
        // SAFETY: as above.
        let tight_node_out = unsafe { OutSlice::new(tight_node_out, n_nodes, "tight_node_out") }?;
        // SAFETY: as above.
        let total_tier_out = unsafe { OutSlice::new(total_tier_out, 1, "total_tier_out") }?;
        // SAFETY: as above.
        let total_score_out = unsafe { OutSlice::new(total_score_out, 1, "total_score_out") }?;
        // SAFETY: as above.
        let engine_out = unsafe { OutSlice::new(engine_out, 1, "engine_out") }?;
        // SAFETY: as above.
        let engine_reason_out = unsafe { OutSlice::new(engine_reason_out, 1, "engine_reason_out") }?;
        let control = control::optional(control)?;

        // Copies, so that what is checked is what is used.
        let (indptr, node, score) = (rows(indptr), boundary::copy(node)?, boundary::copy(score)?);
        let (capacity, tier) = (boundary::copy(capacity)?, tier.map(boundary::copy).transpose()?);
        let floor = floor.map(boundary::copy).transpose()?;
        let groups = (demand_parent.map_or_else(|| vec![None; n_groups], parents), boundary::copy(demand_cap)?);
        let (group_of_need, demand_floor) = (demand_group.map(parents), boundary::copy(demand_floor)?);
        let load_indptr = load_indptr.map(rows);
        let (load_from, load_cost) = (boundary::copy(load_from)?, boundary::copy(load_cost)?);
        let mut network = Network::new(&indptr, &node, &score, &capacity)?;
        if let Some(parent) = parent {
            network = network.with_parents(&parents(parent))?;
        }
        if let Some(tier) = &tier {
            network = network.with_tiers(tier)?;
        }
        if let Some(floor) = &floor {
            network = network.with_floors(floor)?;
        }
        if let Some(group_of_need) = &group_of_need {
            let (parent, cap) = (&groups.0, &groups.1);
            network = network.with_demand(Demand { group_of_need, parent, cap, floor: &demand_floor })?;
        }
        if let Some(indptr) = &load_indptr {
            network = network.with_loads(Loads { indptr, from: &load_from, cost: &load_cost })?;
        }
        let assigned = assign(&network, &given.with(control.as_deref()))?;

        let fits = |sum: i128| i64::try_from(sum).map_err(|_| Failure::argument(NEEDMATCH_E_RANGE, "total"));
        let (total_tier, total_score) = (fits(assigned.total.tier)?, fits(assigned.total.score)?);
        let (engine, engine_reason) =
            (engine::number(assigned.engine)?, engine::reason_number(assigned.engine_reason)?);
        let tight = assigned.infeasible.as_ref();
        // The lists ascend.
        let members = |list: Option<&Vec<u32>>, n: usize| {
            let list = list.cloned().unwrap_or_default();
            (0..n).map(move |x| u8::from(list.binary_search(&(x as u32)).is_ok()))
        };
        node_out.write(assigned.node.iter().map(|node| node.map_or(-1, i64::from)));
        missing_out.write([tight.map_or(0, |tight| tight.missing)].into_iter());
        tight_need_out.write(members(tight.map(|tight| &tight.needs), n_needs));
        tight_group_out.write(members(tight.map(|tight| &tight.groups), n_groups));
        tight_node_out.write(members(tight.map(|tight| &tight.nodes), n_nodes));
        total_tier_out.write([total_tier].into_iter());
        total_score_out.write([total_score].into_iter());
        engine_out.write([engine].into_iter());
        engine_reason_out.write([engine_reason].into_iter());
        Ok(())
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}
