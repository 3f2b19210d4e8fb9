//! Tables and properties of entities.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::form::{Form, answers_schema};

fn form() -> Form {
    let json = r#"{"id": "visit", "title": {"zh": "回访", "en": "Visit"}, "fields": [
        {"id": "order_no", "title": {"zh": "订单"}, "type": "order"},
        {"id": "goods", "title": {"zh": "商品"}, "type": "goods", "columns": [
            {"id": "size", "title": {"zh": "尺码"}, "type": "number"}]},
        {"id": "score", "title": {"zh": "评分"}, "type": "number", "required": true},
        {"id": "paid", "title": {"zh": "补偿"}, "type": "money", "required": true, "visible_when": "score < 3"},
        {"id": "tags", "title": {"zh": "标签"}, "type": "multi_choice", "options": [{"id": "a", "title": {"zh": "甲"}}]},
        {"id": "double", "title": {"zh": "两倍"}, "type": "formula", "formula": "score * 2", "result": "number"}]}"#;
    serde_json::from_str(json).unwrap()
}

#[test]
fn core_entities_have_their_own_ids_and_locked_fields() {
    for id in CORE_ENTITIES {
        let entity = core_entity(id).unwrap();
        assert_eq!(entity.id, id);
        let mut ids: Vec<&str> = entity.fields.iter().map(|field| field.id.as_str()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{id}");
        assert!(entity.fields.iter().all(|field| field.locked), "{id}");
    }
    assert_eq!(core_entity("nothing"), None);
}

#[test]
fn what_masks_may_name_exists() {
    for name in [
        "contact.name",
        "contact.phone",
        "contact.email",
        "contact.address",
        "contact.nickname",
        "order.price",
        "rma.refund",
    ] {
        let (entity, field) = name.split_once('.').unwrap();
        assert!(core_entity(entity).unwrap().field(field).unwrap().maskable, "{name}");
    }
    assert!(!core_entity("rma").unwrap().field("state").unwrap().maskable);
}

#[test]
fn a_form_of_its_own_stores_all_its_fields() {
    let entity = of_form(&form(), None);
    assert_eq!((entity.table().as_str(), entity.storage.clone()), ("rec_visit", Storage::Own));
    let columns: Vec<(String, &str)> =
        entity.fields.iter().map(|field| (field.column(), field.kind.column_type().as_str())).collect();
    let expect = [
        ("f_order_no", "text"),
        ("f_goods", "json"),
        ("f_score", "number"),
        ("f_paid", "money"),
        ("f_tags", "json"),
        ("f_double", "number"),
    ];
    assert_eq!(columns, expect.map(|(column, kind)| (column.to_owned(), kind)));
    assert_eq!(entity.schema(), answers_schema(&form()), "filters and flows read the same types");
    assert!(entity.field("score").unwrap().required && !entity.field("paid").unwrap().required);
    assert!(entity.field("score").unwrap().kind.sorts() && !entity.field("goods").unwrap().kind.sorts());
    let json = serde_json::to_string(&entity).unwrap();
    assert_eq!(serde_json::from_str::<Entity>(&json).unwrap(), entity);
}

#[test]
fn the_case_form_adds_its_fields_to_the_case() {
    let entity = of_form(&form(), Some("rma"));
    assert_eq!((entity.id.as_str(), entity.table().as_str()), ("rma", "ext_rma"));
    assert!(entity.field("goods").is_none() && entity.field("order_no").is_none());
    assert!(entity.field("number").unwrap().locked && !entity.field("score").unwrap().locked);
}
