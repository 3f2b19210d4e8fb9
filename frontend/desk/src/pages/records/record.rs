//! One record: its form, saving it, and what to do when somebody else was faster.

use std::future::Future;
use std::pin::Pin;

use contract::record::{CHANGE, CREATE, ChangeRequest, CreateRequest, GET, KeptView, OwnForm, RecordView};
use domain::{RecordId, Timestamp};
use engine::form::{Answers, Form};
use leptos::prelude::*;
use parts::api::{self, Key, Problem};
use parts::fetch::Fetch;
use parts::form::{FormRun, FormView};
use parts::said::{read, said};
use parts::submit::Submit;
use ui::locale::{date_time, zone_minutes};
use ui::{
    ActionBar, Button, ButtonKind, Card, ErrorState, Glyph, LinkButton, Notice, PageHeader, Skeleton, State, Text,
    Words, clock, say, text, toast,
};

use super::cells::{kept, words};
use super::newer::{Versions, notice};
use super::{LOST_RECORD, intro, list_address, lost};
use crate::go::use_go;

const SAVED: Text = text("已保存", "Saved");
const CHOOSE_FIRST: Text = text("先选择上面的一种处理方式", "First choose one of the two ways above");
/// Where the news of a newer version stands.
const NEWER: &str = "[data-test=record-changed]";

type Saving = Pin<Box<dyn Future<Output = Result<KeptView, Problem>>>>;

fn save(form: &str, before: Option<&RecordView>, answers: Answers, key: Key) -> Saving {
    match before {
        Some(record) => {
            let request = ChangeRequest { version: record.version, answers };
            Box::pin(api::send(&CHANGE, &[&form, &record.id], &request, key))
        }
        None => Box::pin(api::send(&CREATE, &[&form], &CreateRequest { answers }, key)),
    }
}

/// What a record is known by: what its first field says.
fn name(form: &Form, record: &RecordView) -> Option<String> {
    let first = kept(form).next()?;
    record.answers.get(&first.id).map(|held| words(first, held)).filter(|name| !name.is_empty())
}

fn header(form: StoredValue<Form>, versions: Versions) -> AnyView {
    let title = Words::from(move || {
        form.with_value(|form| {
            let kind = read(&form.title);
            versions.base.with(|base| match base {
                Some(record) => name(form, record).unwrap_or(kind),
                None => say!("新增 · {kind}", "New · {kind}"),
            })
        })
    });
    let made = versions.base.with_untracked(|base| base.as_ref().map(|record| record.created_at.ms()));
    let under = match made {
        Some(at) => Words::from(move || {
            let (kind, at) = (form.with_value(|form| read(&form.title)), date_time(at, zone_minutes()));
            say!("{kind} · {at} 记录", "{kind} · recorded {at}")
        }),
        None => form.with_value(intro),
    };
    let back = form.with_value(|form| list_address(&form.id));
    view! { <PageHeader title subtitle=under back/> }.into_any()
}

/// A record that was made or opened.
#[component]
fn Editor(own: OwnForm, versions: Versions) -> impl IntoView {
    let go = use_go();
    let OwnForm { form, mut context } = own;
    context.now = Timestamp::from_ms(untrack(clock::now_ms));
    let run = FormRun::new(form.clone(), context);
    versions.base.with_untracked(|base| {
        if let Some(record) = base {
            run.begin_with(&record.answers);
        }
    });
    let form = StoredValue::new(form);
    let submit = Submit::new();
    let newer = versions.newer();
    let list = move || form.with_value(|form| list_address(&form.id));
    let send = move |()| {
        let Some(answers) = run.finish() else { return };
        submit.run(
            move |key| {
                let before = versions.base.get_untracked();
                form.with_value(|form| save(&form.id, before.as_ref(), answers, key))
            },
            move |_| {
                toast(State::Good, SAVED);
                // Who left the page meanwhile stays where they went.
                if let Some(list) = form.try_with_value(|form| list_address(&form.id)) {
                    go.replace(&list);
                }
            },
        );
    };
    // What the server refuses stands beside the fields it names; who was faster is asked after.
    Effect::new(move |_| {
        let Some(problem) = submit.problem().get() else { return };
        if !problem.body.fields.is_empty() {
            run.refuse(&problem.body.fields);
        }
        if problem.is_conflict() {
            versions.look();
        }
    });
    let any_newer = Memo::new(move |_| newer.with(Option::is_some));
    Effect::new(move |_| {
        // While one types, it waits below; who tried to save is led to it.
        if any_newer.get() && submit.problem().with_untracked(Option::is_some) {
            show_newer();
        }
    });
    let wrong = move || {
        let words = submit.words().get().filter(|_| !any_newer.get());
        words.map(|words| view! { <Notice state=State::Bad title=words/> })
    };
    let choose = move || any_newer.get().then(|| view! { <span>{CHOOSE_FIRST}</span> });
    let note = move || choose;
    view! {
        {header(form, versions)}
        <div class="records__record" data-test="record-form">
            <Card><FormView form=run/></Card>
        </div>
        <div class="records__record" aria-live="polite">{notice(form, run, versions, newer, submit)}</div>
        <div class="records__record">{wrong}</div>
        <ActionBar note>
            <Button kind=ButtonKind::Primary icon=Glyph::Check busy=submit.busy() disabled=any_newer on_click=send attr:data-test="record-save">
                {text("保存", "Save")}
            </Button>
            <LinkButton href=list()>{text("返回", "Back")}</LinkButton>
        </ActionBar>
    }
}

fn show_newer() {
    request_animation_frame(|| {
        if let Ok(Some(news)) = document().query_selector(NEWER) {
            news.scroll_into_view_with_bool(true);
        }
    });
}

/// `/desk/records/{form}/new`.
#[component]
pub(super) fn NewRecord(own: OwnForm) -> impl IntoView {
    view! { <Editor own versions=Versions::none()/> }
}

/// `/desk/records/{form}/{id}`.
#[component]
pub(super) fn Record(own: OwnForm, id: RecordId) -> impl IntoView {
    let (form, topic) = (own.form.id.clone(), format!("records:{}", own.form.id));
    let latest =
        Fetch::<RecordView>::new(move || api::read(&GET, &[&form, &id])).follow(move |heard| heard.touches(&topic));
    // The page is drawn once: newer versions must not take away what is being typed.
    let is_there = latest.is_there();
    move || {
        if is_there.get() {
            let versions = latest.get_untracked().map(|record| Versions::of(record, latest));
            return versions.map(|versions| view! { <Editor own=own.clone() versions/> }).into_any();
        }
        match latest.problem().get() {
            Some(problem) if problem.is_missing() => lost(LOST_RECORD),
            Some(problem) => {
                let hint = problem.words();
                view! {
                    <PageHeader title=said(&own.form.title) back=list_address(&own.form.id)/>
                    <ErrorState hint on_retry=move |()| latest.reload()/>
                }
                .into_any()
            }
            None => view! { <Skeleton lines=8/> }.into_any(),
        }
    }
}
