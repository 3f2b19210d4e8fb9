//! The architecture page names every crate and every area of operations, so that it cannot fall behind.

use std::collections::BTreeSet;

use super::source::Source;
use super::{ARCHITECTURE, Finding};

/// Crates and areas that `page` leaves out.
pub(crate) fn check(page: Option<&str>, sources: &[Source]) -> Vec<Finding> {
    let Some(page) = page else {
        return vec![Finding::new(ARCHITECTURE, 1, "is missing: write it before the code")];
    };
    let mut places = BTreeSet::new();
    for source in sources {
        let parts: Vec<&str> = source.path.split('/').collect();
        match parts.as_slice() {
            ["app" | "frontend", name, "Cargo.toml"] => places.insert(("crate", *name)),
            ["app", "operations", "src", area, _, ..] => places.insert(("area of operations", *area)),
            _ => continue,
        };
    }
    let unnamed = places.into_iter().filter(|(_, name)| !names(page, name));
    unnamed.map(|(kind, name)| Finding::new(ARCHITECTURE, 1, format!("does not name the {kind} `{name}`"))).collect()
}

/// Whether `page` has the name as code or as a folder: `` `name` `` or `name/`.
fn names(page: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    page.match_indices(name).any(|(start, _)| {
        let before = page[..start].chars().next_back();
        let after = page[start + name.len()..].chars().next();
        !before.is_some_and(is_word) && matches!(after, Some('`' | '/'))
            || before == Some('/') && !after.is_some_and(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_page(page: &str, found: &[&str]) {
        let paths = ["app/store/Cargo.toml", "frontend/ui/Cargo.toml", "app/operations/src/rma/approve.rs"];
        let sources: Vec<Source> = paths.iter().map(|path| Source::new(path, String::new())).collect();
        let messages: Vec<String> = check(Some(page), &sources).into_iter().map(|finding| finding.message).collect();
        assert_eq!(messages, found);
    }

    #[test]
    fn what_is_not_named_is_found() {
        check_page("`store`, frontend/ui/ and operations/rma", &[]);
        check_page("`store` and `ui`", &["does not name the area of operations `rma`"]);
        check_page("`storehouse`, ui/, rma/", &["does not name the crate `store`"]);
        assert_eq!(check(None, &[]).len(), 1);
    }
}
