//! Points of a frontier as one sentence each.

use super::Frontier;
use crate::error::Language::{self, Chinese, English};

impl Frontier {
    /// A point and what is known of the way to the next one, in one sentence; empty for a point that there is not.
    #[must_use]
    pub fn text(&self, point: usize, language: Language) -> String {
        let Some(own) = self.points.get(point) else { return String::new() };
        let (least, most, switches, score) = (own.least_penalty, own.most_penalty, own.switches, own.score);
        let mut text = match language {
            English => format!(
                "at penalties from {least} to {most}, {switches} needs change their provider, with a score of {score}"
            ),
            Chinese => format!("更换扣分为{least}至{most}时，{switches}项需求更换服务方，得分{score}"),
        };
        if let (Some(gap), Some(next)) = (self.gaps.get(point), self.points.get(point + 1)) {
            let (fewer, score) = (next.switches, gap.score);
            text += &match (score > 0, language) {
                (true, English) => {
                    format!("; with more than {fewer} but fewer, nothing scores more than {score} above the next point")
                }
                (true, Chinese) => format!("；更换数在此数与{fewer}之间时，得分至多比下一点高{score}"),
                (false, _) => String::new(),
            };
            text += match (gap.is_closed, language) {
                (true, _) => "",
                (false, English) => "; runs were too few to tell whether a further point lies between",
                (false, Chinese) => "；求解次数不足，两点之间可能还有其他点",
            };
        }
        text + if language == English { "." } else { "。" }
    }
}
