//! The registry of areas: what the navigation offers, to whom, and where the work of a case is done. A new area adds its
//! `PLACE` here, its address in `routes.rs` and its module in `pages.rs`.

use contract::rma::ActionView;
use domain::{Permission, RmaId};
use leptos::prelude::*;
use parts::session::Session;
use ui::{Glyph, NavItem, Text, Words};

use crate::pages;

/// A place of the navigation.
pub(crate) struct Place {
    /// Address in full.
    pub(crate) href: &'static str,
    /// Name.
    pub(crate) label: Text,
    /// Picture.
    pub(crate) icon: Glyph,
    /// Offered to whoever holds one of these somewhere; to everybody when empty.
    pub(crate) needs: &'static [Permission],
    /// Begins a group with this heading.
    pub(crate) group: Option<Text>,
}

/// All places, in order; the first four are the tabs of a phone.
const PLACES: &[&Place] = &[
    &pages::inbox::PLACE,
    &pages::cases::PLACE,
    &pages::file::PLACE,
    &pages::receiving::PLACE,
    &pages::station::PLACE,
    &pages::inspecting::PLACE,
    &pages::shelf::PLACE,
    &pages::handed_over::PLACE,
    &pages::exceptions::PLACE,
    &pages::settling::PLACE,
    &pages::outbound::PLACE,
    &pages::board::PLACE,
    &pages::books::PLACE,
    &pages::refunds::PLACE,
    &pages::statements::PLACE,
    &pages::daily_files::PLACE,
    &pages::orders::PLACE,
    &pages::platform_cases::PLACE,
    &pages::customers::PLACE,
    &pages::records::PLACE,
    &pages::imports::PLACE,
    &pages::master::PLACE,
    &pages::template::PLACE,
    &pages::messages::PLACE,
    &pages::persons::PLACE,
    &pages::persons::tokens::PLACE,
    &pages::backups::PLACE,
];

/// Where one kind of work on a case is done.
pub(crate) struct WorkPlace {
    /// Whether it is this work.
    pub(crate) does: fn(&ActionView) -> bool,
    /// What the button says.
    pub(crate) label: Text,
    /// Where it leads.
    pub(crate) href: fn(RmaId) -> String,
}

/// All places of work; an area with work on cases adds its own.
const WORK_PLACES: &[&WorkPlace] =
    &[&pages::receiving::WORK, &pages::inspecting::WORK, &pages::settling::WORK, &pages::outbound::WORK];

/// The navigation of whoever is signed in; `waiting` is how much stands in the inbox.
pub(crate) fn items(session: Session, waiting: Signal<i64>) -> Vec<NavItem> {
    // A heading goes to the first place below it that is offered.
    let mut heading = None;
    let mut items = Vec::new();
    for place in PLACES {
        heading = place.group.or(heading);
        if session.may_one_of(place.needs) {
            let item = NavItem::new(place.href, place.label, place.icon);
            let item = if place.href == pages::inbox::PLACE.href { item.count(waiting) } else { item };
            items.push(match heading.take() {
                Some(heading) => item.group(heading),
                None => item,
            });
        }
    }
    items
}

/// Whether the page at an address may be opened by somebody whom `may_one_of` answers for; addresses of no place may.
pub(crate) fn is_open(path: &str, may_one_of: impl Fn(&[Permission]) -> bool) -> bool {
    let is_below =
        |place: &&&Place| path.strip_prefix(place.href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let nearest = PLACES.iter().filter(is_below).max_by_key(|place| place.href.len());
    nearest.is_none_or(|place| place.needs.is_empty() || may_one_of(place.needs))
}

/// Places as commands: address, name, picture.
pub(crate) fn commands(session: Session) -> Vec<(&'static str, Words, Glyph)> {
    let own = PLACES.iter().filter(|place| session.may_one_of(place.needs));
    own.map(|place| (place.href, Words::from(place.label), place.icon)).collect()
}

/// Where the work of an action is done: what the button says and where it leads.
pub(crate) fn work_place(action: &ActionView, id: RmaId) -> Option<(Text, String)> {
    let found = WORK_PLACES.iter().find(|place| (place.does)(action))?;
    Some((found.label, (found.href)(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, held: &[Permission], expect: bool) {
        assert_eq!(is_open(path, |some| some.iter().any(|one| held.contains(one))), expect, "{path}");
    }

    #[test]
    fn a_page_is_open_to_whoever_its_place_is_offered_to() {
        check("/desk", &[], true);
        check("/desk/", &[], true);
        check("/desk/settling", &[], false);
        check("/desk/settling/12", &[Permission::RmaView], false);
        check("/desk/settling/12", &[Permission::SettlementPay], true);
        check("/desk/rmas/12", &[Permission::RmaView], true);
        check("/desk/master/shops", &[Permission::RmaView], false);
        // What no place leads to says itself that it is not there.
        check("/desk/nothing", &[], true);
        check("/desk/settlings", &[], true);
    }
}
