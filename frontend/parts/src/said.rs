//! Between texts and values of the domain and words on the page.

use domain::{LocalDate, Money, Text};
use engine::value::Value;
use leptos::prelude::*;
use ui::locale::{self, Lang, lang, zone_minutes};
use ui::{Words, locale::pick};

/// A text of a document or of master data, in whatever language the reader chooses.
pub fn said(text: &Text) -> Words {
    Words::pair(text.zh.clone(), text.en.clone())
}

/// The same at this moment, for places that take a plain text; follows the language inside a view.
pub fn read(text: &Text) -> String {
    pick(lang(), &text.zh, &text.en).to_owned()
}

/// The domain's name of the page's language.
pub fn domain_lang(lang: Lang) -> domain::Lang {
    match lang {
        Lang::Zh => domain::Lang::Zh,
        Lang::En => domain::Lang::En,
    }
}

/// An amount in words.
pub fn money(amount: Money) -> String {
    locale::money(lang(), amount.minor, amount.currency.code())
}

/// A value of a form as people read it.
pub fn value(value: &Value) -> String {
    match value {
        Value::Money(amount) => money(*amount),
        other => other.say(domain_lang(lang()), zone_minutes()),
    }
}

/// A day as written, with how far away it is: `2026-03-15 (还有 3 天)`.
pub fn day_left(day: LocalDate, today: LocalDate) -> String {
    let left = day.days() - today.days();
    match left {
        0 => ui::say!("{day}（今天截止）", "{day} (ends today)"),
        1.. => ui::say!("{day}（还有 {left} 天）", "{day} ({left} d left)"),
        _ => {
            let past = -left;
            ui::say!("{day}（已过 {past} 天）", "{day} ({past} d ago)")
        }
    }
}

/// Today by the page's clock and zone.
pub fn today() -> LocalDate {
    domain::Timestamp::from_ms(ui::clock::now_ms()).local_date(zone_minutes())
}

/// Words as a view of their own, for cells of tables.
pub fn cell(words: impl Into<Words>) -> AnyView {
    let words = words.into();
    view! { {words} }.into_any()
}
