//! A community: a village or neighbourhood, where needs arise.

use super::Point;
use super::codes::{DivisionCode, UrbanRuralClass};

/// A checked community.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Community {
    /// The division code of twelve digits, which is also the identifier.
    pub code: DivisionCode,
    /// The official name of the place.
    pub name: Option<Box<str>>,
    /// The official class; `None` where unknown.
    pub urban_rural_class: Option<UrbanRuralClass>,
    /// The reference point; `None` where unknown.
    pub point: Option<Point>,
    /// Takes part in the pilot.
    pub pilot: bool,
}
