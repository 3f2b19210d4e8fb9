//! Where the portal is served: on a listener of its own, in a shop's frame, by the link of a message.

use serde_json::json;
use support::Harness;

use super::shop_with_order;

fn apart() -> Harness {
    Harness::start_with(|settings| http_api::Settings {
        portal_listen: Some(settings.listen),
        portal_on_main: false,
        ..settings
    })
}

#[test]
fn the_portals_listener_serves_the_portal_and_nothing_else() {
    let harness = apart();
    shop_with_order(&harness);
    let portal = harness.portal_url().expect("a second address");
    let stranger = harness.anonymous().at(&portal);
    for route in contract::route::AREAS.iter().flat_map(|(area, routes)| routes.iter().map(move |route| (area, route)))
    {
        let (area, route) = route;
        let missing: Vec<&dyn std::fmt::Display> = route.variables().map(|_| &1 as &dyn std::fmt::Display).collect();
        let body = (route.method != contract::Method::Get).then(|| "{}".to_owned());
        let answer = stranger.send(route.method.as_str(), &route.address(&missing), body);
        let served = *area == "portal" || route.path == "/api/health";
        assert_eq!(answer.status != 404, served, "{} → {} {}", route.operation, answer.status, answer.text);
    }
    for page in ["/", "/portal", "/portal/case", "/portal/assets/x.js"] {
        assert_eq!(stranger.get(page).status, 200, "{page}");
    }
    for page in ["/desk", "/desk/setup", "/api", "/api/nothing", "/other"] {
        assert_eq!(stranger.get(page).status, 404, "{page}");
    }
    let buyer = super::customer(&harness).at(&portal);
    buyer.get("/api/portal/order").expect(200);
}

#[test]
fn the_main_listener_can_leave_the_portal_to_the_other() {
    let harness = apart();
    shop_with_order(&harness);
    let staff = harness.anonymous();
    assert_eq!(super::customer(&harness).get("/api/portal/order").status, 404);
    assert_eq!(staff.get("/portal").status, 404);
    assert_eq!((staff.get("/").status, staff.get("/").header("location")), (302, Some("/desk")));
    assert_eq!(staff.get("/desk").status, 200);
    harness.signed_in("admin").get("/api/shops").expect(200);
}

#[test]
fn a_shop_says_who_may_frame_its_portal() {
    let harness = Harness::start();
    shop_with_order(&harness);
    let other = harness.shop("B");
    let admin = harness.signed_in("admin");
    let policy =
        |page: &str| harness.anonymous().get(page).header("content-security-policy").unwrap_or_default().to_owned();
    assert!(policy("/portal").contains("frame-ancestors 'self';"));
    let shops = admin.get("/api/shop-portals").expect(200);
    let id = shops[0]["shop"].as_str().expect("an id").to_owned();
    let put = |id: &str, version: i64, origins: &[&str], url: &str| {
        admin.put(
            &format!("/api/shops/{id}/portal"),
            &json!({ "version": version, "url": url, "embed_origins": origins }),
        )
    };
    put(&id, 0, &["https://Shop.example.com/", ""], "https://return.example.com/").expect(200);
    put(&id, 0, &[], "").refused(409, "changed_meanwhile");
    put(&other.to_string(), 0, &["https://b.example.com"], "").expect(200);
    let refused =
        put(&id, 1, &["https://a.com", "https://a.com; script-src *"], "ftp://x").refused(422, "invalid_fields");
    let fields: Vec<&str> =
        refused["fields"].as_array().into_iter().flatten().filter_map(|field| field["field"].as_str()).collect();
    assert_eq!(fields, ["url", "embed_origins[1]"]);
    assert!(policy("/portal?shop=A&embed=1").contains("frame-ancestors 'self' https://shop.example.com;"));
    assert!(policy("/portal/case?embed=1").contains("'self' https://b.example.com https://shop.example.com;"));
    assert!(policy("/portal?shop=none").contains("https://b.example.com"));
    assert!(policy("/desk").contains("frame-ancestors 'self';"), "the desk is never framed");
    let agent = harness.person_client("agent", &["agent"]);
    agent.put(&format!("/api/shops/{id}/portal"), &json!({})).refused(403, "forbidden");
}
