//! What everybody may read: counts of which none is small, and what is proven.

use super::Lines;
use super::facts::of_run;
use super::supervisor::origin;
use crate::equity::{Cells, Dimension, MIN_PUBLIC};
use crate::error::Language;
use crate::matching::{Matching, Status};
use crate::model::codes::{ClientGroup, Domain, UrbanRuralClass};
use crate::policy::Over;

pub(super) fn text(matching: &Matching, language: Language) -> String {
    let mut lines = Lines::new(language);
    let public = matching.equity().public();
    match public.all {
        Some(all) => row(&mut lines, "All needs", "全部需求", Some(all)),
        None => lines.add(
            format!("There are fewer than {MIN_PUBLIC} needs, served or unserved, so no counts are published."),
            format!("需求、已安排或未安排的数量不足 {MIN_PUBLIC}，不公布统计数字。"),
        ),
    }
    for table in public.tables.iter().filter(|_| public.all.is_some()) {
        let (english, chinese) = heading(table.dimension);
        lines.add(format!("By {english}:"), format!("按{chinese}："));
        for kind in &table.rows {
            let name = chinese_name(table.dimension, &kind.key);
            row(&mut lines, &format!("  {}", kind.key), &format!("  {name}"), kind.cells);
        }
    }
    lines.add(
        format!("Left out are counts below {MIN_PUBLIC}, and others that would give them away."),
        format!("不公布小于 {MIN_PUBLIC} 的数字，以及可据以推算出此类数字的其他数字。"),
    );
    if matching.rates().is_some_and(|rates| rates.least == rates.bound) {
        let (english, chinese) = kind(matching.problem().policy().over());
        lines.add(
            format!("No matching serves a greater part of the needs of whichever {english} is served least."),
            format!("没有任何匹配结果能使服务比例最低的{chinese}得到更高的服务比例。"),
        );
    }
    match matching.status() {
        Status::Optimal => lines.add(
            "No other matching is better under the policy's objective; this is proven, and was checked by separate code.",
            "按此政策的目标，没有其他匹配结果优于本结果；该结论已有证明，并经独立程序校验。",
        ),
        Status::FloorsUnmet => lines.add(
            "The floors of the plan cannot all be met, so nothing was decided; this is proven, and was checked by separate code.",
            "计划设定的下限无法全部满足，故未作任何决定；该结论已有证明，并经独立程序校验。",
        ),
        status => lines.add(
            format!("Of this result: {}; this was checked by separate code.", status.text(Language::English)),
            format!("{}；该结论经独立程序校验。", status.text(Language::Chinese)),
        ),
    }
    origin(&mut lines, &of_run(matching));
    lines.text
}

fn row(lines: &mut Lines, english: &str, chinese: &str, cells: Option<Cells>) {
    match cells {
        Some(cells) => {
            let Cells { needs, served, waiting_days, .. } = cells;
            let (percent, days) = (100 * served / needs.max(1), waiting_days / needs.max(1));
            lines.add(
                format!("{english}: {served} of {needs} needs served ({percent} %), {days} days waited on average"),
                format!("{chinese}：需求 {needs}，已安排 {served}（{percent}%），平均等待 {days} 天"),
            );
        }
        None => lines.add(format!("{english}: not published"), format!("{chinese}：不公布")),
    }
}

const fn heading(dimension: Dimension) -> (&'static str, &'static str) {
    match dimension {
        Dimension::Tier => ("tier, from 1 (most urgent) to 4", "层级（一级最紧急）"),
        Dimension::ClientGroup => ("client group", "服务对象类别"),
        Dimension::County => ("county", "县（市、区）代码"),
        Dimension::UrbanRuralClass => ("urban and rural class", "城乡分类"),
        Dimension::Domain => ("domain", "服务领域"),
    }
}

/// What the objective compares.
const fn kind(over: Over) -> (&'static str, &'static str) {
    match over {
        Over::County => ("county", "县（市、区）"),
        Over::Township => ("township", "乡镇（街道）"),
        Over::ClientGroup => ("client group", "服务对象类别"),
    }
}

/// The Chinese name of a kind, or its code where it has none.
fn chinese_name(dimension: Dimension, key: &str) -> &str {
    let name = match dimension {
        Dimension::ClientGroup => ClientGroup::ALL.iter().find(|code| code.code() == key).map(|code| code.chinese()),
        Dimension::Domain => Domain::ALL.iter().find(|code| code.code() == key).map(|code| code.chinese()),
        Dimension::UrbanRuralClass if key == "unknown" => Some("未知"),
        Dimension::UrbanRuralClass => {
            UrbanRuralClass::ALL.iter().find(|code| code.code() == key).map(|code| code.chinese())
        }
        Dimension::Tier | Dimension::County => None,
    };
    name.unwrap_or(key)
}
