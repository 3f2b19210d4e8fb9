//! The route table: every path with its verb, who may call it and what it is for. The server registers these very
//! constants, the browser builds its addresses from them, and tests walk them.

use std::fmt::{Display, Write as _};

use domain::Permission;

/// An HTTP verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, or does something.
    Post,
    /// Puts a whole thing.
    Put,
    /// Changes parts of a thing.
    Patch,
    /// Takes away.
    Delete,
}

/// Who may call a route. A verb checks rights again, at the place the thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without signing in.
    Public,
    /// Anybody with a customer's token for one case; the handler checks it.
    Customer,
    /// Anybody signed in.
    SignedIn,
    /// Who holds this permission somewhere.
    Needs(Permission),
    /// Who holds one of these permissions somewhere.
    NeedsOne(&'static [Permission]),
}

/// One route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The verb.
    pub method: Method,
    /// The path from the root, with `{name}` for each variable segment.
    pub path: &'static str,
    /// `verb_noun`, unique: the OpenAPI operation id.
    pub operation: &'static str,
    /// Who may call it.
    pub access: Access,
    /// What it does, in one English sentence.
    pub summary: &'static str,
}

/// All routes by area, in the order they are documented.
pub const AREAS: &[(&str, &[Route])] = &[
    ("session", crate::session::ROUTES),
    ("person", crate::person::ROUTES),
    ("token", crate::token::ROUTES),
    ("filing", crate::filing::ROUTES),
    ("upload", crate::upload::ROUTES),
    ("rma", crate::rma::ROUTES),
    ("inbox", crate::inbox::ROUTES),
    ("template", crate::template::ROUTES),
    ("message", crate::message::ROUTES),
    ("board", crate::board::ROUTES),
    ("portal", crate::portal::ROUTES),
    ("warehouse", crate::warehouse::ROUTES),
    ("exception", crate::exception::ROUTES),
    ("gun", crate::gun::ROUTES),
    ("tracking", crate::tracking::ROUTES),
    ("station", crate::station::ROUTES),
    ("settlement", crate::settlement::ROUTES),
    ("refund", crate::refund::ROUTES),
    ("statement", crate::statement::ROUTES),
    ("ledger", crate::ledger::ROUTES),
    ("outbound", crate::outbound::ROUTES),
    ("daily_file", crate::daily_file::ROUTES),
    ("order", crate::order::ROUTES),
    ("external_case", crate::external_case::ROUTES),
    ("master", crate::master::ROUTES),
    ("record", crate::record::ROUTES),
    ("import", crate::import::ROUTES),
    ("event", crate::event::ROUTES),
    ("backup", crate::backup::ROUTES),
    ("health", crate::health::ROUTES),
];

/// All routes.
pub fn all() -> impl Iterator<Item = &'static Route> {
    AREAS.iter().flat_map(|(_, routes)| routes.iter())
}

impl Method {
    /// The word of the protocol.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
    /// Whether it changes nothing.
    #[must_use]
    pub const fn is_safe(self) -> bool {
        matches!(self, Self::Get)
    }
}

impl Route {
    /// A route that reads.
    #[must_use]
    pub const fn get(path: &'static str, operation: &'static str, access: Access, summary: &'static str) -> Self {
        Self { method: Method::Get, path, operation, access, summary }
    }
    /// A route that creates or does.
    #[must_use]
    pub const fn post(path: &'static str, operation: &'static str, access: Access, summary: &'static str) -> Self {
        Self { method: Method::Post, path, operation, access, summary }
    }
    /// A route that puts.
    #[must_use]
    pub const fn put(path: &'static str, operation: &'static str, access: Access, summary: &'static str) -> Self {
        Self { method: Method::Put, path, operation, access, summary }
    }
    /// A route that changes.
    #[must_use]
    pub const fn patch(path: &'static str, operation: &'static str, access: Access, summary: &'static str) -> Self {
        Self { method: Method::Patch, path, operation, access, summary }
    }
    /// A route that takes away.
    #[must_use]
    pub const fn delete(path: &'static str, operation: &'static str, access: Access, summary: &'static str) -> Self {
        Self { method: Method::Delete, path, operation, access, summary }
    }

    /// The names of the variable segments, in order.
    pub fn variables(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
    }

    /// The address with `values` in place of the variable segments, percent-encoded.
    #[must_use]
    pub fn address(&self, values: &[&dyn Display]) -> String {
        let mut values = values.iter();
        let mut address = String::with_capacity(self.path.len());
        for segment in self.path.split('/').skip(1) {
            address.push('/');
            if segment.starts_with('{')
                && let Some(value) = values.next()
            {
                push_encoded(&mut address, &value.to_string());
            } else {
                address.push_str(segment);
            }
        }
        address
    }
}

// RFC 3986: everything but unreserved characters is encoded, so that a value never makes a segment of its own.
fn push_encoded(address: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_route_and_no_operation_stands_twice() {
        let mut routes = BTreeSet::new();
        let mut operations = BTreeSet::new();
        for route in all() {
            assert!(routes.insert((route.path, route.method)), "{} {}", route.method.as_str(), route.path);
            assert!(operations.insert(route.operation), "{}", route.operation);
        }
    }

    #[test]
    fn paths_and_operations_follow_the_grammar() {
        let word =
            |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '.');
        for route in all() {
            let path = route.path;
            let segments = path.strip_prefix("/api/").unwrap_or_else(|| panic!("`{path}` is not under /api/"));
            for segment in segments.split('/') {
                let variable = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
                assert!(word(&variable.unwrap_or(segment).replace('_', "-")), "`{segment}` in `{path}`");
            }
            let named = route.operation.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            assert!(named && route.operation.contains('_'), "`{}`", route.operation);
            assert!(route.summary.ends_with('.'), "`{}`", route.summary);
        }
    }

    #[test]
    fn addresses_are_filled_in_and_encoded() {
        let route = Route::get("/api/orders/{shop}/{number}", "get_order", Access::SignedIn, "Reads.");
        assert_eq!(route.address(&[&"main", &"a/b 店"]), "/api/orders/main/a%2Fb%20%E5%BA%97");
        assert_eq!(route.variables().collect::<Vec<_>>(), ["shop", "number"]);
    }
}
