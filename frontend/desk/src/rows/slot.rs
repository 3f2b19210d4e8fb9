//! The fields of an editor: each knows where its value stands in the row, and shows what the server says of it.

use std::fmt::Display;
use std::str::FromStr;

use domain::{Currency, LocalDate};
use leptos::prelude::*;
use parts::words::Spoken;
use ui::{
    Bind, Checkbox, Choice, DateInput, Field, InputKind, NumberInput, Select, Text, TextArea, TextInput, Words, say,
    text,
};

use super::Draft;

/// A field of a row's editor.
pub(crate) type Slot<T> = Box<dyn Fn(Draft<T>) -> AnyView + Send + Sync>;

/// Where a value stands in a row, and its path in the request.
pub(crate) struct Lens<T, V> {
    path: &'static str,
    read: fn(&T) -> &V,
    write: fn(&mut T) -> &mut V,
}

impl<T, V> Clone for Lens<T, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, V> Copy for Lens<T, V> {}

impl<T, V> Lens<T, V> {
    pub(crate) const fn new(path: &'static str, read: fn(&T) -> &V, write: fn(&mut T) -> &mut V) -> Self {
        Self { path, read, write }
    }
}

/// `at!(Shop, code)`: where a field of a row stands.
macro_rules! at {
    ($row:ty, $field:ident) => {
        $crate::rows::Lens::<$row, _>::new(stringify!($field), |row| &row.$field, |row| &mut row.$field)
    };
}
pub(crate) use at;

impl<T: Send + Sync + 'static, V: Clone + Send + Sync + 'static> Lens<T, V> {
    /// The value as an input shows and changes it.
    pub(crate) fn bind(self, draft: Draft<T>) -> Bind<V> {
        Bind::new(
            move || draft.row.with(|row| (self.read)(row).clone()),
            move |value| {
                draft.row.try_update(|row| *(self.write)(row) = value);
            },
        )
    }

    /// The value as a text, written back where it can be read.
    fn bind_text(self, draft: Draft<T>, show: fn(&V) -> String, parse: fn(&str) -> Option<V>) -> Bind<String> {
        Bind::new(
            move || draft.row.with(|row| show((self.read)(row))),
            move |typed: String| {
                if let Some(value) = parse(&typed) {
                    draft.row.try_update(|row| *(self.write)(row) = value);
                }
            },
        )
    }
}

/// What a field is called and how it is filled in.
#[derive(Clone, Copy)]
pub(crate) struct Caption {
    label: Text,
    hint: Option<Text>,
    required: bool,
    fixed: bool,
}

/// A field's name.
pub(crate) const fn named(label: Text) -> Caption {
    Caption { label, hint: None, required: false, fixed: false }
}

impl Caption {
    /// How to fill it in.
    pub(crate) const fn hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Must be filled in.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Part of what the row is: cannot be changed once it is known.
    pub(crate) const fn fixed(mut self) -> Self {
        self.fixed = true;
        self
    }

    fn locked<T: Send + Sync>(self, draft: Draft<T>) -> Signal<bool> {
        let fixed = self.fixed;
        Signal::derive(move || fixed && !draft.is_new.get())
    }
}

/// The label, what is wrong, and the input, which is built inside so that it finds both.
fn field_of(
    caption: Caption,
    label: Words,
    error: Signal<Option<String>>,
    path: &'static str,
    input: impl FnOnce() -> AnyView + Send + 'static,
) -> AnyView {
    let hint = caption.hint.map_or_else(Words::default, Words::from);
    let name = (!path.is_empty()).then_some(path);
    view! {
        <div data-field=name>
            <Field label hint error required=caption.required>{input()}</Field>
        </div>
    }
    .into_any()
}

/// One line of text.
pub(crate) fn line<T: Send + Sync + 'static>(lens: Lens<T, String>, caption: Caption) -> Slot<T> {
    line_as(lens, caption, InputKind::Text)
}

/// One line of a kind of text.
pub(crate) fn line_as<T: Send + Sync + 'static>(lens: Lens<T, String>, caption: Caption, kind: InputKind) -> Slot<T> {
    Box::new(move |draft| {
        let (value, disabled) = (lens.bind(draft), caption.locked(draft));
        field_of(caption, caption.label.into(), draft.submit.field(lens.path), lens.path, move || {
            view! { <TextInput value kind disabled/> }.into_any()
        })
    })
}

/// Several lines of text.
pub(crate) fn lines<T: Send + Sync + 'static>(lens: Lens<T, String>, caption: Caption) -> Slot<T> {
    Box::new(move |draft| {
        let value = lens.bind(draft);
        field_of(caption, caption.label.into(), draft.submit.field(lens.path), lens.path, move || {
            view! { <TextArea value rows=2/> }.into_any()
        })
    })
}

/// A text in both languages, one line each.
pub(crate) fn pair<T: Send + Sync + 'static>(lens: Lens<T, domain::Text>, caption: Caption) -> Slot<T> {
    both(lens, caption, false)
}

/// A text in both languages, several lines each.
pub(crate) fn pair_of_lines<T: Send + Sync + 'static>(lens: Lens<T, domain::Text>, caption: Caption) -> Slot<T> {
    both(lens, caption, true)
}

fn both<T: Send + Sync + 'static>(lens: Lens<T, domain::Text>, caption: Caption, long: bool) -> Slot<T> {
    Box::new(move |draft| {
        let whole = lens.bind(draft);
        let zh = Bind::new(
            move || whole.with(|text| text.zh.clone()),
            move |zh| whole.set(domain::Text { zh, ..whole.get_untracked() }),
        );
        let en = Bind::new(
            move || whole.with(|text| text.en.clone()),
            move |en| whole.set(domain::Text { en, ..whole.get_untracked() }),
        );
        let (whole, zh_alone) = (draft.submit.field(lens.path), one_side(draft, lens.path, "zh"));
        let in_zh = Signal::derive(move || whole.get().or_else(|| zh_alone.get()));
        two(caption, (zh, in_zh), (en, one_side(draft, lens.path, "en")), lens.path, long)
    })
}

/// What is wrong with one language of a text.
fn one_side<T: Send + Sync + 'static>(
    draft: Draft<T>,
    path: &'static str,
    lang: &'static str,
) -> Signal<Option<String>> {
    let path = format!("{path}.{lang}");
    Signal::derive(move || {
        draft.submit.problem().with(|problem| problem.as_ref()?.field(&path).map(|field| field.message.clone()))
    })
}

fn two(
    caption: Caption,
    (zh, zh_error): (Bind<String>, Signal<Option<String>>),
    (en, en_error): (Bind<String>, Signal<Option<String>>),
    path: &'static str,
    long: bool,
) -> AnyView {
    let label = caption.label;
    let input = move |value: Bind<String>| {
        if long { view! { <TextArea value rows=2/> }.into_any() } else { view! { <TextInput value/> }.into_any() }
    };
    let in_zh = Words::from(move || {
        let label = label.get();
        say!("{label}（中文）", "{label} (Chinese)")
    });
    let in_en = Words::from(move || {
        let label = label.get();
        say!("{label}（英文）", "{label} (English)")
    });
    let silent = Caption { required: false, hint: None, ..caption };
    view! {
        <div class="roll__pair">
            {field_of(caption, in_zh, zh_error, path, move || input(zh))}
            {field_of(silent, in_en, en_error, "", move || input(en))}
        </div>
    }
    .into_any()
}

/// Yes or no.
pub(crate) fn yes<T: Send + Sync + 'static>(lens: Lens<T, bool>, caption: Caption) -> Slot<T> {
    Box::new(move |draft| {
        let checked = lens.bind(draft);
        let hint = caption.hint.map_or_else(Words::default, Words::from);
        view! { <div data-field=lens.path><Checkbox checked label=caption.label hint/></div> }.into_any()
    })
}

/// Whether a row can be chosen from now on.
pub(crate) fn active<T: Send + Sync + 'static>(lens: Lens<T, bool>) -> Slot<T> {
    let hint =
        text("停用后不再出现在选项中，已有记录不变", "When off, it is no longer offered; what refers to it stays");
    yes(lens, named(text("启用", "In use")).hint(hint))
}

/// A whole number between two others.
pub(crate) fn whole<T: Send + Sync + 'static>(lens: Lens<T, i64>, caption: Caption, min: i64, max: i64) -> Slot<T> {
    Box::new(move |draft| {
        let number = lens.bind(draft);
        let value = Bind::new(move || Some(number.get()), move |typed: Option<i64>| number.set(typed.unwrap_or(min)));
        field_of(caption, caption.label.into(), draft.submit.field(lens.path), lens.path, move || {
            view! { <NumberInput value min=Signal::stored(min) max=Signal::stored(max)/> }.into_any()
        })
    })
}

/// A whole number between two others, or none.
pub(crate) fn maybe_whole<T: Send + Sync + 'static>(
    lens: Lens<T, Option<i64>>,
    caption: Caption,
    min: i64,
    max: i64,
) -> Slot<T> {
    Box::new(move |draft| {
        let value = lens.bind(draft);
        field_of(caption, caption.label.into(), draft.submit.field(lens.path), lens.path, move || {
            view! { <NumberInput value min=Signal::stored(min) max=Signal::stored(max)/> }.into_any()
        })
    })
}

/// One of several.
pub(crate) fn choice<T, V>(
    lens: Lens<T, V>,
    caption: Caption,
    options: Signal<Vec<Choice>>,
    parse: fn(&str) -> Option<V>,
) -> Slot<T>
where
    T: Send + Sync + 'static,
    V: Display + Clone + Send + Sync + 'static,
{
    Box::new(move |draft| {
        let value = lens.bind_text(draft, V::to_string, parse);
        drop_down(caption, value, options, caption.locked(draft), draft.submit.field(lens.path), lens.path, None)
    })
}

/// One of several, or none.
pub(crate) fn maybe<T, V>(
    lens: Lens<T, Option<V>>,
    caption: Caption,
    options: Signal<Vec<Choice>>,
    none: Text,
) -> Slot<T>
where
    T: Send + Sync + 'static,
    V: Display + FromStr + Clone + Send + Sync + 'static,
{
    Box::new(move |draft| {
        let show = |value: &Option<V>| value.as_ref().map(V::to_string).unwrap_or_default();
        let value = lens.bind_text(draft, show, |typed| Some(typed.parse().ok()));
        drop_down(caption, value, options, caption.locked(draft), draft.submit.field(lens.path), lens.path, Some(none))
    })
}

/// One word of a text, chosen from a list.
pub(crate) fn word<T: Send + Sync + 'static>(
    lens: Lens<T, String>,
    caption: Caption,
    options: Signal<Vec<Choice>>,
    none: Text,
) -> Slot<T> {
    Box::new(move |draft| {
        let value = lens.bind(draft);
        drop_down(caption, value, options, caption.locked(draft), draft.submit.field(lens.path), lens.path, Some(none))
    })
}

/// All values of a closed thing as choices.
pub(crate) fn closed<V: Spoken + Display>(all: &[V]) -> Signal<Vec<Choice>> {
    Signal::stored(all.iter().map(|one| Choice::new(one.to_string(), one.text())).collect())
}

/// A day.
pub(crate) fn day<T: Send + Sync + 'static>(lens: Lens<T, LocalDate>, caption: Caption) -> Slot<T> {
    Box::new(move |draft| {
        let value = lens.bind_text(draft, LocalDate::to_string, |typed| typed.parse().ok());
        let disabled = caption.locked(draft);
        field_of(caption, caption.label.into(), draft.submit.field(lens.path), lens.path, move || {
            view! { <DateInput value disabled/> }.into_any()
        })
    })
}

/// A currency by its code.
pub(crate) fn currency<T: Send + Sync + 'static>(lens: Lens<T, Currency>, caption: Caption) -> Slot<T> {
    Box::new(move |draft| {
        let value = lens.bind_text(draft, Currency::to_string, |typed| typed.parse().ok());
        let own = lens.bind(draft);
        let options = Signal::derive(move || currencies(&own.get()));
        drop_down(caption, value, options, caption.locked(draft), draft.submit.field(lens.path), lens.path, None)
    })
}

/// Currencies to choose from, `own` among them.
pub(crate) fn currencies(own: &Currency) -> Vec<Choice> {
    const USUAL: [&str; 16] = [
        "CNY", "HKD", "TWD", "MOP", "USD", "EUR", "GBP", "JPY", "KRW", "SGD", "MYR", "THB", "VND", "IDR", "AUD", "CAD",
    ];
    let other = (!USUAL.contains(&own.code())).then(|| own.code().to_owned());
    USUAL.iter().map(|code| (*code).to_owned()).chain(other).map(|code| Choice::new(code.clone(), code)).collect()
}

fn drop_down(
    caption: Caption,
    value: Bind<String>,
    options: Signal<Vec<Choice>>,
    disabled: Signal<bool>,
    error: Signal<Option<String>>,
    path: &'static str,
    none: Option<Text>,
) -> AnyView {
    let placeholder = none.map_or_else(Words::default, Words::from);
    field_of(caption, caption.label.into(), error, path, move || {
        view! { <Select value options placeholder disabled/> }.into_any()
    })
}
