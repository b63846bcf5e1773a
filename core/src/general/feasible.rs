//! Can all floors be met? If not, what stands in the way.
//!
//! The same searches as for the optimum, where nothing is worth or costs anything: then every path is as good as any
//! other and a search ends as soon as it finds one. It starts from places that are given out greedily to meet floors.
//! A search that finds no way has closed a set that no unit can leave, or enter; the borders of that set prove that
//! no flow meets all floors.

use super::exact::Stuck;
use super::forest::{Forest, NONE};
use super::needs::{Lists, Needs};
use super::residual::Residual;
use super::search::Search;
use super::weight::Weight;
use super::{forward, reverse};
use crate::control::Control;
use crate::error::Error;
use crate::network::{Network, Score};
use crate::proof::{Shortage, TightSet};

/// A set that proves that the floors cannot be met, or `None` where they can.
pub(super) fn obstacle<S: Score, W: Weight>(
    network: &Network<'_, S>,
    forest: &Forest<W>,
    needs: &Needs<W>,
    control: &Control,
) -> Result<Option<TightSet>, Error> {
    if let Some(tight) = floor_above_needs(network) {
        return Ok(Some(tight));
    }
    if forest.floor.iter().all(|&floor| floor == 0) {
        return Ok(None);
    }
    let forest = forest.without_costs();
    let bonus = vec![W::default(); needs.n_needs()];
    let y = vec![W::default(); forest.n_vertices()];
    let place = greedy(&forest, needs);
    control.check()?;
    let lists = Lists::worthless(needs, forest.n_supply);
    let mut residual = Residual::new(&forest, needs, lists, &bonus, y, &place);
    let mut search = Search::new(forest.n_vertices());
    let stuck = meet_floors(&mut residual, &mut search, control)?;
    Ok(stuck.map(|stuck| tight_set(network, &residual, &search.reached, stuck)))
}

/// A floor that would not be met if every need that there is were served.
fn floor_above_needs<S: Score>(network: &Network<'_, S>) -> Option<TightSet> {
    let n_needs = network.n_needs() as u64;
    let below = |x: u32, top: u32, parent: &dyn Fn(u32) -> Option<u32>| {
        std::iter::successors(Some(x), |&x| parent(x)).any(|x| x == top)
    };
    let nodes = || 0..network.n_nodes() as u32;
    if let Some(top) = nodes().find(|&v| network.floor(v) > n_needs) {
        let nodes = nodes().map(|v| below(v, top, &|v| network.parent(v))).collect();
        let groups = vec![false; network.demand().map_or(0, |demand| demand.n_groups())];
        return Some(Set { needs: vec![true; network.n_needs()], groups, nodes }.tight(network, Shortage::Needs));
    }
    let demand = network.demand()?;
    let groups = || 0..demand.n_groups() as u32;
    let top = groups().find(|&g| demand.floor[g as usize] > n_needs)?;
    let groups = groups().map(|g| below(g, top, &|g| demand.parent[g as usize])).collect();
    let set = Set { needs: vec![false; network.n_needs()], groups, nodes: vec![false; network.n_nodes()] };
    Some(set.tight(network, Shortage::Places))
}

/// A place for every need that helps to meet a floor, as far as there is room on its whole way.
fn greedy<W: Weight>(forest: &Forest<W>, needs: &Needs<W>) -> Vec<u32> {
    let mut load = vec![0_i64; forest.n_vertices()];
    let mut place = vec![NONE; needs.n_needs()];
    let mut lacking: i64 = forest.floor.iter().sum();
    for (need, place) in place.iter_mut().enumerate() {
        if lacking == 0 {
            break;
        }
        let group = needs.group[need] as usize;
        let has_room = |v: usize, load: &[i64]| forest.way_up(v).all(|v| load[v] < forest.cap[v]);
        let is_short = |v: usize, load: &[i64]| forest.way_up(v).any(|v| load[v] < forest.floor[v]);
        if !has_room(group, &load) {
            continue;
        }
        let group_is_short = is_short(group, &load);
        let nodes = || needs.edges(need).map(|(v, _)| v as usize).filter(|&v| has_room(v, &load));
        let node = nodes().find(|&v| is_short(v, &load)).or_else(|| nodes().next().filter(|_| group_is_short));
        if let Some(node) = node {
            *place = node as u32;
            for v in forest.way_up(node).chain(forest.way_up(group)) {
                lacking -= i64::from(load[v] < forest.floor[v]);
                load[v] += 1;
            }
        }
    }
    place
}

/// Balances every vertex, or stops at the first unit for which there is no way.
///
/// What a search has seen in vain is not looked at again until one fails because of that; so most searches are short,
/// and only one that fails with everything open to it is a proof.
fn meet_floors<W: Weight>(
    residual: &mut Residual<'_, W>,
    search: &mut Search<W>,
    control: &Control,
) -> Result<Option<Stuck>, Error> {
    type Move<W> = fn(&mut Residual<'_, W>, &mut Search<W>, usize) -> bool;
    let moves: [(Stuck, Move<W>); 2] = [(Stuck::Excess, forward::carry), (Stuck::Deficit, reverse::fetch)];
    for (stuck, move_unit) in moves {
        search.begin(residual.forest.outside());
        for v in 0..residual.forest.outside() {
            let is_out = |excess: i64| if stuck == Stuck::Excess { excess > 0 } else { excess < 0 };
            while is_out(residual.excess[v]) {
                control.check()?;
                search.resume(v);
                if move_unit(residual, search, v) {
                    continue;
                }
                search.begin(v);
                if !move_unit(residual, search, v) {
                    return Ok(Some(stuck));
                }
            }
        }
    }
    Ok(None)
}

/// The set that a search without a way has closed, in the words of the network.
fn tight_set<S: Score, W: Weight>(
    network: &Network<'_, S>,
    residual: &Residual<'_, W>,
    reached: &[u32],
    stuck: Stuck,
) -> TightSet {
    let forest = residual.forest;
    let mut is_in = vec![false; forest.n_vertices()];
    for &v in reached {
        is_in[v as usize] = true;
    }
    let place = residual.places();
    let need_is_in = |need: usize| {
        let group = is_in[residual.needs.group[need] as usize];
        match (stuck, place[need]) {
            // A need that is served where the set reaches can move; one that is not is served when its group is told.
            (Stuck::Excess, NONE) => group,
            (Stuck::Excess, v) => is_in[v as usize],
            // A need can come from wherever it is to a node of the set, or be given back to its group.
            (Stuck::Deficit, v) => {
                (v != NONE && group) || residual.needs.edges(need).any(|(other, _)| other != v && is_in[other as usize])
            }
        }
    };
    let nodes = is_in[..forest.n_supply].to_vec();
    let groups = forest.vertex_of_group.iter().map(|&v| is_in[v as usize]).collect();
    let set = Set { needs: (0..network.n_needs()).map(need_is_in).collect(), groups, nodes };
    set.tight(network, if stuck == Stuck::Excess { Shortage::Places } else { Shortage::Needs })
}

/// A set of needs, groups and nodes, as whether each is in it.
struct Set {
    needs: Vec<bool>,
    groups: Vec<bool>,
    nodes: Vec<bool>,
}

impl Set {
    fn tight<S: Score>(&self, network: &Network<'_, S>, shortage: Shortage) -> TightSet {
        let members = |is_in: &[bool]| (0..is_in.len() as u32).filter(|&x| is_in[x as usize]).collect();
        TightSet {
            shortage,
            missing: self.missing(network, shortage),
            needs: members(&self.needs),
            groups: members(&self.groups),
            nodes: members(&self.nodes),
        }
    }

    /// By how much what the floors at the border ask for exceeds what the caps at the border allow.
    fn missing<S: Score>(&self, network: &Network<'_, S>, shortage: Shortage) -> u64 {
        let node = |v: Option<u32>| v.is_some_and(|v| self.nodes[v as usize]);
        let group = |g: Option<u32>| g.is_some_and(|g| self.groups[g as usize]);
        // Floors count where they point into a set that lacks places, or out of one that lacks needs; caps the other way.
        let mut missing = 0_i128;
        let mut count = |from: bool, to: bool, floor: u64, cap: u64| {
            if from != to {
                let is_forced = to == (shortage == Shortage::Places);
                missing += if is_forced { i128::from(floor) } else { -i128::from(cap) };
            }
        };
        for v in 0..network.n_nodes() as u32 {
            count(node(Some(v)), node(network.parent(v)), network.floor(v), network.capacity(v));
        }
        if let Some(demand) = network.demand() {
            for (g, &parent) in demand.parent.iter().enumerate() {
                count(group(parent), self.groups[g], demand.floor[g], demand.cap[g]);
            }
        }
        for (need, &is_in) in self.needs.iter().enumerate() {
            let lowest = network.demand().and_then(|demand| demand.group_of_need[need]);
            count(group(lowest), is_in, 0, 1);
            network.edges(need).for_each(|(v, _)| count(is_in, self.nodes[v as usize], 0, 1));
        }
        u64::try_from(missing).unwrap_or(0)
    }
}
