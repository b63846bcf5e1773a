//! A matching as tables of columns, in the words of the input.

mod assignments;
mod capacity;
mod coverage;
mod immediate;
mod quota_prices;
mod quotas;
mod rates;
mod run;
mod tight_set;
mod unmatched;

use std::borrow::Cow;

use needmatch::Matching;

use crate::boundary::Failure;
use crate::status::{NEEDMATCH_E_ARGUMENT, NEEDMATCH_E_NOT_FOUND};

/// A table of the result: one of the NEEDMATCH_RESULT_ numbers. needmatch_result_column lists a table's columns.
///
/// A column whose name ends in `_row` holds rows of the caller's own tables, counted from 0. Scores are in fixed
/// point: 1.0 is 1 000 000. Rows are in the order of the identifiers' bytes, whatever the order of the input.
pub type needmatch_result = u32;

/// One row for each need that is served.
pub const NEEDMATCH_RESULT_ASSIGNMENTS: needmatch_result = 1;
/// One row for each need that is not served, with the reason.
pub const NEEDMATCH_RESULT_UNMATCHED: needmatch_result = 2;
/// One row for each worker, organization and group: its places, how many are used, and the price of one more.
pub const NEEDMATCH_RESULT_CAPACITY: needmatch_result = 3;
/// One row for each tier, domain, county and urban or rural class: its needs, and how many of them are served.
pub const NEEDMATCH_RESULT_COVERAGE: needmatch_result = 4;
/// A single row: status, totals, the bound that proves them, and what determined the result.
pub const NEEDMATCH_RESULT_RUN: needmatch_result = 5;

/// Where the floors cannot be met: one row for each floor that asks, each cap that allows no more, and each need that can
/// fill one place (`kind` floor, cap, need). The floors ask for more than the caps and needs together allow, by the
/// `missing` of NEEDMATCH_RESULT_RUN.
pub const NEEDMATCH_RESULT_TIGHT_SET: needmatch_result = 6;

/// One row for each quota: its needs, how many are served, its bounds, and the price of a bound that is one higher.
pub const NEEDMATCH_RESULT_QUOTAS: needmatch_result = 7;
/// One row for each quota, or household of a quota, with an exact price other than 0.
pub const NEEDMATCH_RESULT_QUOTA_PRICES: needmatch_result = 8;

/// One row for each statutory emergency: a need that is in NEEDMATCH_RESULT_UNMATCHED with the reason `immediate`, and about
/// which somebody must be told at once.
pub const NEEDMATCH_RESULT_IMMEDIATE: needmatch_result = 9;

/// Where the objective compares kinds of needs: one row for each kind of which any need has a candidate, with how many of
/// those are served, and how many must be so that its rate is no less than the least. Under `leximin` the last two columns
/// have the rates that none exceeds, ascending, whatever the kind of the row.
pub const NEEDMATCH_RESULT_RATES: needmatch_result = 10;
/// What proves that no matching has a least rate above the bound of NEEDMATCH_RESULT_RUN: the columns of
/// NEEDMATCH_RESULT_TIGHT_SET, with the floors of a rate above it. Under `leximin` several sets, with all needs of
/// their kinds as floors: these kinds can have no more served together.
pub const NEEDMATCH_RESULT_RATE_TIGHT_SET: needmatch_result = 11;

/// The type of a column: NEEDMATCH_TYPE_I64 or NEEDMATCH_TYPE_TEXT.
pub type needmatch_type = u32;

/// Whole numbers, read by needmatch_matching_i64.
pub const NEEDMATCH_TYPE_I64: needmatch_type = 1;
/// Texts, read by needmatch_matching_text and needmatch_matching_text_at.
pub const NEEDMATCH_TYPE_TEXT: needmatch_type = 2;

/// A column: its name, and how to read a cell of a matching. `None` is a missing value.
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) read: Read,
}

/// How to read the cell of a row.
pub(crate) enum Read {
    Int(Box<IntOf>),
    Text(Box<TextOf>),
}

type IntOf = dyn Fn(&Matching, usize) -> Option<i64>;
type TextOf = dyn for<'a> Fn(&'a Matching, usize) -> Option<Cow<'a, str>>;

/// The columns of a table.
pub(crate) fn columns(result: needmatch_result) -> Result<Vec<Column>, Failure> {
    match result {
        NEEDMATCH_RESULT_ASSIGNMENTS => Ok(assignments::columns()),
        NEEDMATCH_RESULT_UNMATCHED => Ok(unmatched::columns()),
        NEEDMATCH_RESULT_CAPACITY => Ok(capacity::columns()),
        NEEDMATCH_RESULT_COVERAGE => Ok(coverage::columns()),
        NEEDMATCH_RESULT_RUN => Ok(run::columns()),
        NEEDMATCH_RESULT_TIGHT_SET => Ok(tight_set::columns(tight_set::unmet)),
        NEEDMATCH_RESULT_QUOTAS => Ok(quotas::columns()),
        NEEDMATCH_RESULT_QUOTA_PRICES => Ok(quota_prices::columns()),
        NEEDMATCH_RESULT_IMMEDIATE => Ok(immediate::columns()),
        NEEDMATCH_RESULT_RATES => Ok(rates::columns()),
        NEEDMATCH_RESULT_RATE_TIGHT_SET => Ok(tight_set::columns(rates::proof)),
        _ => Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "result")),
    }
}

/// The column of a name.
pub(crate) fn column(result: needmatch_result, name: &str) -> Result<Read, Failure> {
    let found = columns(result)?.into_iter().find(|column| column.name == name);
    found.map(|column| column.read).ok_or(Failure::argument(NEEDMATCH_E_NOT_FOUND, "name"))
}

/// How many rows a table has.
pub(crate) fn n_rows(matching: &Matching, result: needmatch_result) -> Result<usize, Failure> {
    match result {
        NEEDMATCH_RESULT_ASSIGNMENTS => Ok(matching.assignments().len()),
        NEEDMATCH_RESULT_UNMATCHED => Ok(matching.unmatched().len()),
        NEEDMATCH_RESULT_CAPACITY => Ok(matching.capacity().len()),
        NEEDMATCH_RESULT_COVERAGE => Ok(coverage::n_rows(matching)),
        NEEDMATCH_RESULT_RUN => Ok(1),
        NEEDMATCH_RESULT_TIGHT_SET => Ok(tight_set::n_rows(matching, tight_set::unmet)),
        NEEDMATCH_RESULT_QUOTAS => Ok(matching.quotas().len()),
        NEEDMATCH_RESULT_QUOTA_PRICES => Ok(quota_prices::n_rows(matching)),
        NEEDMATCH_RESULT_IMMEDIATE => Ok(matching.immediate().count()),
        NEEDMATCH_RESULT_RATES => Ok(rates::n_rows(matching)),
        NEEDMATCH_RESULT_RATE_TIGHT_SET => Ok(tight_set::n_rows(matching, rates::proof)),
        _ => Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "result")),
    }
}

fn int(name: &'static str, read: impl Fn(&Matching, usize) -> Option<i64> + 'static) -> Column {
    Column { name, read: Read::Int(Box::new(read)) }
}

fn text(name: &'static str, read: impl for<'a> Fn(&'a Matching, usize) -> Option<Cow<'a, str>> + 'static) -> Column {
    Column { name, read: Read::Text(Box::new(read)) }
}

/// A number of the core that fits 64 bits for every problem that fits in memory.
fn whole(number: impl TryInto<i64>) -> Option<i64> {
    number.try_into().ok()
}
