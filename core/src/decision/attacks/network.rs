//! What the network is made of.

use super::{files, is_believed, refuse};
use crate::decision::form::{self, File, Pair};
use crate::decision::tests::{all_decisions, decisions_with_quotas};

trait List {
    fn length(&self) -> usize;
    fn cut(&mut self, k: usize);
    fn double(&mut self, k: usize);
}

impl<T: Clone> List for Vec<T> {
    fn length(&self) -> usize {
        self.len()
    }

    fn cut(&mut self, k: usize) {
        self.remove(k);
    }

    fn double(&mut self, k: usize) {
        self.insert(k, self[k].clone());
    }
}

/// Every list of the network.
fn lists(file: &mut File) -> Vec<(&'static str, &mut dyn List)> {
    let form::Network { needs, nodes, candidates, quotas } = &mut file.network;
    let mut lists: Vec<(&'static str, &mut dyn List)> = vec![
        ("needs", &mut needs.id),
        ("tiers", &mut needs.tier),
        ("pins", &mut needs.pinned),
        ("workers", &mut nodes.workers),
        ("organizations", &mut nodes.organizations),
        ("groups", &mut nodes.groups),
        ("parents", &mut nodes.parent),
        ("places", &mut nodes.places),
        ("floors", &mut nodes.floor),
        ("rows of candidates", &mut candidates.start),
        ("candidates", &mut candidates.node),
        ("scores", &mut candidates.score),
    ];
    lists.extend(needs.household.iter_mut().map(|own| ("households", own as &mut dyn List)));
    lists.extend(nodes.caseload.iter_mut().map(|own| ("caseloads", own as &mut dyn List)));
    if let Some(own) = quotas {
        let of_quotas: [(&'static str, &mut dyn List); 6] = [
            ("quotas", &mut own.id),
            ("quotas for households", &mut own.per_household),
            ("floors of quotas", &mut own.floor),
            ("caps of quotas", &mut own.cap),
            ("rows of quotas", &mut own.start),
            ("needs of quotas", &mut own.need),
        ];
        lists.extend(of_quotas);
    }
    lists
}

#[test]
fn every_list_of_the_network_has_its_length() {
    let mut n_changes = 0;
    for (seed, file) in files(all_decisions(0..60)) {
        let mut copy = file.clone();
        let lengths: Vec<(&str, usize)> = lists(&mut copy).iter().map(|(name, list)| (*name, list.length())).collect();
        for (l, &(name, n)) in lengths.iter().enumerate() {
            // Where nothing is decided, a pin changes no more than floors and caps.
            if name == "pins" && *file.result.status != *"optimal" {
                continue;
            }
            for k in 0..n {
                n_changes += u32::from(refuse(seed, &file, name, |file| lists(file)[l].1.cut(k)));
                n_changes += u32::from(refuse(seed, &file, name, |file| lists(file)[l].1.double(k)));
            }
        }
    }
    assert!(n_changes > 5000, "{n_changes} changes");
}

#[test]
fn candidates_are_rows_of_providers_each_once_and_in_order() {
    let mut n_changes = 0;
    for (seed, file) in files(all_decisions(0..80)) {
        let candidates = &file.network.candidates;
        let nodes = &file.network.nodes;
        let n_providers = (nodes.workers.len() + nodes.organizations.len()) as u64;
        for k in 0..candidates.node.len() {
            n_changes += u32::from(refuse(seed, &file, "a candidate that is there twice", |file| {
                let own = &mut file.network.candidates;
                own.node.double(k);
                own.score.double(k);
                own.start.iter_mut().filter(|end| **end > k as u64).for_each(|end| *end += 1);
                file.result.summary.candidates += 1;
            }));
            refuse(seed, &file, "the order of candidates", |file| {
                let own = &mut file.network.candidates;
                if !own.start.contains(&(k as u64 + 1)) {
                    own.node.swap(k, k + 1);
                    own.score.swap(k, k + 1);
                }
            });
            for node in [n_providers, n_providers + 1, nodes.parent.len() as u64, u64::MAX >> 1] {
                refuse(seed, &file, "who is no provider", |file| file.network.candidates.node[k] = node);
            }
            for score in [-1, 1_000_001] {
                refuse(seed, &file, "a score out of range", |file| file.network.candidates.score[k] = score);
            }
        }
        let start = &candidates.start;
        refuse(seed, &file, "where rows start", |file| file.network.candidates.start[0] = 1);
        for k in 0..start.len() - 1 {
            refuse(seed, &file, "rows in disorder", |file| file.network.candidates.start.swap(k, k + 1));
        }
        refuse(seed, &file, "where rows end", |file| *file.network.candidates.start.last_mut().unwrap() += 1);
        refuse(seed, &file, "a candidate of nobody", |file| {
            file.network.candidates.node.push(0);
            file.network.candidates.score.push(0);
            file.result.summary.candidates += 1;
        });
        for tier in [0, 5] {
            for k in 0..file.network.needs.tier.len() {
                refuse(seed, &file, "a tier that there is not", |file| file.network.needs.tier[k] = tier);
            }
        }
    }
    assert!(n_changes > 500, "{n_changes} changes");
}

#[test]
fn nodes_stand_where_they_may_and_all_but_groups_have_a_limit() {
    let mut n_changes = 0;
    for (seed, file) in files(all_decisions(0..80)) {
        let nodes = &file.network.nodes;
        let (n_workers, n_nodes) = (nodes.workers.len(), nodes.parent.len());
        let n_providers = n_workers + nodes.organizations.len();
        let organization = |v: usize| (n_workers..n_providers).contains(&v);
        for v in 0..n_nodes {
            for above in (0..=n_nodes).map(Some).chain([None]) {
                let may_be = match above {
                    Some(above) if v < n_workers => organization(above),
                    Some(above) => (n_providers..n_nodes).contains(&above) && above != v,
                    None => v >= n_workers,
                };
                if !may_be {
                    let above = above.map(|above| above as u64);
                    n_changes += u32::from(refuse(seed, &file, "above", |file| file.network.nodes.parent[v] = above));
                }
            }
            if v < n_providers {
                let ids = if v < n_workers { &nodes.workers[v] } else { &nodes.organizations[v - n_workers] };
                let level = if v < n_workers { "worker" } else { "organization" };
                let row = file.result.capacity.iter().position(|row| *row.level == *level && row.id == *ids).unwrap();
                refuse(seed, &file, "no limit", |file| {
                    file.network.nodes.places[v] = None;
                    file.result.capacity[row].places = None;
                    file.result.capacity[row].price = Pair::default();
                });
            }
        }
        let caseload = nodes.caseload.as_ref().map_or(0, Vec::len);
        for k in 0..caseload {
            refuse(seed, &file, "a caseload", |file| file.network.nodes.caseload.as_mut().unwrap()[k] = 1 << 53);
        }
        // Two groups, each above the other.
        if n_nodes > n_providers + 1 {
            refuse(seed, &file, "a circle", |file| {
                let parent = &mut file.network.nodes.parent;
                (parent[n_providers], parent[n_providers + 1]) =
                    (Some(n_providers as u64 + 1), Some(n_providers as u64));
            });
        }
    }
    assert!(n_changes > 1000, "{n_changes} changes");
}

#[test]
fn quotas_are_in_form() {
    let (mut n_changes, mut n_twice) = (0, 0);
    for (seed, file) in files(decisions_with_quotas(0..120)) {
        let Some(quotas) = &file.network.quotas else { continue };
        let of = |file: &mut File, change: &dyn Fn(&mut form::Quotas)| file.network.quotas.iter_mut().for_each(change);
        let n_needs = file.network.needs.id.len() as u64;
        for k in 0..quotas.id.len() {
            for wrong in ["", "a b", "q\u{e9}", &"q".repeat(65)] {
                n_changes += u32::from(refuse(seed, &file, "the identifier of a quota", |file| {
                    of(file, &|own| own.id[k] = wrong.into());
                    file.result.quotas.as_mut().unwrap()[k].quota_id = wrong.into();
                }));
            }
            if let Some(before) = k.checked_sub(1) {
                let (own, other) = (&quotas.id[k], &quotas.id[before]);
                n_twice += u32::from(refuse(seed, &file, "an identifier that is there twice", |file| {
                    of(file, &|quotas| quotas.id[k] = other.clone());
                    file.result.quotas.as_mut().unwrap()[k].quota_id = other.clone();
                    let full = file.result.unmatched.iter_mut().filter(|row| row.quota_id.as_ref() == Some(own));
                    full.for_each(|row| row.quota_id = Some(other.clone()));
                }));
            }
            refuse(seed, &file, "a floor out of range", |file| {
                of(file, &|own| own.floor[k] = 1 << 53);
                file.result.quotas.as_mut().unwrap()[k].floor = 1 << 53;
            });
            if quotas.cap[k].is_some_and(|cap| cap >= n_needs) {
                refuse(seed, &file, "a cap out of range", |file| {
                    of(file, &|own| own.cap[k] = Some(1 << 53));
                    file.result.quotas.as_mut().unwrap()[k].cap = Some(1 << 53);
                });
            }
            refuse(seed, &file, "rows in disorder", |file| of(file, &|own| own.start.swap(k, k + 1)));
            let row = quotas.start[k] as usize..quotas.start[k + 1] as usize;
            for at in row.clone() {
                refuse(seed, &file, "a need that is there twice", |file| {
                    of(file, &|own| {
                        own.need.double(at);
                        own.start.iter_mut().skip(k + 1).for_each(|end| *end += 1);
                    });
                    file.result.quotas.as_mut().unwrap()[k].needs += 1;
                });
                if at + 1 < row.end {
                    refuse(seed, &file, "needs in disorder", |file| of(file, &|own| own.need.swap(at, at + 1)));
                }
            }
            if let Some(at) = row.clone().last() {
                for need in [n_needs, u64::MAX >> 1] {
                    refuse(seed, &file, "a need that there is not", |file| of(file, &|own| own.need[at] = need));
                }
            }
        }
        refuse(seed, &file, "where rows start", |file| of(file, &|own| own.start[0] = 1));
        refuse(seed, &file, "where rows end", |file| of(file, &|own| *own.start.last_mut().unwrap() += 1));
        refuse(seed, &file, "a need of no quota", |file| of(file, &|own| own.need.push(0)));
        refuse(seed, &file, "a need before all quotas", |file| {
            of(file, &|own| {
                own.need.insert(0, 0);
                own.start.iter_mut().for_each(|at| *at += 1);
            });
        });
        for k in 0..n_needs as usize {
            let household = file.network.needs.household.as_ref().unwrap()[k].clone();
            let others: &[Option<&str>] =
                if household.is_some() { &[None, Some(""), Some("a b")] } else { &[Some("h0")] };
            for other in others {
                n_changes += u32::from(refuse(seed, &file, "a household", |file| {
                    file.network.needs.household.as_mut().unwrap()[k] = other.map(Into::into);
                }));
            }
        }
    }
    assert!(n_changes > 1000 && n_twice > 50, "{n_changes} changes, {n_twice} twice");
}

#[test]
fn a_floor_of_a_quota_is_in_its_range_where_it_is_not_met_either() {
    let mut n_believed = 0;
    for (seed, file) in files(decisions_with_quotas(0..1200)) {
        if *file.result.status != *"floors_unmet" {
            continue;
        }
        let with = |k: usize, floor: u64| {
            let mut changed = file.clone();
            changed.network.quotas.as_mut().unwrap().floor[k] = floor;
            changed.result.quotas.as_mut().unwrap()[k].floor = floor;
            is_believed(&changed)
        };
        for k in 0..file.network.quotas.as_ref().map_or(0, |quotas| quotas.id.len()) {
            // Another quota proves that floors cannot be met.
            n_believed += u32::from(with(k, (1 << 53) - 1));
            assert!(!with(k, 1 << 53), "seed {seed}: quota {k}");
        }
    }
    assert!(n_believed > 10, "{n_believed} quotas");
}
