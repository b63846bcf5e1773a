//! Differences and contributions as one sentence each.

use super::amendment::{AmendedPart, Amendment};
use super::attribution::Attribution;
use super::difference::{NeedChange, NeedDifference, ServedBy};
use crate::error::Language::{self, Chinese, English};
use crate::matching::Tier;

impl NeedDifference {
    /// The difference in one sentence.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let id = &self.need_id;
        let by = |served: &Option<ServedBy>| served.as_ref().map_or(String::new(), |by| by.id().to_owned());
        let (old, new) = (by(&self.before), by(&self.after));
        match (self.change, language) {
            (NeedChange::Moved, English) => format!("{id} moves from {old} to {new}."),
            (NeedChange::Moved, Chinese) => format!("{id}由{old}改为{new}服务。"),
            (NeedChange::Gained, English) => format!("{id} was not served; {new} serves it now."),
            (NeedChange::Gained, Chinese) => format!("{id}原未获服务，现由{new}服务。"),
            (NeedChange::Lost, English) => format!("{id} was served by {old}; nobody serves it now."),
            (NeedChange::Lost, Chinese) => format!("{id}原由{old}服务，现未获服务。"),
            (NeedChange::Same, English) => format!("{id} is served by {new} as before."),
            (NeedChange::Same, Chinese) => format!("{id}仍由{new}服务。"),
            (NeedChange::Without, English) => format!("{id} is not served, as before."),
            (NeedChange::Without, Chinese) => format!("{id}仍未获服务。"),
            (NeedChange::New, English) if new.is_empty() => format!("{id} is new; nobody serves it."),
            (NeedChange::New, Chinese) if new.is_empty() => format!("{id}为新增需求，未获服务。"),
            (NeedChange::New, English) => format!("{id} is new; {new} serves it."),
            (NeedChange::New, Chinese) => format!("{id}为新增需求，由{new}服务。"),
            (NeedChange::Gone, English) if old.is_empty() => format!("{id} is gone; nobody served it."),
            (NeedChange::Gone, Chinese) if old.is_empty() => format!("{id}已不在表中，原未获服务。"),
            (NeedChange::Gone, English) => format!("{id} is gone; {old} served it."),
            (NeedChange::Gone, Chinese) => format!("{id}已不在表中，原由{old}服务。"),
        }
    }
}

impl Amendment {
    /// The values of one side; with their keys where there are several. `None` where there are none.
    pub(super) fn told(&self, side: impl Fn(&AmendedPart) -> &Option<String>) -> Option<String> {
        if let [part] = &*self.parts {
            return side(part).clone();
        }
        let told = |part: &AmendedPart| Some(format!("{} = {}", part.key, side(part).as_ref()?));
        let told: Vec<String> = self.parts.iter().filter_map(told).collect();
        (!told.is_empty()).then(|| told.join("; "))
    }
}

impl Attribution {
    /// What an amendment did, in one sentence.
    ///
    /// # Panics
    ///
    /// Panics if there is no such amendment.
    #[must_use]
    pub fn text(&self, amendment: usize, language: Language) -> String {
        let (name, own) = (&self.amendments[amendment].name, &self.contributions[amendment]);
        let fraction = |numerator: i128| fraction(numerator, self.denominator.into());
        let served = Tier::ALL.into_iter().filter(|&tier| own.served[tier as usize] != 0);
        let served = served.map(|tier| match language {
            English => format!("{} of {}", fraction(own.served[tier as usize]), tier.text(English)),
            Chinese => format!("{}{}", tier.text(Chinese), fraction(own.served[tier as usize])),
        });
        let served: Vec<String> = served.collect();
        let score = fraction(own.total.score);
        let manner = match (self.orders, language) {
            (None, English) => "on average over all orders".to_owned(),
            (None, Chinese) => "按所有次序平均".to_owned(),
            (Some(n), English) => format!("on average over {n} orders drawn by lot"),
            (Some(n), Chinese) => format!("按抽签所得{n}种次序平均"),
        };
        match (served.is_empty(), language) {
            (true, English) => format!("{name}: no need more or fewer is served, score {score}, {manner}."),
            (true, Chinese) => format!("{name}：获服务的需求数不变，得分{score}（{manner}）。"),
            (false, English) => format!("{name}: needs served {}, score {score}, {manner}.", served.join(", ")),
            (false, Chinese) => format!("{name}：获服务的需求{}，得分{score}（{manner}）。", served.join("，")),
        }
    }
}

/// A number over another with its sign, in lowest terms, such as `+7/2`.
fn fraction(numerator: i128, denominator: i128) -> String {
    let (mut a, mut b) = (numerator.abs(), denominator);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let (numerator, denominator) = (numerator / a.max(1), denominator / a.max(1));
    if denominator == 1 { format!("{numerator:+}") } else { format!("{numerator:+}/{denominator}") }
}
