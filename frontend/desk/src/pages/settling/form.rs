//! Keying a settlement: basis, components with who bears them, the sum and whether a second person must look.

use contract::rma::RmaView;
use contract::settlement::{PROPOSE, SettlementView};
use domain::SettlementId;
use domain::settlement::Basis;
use domain::state::SettlementState;
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::words::{Spoken, means};
use ui::{
    Bind, Button, ButtonKind, Card, Choice, Field, Glyph, Notice, Select, State, Text, TextArea, TextInput, text, toast,
};

use super::caps::caps;
use super::component::{Rows, component};
use super::draft::Draft;

const TITLE: Text = text("录入结算", "Key a settlement");
/// The ways a person may choose; the others follow from the basis or the sum.
const MEANS: [&str; 3] = ["original", "credit", "manual"];

/// Why money is mostly paid here: as the first line that still waits for some says.
fn first_basis(view: &RmaView) -> Basis {
    let own = view.lines.iter().filter(|line| !line.undeclared && line.kind.settles_money());
    own.map(|line| line.kind.default_basis()).next().unwrap_or(Basis::Compensation)
}

fn basis(draft: Draft) -> AnyView {
    let value = Bind::new(
        move || draft.basis.get().to_string(),
        move |basis: String| {
            if let Some(basis) = Basis::parse(&basis) {
                draft.rebase(basis);
            }
        },
    );
    let options =
        Signal::stored(Basis::ALL.iter().map(|basis| Choice::new(basis.as_str(), basis.text())).collect::<Vec<_>>());
    view! {
        <div data-test="settlement-basis">
            <Field label=text("依据", "Basis") error=draft.submit.field("basis")><Select value options/></Field>
        </div>
    }
    .into_any()
}

fn way(draft: Draft) -> AnyView {
    let options = Signal::stored(MEANS.iter().map(|code| Choice::new(*code, means(code))).collect::<Vec<_>>());
    let by_platform = Memo::new(move |_| draft.basis.get() == Basis::PlatformDecided);
    let field = move || {
        if by_platform.get() {
            return view! {
                <Field label=text("平台退款单号", "The platform's refund number") error=draft.submit.field("platform_number") required=true>
                    <TextInput value=draft.platform_number max_length=100/>
                </Field>
            }
            .into_any();
        }
        view! {
            <Field label=text("退款方式", "How it is paid") error=draft.submit.field("means")>
                <Select value=draft.means options/>
            </Field>
        }
        .into_any()
    };
    view! { <div data-test="settlement-means">{field}</div> }.into_any()
}

fn components(rows: Rows) -> AnyView {
    let draft = rows.draft;
    let ids = Memo::new(move |_| draft.parts.with(|parts| parts.iter().map(|part| part.id).collect::<Vec<_>>()));
    let none = move || {
        let empty = ids.with(Vec::is_empty) && !draft.busy.get();
        empty.then(|| {
            view! {
                <p class="u-soft components__none">
                    {text(
                        "按这个依据没有可退的金额。可以换一个依据，或录入补偿、运费。",
                        "Nothing is left under this basis. Choose another, or key compensation or freight.",
                    )}
                </p>
            }
        })
    };
    view! {
        <ul class="components">
            <For each=move || ids.get() key=|id| *id children=move |id| component(rows, id)/>
        </ul>
        {none}
        <div class="u-row">
            <Button kind=ButtonKind::Quiet icon=Glyph::Plus on_click=move |()| draft.add() attr:data-test="component-add">
                {text("增加一项", "Add a component")}
            </Button>
            <Button kind=ButtonKind::Quiet icon=Glyph::Refresh on_click=move |()| draft.suggest() attr:data-test="settlement-suggest">
                {text("恢复建议", "Take the suggestion")}
            </Button>
        </div>
    }
    .into_any()
}

fn sum(draft: Draft) -> AnyView {
    let net = Memo::new(move |_| draft.preview.with(|preview| preview.as_ref().and_then(|preview| preview.net)));
    let refusal = move || {
        draft.preview.with(|preview| {
            let refusal = preview.as_ref().filter(|_| !draft.parts.with(Vec::is_empty))?.refusal.clone()?;
            let help = refusal.help.map(|help| format!(" · {help}")).unwrap_or_default();
            let title = format!("{}{help}", refusal.message);
            Some(view! { <Notice state=State::Bad title/> })
        })
    };
    let asked =
        move || draft.problem.get().map(|problem| view! { <Notice state=State::Bad title=problem.words_in_full()/> });
    let second =
        Memo::new(move |_| draft.preview.with(|preview| preview.as_ref().is_some_and(|preview| preview.needs_second)));
    let eyes = move || {
        second.get().then(|| {
            let title = text("超过限额：录入后须由另一位同事批准", "Above the limit: a colleague has to approve it");
            view! { <Notice state=State::Waiting title/> }
        })
    };
    let amount = move || {
        net.get().filter(|_| !draft.parts.with(Vec::is_empty)).map(|amount| view! { <Sum amount strong=true/> })
    };
    view! {
        {asked}
        {refusal}
        {eyes}
        <p class="case__total" data-test="settlement-net">
            <span>{text("顾客得到", "The customer gets")}</span>
            {amount}
        </p>
    }
    .into_any()
}

fn send(draft: Draft, on_changed: Callback<()>) {
    let (rma, request) = (draft.rma, draft.request());
    draft.submit.run(
        move |key| api::send::<SettlementView, _>(&PROPOSE, &[&rma], &request, key),
        move |settlement| {
            let words = if settlement.state == SettlementState::Proposed {
                text("已录入，等待另一位同事批准", "Keyed; a colleague has to approve it")
            } else {
                text("已录入，可以付款", "Keyed; it can be paid")
            };
            toast(State::Good, words);
            draft.note.try_set(String::new());
            draft.suggest();
            on_changed.run(());
        },
    );
}

/// What settlements hold, by where they stand.
type Held = Memo<Vec<(SettlementId, SettlementState)>>;

/// The card.
pub(super) fn form(case: Memo<RmaView>, held: Held, on_changed: Callback<()>) -> AnyView {
    let (basis_now, way_now, rma) = case.with_untracked(|case| {
        (first_basis(case), if case.order.is_some() { MEANS[0] } else { MEANS[2] }, case.head.id)
    });
    let draft = Draft::new(rma, basis_now, way_now);
    // Not at first: the draft has just asked.
    Effect::watch(move || held.get(), move |_, _, _| draft.refresh(), false);
    let lines = Memo::new(move |_| case.with(|case| case.lines.clone()));
    let currency = Signal::derive(move || {
        draft
            .preview
            .with(|preview| preview.as_ref().map(|preview| preview.currency.code().to_owned()).unwrap_or_default())
    });
    let rows = Rows::new(draft, lines, currency);
    let ready = Signal::derive(move || !draft.is_ready());
    let wrong = move || draft.submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <div class="settle-form" data-test="settlement-form">
            <Card title=TITLE>
                <div class="u-stack">
                    <div class="u-grid">{basis(draft)} {way(draft)}</div>
                    {caps(draft, lines)}
                    {components(rows)}
                    <Field label=text("备注", "Note") error=draft.submit.field("note")>
                        <TextArea value=draft.note rows=1 max_length=2000/>
                    </Field>
                    {sum(draft)}
                    {wrong}
                    <div class="u-row">
                        <Button
                            kind=ButtonKind::Primary
                            icon=Glyph::Check
                            busy=draft.submit.busy()
                            disabled=ready
                            on_click=move |()| send(draft, on_changed)
                            attr:data-test="settlement-propose"
                        >
                            {text("录入结算", "Key it")}
                        </Button>
                    </div>
                </div>
            </Card>
        </div>
    }
    .into_any()
}
