//! The families: one name, one character each, any size.
//!
//! | Family | Character |
//! |---|---|
//! | `town` | a city: candidates nearby, organizations of neighbours, too few places |
//! | `scarce`, `balanced`, `slack` | `town` with 0.3, 1.0 and 1.5 places for each need |
//! | `tied_9`, `tied_95` | `town` with 9 or 95 different scores in all |
//! | `tiers`, `tiers_tied` | `town` with 5, 15, 40 and 40 % of the needs in tiers 4 to 1; the same with 9 scores |
//! | `caseload_1`, `caseload_500` | `town` with workers for one need each; with few workers for 500 needs each |
//! | `many_candidates` | `town` with 100 candidates for each need |
//! | `deep` | `town` under four levels: worker, organization, township, county |
//! | `direct` | `deep` with candidates straight at organizations and townships |
//! | `one_group` | `town` with every worker in one organization |
//! | `uniform` | candidates anywhere, scores without pattern |
//! | `hot_spots` | a few workers wanted by almost everybody |
//! | `price_war` | needs that outbid each other in the smallest steps |
//! | `long_paths` | one late need that moves everybody by one place |
//! | `evictions` | one small group, and needs that arrive from the worst to the best |
//! | `dense_uniform`, `dense_geometric`, `dense_product` | every pair a candidate; the last is hard for augmenting paths |
//! | `planted`, `planted_tiers` | made around a matching and its prices, so that the optimum is known |
//! | `province` | `town` with 16 candidates for each need and 100 needs for each worker: for ten millions of needs |
//!
//! Any other name with `+tiers` behind it, such as `uniform+tiers`, is the same family under the tiers of `tiers`.

mod plane;
mod supply;

mod town;

mod spread;

mod hostile;

mod dense;

mod planted;

use crate::instance::Instance;
use crate::random::Random;

/// How the edges of a family grow with its needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A bounded number of candidates for each need.
    Sparse,
    /// Every pair is a candidate.
    Dense,
}

/// A named way to make instances of one character.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// The name.
    pub name: &'static str,
    /// How its edges grow.
    pub shape: Shape,
    tiered: bool,
    make: fn(usize, &mut Random) -> Instance,
}

impl Family {
    /// The instance with so many needs that belongs to a seed.
    #[must_use]
    pub fn generate(&self, needs: usize, seed: u64) -> Instance {
        let random = &mut Random::new(seed);
        let instance = (self.make)(needs, random);
        if self.tiered { town::with_tiers(instance, random) } else { instance }
    }
}

/// All families, in the order of the table above.
pub const FAMILIES: &[Family] = &[
    sparse("town", town::town),
    sparse("scarce", town::scarce),
    sparse("balanced", town::balanced),
    sparse("slack", town::slack),
    sparse("tied_9", town::tied_9),
    sparse("tied_95", town::tied_95),
    sparse("tiers", town::tiers),
    sparse("tiers_tied", town::tiers_tied),
    sparse("caseload_1", town::caseload_1),
    sparse("caseload_500", town::caseload_500),
    sparse("many_candidates", town::many_candidates),
    sparse("deep", town::deep),
    sparse("direct", town::direct),
    sparse("one_group", town::one_group),
    sparse("uniform", spread::uniform),
    sparse("hot_spots", spread::hot_spots),
    sparse("price_war", hostile::price_war),
    sparse("long_paths", hostile::long_paths),
    sparse("evictions", hostile::evictions),
    dense("dense_uniform", dense::uniform),
    dense("dense_geometric", dense::geometric),
    dense("dense_product", dense::product),
    sparse("planted", planted::planted),
    sparse("planted_tiers", planted::planted_tiers),
    sparse("province", town::province),
];

/// The family of that name; one with `+tiers` behind it gives each need a tier.
#[must_use]
pub fn family(name: &str) -> Option<Family> {
    let (name, tiered) = name.strip_suffix("+tiers").map_or((name, false), |name| (name, true));
    FAMILIES.iter().find(|family| family.name == name).map(|&family| Family { tiered, ..family })
}

const fn sparse(name: &'static str, make: fn(usize, &mut Random) -> Instance) -> Family {
    Family { name, shape: Shape::Sparse, tiered: false, make }
}

const fn dense(name: &'static str, make: fn(usize, &mut Random) -> Instance) -> Family {
    Family { name, shape: Shape::Dense, tiered: false, make }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_is_a_valid_network_at_every_size() {
        for family in FAMILIES {
            for needs in [0, 1, 2, 3, 7, 50, 300] {
                let instance = family.generate(needs, 7);
                assert_eq!(instance.n_needs(), needs, "{}", family.name);
                instance.network().unwrap_or_else(|error| panic!("{} of {needs}: {error}", family.name));
            }
        }
    }

    #[test]
    fn same_seed_gives_same_instance_and_another_seed_another() {
        for family in FAMILIES {
            let instance = family.generate(200, 1);
            assert_eq!(instance, family.generate(200, 1), "{}", family.name);
            let other = family.generate(200, 2);
            let fixed = matches!(family.name, "dense_product" | "evictions");
            assert_eq!(instance == other, fixed, "{}", family.name);
        }
    }

    #[test]
    fn names_are_unique_and_found() {
        for (position, wanted) in FAMILIES.iter().enumerate() {
            assert!(FAMILIES[..position].iter().all(|other| other.name != wanted.name));
            assert_eq!(family(wanted.name).map(|found| found.name), Some(wanted.name));
        }
        assert!(family("no such family").is_none());
    }

    #[test]
    fn tiers_are_all_that_a_family_with_tiers_adds() {
        let (plain, tiered) = (family("uniform").unwrap(), family("uniform+tiers").unwrap());
        let with = tiered.generate(300, 4);
        assert!(with.tier.as_ref().is_some_and(|tier| tier.iter().max() == Some(&4)));
        assert_eq!(Instance { tier: None, ..with }, plain.generate(300, 4));
        // An optimum that was planted is none any more.
        assert_eq!(family("planted+tiers").unwrap().generate(300, 4).optimum, None);
    }
}
