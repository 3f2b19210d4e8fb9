//! The addresses of both apps, out of the tables that their routers are made of.

#[path = "../../../frontend/desk/src/routes.rs"]
mod desk;
#[path = "../../../frontend/portal/src/routes.rs"]
mod portal;

macro_rules! paths {
    (alone { $($alone:tt => $_alone:tt;)* } framed { $($path:tt => $_page:tt;)* }) => {
        &[$($alone,)* $($path,)*]
    };
}

/// The desk's, as its table has them: below `/desk`.
const DESK: &[&str] = desk::desk_routes!(paths);

/// Every address with its parameters as the tables have them; `:name?` makes two of one.
pub(super) fn patterns() -> Vec<String> {
    let desk = DESK.iter().flat_map(|path| optional(path)).map(|path| format!("/desk/{path}"));
    let portal = portal::ROUTES.iter().map(|(path, place)| match place {
        portal::Place::Find => {
            if path.is_empty() {
                "/".to_owned()
            } else {
                (*path).to_owned()
            }
        }
        portal::Place::Case => format!("{path}#:token"),
    });
    desk.chain(portal).collect()
}

/// A path with none, one, … all of its optional parameters.
fn optional(path: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut so_far: Vec<&str> = Vec::new();
    for part in path.split('/') {
        if part.ends_with('?') {
            all.push(so_far.join("/"));
        }
        so_far.push(part.trim_end_matches('?'));
    }
    all.push(so_far.join("/"));
    all
}

#[test]
fn optional_parameters_are_addresses_of_their_own() {
    assert_eq!(optional("records/:form?/:id?"), ["records", "records/:form", "records/:form/:id"]);
    assert_eq!(optional("rmas/:id"), ["rmas/:id"]);
    assert_eq!(optional(""), [""]);
    assert!(
        patterns().contains(&"/desk/rmas/:id".to_owned())
            && patterns().contains(&portal::CASE.replace("case", "case#:token"))
    );
}
