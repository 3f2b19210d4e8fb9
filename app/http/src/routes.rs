//! The table of areas. A new area is a file of handlers here, a file of routes and views in `contract`, and a line in
//! both tables; a test compares them.

use crate::registry::Routes;
use crate::{
    attachment, backup, board, daily_file, event, exception, external_case, filing, gun, health, import, inbox, ledger,
    master, message, openapi, order, outbound, person, portal, record, refund, rma, session, settlement, setup,
    statement, station, template, token, tracking, upload, warehouse,
};

/// Every route of the server.
pub(crate) fn all() -> Routes {
    Routes::collect(&[
        ("session", session::routes),
        ("session", setup::routes),
        ("person", person::routes),
        ("token", token::routes),
        ("filing", filing::routes),
        ("filing", attachment::routes),
        ("upload", upload::routes),
        ("tracking", tracking::routes),
        ("rma", rma::routes),
        ("portal", portal::routes),
        ("inbox", inbox::routes),
        ("template", template::routes),
        ("message", message::routes),
        ("board", board::routes),
        ("warehouse", warehouse::routes),
        ("exception", exception::routes),
        ("gun", gun::routes),
        ("station", station::routes),
        ("settlement", settlement::routes),
        ("refund", refund::routes),
        ("statement", statement::routes),
        ("ledger", ledger::routes),
        ("outbound", outbound::routes),
        ("daily_file", daily_file::routes),
        ("order", order::routes),
        ("external_case", external_case::routes),
        ("master", master::routes),
        ("record", record::routes),
        ("import", import::routes),
        ("event", event::routes),
        ("backup", backup::routes),
        ("health", health::routes),
        ("health", openapi::routes),
    ])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn every_route_of_the_contract_is_registered_once() {
        let all = super::all();
        let entries = all.entries();
        let registered: BTreeSet<_> = entries.iter().map(|entry| (entry.route.path, entry.route.method)).collect();
        let promised: BTreeSet<_> = contract::route::all().map(|route| (route.path, route.method)).collect();
        assert_eq!(registered, promised);
        assert_eq!(registered.len(), entries.len(), "a route is registered twice");
    }
}
