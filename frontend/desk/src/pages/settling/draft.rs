//! A settlement being keyed: its components, what the server says they come to, and the way there.

use std::time::Duration;

use contract::settlement::{NewComponent, PREVIEW, PreviewRequest, PreviewView, ProposeRequest};
use domain::settlement::{Basis, ComponentKind};
use domain::state::Bearer;
use domain::{RmaId, RmaLineId};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Key, Problem};
use parts::submit::Submit;

use super::why;

const PAUSE: Duration = Duration::from_millis(300);
/// The means that a platform's own refund goes with.
const BY_PLATFORM: &str = "platform";

/// One component on screen: its amount without a sign, ids as the selects have them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) id: u32,
    pub(super) line: String,
    pub(super) kind: ComponentKind,
    pub(super) amount_minor: Option<i64>,
    pub(super) bearer: Bearer,
    pub(super) supplier: String,
    pub(super) carrier: String,
    pub(super) note: String,
    /// What the server suggested for it, minor units without a sign.
    pub(super) suggested_minor: Option<i64>,
}

impl Part {
    fn of(id: u32, from: &NewComponent) -> Self {
        let text = |id: Option<String>| id.unwrap_or_default();
        Self {
            id,
            line: text(from.line.map(|id| id.to_string())),
            kind: from.kind,
            amount_minor: Some(from.amount_minor.saturating_abs()),
            bearer: from.bearer,
            supplier: text(from.supplier.map(|id| id.to_string())),
            carrier: text(from.carrier.map(|id| id.to_string())),
            note: from.note.clone(),
            suggested_minor: Some(from.amount_minor.saturating_abs()),
        }
    }

    /// Where the amount comes from, in the reader's language, as long as it is the suggested one.
    pub(super) fn why(&self, preview: &PreviewView) -> Option<String> {
        let is_suggested = self.suggested_minor.is_some() && self.amount_minor == self.suggested_minor;
        let line: RmaLineId = self.line.parse().ok().filter(|_| is_suggested)?;
        match self.kind {
            ComponentKind::Deduction => why::withheld(preview, line, self.amount_minor?),
            ComponentKind::Goods | ComponentKind::Tax => why::paid(preview, line),
            _ => None,
        }
    }

    /// As the server takes it: what is withheld is below zero.
    fn told(&self) -> NewComponent {
        let amount = self.amount_minor.unwrap_or(0);
        NewComponent {
            line: self.line.parse().ok(),
            kind: self.kind,
            amount_minor: if self.kind.is_withheld() { -amount } else { amount },
            bearer: self.bearer,
            supplier: self.supplier.parse().ok().filter(|_| self.bearer == Bearer::Supplier),
            carrier: self.carrier.parse().ok().filter(|_| self.bearer == Bearer::Carrier),
            note: self.note.trim().to_owned(),
        }
    }
}

/// The settlement being keyed. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) rma: RmaId,
    pub(super) basis: RwSignal<Basis>,
    pub(super) parts: RwSignal<Vec<Part>>,
    pub(super) means: RwSignal<String>,
    pub(super) platform_number: RwSignal<String>,
    pub(super) note: RwSignal<String>,
    pub(super) preview: RwSignal<Option<PreviewView>>,
    /// The answer that what is keyed began with.
    suggested: RwSignal<Option<PreviewView>>,
    pub(super) problem: RwSignal<Option<Problem>>,
    pub(super) busy: RwSignal<bool>,
    pub(super) submit: Submit,
    next: StoredValue<u32>,
    round: StoredValue<u32>,
    waiting: StoredValue<Option<TimeoutHandle>>,
    edited: StoredValue<bool>,
}

impl Draft {
    /// Nothing keyed; asks what the server suggests.
    pub(super) fn new(rma: RmaId, basis: Basis, means: &str) -> Self {
        let this = Self {
            rma,
            basis: RwSignal::new(basis),
            parts: RwSignal::default(),
            means: RwSignal::new(means.to_owned()),
            platform_number: RwSignal::default(),
            note: RwSignal::default(),
            preview: RwSignal::new(None),
            suggested: RwSignal::new(None),
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
            submit: Submit::new(),
            next: StoredValue::new(0),
            round: StoredValue::new(0),
            waiting: StoredValue::new(None),
            edited: StoredValue::new(false),
        };
        on_cleanup(move || this.stop_waiting());
        this.suggest();
        this
    }

    fn stop_waiting(self) {
        if let Some(handle) = self.waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    }

    fn next_id(self) -> u32 {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        id
    }

    /// Takes another basis, and what it suggests.
    pub(super) fn rebase(self, basis: Basis) {
        self.basis.set(basis);
        self.suggest();
    }

    /// Replaces what is keyed by what is left under this basis.
    pub(super) fn suggest(self) {
        self.submit.forget();
        self.edited.set_value(false);
        self.ask(Vec::new(), true);
    }

    /// Money moved elsewhere: what is keyed is checked again, a mere suggestion is replaced.
    pub(super) fn refresh(self) {
        if self.edited.get_value() { self.changed() } else { self.ask(Vec::new(), true) }
    }

    /// Something was keyed: what it comes to is asked after a short pause.
    fn changed(self) {
        self.edited.set_value(true);
        self.stop_waiting();
        let ask = move || {
            let parts = self.parts.try_with_untracked(|parts| parts.iter().map(Part::told).collect::<Vec<_>>());
            if let Some(parts) = parts.filter(|parts| !parts.is_empty()) {
                self.ask(parts, false);
            }
        };
        self.waiting.set_value(set_timeout_with_handle(ask, PAUSE).ok());
    }

    fn ask(self, components: Vec<NewComponent>, fill: bool) {
        let Some(round) = self.round.try_update_value(|round| {
            *round += 1;
            *round
        }) else {
            return;
        };
        let request = PreviewRequest { order: None, basis: self.basis.get_untracked(), components };
        self.busy.set(true);
        let rma = self.rma;
        spawn_local(async move {
            let answer = api::send::<PreviewView, _>(&PREVIEW, &[&rma], &request, Key::new()).await;
            if self.round.try_get_value() != Some(round) {
                return;
            }
            self.busy.try_set(false);
            match answer {
                Ok(preview) => self.take(preview, fill),
                Err(problem) => {
                    self.problem.try_set(Some(problem));
                }
            }
        });
    }

    fn take(self, preview: PreviewView, fill: bool) {
        if fill {
            let parts = preview.suggestion.iter().map(|part| Part::of(self.next_id(), part)).collect();
            self.suggested.try_set(Some(preview.clone()));
            self.parts.try_set(parts);
        }
        self.problem.try_set(None);
        self.preview.try_set(Some(preview));
    }

    /// One more component: what is mostly added by hand.
    pub(super) fn add(self) {
        let part = Part {
            id: self.next_id(),
            line: String::new(),
            kind: ComponentKind::Compensation,
            amount_minor: None,
            bearer: Bearer::Shop,
            supplier: String::new(),
            carrier: String::new(),
            note: String::new(),
            suggested_minor: None,
        };
        self.parts.update(|parts| parts.push(part));
    }

    pub(super) fn remove(self, id: u32) {
        self.parts.update(|parts| parts.retain(|part| part.id != id));
        self.changed();
    }

    /// Where the amount of one component comes from.
    pub(super) fn why(self, id: u32) -> Option<String> {
        let suggested = self.suggested.get()?;
        self.parts.with(|parts| parts.iter().find(|part| part.id == id)?.why(&suggested))
    }

    pub(super) fn change(self, id: u32, change: impl FnOnce(&mut Part)) {
        self.parts.update(|parts| {
            if let Some(part) = parts.iter_mut().find(|part| part.id == id) {
                change(part);
            }
        });
        self.changed();
    }

    /// What is wrong with one component: said by the preview, or by the command itself.
    pub(super) fn error(self, id: u32) -> Signal<Option<String>> {
        let sent = self.submit.problem();
        Signal::derive(move || {
            let at = self.parts.with(|parts| parts.iter().position(|part| part.id == id))?;
            let place = format!("components[{at}]");
            let of = |fields: &[contract::FieldError]| {
                let own =
                    fields.iter().find(|field| field.field == place || field.field.starts_with(&format!("{place}.")));
                own.map(|field| field.message.clone())
            };
            let refused = sent.with(|sent| sent.as_ref().and_then(|problem| of(&problem.body.fields)));
            refused.or_else(|| self.preview.with(|preview| of(&preview.as_ref()?.refusal.as_ref()?.fields)))
        })
    }

    /// It can be told: something fits.
    pub(super) fn is_ready(self) -> bool {
        let fits = self.preview.with(|preview| preview.as_ref().is_some_and(|preview| preview.net.is_some()));
        let whole = self.parts.with(|parts| {
            !parts.is_empty() && parts.iter().all(|part| part.amount_minor.is_some_and(|amount| amount > 0))
        });
        fits && whole && !self.busy.get()
    }

    /// The components, each deduction with where it comes from: whoever approves it or asks later reads it there.
    fn keyed(self) -> Vec<NewComponent> {
        let told = |part: &Part| {
            let mut told = part.told();
            if told.note.is_empty() && part.kind.is_withheld() {
                told.note = untrack(|| self.why(part.id)).unwrap_or_default();
            }
            told
        };
        self.parts.with_untracked(|parts| parts.iter().map(told).collect())
    }

    pub(super) fn request(self) -> ProposeRequest {
        let basis = self.basis.get_untracked();
        let means = if basis == Basis::PlatformDecided { BY_PLATFORM.to_owned() } else { self.means.get_untracked() };
        ProposeRequest {
            order: None,
            basis,
            means,
            components: self.keyed(),
            platform_number: self.platform_number.get_untracked().trim().to_owned(),
            note: self.note.get_untracked().trim().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::SupplierId;

    use super::*;

    #[test]
    fn what_is_withheld_is_below_zero_and_a_bearer_keeps_its_own_name() {
        let from = NewComponent {
            line: Some(RmaLineId::from_raw(3)),
            kind: ComponentKind::Deduction,
            amount_minor: -250,
            bearer: Bearer::Supplier,
            supplier: Some(SupplierId::from_raw(8)),
            carrier: None,
            note: "x".to_owned(),
        };
        let mut part = Part::of(0, &from);
        assert_eq!(part.amount_minor, Some(250));
        assert_eq!(part.told(), from);
        part.bearer = Bearer::Customer;
        assert_eq!(part.told().supplier, None);
        part.kind = ComponentKind::Goods;
        assert_eq!(part.told().amount_minor, 250);
    }
}
