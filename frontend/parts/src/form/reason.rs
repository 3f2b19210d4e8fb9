//! A reason in two levels; the answer is the code of the lower one.

use engine::form::{FieldType, Reason};
use engine::value::Value;
use leptos::prelude::*;
use ui::{Bind, Choice, Glyph, Icon, Select, Text, text};

use super::slot::Slot;
use super::written::written;
use crate::said::said;

const FIRST: Text = text("大类", "What about");
const SECOND: Text = text("具体原因", "What exactly");
const PLEASE_CHOOSE: Text = text("请选择", "Please choose");
const NEEDS_PHOTOS: Text = text("这个原因需要照片", "This reason needs photos");

fn reasons(slot: Slot) -> Vec<Reason> {
    let kinds = chosen_kinds(slot);
    let fits = |reason: &Reason| {
        reason.kinds.is_empty() || kinds.iter().all(|kind| reason.kinds.iter().any(|own| own.as_str() == kind))
    };
    slot.form.context.with(|context| context.reasons.iter().flatten().filter(|reason| fits(reason)).cloned().collect())
}

/// What the chosen goods rows ask for: a reason may not be for all of it.
fn chosen_kinds(slot: Slot) -> Vec<String> {
    let Some(goods) = slot.form.id_of(FieldType::Goods) else { return Vec::new() };
    slot.form.state.with(|state| {
        let rows = state.field(&goods).map(|field| field.rows.as_slice()).unwrap_or_default();
        let chosen = rows.iter().filter(|row| row.selected);
        chosen.filter_map(|row| row.cell("kind")?.value.as_text().map(str::to_owned)).collect()
    })
}

/// The lower ones of a reason.
fn below<'r>(all: &'r [Reason], above: &'r str) -> impl Iterator<Item = &'r Reason> {
    all.iter().filter(move |reason| reason.parent.as_deref() == Some(above))
}

fn choice(reason: &Reason) -> Choice {
    Choice::new(reason.id.clone(), said(&reason.title))
}

/// Two lists, the second when the first is chosen.
pub(super) fn reason(slot: Slot) -> AnyView {
    let all = Memo::new_with_compare(move |_| reasons(slot), |before, now| before != now);
    // The upper one, while no lower one is chosen.
    let opened = RwSignal::new(String::new());
    let answer = Memo::new(move |_| written(&slot.value()));
    let parent = Memo::new(move |_| {
        let code = answer.get();
        all.with(|all| match all.iter().find(|reason| reason.id == code) {
            Some(reason) => reason.parent.clone().unwrap_or(code),
            None => opened.get(),
        })
    });
    let first = Bind::new(
        move || parent.get(),
        move |code: String| {
            let only = all.with_untracked(|all| {
                let mut lower = below(all, &code);
                match (lower.next(), lower.next()) {
                    (None, _) => Some(code.clone()),
                    (Some(only), None) => Some(only.id.clone()),
                    _ => None,
                }
            });
            opened.set(code.clone());
            slot.set(only.filter(|_| !code.is_empty()).map_or(Value::Blank, Value::Text));
        },
    );
    let tops = Signal::derive(move || {
        all.with(|all| all.iter().filter(|reason| reason.parent.is_none()).map(choice).collect::<Vec<_>>())
    });
    let lowers = Signal::derive(move || {
        all.with(|all| parent.with(|parent| below(all, parent).map(choice).collect::<Vec<_>>()))
    });
    let has_lower = Memo::new(move |_| lowers.with(|lowers| !lowers.is_empty()));
    let evidence =
        Memo::new(move |_| all.with(|all| all.iter().any(|reason| reason.id == answer.get() && reason.evidence)));
    let disabled = slot.read_only();
    let second = move || {
        has_lower.get().then(|| {
            view! { <Select value=slot.code() options=lowers label=SECOND placeholder=SECOND disabled/> }
        })
    };
    let note = move || {
        evidence.get().then(|| {
            view! { <p class="form__note"><Icon glyph=Glyph::Camera/>{NEEDS_PHOTOS}</p> }
        })
    };
    view! {
        <div class="form__pair">
            <Select value=first options=tops label=FIRST placeholder=PLEASE_CHOOSE disabled/>
            {second}
        </div>
        {note}
    }
    .into_any()
}
