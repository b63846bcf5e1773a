//! Instances with floors, groups of needs and costs of places, made feasible by a planted assignment.

use std::io;
use std::path::Path;
use std::str::FromStr;

use needmatch::{Demand, InputError, Loads, Network};

use crate::random::Random;
use crate::{Instance, family, npy};

/// What an instance has beside capacities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A floor for every third worker, close to what a careless hand gave it.
    Floors,
    /// Households, communities and counties with caps, and floors for counties.
    Groups,
    /// Costs that rise with the use of a worker's places.
    Costs,
    /// All of them.
    All,
    /// All of them, with counties that ask for more than there is, if there are fewer places than needs.
    Infeasible,
}

impl Kind {
    /// Every kind, with its name.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Floors, "floors"),
        (Self::Groups, "groups"),
        (Self::Costs, "costs"),
        (Self::All, "all"),
        (Self::Infeasible, "infeasible"),
    ];

    fn has(self, part: Self) -> bool {
        self == part || matches!(self, Self::All | Self::Infeasible)
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|(_, known)| *known == name);
        found.map(|&(kind, _)| kind).ok_or_else(|| format!("no kind is called {name}"))
    }
}

/// An instance that owns the arrays of all its parts.
#[derive(Clone, Debug)]
pub struct General {
    base: Instance,
    floor: Vec<u64>,
    group_of_need: Vec<Option<u32>>,
    group_parent: Vec<Option<u32>>,
    group_cap: Vec<u64>,
    group_floor: Vec<u64>,
    load_indptr: Vec<usize>,
    load_from: Vec<u64>,
    load_cost: Vec<i64>,
}

const HOUSEHOLD: usize = 2;
const COMMUNITY: usize = 100;
const COUNTY: usize = 5000;

impl General {
    /// Such an instance over a family with as many needs.
    ///
    /// # Panics
    ///
    /// Panics if there is no such family.
    #[must_use]
    pub fn generate(name: &str, kind: Kind, needs: usize, seed: u64) -> Self {
        let base = family(name).unwrap_or_else(|| panic!("no family is called {name}")).generate(needs, seed);
        let random = &mut Random::new(!seed);
        let mut general = Self {
            floor: vec![0; base.n_nodes()],
            group_of_need: vec![None; base.n_needs()],
            group_parent: Vec::new(),
            group_cap: Vec::new(),
            group_floor: Vec::new(),
            load_indptr: vec![0],
            load_from: Vec::new(),
            load_cost: Vec::new(),
            base,
        };
        if kind.has(Kind::Groups) {
            general.add_groups();
        }
        let (load, served) = general.plant(random);
        if kind.has(Kind::Floors) {
            for (v, &load) in load.iter().enumerate().filter(|(v, _)| v % 3 == 0) {
                general.floor[v] = load * 9 / 10;
            }
        }
        if kind.has(Kind::Groups) {
            for (g, &served) in served.iter().enumerate().filter(|&(g, _)| general.group_parent[g].is_none()) {
                general.group_floor[g] = served * 9 / 10;
            }
        }
        if kind == Kind::Infeasible {
            general.ask_too_much();
        }
        let range = i64::from(general.base.score.iter().copied().max().unwrap_or(1));
        for &capacity in &general.base.capacity {
            if kind.has(Kind::Costs) && capacity >= 4 {
                general.load_from.extend((0..4).map(|quarter| capacity * quarter / 4));
                general.load_cost.extend((0..4).map(|quarter| range * quarter / 20));
            }
            general.load_indptr.push(general.load_from.len());
        }
        general
    }

    /// Needs with the same best node live together, in the order of nodes.
    fn add_groups(&mut self) {
        let n_needs = self.base.n_needs();
        let (counties, communities) = (n_needs.div_ceil(COUNTY), n_needs.div_ceil(COMMUNITY));
        let households = n_needs.div_ceil(HOUSEHOLD);
        let size = |g: usize, size: usize| (n_needs.min((g + 1) * size) - n_needs.min(g * size)) as u64;
        for g in 0..counties {
            self.group_parent.push(None);
            self.group_cap.push(size(g, COUNTY) * 7 / 10);
        }
        for g in 0..communities {
            self.group_parent.push(Some((g * COMMUNITY / COUNTY) as u32));
            self.group_cap.push((size(g, COMMUNITY) * 8 / 10).max(1));
        }
        for g in 0..households {
            self.group_parent.push(Some((counties + g * HOUSEHOLD / COMMUNITY) as u32));
            self.group_cap.push(if g % 3 == 0 { 1 } else { HOUSEHOLD as u64 });
        }
        self.group_floor = vec![0; self.group_cap.len()];
        let best = |need: usize| self.base.edges(need).max_by_key(|&(v, score)| (score, v)).map(|(v, _)| v);
        let mut order: Vec<usize> = (0..n_needs).collect();
        order.sort_by_key(|&need| best(need));
        for (position, need) in order.into_iter().enumerate() {
            self.group_of_need[need] = Some((counties + communities + position / HOUSEHOLD) as u32);
        }
    }

    /// How much each node and group has if each need, in a random order, takes a random place that is free.
    fn plant(&self, random: &mut Random) -> (Vec<u64>, Vec<u64>) {
        let (mut load, mut served) = (vec![0; self.base.n_nodes()], vec![0; self.group_cap.len()]);
        let mut order: Vec<usize> = (0..self.base.n_needs()).collect();
        random.shuffle(&mut order);
        for need in order {
            let groups = way(self.group_of_need[need], &self.group_parent);
            if groups.iter().any(|&g| served[g] >= self.group_cap[g]) {
                continue;
            }
            let mut nodes: Vec<u32> = self.base.edges(need).map(|(v, _)| v).collect();
            random.shuffle(&mut nodes);
            let ways = nodes.iter().map(|&v| way(Some(v), &self.base.parent));
            let free = ways.into_iter().find(|way| way.iter().all(|&v| load[v] < self.base.capacity[v]));
            if let Some(free) = free {
                free.iter().for_each(|&v| load[v] += 1);
                groups.iter().for_each(|&g| served[g] += 1);
            }
        }
        (load, served)
    }

    /// Nearly all needs of every county must be served.
    fn ask_too_much(&mut self) {
        let n_needs = self.base.n_needs() as u64;
        self.group_cap.fill(n_needs);
        for (g, floor) in
            self.group_floor.iter_mut().enumerate().filter(|&(g, _)| g < self.base.n_needs().div_ceil(COUNTY))
        {
            *floor = (n_needs - (g * COUNTY) as u64).min(COUNTY as u64) * 95 / 100;
        }
    }

    /// The network over the arrays.
    ///
    /// # Errors
    ///
    /// None, unless the family is wrong.
    pub fn network(&self) -> Result<Network<'_, i32>, InputError> {
        let demand = Demand {
            group_of_need: &self.group_of_need,
            parent: &self.group_parent,
            cap: &self.group_cap,
            floor: &self.group_floor,
        };
        let loads = Loads { indptr: &self.load_indptr, from: &self.load_from, cost: &self.load_cost };
        self.base.network()?.with_floors(&self.floor)?.with_demand(demand)?.with_loads(loads)
    }

    /// Writes the arrays as NumPy files.
    ///
    /// # Errors
    ///
    /// Whatever the file system reports.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        npy::write(&self.base, folder)?;
        let signed = |x: &Option<u32>| x.map_or(-1, i64::from);
        npy::save_longs(folder, "floor", self.floor.iter().map(|&x| x as i64))?;
        npy::save_longs(folder, "demand_group", self.group_of_need.iter().map(signed))?;
        npy::save_longs(folder, "demand_parent", self.group_parent.iter().map(signed))?;
        npy::save_longs(folder, "demand_cap", self.group_cap.iter().map(|&x| x as i64))?;
        npy::save_longs(folder, "demand_floor", self.group_floor.iter().map(|&x| x as i64))?;
        npy::save_longs(folder, "load_indptr", self.load_indptr.iter().map(|&x| x as i64))?;
        npy::save_longs(folder, "load_from", self.load_from.iter().map(|&x| x as i64))?;
        npy::save_longs(folder, "load_cost", self.load_cost.iter().copied())
    }
}

fn way(start: Option<u32>, parent: &[Option<u32>]) -> Vec<usize> {
    std::iter::successors(start, |&x| parent[x as usize]).map(|x| x as usize).collect()
}
