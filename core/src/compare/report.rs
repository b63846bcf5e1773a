//! Differences and contributions as tables.

use super::attribution::Attribution;
use super::difference::{Difference, NeedDifference, ServedBy};
use crate::error::Language::{Chinese, English};
use crate::explain::{Report, ints, owned, texts};
use crate::matching::Tier;
use crate::table::Table;

impl Difference {
    /// The difference as a table of one row for each need: `need_id`, `change`, `tier_before`, `tier_after`, and who served
    /// and serves it, by organization and worker; missing for nobody.
    #[must_use]
    pub fn report(&self) -> Report {
        let rows = &self.needs;
        let column = |of: fn(&NeedDifference) -> Option<&str>| texts(rows.iter().map(of));
        let organization = |by: &Option<ServedBy>| by.as_ref().map(|by| by.organization_id.clone());
        let worker = |by: &Option<ServedBy>| by.as_ref().and_then(|by| by.worker_id.clone());
        let tier = |tier: Option<Tier>| tier.map(Tier::number);
        let mut facts = Table::new();
        facts.push("need_id", column(|need| Some(&need.need_id)));
        facts.push("change", column(|need| Some(need.change.code())));
        facts.push("tier_before", ints(rows.iter().map(|need| tier(need.tier_before))));
        facts.push("tier_after", ints(rows.iter().map(|need| tier(need.tier_after))));
        facts.push("from_organization_id", owned(rows.iter().map(|need| organization(&need.before))));
        facts.push("from_worker_id", owned(rows.iter().map(|need| worker(&need.before))));
        facts.push("to_organization_id", owned(rows.iter().map(|need| organization(&need.after))));
        facts.push("to_worker_id", owned(rows.iter().map(|need| worker(&need.after))));
        facts.push("text", owned(rows.iter().map(|need| Some(need.text(English)))));
        facts.push("text_zh", owned(rows.iter().map(|need| Some(need.text(Chinese)))));
        Report { facts, ..Report::default() }
    }
}

impl Attribution {
    /// Contributions as a table of one row for each amendment: its name, what was `before` and is `after`, and what it did,
    /// as numerators over the `denominator`. The others are the shares of needs that moved, gained or lost: `row` of the
    /// facts, `need_id`, `change` and `share` over the same denominator, those that are zero left out.
    #[must_use]
    pub fn report(&self) -> Report {
        let rows = || self.amendments.iter().zip(&self.contributions);
        // A sum of scores is below 2^51, and no factorial of up to 8 above 2^16.
        let number = |value: i128| i64::try_from(value).ok();
        let mut facts = Table::new();
        facts.push("amendment", texts(self.amendments.iter().map(|own| Some(&*own.name))));
        facts.push("before", owned(self.amendments.iter().map(|own| own.told(|part| &part.before))));
        facts.push("after", owned(self.amendments.iter().map(|own| own.told(|part| &part.after))));
        for tier in Tier::ALL {
            let served = rows().map(|(_, own)| number(own.served[tier as usize]));
            facts.push(format!("served_p{}", tier.number()), ints(served));
        }
        facts.push("tier", ints(rows().map(|(_, own)| number(own.total.tier))));
        facts.push("score", ints(rows().map(|(_, own)| number(own.total.score))));
        facts.push("denominator", ints(rows().map(|_| number(self.denominator.into()))));
        facts.push("text", owned((0..self.amendments.len()).map(|k| Some(self.text(k, English)))));
        facts.push("text_zh", owned((0..self.amendments.len()).map(|k| Some(self.text(k, Chinese)))));
        Report { facts, others: self.shares(), ..Report::default() }
    }

    fn shares(&self) -> Table {
        let shares = self.needs.iter().flat_map(|own| {
            let shares = own.shares.iter().enumerate().filter(|(_, share)| **share != 0);
            shares.map(move |(k, &share)| (k as i64, &own.need, share as i64))
        });
        let shares: Vec<(i64, &NeedDifference, i64)> = shares.collect();
        let mut table = Table::new();
        table.push("row", ints(shares.iter().map(|row| Some(row.0))));
        table.push("need_id", texts(shares.iter().map(|row| Some(&*row.1.need_id))));
        table.push("change", texts(shares.iter().map(|row| Some(row.1.change.code()))));
        table.push("share", ints(shares.iter().map(|row| Some(row.2))));
        table
    }
}
