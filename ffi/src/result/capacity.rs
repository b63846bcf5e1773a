//! The places of workers, organizations and groups.

use needmatch::Matching;
use needmatch::matching::{Capacity, Node};

use super::{Column, int, text, whole};

pub(super) fn columns() -> Vec<Column> {
    vec![
        text("level", |m, row| Some(at(m, row)?.node.level().code().into())),
        int("row", |m, row| whole(row_of(m, at(m, row)?.node))),
        text("id", |m, row| Some(m.node_id(at(m, row)?.node).into())),
        int("places", |m, row| whole(at(m, row)?.places?)),
        int("used", |m, row| whole(at(m, row)?.used)),
        int("price_tier", |m, row| Some(at(m, row)?.price.tier)),
        int("price_score", |m, row| Some(at(m, row)?.price.score)),
        int("floor", |m, row| whole(at(m, row)?.floor)),
        // Of more than 64 bits, so in digits.
        text("exact_price", |m, row| Some(m.certificate()?.price.get(row)?.to_string().into())),
    ]
}

fn at(matching: &Matching, row: usize) -> Option<&Capacity> {
    matching.capacity().get(row)
}

pub(super) fn row_of(matching: &Matching, node: Node) -> usize {
    let problem = matching.problem();
    match node {
        Node::Worker(worker) => problem.row_of_worker(worker),
        Node::Organization(organization) => problem.row_of_organization(organization),
        Node::Group(group) => problem.row_of_group(group),
    }
}
