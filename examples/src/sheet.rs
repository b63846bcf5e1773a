//! Results as CSV for a spreadsheet: UTF-8 with a byte order mark, headings in two languages, no cell that a
//! spreadsheet would run or damage.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use needmatch::matching::{Node, Tier, UnmatchedReason};
use needmatch::model::NeedId;
use needmatch::score::Criterion;
use needmatch::{Language, Matching};

use crate::name::{Counties, kind};

/// Fixed point: 1.0 is so many units of score.
const SCORE_ONE: f64 = 1_000_000.0;

/// Columns that describe a need, in every sheet that lists needs.
const NEED_HEADINGS: [&str; 10] = [
    "need_id 需求",
    "county 县（市、区）",
    "community 村（社区）代码",
    "community_name 村（社区）",
    "urban_rural_class 城乡分类",
    "tier 层级",
    "risk 风险",
    "domain 领域",
    "service 服务",
    "waiting_days 等待天数",
];

/// Who serves whom, one row for each need that is served.
///
/// # Errors
///
/// Whatever the file system reports.
pub fn assignments(matching: &Matching, path: &Path) -> io::Result<()> {
    let mut headings = NEED_HEADINGS.map(String::from).to_vec();
    let further =
        ["organization_id 机构", "kind 机构类别", "worker_id 社工", "score 得分", "rank 候选名次", "pinned 人工指定"];
    headings.extend(further.map(String::from));
    headings.extend(Criterion::ALL.iter().map(|criterion| format!("{} {}", criterion.code(), criterion.chinese())));
    let mut sheet = Sheet::create(path, &headings)?;
    let counties = Counties::new();
    for assignment in matching.assignments() {
        let mut row = need(matching, &counties, assignment.need);
        row.push(matching.organization_id(assignment.organization).to_owned());
        row.push(kind(matching, Node::Organization(assignment.organization)).to_owned());
        row.push(assignment.worker.map_or_else(String::new, |worker| matching.worker_id(worker).to_owned()));
        row.push(score(assignment.score));
        row.push(assignment.rank.to_string());
        row.push(if assignment.pinned { "是" } else { "否" }.to_owned());
        row.extend(assignment.criteria.map(score));
        sheet.row(&row)?;
    }
    sheet.finish()
}

/// Who is not served and why, one row for each need that is not.
///
/// # Errors
///
/// Whatever the file system reports.
pub fn unmatched(matching: &Matching, path: &Path) -> io::Result<()> {
    let mut headings = NEED_HEADINGS.map(String::from).to_vec();
    let further = [
        "reason 原因代码",
        "reason_text 原因",
        "blocked_by 单独阻断的规则及服务方数",
        "full_at 名额已满的候选数（社工/机构/上级）",
        "nearest_organization 最佳候选机构",
        "nearest_worker 最佳候选社工",
        "nearest_score 最佳候选得分",
    ];
    headings.extend(further.map(String::from));
    let mut sheet = Sheet::create(path, &headings)?;
    let counties = Counties::new();
    for unmatched in matching.unmatched() {
        let mut row = need(matching, &counties, unmatched.need);
        row.push(unmatched.reason.code().to_owned());
        row.push(unmatched.reason.text(Language::Chinese).to_owned());
        row.extend(detail(matching, &unmatched.reason));
        sheet.row(&row)?;
    }
    sheet.finish()
}

/// The places of workers, organizations and groups.
///
/// # Errors
///
/// Whatever the file system reports.
pub fn capacity(matching: &Matching, path: &Path) -> io::Result<()> {
    let headings = [
        "level 层级",
        "id 编号",
        "kind 类别",
        "county 县（市、区）",
        "places 空余名额",
        "used 本次使用",
        "left 剩余",
        "price_tier 再增一个名额的价值（层级）",
        "price_score 再增一个名额的价值（得分）",
    ];
    let mut sheet = Sheet::create(path, &headings.map(String::from))?;
    let counties = Counties::new();
    for capacity in matching.capacity() {
        let number = |places: Option<u64>| places.map_or_else(String::new, |places| places.to_string());
        sheet.row(&[
            capacity.node.level().code().to_owned(),
            matching.node_id(capacity.node).to_owned(),
            kind(matching, capacity.node).to_owned(),
            counties.of_node(matching, capacity.node),
            number(capacity.places),
            capacity.used.to_string(),
            number(capacity.places.map(|places| places - capacity.used)),
            capacity.price.tier.to_string(),
            (capacity.price.score as f64 / SCORE_ONE).to_string(),
        ])?;
    }
    sheet.finish()
}

/// The cells that describe a need.
fn need(matching: &Matching, counties: &Counties, need: NeedId) -> Vec<String> {
    let problem = matching.problem();
    let need = &problem.needs()[need.index()];
    let community = &problem.communities()[need.community.index()];
    vec![
        need.id.to_string(),
        counties.name(community.code),
        community.code.to_string(),
        community.name.as_deref().unwrap_or_default().to_owned(),
        community.urban_rural_class.map_or_else(String::new, |class| format!("{} {}", class.code(), class.chinese())),
        Tier::of(need.risk).number().to_string(),
        need.risk.chinese().to_owned(),
        need.domain.chinese().to_owned(),
        need.service_type.map_or_else(String::new, |service| service.chinese().to_owned()),
        need.waiting_days.to_string(),
    ]
}

/// The cells behind a reason.
fn detail(matching: &Matching, reason: &UnmatchedReason) -> [String; 5] {
    let mut cells = [const { String::new() }; 5];
    match reason {
        UnmatchedReason::NoCandidate { failed, .. } => {
            let alone = failed.iter().filter(|count| count.alone > 0);
            cells[0] = alone.map(|count| format!("{} {}", count.rule, count.alone)).collect::<Vec<_>>().join("; ");
        }
        UnmatchedReason::NoOpenPlace { full, nearest } => {
            cells[1] = format!("{} / {} / {}", full.worker, full.organization, full.group);
            cells[2] = matching.organization_id(nearest.organization).to_owned();
            cells[3] = nearest.worker.map_or_else(String::new, |worker| matching.worker_id(worker).to_owned());
            cells[4] = score(nearest.score);
        }
        _ => {}
    }
    cells
}

/// A score from 0 to 1, exactly as the library has it.
fn score(fixed: i32) -> String {
    (f64::from(fixed) / SCORE_ONE).to_string()
}

/// A file that is being written.
struct Sheet(csv::Writer<BufWriter<File>>);

impl Sheet {
    fn create(path: &Path, headings: &[String]) -> io::Result<Self> {
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all("\u{feff}".as_bytes())?;
        let mut sheet = Self(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file));
        sheet.row(headings)?;
        Ok(sheet)
    }

    fn row(&mut self, cells: &[String]) -> io::Result<()> {
        self.0.write_record(cells.iter().map(|cell| safe(cell).into_owned()))?;
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A cell that a spreadsheet neither runs nor damages.
///
/// What begins like a formula gets an apostrophe in front, a code of twelve digits or more a tab, since a spreadsheet
/// would show it as `1.40524E+11`. A number below zero stays a number.
fn safe(cell: &str) -> Cow<'_, str> {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    let is_long_code = cell.len() >= 12 && cell.bytes().all(|byte| byte.is_ascii_digit());
    match (runs, is_long_code) {
        (true, _) => Cow::Owned(format!("'{cell}")),
        (_, true) => Cow::Owned(format!("\t{cell}")),
        _ => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn cells_that_begin_like_a_formula_are_disarmed() {
        for cell in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(safe(cell), format!("'{cell}"));
        }
        for cell in ["", "N000001", "a=b", "-0.5", "是"] {
            assert_eq!(safe(cell), cell);
        }
    }

    #[test]
    fn long_codes_stay_texts_and_numbers_stay_numbers() {
        assert_eq!(safe("140524100001"), "\t140524100001");
        assert_eq!(safe("140524"), "140524");
        assert_eq!(safe("0.873214"), "0.873214");
    }
}
