//! A component being keyed: what for, on which line, how much, who bears it.

use contract::master::{SUPPLIERS, Supplier};
use contract::rma::LineView;
use domain::settlement::ComponentKind;
use domain::state::Bearer;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::meta::use_meta;
use parts::said::said;
use parts::words::Spoken;
use ui::{Bind, Choice, Glyph, IconButton, MoneyInput, Select, Text, TextInput, text};

use super::draft::{Draft, Part};

const KIND: Text = text("款项", "What for");
const LINE: Text = text("商品行", "Line");
const BEARER: Text = text("承担方", "Borne by");
const AMOUNT: Text = text("金额", "Amount");
const NOTE: Text = text("说明", "Note");

/// What every row needs. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    pub(super) draft: Draft,
    pub(super) lines: Memo<Vec<LineView>>,
    pub(super) currency: Signal<String>,
    pub(super) suppliers: Fetch<Vec<Supplier>>,
}

impl Rows {
    pub(super) fn new(draft: Draft, lines: Memo<Vec<LineView>>, currency: Signal<String>) -> Self {
        // Only whoever lets a supplier bear something needs their names.
        let suppliers = Fetch::when(move || {
            let wanted = draft.parts.with(|parts| parts.iter().any(|part| part.bearer == Bearer::Supplier));
            wanted.then(|| api::read::<Vec<Supplier>>(&SUPPLIERS, &[]))
        });
        Self { draft, lines, currency, suppliers }
    }
}

/// A select over one thing of a component.
fn bind(
    rows: Rows,
    own: Memo<Option<Part>>,
    id: u32,
    get: impl Fn(&Part) -> String + Send + Sync + 'static,
    set: impl Fn(&mut Part, String) + Send + Sync + 'static,
) -> Bind<String> {
    Bind::new(
        move || own.with(|own| own.as_ref().map(&get).unwrap_or_default()),
        move |value: String| rows.draft.change(id, |part| set(part, value)),
    )
}

fn kinds() -> Signal<Vec<Choice>> {
    Signal::stored(ComponentKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), kind.text())).collect())
}

fn bearers() -> Signal<Vec<Choice>> {
    Signal::stored(Bearer::ALL.iter().map(|bearer| Choice::new(bearer.as_str(), bearer.text())).collect())
}

fn which(rows: Rows, own: Memo<Option<Part>>, id: u32) -> AnyView {
    let meta = use_meta();
    let supplier = bind(rows, own, id, |part| part.supplier.clone(), |part, value| part.supplier = value);
    let carrier = bind(rows, own, id, |part| part.carrier.clone(), |part, value| part.carrier = value);
    let bearer = Memo::new(move |_| own.with(|own| own.as_ref().map(|own| own.bearer)));
    let suppliers = Signal::derive(move || {
        rows.suppliers.with(|all| {
            let all = all.map(Vec::as_slice).unwrap_or_default().iter().filter(|one| one.active);
            all.filter_map(|one| Some(Choice::new(one.id?.to_string(), said(&one.name)))).collect::<Vec<_>>()
        })
    });
    let carriers = Signal::derive(move || {
        meta.with(|view| {
            view.carriers.iter().map(|one| Choice::new(one.id.to_string(), said(&one.title))).collect::<Vec<_>>()
        })
    });
    let (which_supplier, which_carrier) = (text("哪家供应商", "Which supplier"), text("哪家承运商", "Which carrier"));
    let view = move || match bearer.get() {
        Some(Bearer::Supplier) => {
            view! { <Select value=supplier options=suppliers label=which_supplier placeholder=which_supplier/> }
                .into_any()
        }
        Some(Bearer::Carrier) => {
            view! { <Select value=carrier options=carriers label=which_carrier placeholder=which_carrier/> }.into_any()
        }
        _ => ().into_any(),
    };
    view! { {view} }.into_any()
}

/// A row.
pub(super) fn component(rows: Rows, id: u32) -> AnyView {
    let draft = rows.draft;
    let own = Memo::new(move |_| draft.parts.with(|parts| parts.iter().find(|part| part.id == id).cloned()));
    let kind = bind(
        rows,
        own,
        id,
        |part| part.kind.to_string(),
        |part, value| {
            part.kind = ComponentKind::parse(&value).unwrap_or(part.kind);
        },
    );
    let line = bind(rows, own, id, |part| part.line.clone(), |part, value| part.line = value);
    let bearer = bind(
        rows,
        own,
        id,
        |part| part.bearer.to_string(),
        |part, value| {
            part.bearer = Bearer::parse(&value).unwrap_or(part.bearer);
        },
    );
    let note = bind(rows, own, id, |part| part.note.clone(), |part, value| part.note = value);
    let amount = Bind::new(
        move || own.with(|own| own.as_ref().and_then(|own| own.amount_minor)),
        move |amount| draft.change(id, |part| part.amount_minor = amount),
    );
    let lines = Signal::derive(move || {
        rows.lines.with(|lines| {
            let own = lines.iter().filter(|line| !line.undeclared);
            own.map(|line| {
                let name = line.sku.as_ref().map(|sku| sku.name.clone()).unwrap_or_default();
                Choice::new(line.id.to_string(), name)
            })
            .collect::<Vec<_>>()
        })
    });
    let withheld = move || own.with(|own| own.as_ref().is_some_and(|own| own.kind.is_withheld()));
    let sign = move || if withheld() { "−" } else { "+" };
    let error = draft.error(id);
    view! {
        <li class="component" data-test="component">
            <div class="component__kind"><Select value=kind options=kinds() label=KIND/></div>
            <div class="component__line">
                <Select value=line options=lines label=LINE placeholder=text("整张单", "The whole case")/>
            </div>
            <div class="component__bearer">
                <Select value=bearer options=bearers() label=BEARER/>
                {which(rows, own, id)}
            </div>
            <div class="component__amount">
                <span class="component__sign" aria-hidden="true">{sign}</span>
                <MoneyInput value=amount currency=rows.currency label=AMOUNT/>
            </div>
            <div class="component__note"><TextInput value=note label=NOTE placeholder=NOTE max_length=200/></div>
            <IconButton glyph=Glyph::Close label=text("移除这一项", "Remove") on_click=move |()| draft.remove(id)/>
            <p class="component__why" data-test="component-why">{move || draft.why(id)}</p>
            <p class="ui-field__error" role="alert">{move || error.get()}</p>
        </li>
    }
    .into_any()
}
