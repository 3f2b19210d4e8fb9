//! The OpenAPI document describes exactly the routes there are.

use std::collections::BTreeSet;

use contract::Access;
use serde_json::Value;
use support::Harness;

#[test]
fn the_document_and_the_route_table_are_one() {
    let document = Harness::start().anonymous().get("/api/openapi.json").expect(200);
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("a path") {
            described.insert((method.to_uppercase(), path.clone(), text(&operation["operationId"])));
        }
    }
    let route =
        |route: &contract::Route| (route.method.as_str().to_owned(), route.path.to_owned(), route.operation.to_owned());
    let table: BTreeSet<_> = contract::route::all().map(route).collect();
    assert_eq!(described, table);
}

#[test]
fn every_operation_is_described_in_full() {
    let document: Value = serde_json::from_str(&http_api::openapi_document()).expect("JSON");
    for route in contract::route::all() {
        let operation = &document["paths"][route.path][route.method.as_str().to_lowercase()];
        let name = route.operation;
        assert_eq!(text(&operation["summary"]), route.summary, "{name}");
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let named = |place: &str| -> BTreeSet<String> {
            let here = parameters.iter().filter(|parameter| parameter["in"] == place);
            here.map(|parameter| text(&parameter["name"])).collect()
        };
        let mut once: Vec<_> = parameters.iter().map(|one| (text(&one["in"]), text(&one["name"]))).collect();
        let all = once.len();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), all, "a parameter of {name} is described twice");
        assert_eq!(named("path"), route.variables().map(str::to_owned).collect(), "{name}");
        assert_eq!(named("header").contains("Idempotency-Key"), !route.method.is_safe(), "{name}");
        let responses = operation["responses"].as_object().expect("responses");
        assert!(responses.keys().any(|status| status.starts_with('2')), "{name}");
        let refusal = &responses["default"]["content"]["application/json"]["schema"]["$ref"];
        assert_eq!(refusal, "#/components/schemas/ErrorBody", "{name}");
        let open = matches!(route.access, Access::Public | Access::Customer);
        assert_eq!(operation["security"].as_array().is_some_and(Vec::is_empty), open, "{name}");
    }
}

#[test]
fn every_reference_of_the_document_has_its_schema() {
    let document: Value = serde_json::from_str(&http_api::openapi_document()).expect("JSON");
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    assert!(!references.is_empty());
    for reference in references {
        let name = reference.strip_prefix("#/components/schemas/").expect("a schema");
        assert!(document["components"]["schemas"][name].is_object(), "`{name}` is referred to but not described");
    }
}

#[test]
fn each_page_holds_what_its_list_is_of() {
    let document: Value = serde_json::from_str(&http_api::openapi_document()).expect("JSON");
    let item = |name: &str| text(&document["components"]["schemas"][name]["properties"]["items"]["items"]["$ref"]);
    for name in ["BadRow", "InboxItem", "ParcelView", "SettlementView"] {
        assert_eq!(item(&format!("{name}Page")), format!("#/components/schemas/{name}"));
    }
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            references.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|field| collect(field, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        _ => {}
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
