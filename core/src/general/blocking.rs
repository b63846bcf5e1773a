//! Moves units to where they are lacking, where nothing is worth or costs anything: many at once along shortest paths.
//!
//! The method of Dinic on the vertices of both forests, between which needs are arcs for one unit each. Each phase finds
//! by breadth-first search how far every vertex is from the nearest unit too many, and then moves units along paths that
//! get farther with every step, until no such path is left. A phase looks at each edge at most twice, and the next one
//! has longer paths.

use super::forest::{Forest, NONE, rows};
use super::needs::Needs;
use super::residual::Way;
use super::weight::Weight;
use crate::control::Control;
use crate::error::Error;

/// Stands for more units than there ever are.
const UNLIMITED: i64 = i64::MAX / 2;

/// Flows and places, and what is out of balance.
#[derive(Debug)]
pub(super) struct Units<'a, W> {
    forest: &'a Forest<W>,
    needs: &'a Needs<W>,
    flow: Vec<i64>,
    /// What flows in less what flows out, of each vertex.
    excess: Vec<i64>,
    /// The node of each need, or `NONE`.
    place: Vec<u32>,
    /// The needs that each supply node holds itself.
    held: Vec<Vec<u32>>,
    /// Steps from the nearest unit too many, or `NONE` where there is none, or no way on.
    distance: Vec<u32>,
    /// The distance of the nearest vertices that lack a unit, or `NONE`.
    nearest: u32,
    /// The vertices within that distance, in this order.
    seen: Vec<u32>,
    cursor: Vec<Cursor>,
}

/// Where the search for a way on from a vertex stands: first between vertices of a forest, then along needs.
#[derive(Clone, Copy, Debug, Default)]
struct Cursor {
    /// 0 for the vertex above, then the children.
    tree: u32,
    need: u32,
    /// Among the edges of the need; behind the last, a need that is held may go back to its group.
    edge: u32,
}

/// One step of a unit.
#[derive(Clone, Copy, Debug)]
struct Step {
    from: u32,
    to: u32,
    via: Via,
}

#[derive(Clone, Copy, Debug)]
enum Via {
    /// Between a vertex and the one above.
    Tree { below: u32, way: Way },
    /// A need that goes to the node at the end of the step, or that its group gets back.
    Need,
}

/// The vertices that stay out of balance, on the side where more units do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stuck {
    /// Units too many cannot leave them.
    Excess(Vec<usize>),
    /// Units that they lack cannot come.
    Deficit(Vec<usize>),
}

impl<'a, W: Weight> Units<'a, W> {
    /// From places for some needs, with a flow of each vertex as near to what arrives as its bounds allow.
    pub(super) fn new(forest: &'a Forest<W>, needs: &'a Needs<W>, place: Vec<u32>) -> Self {
        let n_vertices = forest.n_vertices();
        let mut held = vec![Vec::new(); forest.n_supply];
        let mut through = vec![0; n_vertices];
        for (need, &v) in place.iter().enumerate().filter(|&(_, &v)| v != NONE) {
            held[v as usize].push(need as u32);
            through[v as usize] += 1;
            through[needs.group[need] as usize] += 1;
        }
        let mut flow = vec![0; n_vertices];
        let mut excess = vec![0; n_vertices];
        for v in forest.upwards.iter().map(|&v| v as usize) {
            flow[v] = i64::clamp(through[v], forest.floor[v], forest.cap[v]);
            excess[v] = if forest.is_supply(v) { through[v] - flow[v] } else { flow[v] - through[v] };
            through[forest.parent[v] as usize] += flow[v];
        }
        let distance = vec![NONE; n_vertices];
        let cursor = vec![Cursor::default(); n_vertices];
        Self { forest, needs, flow, excess, place, held, distance, nearest: NONE, seen: Vec::new(), cursor }
    }

    /// Balances every vertex, or tells which cannot be.
    ///
    /// As many units as can leave do, and then as many as can come. So those that stay are as many as the border of any
    /// set is short of: the greatest flow leaves what the least cut does not let through.
    pub(super) fn balance(&mut self, control: &Control) -> Result<Option<Stuck>, Error> {
        let outside = self.forest.outside();
        let with_too_many: Vec<usize> = (0..outside).filter(|&v| self.excess[v] > 0).collect();
        self.excess[outside] = -UNLIMITED;
        self.move_all(&with_too_many, control)?;
        // Nothing that comes from outside passes a vertex that units too many reach: they would have left with it.
        self.excess[outside] = UNLIMITED;
        self.move_all(&[outside], control)?;
        let stuck = |is_stuck: &dyn Fn(i64) -> bool| (0..outside).filter(|&v| is_stuck(self.excess[v])).collect();
        let (excess, deficit): (Vec<usize>, Vec<usize>) = (stuck(&|units| units > 0), stuck(&|units| units < 0));
        let n_units = |vertices: &[usize]| vertices.iter().map(|&v| self.excess[v].unsigned_abs()).sum::<u64>();
        Ok(match (n_units(&excess), n_units(&deficit)) {
            (0, 0) => None,
            (too_many, lacking) if too_many >= lacking => Some(Stuck::Excess(excess)),
            _ => Some(Stuck::Deficit(deficit)),
        })
    }

    /// The node of each need, or `NONE`.
    pub(super) fn places(&self) -> &[u32] {
        &self.place
    }

    /// The vertices that units too many cannot leave, or that lacking ones cannot enter.
    pub(super) fn closed_set(&mut self, stuck: &Stuck, control: &Control) -> Result<&[u32], Error> {
        match stuck {
            Stuck::Excess(vertices) => {
                self.measure(vertices, control)?;
            }
            Stuck::Deficit(vertices) => self.trace_back(vertices, control)?,
        }
        Ok(&self.seen)
    }

    /// Moves units from these vertices to any that lack some, until there is no way.
    fn move_all(&mut self, sources: &[usize], control: &Control) -> Result<(), Error> {
        if self.excess.iter().all(|&excess| excess >= 0) {
            return Ok(());
        }
        let mut way = Vec::new();
        while self.measure(sources, control)? {
            for &source in sources {
                while self.excess[source] > 0 && self.find_way(source, &mut way) {
                    control.check()?;
                    self.move_one(source, &way);
                }
            }
        }
        Ok(())
    }

    /// How far each vertex is from the nearest of these that has a unit too many; whether any that lacks one is in reach.
    fn measure(&mut self, sources: &[usize], control: &Control) -> Result<bool, Error> {
        self.distance.fill(NONE);
        self.cursor.fill(Cursor::default());
        self.nearest = NONE;
        self.seen.clear();
        for &source in sources.iter().filter(|&&source| self.excess[source] > 0) {
            self.distance[source] = 0;
            self.seen.push(source as u32);
        }
        let mut next = 0;
        while let Some(&v) = self.seen.get(next) {
            control.check()?;
            let v = v as usize;
            // Nothing behind the nearest that lacks a unit is of interest.
            if self.distance[v] >= self.nearest {
                break;
            }
            self.look_around(v);
            next += 1;
        }
        Ok(self.nearest != NONE)
    }

    fn look_around(&mut self, v: usize) {
        let (forest, needs) = (self.forest, self.needs);
        if v != forest.outside() && self.is_open(v, Way::Up) {
            self.see(forest.parent[v] as usize, v);
        }
        for &child in forest.children(v) {
            if self.is_open(child as usize, Way::Down) {
                self.see(child as usize, v);
            }
        }
        if forest.is_supply(v) {
            for k in 0..self.held[v].len() {
                let need = self.held[v][k] as usize;
                self.see(needs.group[need] as usize, v);
                needs.nodes(need).iter().for_each(|&to| self.see(to as usize, v));
            }
        } else {
            for &need in needs.members(v) {
                if self.place[need as usize] == NONE {
                    needs.nodes(need as usize).iter().for_each(|&to| self.see(to as usize, v));
                }
            }
        }
    }

    #[inline]
    fn see(&mut self, to: usize, from: usize) {
        if self.distance[to] == NONE {
            self.distance[to] = self.distance[from] + 1;
            self.seen.push(to as u32);
            if self.excess[to] < 0 {
                self.nearest = self.distance[to];
            }
        }
    }

    /// A way from a vertex to the nearest that lacks a unit, every step of it one farther away.
    fn find_way(&mut self, source: usize, way: &mut Vec<Step>) -> bool {
        way.clear();
        let mut v = source;
        loop {
            match self.next_step(v) {
                Some(step) => {
                    way.push(step);
                    v = step.to as usize;
                    if self.excess[v] < 0 {
                        return true;
                    }
                }
                None => {
                    // A dead end stays one for the whole phase.
                    self.distance[v] = NONE;
                    let Some(step) = way.pop() else { return false };
                    v = step.from as usize;
                }
            }
        }
    }

    /// The next step on from a vertex that is not known to be in vain.
    fn next_step(&mut self, v: usize) -> Option<Step> {
        let mut cursor = self.cursor[v];
        let step = self.next_in_forest(v, &mut cursor).or_else(|| self.next_along_need(v, &mut cursor));
        self.cursor[v] = cursor;
        step
    }

    fn next_in_forest(&self, v: usize, cursor: &mut Cursor) -> Option<Step> {
        let (children, farther) = (self.forest.children(v), self.distance[v] + 1);
        while cursor.tree as usize <= children.len() {
            let (below, to, way) = match cursor.tree.checked_sub(1) {
                None if v == self.forest.outside() => (v, v as u32, Way::Up),
                None => (v, self.forest.parent[v], Way::Up),
                Some(k) => (children[k as usize] as usize, children[k as usize], Way::Down),
            };
            if self.leads_on(farther, to) && self.is_open(below, way) {
                return Some(Step { from: v as u32, to, via: Via::Tree { below: below as u32, way } });
            }
            cursor.tree += 1;
        }
        None
    }

    fn next_along_need(&self, v: usize, cursor: &mut Cursor) -> Option<Step> {
        let (is_supply, farther) = (self.forest.is_supply(v), self.distance[v] + 1);
        let list = if is_supply { &self.held[v][..] } else { self.needs.members(v) };
        while let Some(&need) = list.get(cursor.need as usize) {
            let need = need as usize;
            let nodes = self.needs.nodes(need);
            if is_supply || self.place[need] == NONE {
                let rest = nodes.get(cursor.edge as usize..).unwrap_or_default();
                if let Some(k) = rest.iter().position(|&to| self.leads_on(farther, to)) {
                    cursor.edge += k as u32;
                    return Some(Step { from: v as u32, to: rest[k], via: Via::Need });
                }
            }
            let group = self.needs.group[need];
            if is_supply && cursor.edge as usize <= nodes.len() && self.leads_on(farther, group) {
                cursor.edge = nodes.len() as u32;
                return Some(Step { from: v as u32, to: group, via: Via::Need });
            }
            *cursor = Cursor { need: cursor.need + 1, edge: 0, ..*cursor };
        }
        None
    }

    /// Whether a vertex is so far away, and not in vain because all that lack a unit are as near.
    #[inline]
    fn leads_on(&self, distance: u32, to: u32) -> bool {
        let to = to as usize;
        self.distance[to] == distance && (distance < self.nearest || self.excess[to] < 0)
    }

    /// Moves one unit along a way that was just found.
    ///
    /// What this opens anew leads back, so the cursors stay right: a need that has moved reaches nothing that its old
    /// place was not a step nearer to.
    fn move_one(&mut self, source: usize, way: &[Step]) {
        for step in way {
            let (from, to) = (step.from as usize, step.to as usize);
            match step.via {
                Via::Tree { below, way } => {
                    let adds = (way == Way::Up) == self.forest.is_supply(below as usize);
                    self.flow[below as usize] += if adds { 1 } else { -1 };
                }
                Via::Need => {
                    let at = self.cursor[from].need as usize;
                    let need = if self.forest.is_supply(from) {
                        self.held[from].swap_remove(at)
                    } else {
                        self.needs.members(from)[at]
                    };
                    self.cursor[from].edge = 0;
                    self.place[need as usize] = NONE;
                    if self.forest.is_supply(to) {
                        self.place[need as usize] = to as u32;
                        self.held[to].push(need);
                    }
                }
            }
        }
        let target = way.last().map_or(source, |step| step.to as usize);
        self.excess[source] -= 1;
        self.excess[target] += 1;
    }

    /// Sees every vertex from which a unit could come to one of these.
    fn trace_back(&mut self, targets: &[usize], control: &Control) -> Result<(), Error> {
        let (forest, needs) = (self.forest, self.needs);
        let (first, edges) = rows(&needs.node, forest.n_supply);
        let need_of = needs.of_edges();
        self.distance.fill(NONE);
        self.seen.clear();
        for &target in targets {
            self.distance[target] = 0;
            self.seen.push(target as u32);
        }
        let mut next = 0;
        while let Some(&v) = self.seen.get(next) {
            control.check()?;
            let v = v as usize;
            if v != forest.outside() && self.is_open(v, Way::Down) {
                self.see(forest.parent[v] as usize, v);
            }
            for &child in forest.children(v) {
                if self.is_open(child as usize, Way::Up) {
                    self.see(child as usize, v);
                }
            }
            if forest.is_supply(v) {
                for &edge in &edges[first[v] as usize..first[v + 1] as usize] {
                    let need = need_of[edge as usize] as usize;
                    let held_at = self.place[need];
                    let from = if held_at == NONE { needs.group[need] } else { held_at };
                    self.see(from as usize, v);
                }
            } else {
                for &need in needs.members(v) {
                    if self.place[need as usize] != NONE {
                        self.see(self.place[need as usize] as usize, v);
                    }
                }
            }
            next += 1;
        }
        Ok(())
    }

    /// Whether one more unit may pass between a vertex and the one above.
    #[inline]
    fn is_open(&self, v: usize, way: Way) -> bool {
        let adds = (way == Way::Up) == self.forest.is_supply(v);
        if adds { self.flow[v] < self.forest.cap[v] } else { self.flow[v] > self.forest.floor[v] }
    }
}
