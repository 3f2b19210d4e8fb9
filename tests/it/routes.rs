//! Every route against everybody: nobody, somebody without the right, somebody with it. A new route is in here by
//! standing in the table.

use contract::{Access, Method, Route};
use domain::Permission;
use operations::actor::permission_bit;
use serde_json::json;
use support::{Answer, Client, Harness};

/// Public routes are few, and each is here by hand.
const PUBLIC: &[&str] = &[
    "open_session",
    "redeem_setup_link",
    "get_health",
    "get_openapi",
    "start_portal",
    "get_own_station",
    "open_operator",
];
/// Routes whose answer does not end.
const ENDLESS: &[&str] = &["stream_events"];

fn call(client: &Client, route: &Route) -> Answer {
    let missing: Vec<&dyn std::fmt::Display> = route.variables().map(|_| &1 as &dyn std::fmt::Display).collect();
    let address = route.address(&missing);
    match route.method {
        Method::Get | Method::Delete => client.send(route.method.as_str(), &address, None),
        _ => client.send(route.method.as_str(), &address, Some(json!({}).to_string())),
    }
}

#[test]
fn public_routes_are_these_and_no_others() {
    let public: Vec<_> = contract::route::all().filter(|route| route.access == Access::Public).collect();
    for route in public {
        assert!(PUBLIC.contains(&route.operation), "`{}` is public and not in the list", route.operation);
    }
}

#[test]
fn nobody_gets_past_a_route_that_is_not_public() {
    let harness = Harness::start();
    let nobody = harness.anonymous();
    for route in contract::route::all() {
        let answer = call(&nobody, route);
        match route.access {
            Access::Public => assert_ne!(answer.status, 401, "{}", route.operation),
            // A customer without a token learns nothing.
            Access::Customer => assert!(answer.status >= 400, "{}: {}", route.operation, answer.text),
            Access::SignedIn | Access::Needs(_) | Access::NeedsOne(_) => {
                answer.refused(401, "unauthenticated");
            }
        }
    }
}

#[test]
fn a_wrong_token_is_nobody() {
    let harness = Harness::start();
    let wrong = harness.anonymous().with_bearer(&format!("rdt_{}", "A".repeat(43)));
    for route in contract::route::all().filter(|route| !matches!(route.access, Access::Public | Access::Customer)) {
        call(&wrong, route).refused(401, "unauthenticated");
    }
}

#[test]
fn each_role_passes_where_the_template_lets_it_and_nowhere_else() {
    let harness = Harness::start();
    let definitions = harness.app().definitions();
    for role in harness.roles() {
        let client = harness.person_client(&role, &[&role]);
        let bits = definitions.permissions_of(&role);
        let holds = |permission: &Permission| bits & permission_bit(*permission) != 0;
        for route in contract::route::all().filter(|route| !ENDLESS.contains(&route.operation)) {
            let allowed = match &route.access {
                Access::Public | Access::Customer => continue,
                // Signing out and the like would end the walk.
                Access::SignedIn if route.operation.starts_with("close_") => continue,
                Access::SignedIn => true,
                Access::Needs(permission) => holds(permission),
                Access::NeedsOne(some) => some.iter().any(holds),
            };
            let answer = call(&client, route);
            let case = format!("{role}: {} → {} {}", route.operation, answer.status, answer.text);
            if allowed {
                assert!(![401, 403, 405].contains(&answer.status) && answer.status < 500, "{case}");
            } else {
                assert_eq!((answer.status, answer.body["code"].as_str()), (403, Some("forbidden")), "{case}");
            }
        }
    }
}

#[test]
fn a_browser_without_its_token_changes_nothing_anywhere() {
    let harness = Harness::start();
    let roles = harness.roles();
    let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
    let browser = harness.person_client("all", &roles).with_csrf(None);
    for route in contract::route::all().filter(|route| !route.method.is_safe()) {
        if !matches!(route.access, Access::Public | Access::Customer) {
            call(&browser, route).refused(403, "csrf");
        }
    }
}
