//! Codes of places: the urban and rural class, the area that a provider serves.

use super::code_macro::codes;
use super::division::DivisionCode;

codes! {
    /// The official urban and rural class of a community (统计用城乡分类代码); 1xx is urban, 2xx rural.
    UrbanRuralClass {
        MainUrban = "111", "主城区";
        UrbanFringe = "112", "城乡结合区";
        TownCentre = "121", "镇中心区";
        TownFringe = "122", "镇乡结合区";
        SpecialArea = "123", "特殊区域";
        TownshipCentre = "210", "乡中心区";
        Village = "220", "村庄";
    }
}

codes! {
    /// Town or country, as quotas name it.
    Residence {
        Urban = "urban", "城镇";
        Rural = "rural", "乡村";
    }
}

impl Residence {
    /// What a class counts as.
    #[must_use]
    pub fn of(class: UrbanRuralClass) -> Self {
        if class.is_urban() { Self::Urban } else { Self::Rural }
    }
}

impl UrbanRuralClass {
    /// Urban rather than rural.
    #[must_use]
    pub fn is_urban(self) -> bool {
        self < Self::TownshipCentre
    }
}

/// The divisions that a provider serves, each with everything below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceArea {
    divisions: Box<[DivisionCode]>,
}

impl ServiceArea {
    /// The area made up of these divisions; duplicates have no effect.
    #[must_use]
    pub fn new(mut divisions: Vec<DivisionCode>) -> Self {
        divisions.sort_unstable();
        divisions.dedup();
        Self { divisions: divisions.into() }
    }

    /// Whether nothing is served.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.divisions.is_empty()
    }

    /// The divisions, in ascending order.
    #[must_use]
    pub fn divisions(&self) -> &[DivisionCode] {
        &self.divisions
    }

    /// Whether a division lies in the area.
    #[must_use]
    pub fn covers(&self, place: DivisionCode) -> bool {
        self.divisions.iter().any(|division| division.contains(place))
    }
}
