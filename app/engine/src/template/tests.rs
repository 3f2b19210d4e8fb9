//! The shipped template, its text and its round trip.
#![expect(clippy::unwrap_used, reason = "a broken expectation must fail the test")]

use super::*;

pub(super) const RETURNS: &str = include_str!("../../../templates/returns.yaml");

#[test]
fn the_shipped_template_has_no_mistake() {
    let (template, problems) = check_yaml(RETURNS);
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(template.is_some());
}

#[test]
fn text_and_template_are_the_same_thing() {
    let first = parse_yaml(RETURNS).unwrap().template;
    let text = to_yaml(&first).unwrap();
    let second =
        parse_yaml(&text).map(|parsed| parsed.template).map_err(|problems| format!("{problems:#?}\n{text}")).unwrap();
    assert_eq!(first, second);
    assert_eq!(first.hash(), second.hash());
    assert_eq!(to_yaml(&second).unwrap(), text);
    assert!(text.lines().all(|line| line.chars().count() < 400 && !line.ends_with(' ')), "{text}");
}
