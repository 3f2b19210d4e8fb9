//! The hand-over sheet (交接班): what was done since the one before and what is left, confirmed by whoever takes over with
//! badge and PIN, kept and printable.

use contract::station::{DRAFT_HAND_OVER, HAND_OVER, HandOverRequest, HandOverView, HandedOverView, LeftParcel};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Problem};
use parts::fetch::Fetch;
use parts::said::said;
use parts::submit::Submit;
use ui::{Button, ButtonKind, ErrorState, Glyph, Icon, Skeleton, State, Text, TextArea, TimeStamp, say, text};

use super::bar::cover;
use super::lock::{BadgeAndPin, pad};
use super::post::{Panel, Post, focus_soon};
use crate::gun::{on_key, on_scan};

const TITLE: Text = text("交接班", "Hand over");
/// Rows of what is left that stand on the screen; the sheet on paper has all.
const MAX_LEFT: usize = 12;

fn figure(label: Text, count: i64) -> AnyView {
    view! { <div class="sheet__figure" class:is-zero=count == 0><dt>{label}</dt><dd>{count}</dd></div> }.into_any()
}

fn waybill(parcel: &LeftParcel, links: bool) -> AnyView {
    let words = parcel.waybill.clone();
    match links {
        true => view! { <a class="u-strong" href=format!("/desk/receiving/{}", parcel.parcel)>{words}</a> }.into_any(),
        false => view! { <b>{words}</b> }.into_any(),
    }
}

fn left(title: Text, count: i64, parcels: &[LeftParcel], links: bool) -> AnyView {
    let most = if links { parcels.len() } else { MAX_LEFT };
    let row = |(at, parcel): (usize, &LeftParcel)| {
        let parked = parcel.parked.then(|| view! { <span class="dock__mark">{text("挂起", "Parked")}</span> });
        view! {
            <li class="sheet__row" class:u-print-only=(at >= most)>
                {waybill(parcel, links)}
                <span>{parcel.cases.join(" · ")}</span>
                {parked}
                <TimeStamp at_ms=parcel.since.ms()/>
            </li>
        }
    };
    let rows = parcels.iter().enumerate().map(row).collect_view();
    let more = count - i64::try_from(parcels.len().min(most)).unwrap_or(i64::MAX);
    let more = (more > 0)
        .then(|| view! { <p class="u-soft u-screen-only">{move || say!("还有 {more} 件", "{more} more")}</p> });
    view! {
        <section class="sheet__left">
            <h3>{title} " " <span class="sheet__count">{count}</span></h3>
            <ol>{rows}</ol>
            {more}
        </section>
    }
    .into_any()
}

/// A sheet, on screen and on paper; with links to its parcels where one may leave the page.
pub(crate) fn sheet(view: &HandOverView, warehouse: String, links: bool) -> AnyView {
    let counts = view.counts;
    let since = view.since.map(|since| view! { <TimeStamp at_ms=since.ms()/> });
    let first = view.since.is_none().then(|| view! { <span>{text("第一次交接", "the first one here")}</span> });
    let to = view.to.clone().map(|to| view! { <span>" → "</span><b>{to.name}</b> });
    let others = view.operators.iter().filter(|one| one.id != view.from.id);
    let people = others.map(|one| one.name.clone()).collect::<Vec<_>>().join(" · ");
    let note = (!view.note.is_empty()).then(|| view! { <p class="sheet__note">{view.note.clone()}</p> });
    let pending = view.pending_uploads;
    let pending = (pending > 0).then(|| {
        view! { <p class="sheet__pending is-attention"><Icon glyph=Glyph::Alert/>{move || say!("这台电脑还有 {pending} 条没有上传", "{pending} on this machine are not uploaded yet")}</p> }
    });
    view! {
        <article class="sheet" data-test="hand-over-sheet">
            <header class="sheet__head">
                <p><b>{view.station_name.clone()}</b> " · " {warehouse}</p>
                <p>{first}{since} " – " <TimeStamp at_ms=view.at.ms()/></p>
                <p><b>{view.from.name.clone()}</b>{to} <span class="u-soft">" " {people}</span></p>
            </header>
            <dl class="sheet__figures">
                {figure(text("扫描", "Scans"), counts.scans)}
                {figure(text("签收包裹", "Parcels signed"), counts.signed)}
                {figure(text("开箱包裹", "Parcels opened"), counts.opened)}
                {figure(text("清点件数", "Units counted"), counts.units_counted)}
                {figure(text("质检件数", "Units inspected"), counts.units_inspected)}
                {figure(text("处置件数", "Units disposed of"), counts.units_dispositioned)}
                {figure(text("挂起包裹", "Parcels parked"), counts.parked)}
                {figure(text("冲突", "Conflicts"), counts.conflicts)}
            </dl>
            {pending}
            {note}
            <div class="sheet__lefts">
                {left(text("签收未开箱", "Signed, not opened"), view.unopened, &view.unopened_parcels, links)}
                {left(text("开箱未完成", "Opened, not finished"), view.unfinished, &view.unfinished_parcels, links)}
            </div>
            <footer class="sheet__signs u-print-only">
                <p>{text("交班人", "Hands over")}</p>
                <p>{text("接班人", "Takes over")}</p>
            </footer>
        </article>
    }
    .into_any()
}

/// What was sent last. Copy freely.
type Sent = StoredValue<Option<HandOverRequest>>;

fn confirm(post: Post, own: BadgeAndPin, (submit, sent): (Submit, Sent), note: String, badge: String, pin: String) {
    let pending_uploads = i64::try_from(post.queue.unsent().get_untracked()).unwrap_or(i64::MAX);
    let body = HandOverRequest { badge, pin, note, pending_uploads };
    // One whose answer was lost is sent again as it was: the server may have kept it, and answers it as before.
    let lost = submit.problem().with_untracked(|problem| problem.as_ref().is_some_and(Problem::outcome_is_unknown));
    let same = |sent: &HandOverRequest| (&sent.badge, &sent.pin, &sent.note) == (&body.badge, &body.pin, &body.note);
    let again = sent.get_value().filter(|sent| lost && same(sent));
    if again.is_none() {
        submit.renew();
    }
    let body = again.unwrap_or(body);
    sent.set_value(Some(body.clone()));
    submit.run(
        move |key| async move { api::send::<HandedOverView, _>(&HAND_OVER, &[], &body, key).await },
        move |handed| {
            spawn_local(async move {
                post.session.begin(handed.operator.caller);
                if let Err(problem) = post.meta.ask().await {
                    return own.refuse(problem.words_in_full());
                }
                let name = handed.operator.shift.operator.name.clone();
                post.begin(handed.operator.shift);
                post.panel.try_set(Panel::None);
                let words = untrack(|| say!("{name} 已接班", "{name} has taken over"));
                post.say(State::Good, words, String::new());
            });
        },
    );
}

/// The sheet as it would be now.
fn content(post: Post, draft: Fetch<HandOverView>, note: RwSignal<String>) -> AnyView {
    let warehouse = move || {
        post.station.with(|station| {
            let one = station.as_ref()?.warehouse.as_ref()?;
            Some(said(&one.title).get().into_owned())
        })
    };
    (move || {
        if let Some(view) = draft.get() {
            let unsent = i64::try_from(post.queue.unsent().get()).unwrap_or(i64::MAX);
            let view = HandOverView { pending_uploads: unsent, note: note.get(), ..view };
            return sheet(&view, warehouse().unwrap_or_default(), false);
        }
        match draft.problem().get() {
            Some(problem) => view! { <ErrorState hint=problem.words() on_retry=move |()| draft.reload()/> }.into_any(),
            None => view! { <Skeleton lines=8/> }.into_any(),
        }
    })
    .into_any()
}

/// The next operator's badge and PIN.
fn confirmation(own: BadgeAndPin, press: impl Fn(&str) -> bool + Copy + Send + Sync + 'static) -> AnyView {
    let has_badge = Memo::new(move |_| own.badge.with(Option::is_some));
    let ask = move || {
        if has_badge.get() {
            text("接班人输入 PIN，按回车", "Next operator: PIN, then Enter").get()
        } else {
            text("接班人扫工牌确认", "Next operator: scan your badge to confirm").get()
        }
    };
    let digits = move || has_badge.get().then(|| view! { {own.dots()} {pad(move |name| { press(name); })} });
    let wrong = move || {
        own.wrong.get().map(
            |words| view! { <p class="lock__wrong is-bad" role="alert"><Icon glyph=Glyph::CrossCircle/>{words}</p> },
        )
    };
    view! {
        <div class="sheet__confirm u-screen-only">
            <p class="sheet__ask">{ask}</p>
            {digits}
            {wrong}
        </div>
    }
    .into_any()
}

/// The panel.
pub(super) fn panel(post: Post) -> AnyView {
    let draft = Fetch::<HandOverView>::new(|| api::read(&DRAFT_HAND_OVER, &[]));
    let own = BadgeAndPin::new();
    let submit = Submit::new();
    let sent = Sent::new(None);
    let note = RwSignal::new(String::new());
    let noting = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(problem) = submit.problem().get() {
            untrack(|| own.refuse(problem.words_in_full()));
        }
    });
    let press = move |name: &str| {
        if own.key(name, |badge, pin| confirm(post, own, (submit, sent), note.get_untracked(), badge, pin)) {
            return true;
        }
        match name {
            "n" => {
                noting.set(true);
                focus_soon("[data-test=hand-over-note] textarea");
            }
            "p" => {
                let _ = window().print();
            }
            _ => return false,
        }
        true
    };
    cover(post);
    on_key(press);
    on_scan(move |code| own.scanned(code), |_| {});
    let note_field = move || {
        noting.get().then(|| view! { <div class="panel__note u-screen-only" data-test="hand-over-note"><TextArea value=note rows=2 max_length=2000/></div> })
    };
    view! {
        <section class="panel panel--wide" data-test="station-panel-hand-over" aria-label=move || TITLE.get()>
            <header class="panel__head">
                <h2>{TITLE}</h2>
                <Button icon=Glyph::Edit keys="N" on_click=move |()| { press("n"); }>{text("备注", "Note")}</Button>
                <Button icon=Glyph::Printer keys="P" on_click=move |()| { press("p"); }>{text("打印", "Print")}</Button>
                <Button kind=ButtonKind::Quiet keys="Esc" on_click=move |()| post.panel.set(Panel::None)>{text("返回", "Back")}</Button>
            </header>
            {note_field}
            {content(post, draft, note)}
            {confirmation(own, press)}
        </section>
    }
    .into_any()
}
