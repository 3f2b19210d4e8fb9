//! A template as immutable documents, one per role, form, flow and so on, and back.

use engine::template::Template;
use serde_json::{Map, Value as Json};
use store::release::DocumentRow;

use crate::error::Error;

/// The document that holds everything that is not a list.
const ROOT: &str = "template";

/// Splits a template into documents: one a list entry, keyed by its id, and one for the rest.
pub(crate) fn split(template: &Template) -> Result<Vec<DocumentRow>, Error> {
    let whole = serde_json::to_value(template).map_err(|error| Error::internal(error.to_string()))?;
    let Json::Object(whole) = whole else { return Err(Error::internal("a template is an object")) };
    let mut documents = Vec::new();
    let mut root = Map::new();
    for (name, part) in whole {
        match part {
            Json::Array(entries) if entries.iter().all(|entry| entry.get("id").is_some()) => {
                let order: Vec<Json> = entries.iter().filter_map(|entry| entry.get("id").cloned()).collect();
                for entry in &entries {
                    let key = entry.get("id").and_then(Json::as_str).unwrap_or_default();
                    documents.push(document(&name, key, entry)?);
                }
                root.insert(name, Json::Array(order));
            }
            other => {
                root.insert(name, other);
            }
        }
    }
    documents.push(document(ROOT, ROOT, &Json::Object(root))?);
    Ok(documents)
}

fn document(kind: &str, key: &str, body: &Json) -> Result<DocumentRow, Error> {
    let body = serde_json::to_string(body).map_err(|error| Error::internal(error.to_string()))?;
    let hash = engine::template::content_hash(&body);
    Ok(DocumentRow { kind: kind.to_owned(), key: key.to_owned(), hash, body })
}

/// Puts a release's documents together again, in their order.
pub(crate) fn assemble(documents: &[DocumentRow]) -> Result<Template, Error> {
    let broken = |what: &str| Error::internal(format!("a release cannot be put together: {what}"));
    let read = |row: &DocumentRow| serde_json::from_str::<Json>(&row.body).map_err(|error| broken(&error.to_string()));
    let root = documents.iter().find(|row| row.kind == ROOT).ok_or_else(|| broken("no root"))?;
    let Json::Object(mut whole) = read(root)? else { return Err(broken("the root is no object")) };
    let kinds: Vec<String> = documents.iter().map(|row| row.kind.clone()).filter(|kind| kind != ROOT).collect();
    for (name, part) in &mut whole {
        let Json::Array(order) = part else { continue };
        if !kinds.contains(name) {
            continue;
        }
        for entry in order.iter_mut() {
            let key = entry.as_str().unwrap_or_default().to_owned();
            let row = documents.iter().find(|row| row.kind == *name && row.key == key);
            *entry = read(row.ok_or_else(|| broken(&key))?)?;
        }
    }
    serde_json::from_value(Json::Object(whole)).map_err(|error| broken(&error.to_string()))
}
