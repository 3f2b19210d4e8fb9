//! The desk's addresses stand in one table; a route beside it would be a page that no browser test opens.

use super::Finding;
use super::source::{Source, line_of};

/// The one file that makes a router of the table.
const ROUTER: &str = "frontend/desk/src/app.rs";
/// What the router itself adds: the frame, and what stands at no address.
const OWN: &[&str] = &["\"\"", "\"*any\""];
/// What makes a route.
const MAKERS: &[&str] = &["path!(", "<Route ", "<ParentRoute ", "<FlatRoutes", "StaticSegment", "ParamSegment"];

/// Routes outside the table.
pub(crate) fn check(source: &Source) -> Vec<Finding> {
    let Some(scan) = source.rust.as_ref().filter(|_| source.is_in(&["frontend"])) else { return Vec::new() };
    let places = MAKERS.iter().flat_map(|maker| scan.code.match_indices(maker));
    let strays = places.filter(|(start, maker)| !is_of_table(source, *start, maker));
    let message = "a route outside `frontend/desk/src/routes.rs`: no browser test would open its page";
    strays.map(|(start, _)| Finding::new(&source.path, line_of(&source.text, start), message)).collect()
}

/// In the router, what is made of the table: `path!($…)`, and the two of its own.
fn is_of_table(source: &Source, start: usize, maker: &str) -> bool {
    let rest = source.text.get(start + maker.len()..).unwrap_or_default();
    let own = || rest.starts_with('$') || OWN.iter().any(|own| rest.starts_with(own));
    source.path == ROUTER && (maker != "path!(" || own())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_text(path: &str, text: &str, found: usize) {
        assert_eq!(check(&Source::new(path, text.to_owned())).len(), found, "{path}: {text}");
    }

    #[test]
    fn only_the_table_has_addresses() {
        check_text(ROUTER, "<Route path=path!($path) view=$page />", 0);
        check_text(ROUTER, "<ParentRoute path=path!(\"\") view=Frame>", 0);
        check_text(ROUTER, "<Route path=path!(\"*any\") view=LostPage />", 0);
        check_text(ROUTER, "<Route path=path!(\"secret\") view=SecretPage />", 1);
        check_text("frontend/desk/src/pages/a.rs", "<Route path=path!($path) view=A />", 2);
        check_text("frontend/desk/src/pages/a.rs", "// <Route path=path!(\"a\") />", 0);
        check_text("app/http/src/a.rs", "path!(\"a\")", 0);
    }
}
