//! What is otherwise in one area (因地制宜).

use super::Policy;
use crate::model::codes::DivisionCode;

/// The policy of one area: that of the area around it, with some keys changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Overlay {
    /// The area. A need in it, and in no smaller area with an overlay, is judged by this policy.
    pub area: DivisionCode,
    pub(super) policy: Policy,
}

impl Overlay {
    /// The whole policy of the area. It has no overlays itself; what no area may change is as in the policy around.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }
}

/// The sections that an overlay may change: how a need is judged where it arises. What one run has once (its day, seed and
/// objective, its lists), how raw grades become colours, what protects residents, and who may serve outside its area is the
/// same everywhere.
pub(super) const SECTIONS: &[&str] =
    &["rules", "criteria", "scoring", "travel", "usual_service", "services", "volunteers", "assessment"];

/// A layer: an overlay by the position of its area in ascending order; `None` stands for the policy itself.
pub(crate) type Layer = Option<u16>;

impl Policy {
    /// The overlays, in ascending order of their areas: each comes after those of the areas around it.
    #[must_use]
    pub fn overlays(&self) -> &[Overlay] {
        &self.overlays
    }

    /// The policy by which a need is judged that arises in a community: of the smallest area with an overlay that contains
    /// it, else this policy itself.
    ///
    /// # Examples
    ///
    /// ```
    /// use needmatch::Policy;
    /// use needmatch::model::codes::DivisionCode;
    ///
    /// let text = "[[overlay]]\narea = \"140524\"\n[overlay.travel]\nmax_minutes = 90";
    /// let policy = Policy::from_toml(text).unwrap();
    /// let of = |code| policy.of_area(DivisionCode::parse(code).unwrap()).travel().max_minutes;
    /// assert_eq!((of("140524100201"), of("140502001001")), (90, 60));
    /// ```
    #[must_use]
    pub fn of_area(&self, community: DivisionCode) -> &Policy {
        self.at(self.layer_of(community))
    }

    /// The layer of a community.
    pub(crate) fn layer_of(&self, community: DivisionCode) -> Layer {
        let smallest = self.overlays.iter().rposition(|overlay| overlay.area.contains(community));
        // The reader takes no more overlays than fit.
        smallest.and_then(|k| u16::try_from(k).ok())
    }

    /// The policy of a layer.
    pub(crate) fn at(&self, layer: Layer) -> &Policy {
        layer.map_or(self, |k| &self.overlays[usize::from(k)].policy)
    }

    /// Every layer, that of the policy itself first.
    pub(crate) fn layers(&self) -> impl Iterator<Item = Layer> + use<> {
        std::iter::once(None).chain((0..self.overlays.len() as u16).map(Some))
    }

    /// The same change made to the policy and to that of each area.
    pub(super) fn changed(mut self, change: impl Fn(&mut Policy)) -> Self {
        change(&mut self);
        self.overlays.iter_mut().for_each(|overlay| change(&mut overlay.policy));
        self
    }
}
