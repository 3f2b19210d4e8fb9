//! Master data, for whoever edits it and for every page that names a shop or a reason.

mod calendars;
mod canned_answers;
mod customers;
mod lists;
mod places;
mod reasons;
mod skus;

use contract::master::SavedRow;
use operations::Answer;
use operations::master::Saved;

use crate::answer::{Reply, changed, created};
use crate::registry::Area;

pub(crate) fn routes(area: &mut Area<'_>) {
    places::routes(area);
    reasons::routes(area);
    canned_answers::routes(area);
    calendars::routes(area);
    lists::routes(area);
    skus::routes(area);
    customers::routes(area);
}

/// 201 for a row that is new, 200 for one that changed.
fn saved(is_new: bool, answer: &Answer<Saved>) -> Reply {
    let row = SavedRow { id: answer.value.id.to_string(), version: answer.value.version };
    if is_new { created(answer, &row) } else { changed(answer, &row) }
}
