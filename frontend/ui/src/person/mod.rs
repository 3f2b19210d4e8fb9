//! A person: initials and name.

use leptos::prelude::*;

/// What stands for a name in a small circle: the last character of a Chinese name, else up to two first letters.
pub fn initials(name: &str) -> String {
    let name = name.trim();
    if name.chars().any(|letter| matches!(letter, '\u{3400}'..='\u{9fff}')) {
        return name.chars().last().into_iter().collect();
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let ends = [words.first(), words.get(1..).and_then(<[&str]>::last)];
    ends.into_iter().flatten().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// A round mark with a person's initials.
#[component]
pub fn Avatar(
    /// The person's name; empty for "nobody yet".
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    view! { <span class="ui-avatar" aria-hidden="true">{move || name.with(|name| initials(name))}</span> }.into_any()
}

/// Initials and name, with an optional second line such as a role.
#[component]
pub fn Person(
    /// The person's name.
    #[prop(into)]
    name: Signal<String>,
    /// A second line, smaller: role, shop, phone.
    #[prop(optional, into)]
    note: crate::locale::Words,
) -> impl IntoView {
    let has_note = !matches!(note, crate::locale::Words::Fixed(""));
    view! {
        <span class="ui-person">
            <Avatar name/>
            <span class="ui-person__words">
                <span class="ui-person__name">{move || name.get()}</span>
                {has_note.then(|| view! { <span class="ui-person__note">{note}</span> })}
            </span>
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_stand_for_names_in_both_scripts() {
        assert_eq!(initials("林晓雨"), "雨");
        assert_eq!(initials("王芳"), "芳");
        assert_eq!(initials("欧阳 娜娜"), "娜");
        assert_eq!(initials("ada lovelace"), "AL");
        assert_eq!(initials("Jean Luc Picard"), "JP");
        assert_eq!(initials("cher"), "C");
        assert_eq!(initials("  "), "");
    }
}
