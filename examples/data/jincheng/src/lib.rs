//! Sample tables for needmatch: the real divisions and figures of Jincheng (Shanxi, China), synthetic persons.
//!
//! ```
//! use needmatch_jincheng::{DEFAULT_SEED, Size, jincheng};
//!
//! let tables = jincheng(Size::Pilot, DEFAULT_SEED);
//! assert!((900..1300).contains(&tables.needs.n_rows()));
//! ```
//!
//! What is real: the 1,729 villages and neighbourhoods with their codes and names, the population and the share of
//! elderly residents of each county, the prevalence of each kind of need and the density of social workers as far as
//! they are published. What is not: every resident, worker and organization, where exactly a village lies, and the
//! assumptions that [`prevalence`] and the README name as such.
//!
//! The same size and seed give the same bytes on every platform.

pub mod facts;
mod places;
mod size;

pub mod prevalence;
mod profile;

mod credit;
mod dates;
mod supply;

mod needs;
mod protection;

mod tables;
mod write;

mod random;

pub use dates::REFERENCE_DATE;
pub use size::{Size, UnknownSize};
pub use write::{write_csv, write_table};

use needmatch::Tables;

/// The seed that demo, tests and documentation use.
pub const DEFAULT_SEED: u64 = 1405;

/// The tables of a sample.
///
/// The first prefecture of the province is the city, row by row.
///
/// # Complexity
///
/// Linear in the number of needs: a city in about a tenth of a second.
#[must_use]
pub fn jincheng(size: Size, seed: u64) -> Tables {
    let prefectures: Vec<tables::Prefecture> = (0..size.n_prefectures())
        .map(|prefecture| {
            let places = places::Places::new(size, seed, prefecture);
            let supply = supply::Supply::new(seed, prefecture, &places);
            let needs = needs::needs(seed, prefecture, &places, &supply);
            tables::Prefecture { places, supply, needs }
        })
        .collect();
    tables::tables(&prefectures)
}
