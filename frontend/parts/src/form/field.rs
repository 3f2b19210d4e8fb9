//! One field with its label, its help and what is wrong: which input it has is its type's business.

use engine::form::{Field as Definition, FieldType};
use engine::value::Value;
use leptos::prelude::*;
use ui::{Bind, Checkbox, DateInput, Field, InputKind, MoneyInput, TextArea, TextInput};

use super::slot::Slot;
use super::{choice, customer, goods, order, photos, reason};
use crate::said::{said, value};

/// The field, while the form shows it.
pub(super) fn field_view(slot: Slot) -> AnyView {
    let visible = slot.visible();
    let (id, kind) = slot.field.with_value(|field| (field.id.clone(), field.kind));
    if kind == FieldType::Order && slot.form.lookup().is_none() {
        // The page shows the order already; it cannot be another one.
        return ().into_any();
    }
    let shown = move || {
        visible.get().then(|| {
            let wide = is_wide(kind);
            view! { <div class="form__field" class:form__field--wide=wide data-field=id.clone()>{labelled(slot)}</div> }
        })
    };
    view! { {shown} }.into_any()
}

fn is_wide(kind: FieldType) -> bool {
    matches!(
        kind,
        FieldType::Goods
            | FieldType::LongText
            | FieldType::Photos
            | FieldType::Customer
            | FieldType::Order
            | FieldType::Reason
            | FieldType::MultiChoice
    )
}

/// A field whose parts have labels of their own, under one name.
fn is_group(kind: FieldType, options: usize) -> bool {
    matches!(
        kind,
        FieldType::Goods | FieldType::Photos | FieldType::Customer | FieldType::MultiChoice | FieldType::Reason
    ) || (kind == FieldType::Choice && options <= choice::MAX_IN_SIGHT)
        || kind == FieldType::Formula
}

fn labelled(slot: Slot) -> AnyView {
    let (title, help, kind, options) = slot.field.with_value(|field| {
        let Definition { title, help, kind, options, .. } = field;
        (said(title), said(help), *kind, options.len())
    });
    let has_help = slot.field.with_value(|field| !field.help.zh.is_empty() || !field.help.en.is_empty());
    let (error, required) = (slot.error(), slot.required());
    let group = is_group(kind, options);
    if kind == FieldType::Bool {
        return view! { <Field label="" error>{bool_input(slot, title)}</Field> }.into_any();
    }
    if has_help {
        view! { <Field label=title hint=help error required group>{input(slot, kind)}</Field> }.into_any()
    } else {
        view! { <Field label=title error required group>{input(slot, kind)}</Field> }.into_any()
    }
}

fn input(slot: Slot, kind: FieldType) -> AnyView {
    match kind {
        FieldType::Text => text_input(slot, InputKind::Text, None),
        FieldType::Number => text_input(slot, InputKind::Decimal, None),
        FieldType::Phone => text_input(slot, InputKind::Tel, Some("tel")),
        FieldType::Email => text_input(slot, InputKind::Email, Some("email")),
        FieldType::LongText => long_text(slot),
        FieldType::Money => money_input(slot),
        FieldType::Choice => choice::one(slot),
        FieldType::MultiChoice => choice::several(slot),
        FieldType::Reason => reason::reason(slot),
        FieldType::Order => order::order(slot),
        FieldType::Goods => goods::goods(slot),
        FieldType::Photos => photos::photos(slot),
        FieldType::Date => date_input(slot),
        FieldType::Customer => customer::customer(slot),
        FieldType::Formula => formula(slot),
        FieldType::Bool => ().into_any(),
    }
}

fn text_input(slot: Slot, kind: InputKind, autocomplete: Option<&'static str>) -> AnyView {
    let leave = move |()| slot.leave();
    let (value, read_only) = (slot.text(), slot.read_only());
    let autocomplete = autocomplete.unwrap_or("off");
    view! { <TextInput value kind read_only autocomplete on_blur=leave/> }.into_any()
}

fn long_text(slot: Slot) -> AnyView {
    let leave = move |()| slot.leave();
    let most = slot.field.with_value(|field| field.max_length).unwrap_or(engine::form::MAX_TEXT_CHARS);
    view! { <TextArea value=slot.text() disabled=slot.read_only() max_length=most on_blur=leave/> }.into_any()
}

fn date_input(slot: Slot) -> AnyView {
    let day = Bind::new(move || slot.text().get(), move |day: String| slot.choose(Value::Text(day)));
    view! { <DateInput value=day disabled=slot.read_only()/> }.into_any()
}

fn money_input(slot: Slot) -> AnyView {
    let currency = Memo::new(move |_| {
        let own = slot.field.with_value(|field| field.currency);
        own.unwrap_or_else(|| slot.form.context.with(|context| context.currency))
    });
    let amount = Bind::new(
        move || slot.state.with(|state| state.value.as_money().map(|amount| amount.minor)),
        move |minor: Option<i64>| {
            let amount = minor.map(|minor| domain::Money::new(minor, currency.get_untracked()));
            slot.set(amount.into());
        },
    );
    let code = Signal::derive(move || currency.get().code().to_owned());
    view! { <MoneyInput value=amount currency=code disabled=slot.read_only()/> }.into_any()
}

fn bool_input(slot: Slot, title: ui::Words) -> AnyView {
    let yes =
        Bind::new(move || slot.value().as_bool().unwrap_or(false), move |yes: bool| slot.choose(Value::from(yes)));
    let has_help = slot.field.with_value(|field| !field.help.zh.is_empty() || !field.help.en.is_empty());
    let disabled = slot.read_only();
    if has_help {
        let help = slot.field.with_value(|field| said(&field.help));
        view! { <Checkbox checked=yes label=title hint=help disabled/> }.into_any()
    } else {
        view! { <Checkbox checked=yes label=title disabled/> }.into_any()
    }
}

fn formula(slot: Slot) -> AnyView {
    let words = move || {
        let said = slot.state.with(|state| value(&state.value));
        if said.is_empty() { "—".to_owned() } else { said }
    };
    view! { <output class="form__computed">{words}</output> }.into_any()
}
