//! Two results beside each other, and which amendment did what of the difference.

use std::ffi::c_char;

use needmatch::compare::{self, AttributionSettings, Input};
use needmatch::{Matching, Policy};

use crate::boundary::{self, Failure, Out, guard_with_error};
use crate::control::{self, needmatch_control};
use crate::error::needmatch_error;
use crate::matching::needmatch_matching;
use crate::options::{self, needmatch_options};
use crate::registry;
use crate::report::needmatch_report;
use crate::status::needmatch_status;
use crate::tables::{needmatch_tables, with_tables};

/// Aligns two matchings by the identifiers of their needs: a row of the report's facts for each need, with `change`:
/// `moved`, `gained`, `lost`, `same`, `without` (served by nobody, before or after), `new` or `gone`.
///
/// Free the report with needmatch_report_free.
///
/// # Safety
///
/// `report_out` is valid for one write; `error_out` is NULL or valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_compare(
    before: needmatch_matching,
    after: needmatch_matching,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { Out::new(report_out, "report_out") }?;
        let before = registry::get::<Matching>(before, "before")?;
        let after = registry::get::<Matching>(after, "after")?;
        out.write(registry::insert(compare::compare(&before, &after).report())?);
        Ok(())
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

/// Tells which amendment did how much of the difference between two inputs. An amendment is a changed part of the policy,
/// or a changed table; its contribution is the mean of what it adds over all orders in which amendments could be made.
///
/// The report's facts have a row for each amendment: `served_p1` to `served_p4`, `tier` and `score` are numerators over
/// `denominator` and add up to the whole difference exactly. The others are the shares of each need that moved, gained or
/// lost, over the same denominator. Up to 8 amendments contributions are exact, which takes two to their number of runs;
/// beyond, `orders` orders are drawn by lot (0 stands for 32).
///
/// `tables_after` may be 0 for the same tables. `policy_before` and `policy_after` are TOML texts; NULL stands for the
/// default policy. `together` names amendments that count as one, such as `criteria;tables`: names divided by semicolons,
/// or NULL. `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.
///
/// # Safety
///
/// Each text is NULL or points to as many bytes as its length says; `options` is NULL or points to `struct_size` bytes;
/// `report_out` is valid for one write; `error_out` is NULL or valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_attribute(
    tables_before: needmatch_tables,
    policy_before: *const c_char,
    policy_before_len: usize,
    tables_after: needmatch_tables,
    policy_after: *const c_char,
    policy_after_len: usize,
    together: *const c_char,
    together_len: usize,
    orders: u32,
    options: *const needmatch_options,
    control: needmatch_control,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { Out::new(report_out, "report_out") }?;
        // SAFETY: as above.
        let given = unsafe { options::read(options) }?;
        // SAFETY: as above.
        let old = unsafe { policy_of(policy_before, policy_before_len, "policy_before") }?;
        // SAFETY: as above.
        let new = unsafe { policy_of(policy_after, policy_after_len, "policy_after") }?;
        let together = match together.is_null() {
            true => "",
            // SAFETY: as above.
            false => unsafe { boundary::text(together, together_len, "together") }?,
        };
        let together = together.split(';').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let mut settings = AttributionSettings { together, ..AttributionSettings::default() };
        if orders > 0 {
            settings.orders = orders;
        }
        let control = control::optional(control)?;
        let options = given.with(control.as_deref());
        let old_tables = with_tables(tables_before, |tables| Ok(tables.clone()))?;
        let new_tables = match tables_after {
            0 => None,
            tables => Some(with_tables(tables, |tables| Ok(tables.clone()))?),
        };
        let before = Input { tables: &old_tables, policy: &old };
        let after = Input { tables: new_tables.as_ref().unwrap_or(&old_tables), policy: &new };
        let report = compare::attribute(before, after, &settings, &options)?.report();
        out.write(registry::insert(report)?);
        Ok(())
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

/// The policy of a text, or the default one.
///
/// # Safety
///
/// `text` is NULL or points to `len` bytes.
unsafe fn policy_of(text: *const c_char, len: usize, name: &'static str) -> Result<Policy, Failure> {
    match text.is_null() {
        true => Ok(Policy::default()),
        // SAFETY: the caller's promise, passed on unchanged.
        false => Ok(Policy::from_toml(unsafe { boundary::text(text, len, name) }?)?),
    }
}
