//! Quantities and amounts: text while one types, a checked number afterwards.

use leptos::prelude::*;

use crate::{
    bind::Bind,
    field::Wiring,
    locale::{self, AmountProblem, Lang, Words, lang, minor_digits, money_plain, parse_amount},
};

/// Limits of a number, in its smallest unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Limits {
    min: Option<i64>,
    max: Option<i64>,
    digits: u8,
}

/// What a person typed, checked against the limits; the message is in the reader's language.
fn check(lang: Lang, typed: &str, limits: Limits) -> Result<Option<i64>, String> {
    let Limits { min, max, digits } = limits;
    let shown = |value| money_plain(value, digits);
    let value = parse_amount(typed, digits).map_err(|problem| match (problem, lang) {
        (AmountProblem::NotANumber, Lang::Zh) => "请输入数字".to_owned(),
        (AmountProblem::NotANumber, Lang::En) => "Enter a number".to_owned(),
        (AmountProblem::TooPrecise, Lang::Zh) if digits == 0 => "请输入整数".to_owned(),
        (AmountProblem::TooPrecise, Lang::En) if digits == 0 => "Enter a whole number".to_owned(),
        (AmountProblem::TooPrecise, Lang::Zh) => format!("最多 {digits} 位小数"),
        (AmountProblem::TooPrecise, Lang::En) => format!("At most {digits} decimals"),
        (AmountProblem::TooLarge, Lang::Zh) => "数字太大".to_owned(),
        (AmountProblem::TooLarge, Lang::En) => "This number is too large".to_owned(),
    })?;
    match (value, min, max, lang) {
        (Some(value), Some(min), _, Lang::Zh) if value < min => Err(format!("不能小于 {}", shown(min))),
        (Some(value), Some(min), _, Lang::En) if value < min => Err(format!("At least {}", shown(min))),
        (Some(value), _, Some(max), Lang::Zh) if value > max => Err(format!("不能大于 {}", shown(max))),
        (Some(value), _, Some(max), Lang::En) if value > max => Err(format!("At most {}", shown(max))),
        _ => Ok(value),
    }
}

/// What a number input is made of, whatever it counts.
struct NumberParts {
    value: Bind<Option<i64>>,
    limits: Signal<Limits>,
    label: Words,
    before: Words,
    after: Words,
    placeholder: Words,
    disabled: Signal<bool>,
}

fn number_box(parts: NumberParts) -> AnyView {
    let NumberParts { value, limits, label, before, after, placeholder, disabled } = parts;
    let wiring = Wiring::find(label);
    // What is being typed, while it differs from the formatted value.
    let typed = RwSignal::new(None::<String>);
    let shown = move || {
        typed
            .get()
            .unwrap_or_else(|| value.get().map_or_else(String::new, |value| money_plain(value, limits.get().digits)))
    };
    let problem = move || typed.get().and_then(|typed| check(lang(), &typed, limits.get()).err());
    let take = move |text: String| {
        value.set(check(Lang::Zh, &text, limits.get_untracked()).unwrap_or(None));
        typed.set(Some(text));
    };
    let leave = move |_| {
        // The browser says so too when the page goes away, and these signals with it.
        let limits = limits.try_get_untracked().unwrap_or_default();
        let fine =
            typed.try_with_untracked(|typed| typed.as_ref().is_none_or(|typed| check(Lang::Zh, typed, limits).is_ok()));
        if fine == Some(true) {
            typed.set(None);
        }
    };
    let step = move |event: leptos::ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            _ => return,
        };
        event.prevent_default();
        let limits = limits.get_untracked();
        let next = value.get_untracked().unwrap_or(0).saturating_add(by * 10_i64.pow(u32::from(limits.digits)));
        let next = next.clamp(limits.min.unwrap_or(i64::MIN), limits.max.unwrap_or(i64::MAX));
        typed.set(None);
        value.set(Some(next));
    };
    let unit = |words: Words| {
        (!matches!(words, Words::Fixed(""))).then(|| view! { <span class="ui-number__unit">{words}</span> })
    };
    view! {
        <div class="ui-number">
            <div class="ui-number__line">
                {unit(before)}
                <input
                    class="ui-input__box ui-number__box"
                    type="text"
                    inputmode=move || if limits.get().digits == 0 { "numeric" } else { "decimal" }
                    autocomplete="off"
                    id=wiring.id()
                    aria-label=move || wiring.label()
                    aria-describedby=move || wiring.described_by()
                    aria-invalid=move || wiring.invalid().or(problem().map(|_| "true"))
                    aria-required=move || wiring.required()
                    placeholder=move || placeholder.get()
                    disabled=move || disabled.get()
                    prop:value=shown
                    on:input=move |event| take(event_target_value(&event))
                    on:keydown=step
                    on:blur=leave
                />
                {unit(after)}
            </div>
            <div class="ui-field__error" role="alert">{problem}</div>
        </div>
    }
    .into_any()
}

/// A number with a fixed count of decimals. The value is in the last decimal's unit: with `digits = 2`, 12.50 is 1250.
#[component]
pub fn NumberInput(
    /// The number; `None` while blank or wrong.
    #[prop(into)]
    value: Bind<Option<i64>>,
    /// Decimals; default none.
    #[prop(optional)]
    digits: u8,
    /// Smallest accepted, in the last decimal's unit.
    #[prop(optional, into)]
    min: Option<Signal<i64>>,
    /// Largest accepted, in the last decimal's unit.
    #[prop(optional, into)]
    max: Option<Signal<i64>>,
    /// What is counted, behind the number: "kg", "天".
    #[prop(optional, into)]
    unit: Words,
    /// Name read aloud when there is no `Field` around.
    #[prop(optional, into)]
    label: Words,
    /// An example, shown while empty.
    #[prop(optional, into)]
    placeholder: Words,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let limits =
        Signal::derive(move || Limits { min: min.map(|min| min.get()), max: max.map(|max| max.get()), digits });
    number_box(NumberParts { value, limits, label, before: Words::default(), after: unit, placeholder, disabled })
}

/// An amount of money in minor units, with its currency's symbol and decimals.
#[component]
pub fn MoneyInput(
    /// The amount in minor units; `None` while blank or wrong.
    #[prop(into)]
    value: Bind<Option<i64>>,
    /// ISO 4217 code, e.g. `CNY`.
    #[prop(into)]
    currency: Signal<String>,
    /// Smallest accepted, minor units; default 0.
    #[prop(optional, into)]
    min: Option<Signal<i64>>,
    /// Largest accepted, minor units.
    #[prop(optional, into)]
    max: Option<Signal<i64>>,
    /// Name read aloud when there is no `Field` around.
    #[prop(optional, into)]
    label: Words,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let limits = Signal::derive(move || Limits {
        min: Some(min.map_or(0, |min| min.get())),
        max: max.map(|max| max.get()),
        digits: currency.with(|currency| minor_digits(currency)),
    });
    let before = Words::from(move || currency.with(|currency| locale::currency_symbol(lang(), currency).to_owned()));
    let placeholder = Words::from(move || money_plain(0, limits.get().digits));
    number_box(NumberParts { value, limits, label, before, after: Words::default(), placeholder, disabled })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn checked(typed: &str, expected: Result<Option<i64>, &str>) {
        let limits = Limits { min: Some(0), max: Some(50_000), digits: 2 };
        assert_eq!(check(Lang::Zh, typed, limits), expected.map_err(str::to_owned));
    }

    #[test]
    fn a_typed_number_is_taken_or_refused_with_a_reason() {
        checked("", Ok(None));
        checked("12.5", Ok(Some(1250)));
        checked("500", Ok(Some(50_000)));
        checked("500.01", Err("不能大于 500.00"));
        checked("-1", Err("不能小于 0.00"));
        checked("1.234", Err("最多 2 位小数"));
        checked("十二", Err("请输入数字"));
        let whole = Limits { min: Some(1), max: None, digits: 0 };
        assert_eq!(check(Lang::En, "1.5", whole), Err("Enter a whole number".to_owned()));
        assert_eq!(check(Lang::En, "0", whole), Err("At least 1".to_owned()));
    }
}
