//! Puts the route table into the framework: each route with its guard, grouped by the first word after `/api` so that
//! finding one stays quick, and described for OpenAPI by the very registration.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::http::header::ALLOW;
use actix_web::middleware::from_fn;
use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder, web};
use contract::{Method, Route};

use crate::access;
use crate::doc::Doc;
use crate::error::Failure;
use crate::server::Side;

/// The area that customers reach.
const PORTAL: &str = "portal";

/// A route of the table with its handler and its description.
pub(crate) struct Entry {
    pub(crate) area: &'static str,
    pub(crate) route: &'static Route,
    pub(crate) doc: Doc,
    make: Box<dyn Fn() -> actix_web::Route + Send + Sync>,
}

impl Entry {
    fn is_served(&self, side: Side) -> bool {
        let is_portal = self.area == PORTAL;
        match side {
            Side::Everything => true,
            Side::Staff => !is_portal,
            Side::Customers => is_portal || *self.route == contract::health::HEALTH,
        }
    }
}

/// All registered routes.
#[derive(Clone, Default)]
pub(crate) struct Routes {
    entries: Arc<Vec<Entry>>,
}

/// Collects the routes of one area.
pub(crate) struct Area<'r> {
    name: &'static str,
    entries: &'r mut Vec<Entry>,
}

/// What an area's file offers: it adds its routes.
pub(crate) type Register = fn(&mut Area<'_>);

impl Routes {
    /// Registers areas: `Routes::collect(&[("session", session::routes), …])`.
    pub(crate) fn collect(areas: &[(&'static str, Register)]) -> Self {
        let mut entries = Vec::new();
        for (name, register) in areas {
            register(&mut Area { name, entries: &mut entries });
        }
        Self { entries: Arc::new(entries) }
    }

    /// All entries in the order of registration.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Gives the framework the routes that a socket serves; the others are not there.
    pub(crate) fn configure(&self, config: &mut web::ServiceConfig, side: Side) {
        let mut groups: BTreeMap<&str, BTreeMap<&str, Vec<&Entry>>> = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| entry.is_served(side)) {
            groups.entry(group(entry.route.path)).or_default().entry(entry.route.path).or_default().push(entry);
        }
        // A word such as `session` must not swallow `sessions`: the framework matches scopes by whole segments.
        for (group, paths) in groups {
            let mut scope = web::scope(group);
            for (path, entries) in by_specificity(paths) {
                let rest = path.strip_prefix(group).unwrap_or(path);
                scope = scope.service(resource(rest, &entries));
            }
            config.service(scope.default_service(web::to(no_such_address)));
        }
    }
}

impl Area<'_> {
    /// Registers a route of the table. `doc` says what goes in and comes out.
    pub(crate) fn add<F, Args>(&mut self, route: &'static Route, doc: Doc, handler: F)
    where
        F: Handler<Args> + Send + Sync,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let make = move || {
            let verb = match route.method {
                Method::Get => web::get(),
                Method::Post => web::post(),
                Method::Put => web::put(),
                Method::Patch => web::patch(),
                Method::Delete => web::delete(),
            };
            verb.to(handler.clone()).wrap(from_fn(move |request, next| access::guard(route, request, next)))
        };
        self.entries.push(Entry { area: self.name, route, doc, make: Box::new(make) });
    }
}

/// `/api/rmas` of `/api/rmas/{id}/approval`.
fn group(path: &'static str) -> &'static str {
    let after = "/api/".len();
    match path.get(after..).and_then(|rest| rest.find('/')) {
        Some(end) => path.get(..after + end).unwrap_or(path),
        None => path,
    }
}

/// Paths with fewer variable segments first, so that `/api/rmas/totals` is not taken for an id.
fn by_specificity<'e>(paths: BTreeMap<&'e str, Vec<&'e Entry>>) -> Vec<(&'e str, Vec<&'e Entry>)> {
    let mut paths: Vec<_> = paths.into_iter().collect();
    paths.sort_by_key(|(path, _)| path.matches('{').count());
    paths
}

fn resource(rest: &str, entries: &[&Entry]) -> Resource {
    let verbs: Vec<&str> = entries.iter().map(|entry| entry.route.method.as_str()).collect();
    let allow = verbs.join(", ");
    let mut resource = web::resource(rest.to_owned());
    for entry in entries {
        resource = resource.route((entry.make)());
    }
    resource.default_service(web::to(move || {
        let allow = allow.clone();
        async move { HttpResponse::MethodNotAllowed().insert_header((ALLOW, allow)).finish() }
    }))
}

async fn no_such_address() -> Result<HttpResponse, Failure> {
    Err(Failure::no_such_address())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_are_grouped_by_their_first_word() {
        assert_eq!(group("/api/rmas/{id}/approval"), "/api/rmas");
        assert_eq!(group("/api/session"), "/api/session");
        assert_eq!(group("/api/openapi.json"), "/api/openapi.json");
    }
}
