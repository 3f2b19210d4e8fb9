//! Which column of a file is which field: a drop-down a field, a constant where there is no column, what it looks like.

use std::collections::{BTreeMap, BTreeSet};

use contract::import::{ImportField, ImportMapping, InspectedFile};
use leptos::prelude::*;
use parts::meta::use_meta;
use parts::said::said;
use ui::{Bind, Choice, Field, Select, Text, TextInput, Words, say, text};

const NO_COLUMN: Text = text("（没有这一列）", "(no column)");
/// The field whose words in the file stand for our shops.
const CHANNEL: &str = "channel";

/// What was chosen so far. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Mapped {
    columns: RwSignal<BTreeMap<String, String>>,
    constants: RwSignal<BTreeMap<String, String>>,
    words: RwSignal<BTreeMap<String, BTreeMap<String, String>>>,
}

impl Mapped {
    pub(super) fn new() -> Self {
        Self { columns: RwSignal::default(), constants: RwSignal::default(), words: RwSignal::default() }
    }

    /// Begins with what is remembered or suggested.
    pub(super) fn take(self, mapping: &ImportMapping) {
        self.columns.try_set(mapping.columns.clone());
        self.constants.try_set(mapping.constants.clone());
        self.words.try_set(mapping.words.clone());
    }

    /// As it is sent.
    pub(super) fn get(self) -> ImportMapping {
        let mut constants = self.constants.get_untracked();
        constants.retain(|_, value| !value.trim().is_empty());
        ImportMapping { columns: self.columns.get_untracked(), constants, words: self.words.get_untracked() }
    }

    fn header(self, field: &str) -> String {
        self.columns.with(|columns| columns.get(field).cloned()).unwrap_or_default()
    }
}

/// The first different values below a header.
fn values(file: &InspectedFile, header: &str, most: usize) -> Vec<String> {
    let Some(at) = file.headers.iter().position(|own| own == header) else { return Vec::new() };
    let mut seen = BTreeSet::new();
    let all = file.rows.iter().filter_map(|row| row.get(at)).filter(|value| !value.trim().is_empty());
    all.filter(|value| seen.insert((*value).clone())).take(most).cloned().collect()
}

fn line(field: ImportField, file: StoredValue<InspectedFile>, mapped: Mapped) -> AnyView {
    let id = StoredValue::new(field.id.clone());
    let header = move || id.with_value(|id| mapped.header(id));
    let set_header = move |header: String| {
        mapped.columns.update(|columns| {
            columns.insert(id.get_value(), header);
        });
    };
    let constant = Bind::new(
        move || mapped.constants.with(|all| id.with_value(|id| all.get(id).cloned())).unwrap_or_default(),
        move |value: String| {
            mapped.constants.update(|all| {
                all.insert(id.get_value(), value);
            });
        },
    );
    let options: Vec<Choice> =
        file.with_value(|file| file.headers.iter().map(|header| Choice::new(header.clone(), header.clone())).collect());
    let title = said(&field.title);
    let label = move || {
        let title = title.get();
        say!("{title}：固定值", "{title}: a fixed value")
    };
    let right = move || {
        let header = header();
        if header.is_empty() {
            return view! {
                <TextInput value=constant label placeholder=text("每行都用这个固定值（可不填）", "A fixed value for every row (optional)")/>
            }
            .into_any();
        }
        let values = file.with_value(|file| values(file, &header, 3)).join(" · ");
        view! { <span class="imports__values u-soft">{values}</span> }.into_any()
    };
    let missing = {
        let required = field.required;
        Signal::derive(move || {
            let empty = header().is_empty() && constant.with(|value| value.trim().is_empty());
            (required && empty)
                .then(|| text("请选择一列或填写固定值", "Choose a column or a fixed value").get().to_owned())
        })
    };
    let shops = (field.id == CHANNEL).then(|| channel_words(file, mapped));
    view! {
        <div class="imports__column" data-field=field.id>
            <Field label=title required=field.required error=missing>
                <Select value=Bind::new(header, set_header) options=Signal::stored(options) placeholder=NO_COLUMN/>
            </Field>
            <div class="imports__right">{right}</div>
            {shops}
        </div>
    }
    .into_any()
}

/// Words of the channel column that are no shop's code: which shop each stands for.
fn channel_words(file: StoredValue<InspectedFile>, mapped: Mapped) -> AnyView {
    let meta = use_meta();
    let shops = Signal::derive(move || {
        meta.with(|view| view.shops.iter().map(|shop| Choice::new(shop.code.clone(), said(&shop.title))).collect())
    });
    let line = move |word: String| {
        let own = StoredValue::new(word.clone());
        let value = Bind::new(
            move || {
                let found = mapped.words.with(|all| own.with_value(|own| all.get(CHANNEL)?.get(own).cloned()));
                found.unwrap_or_default()
            },
            move |code: String| {
                mapped.words.update(|all| {
                    let words = all.entry(CHANNEL.to_owned()).or_default();
                    if code.is_empty() {
                        words.remove(&own.get_value());
                    } else {
                        words.insert(own.get_value(), code);
                    }
                });
            },
        );
        let label = Words::from(move || {
            let word = own.get_value();
            say!("“{word}”是哪个店铺", "The shop that “{word}” is")
        });
        view! {
            <span class="u-row">
                <span>{word}" →"</span>
                <Select value options=shops label placeholder=text("按编码识别", "By its code")/>
            </span>
        }
    };
    let lines = move || {
        let header = mapped.header(CHANNEL);
        let words = file.with_value(|file| values(file, &header, 12));
        words.into_iter().map(line).collect_view()
    };
    view! { <div class="imports__words">{lines}</div> }.into_any()
}

/// The fields of a target, each with its column.
#[component]
pub(super) fn Columns(
    /// The file.
    file: InspectedFile,
    /// What can be mapped.
    fields: Vec<ImportField>,
    /// What was chosen.
    mapped: Mapped,
) -> impl IntoView {
    let file = StoredValue::new(file);
    let lines = fields.into_iter().map(|field| line(field, file, mapped)).collect_view();
    view! { <div class="imports__columns">{lines}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_different_and_not_empty() {
        let rows = [["a", "1"], ["a", " "], ["b", "2"], ["c", "2"]];
        let file = InspectedFile {
            file: String::new(),
            headers: vec!["x".to_owned(), "y".to_owned()],
            rows: rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect(),
            encoding: String::new(),
            mapping: ImportMapping::default(),
            is_remembered: false,
        };
        assert_eq!(values(&file, "x", 2), ["a", "b"]);
        assert_eq!(values(&file, "y", 9), ["1", "2"]);
        assert!(values(&file, "z", 9).is_empty());
    }
}
