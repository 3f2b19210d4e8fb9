//! Records of the merchant's own forms: which forms there are, a form's records, one of them.

use contract::record::{FORMS, OwnForm};
use domain::Permission;
use engine::form::Form;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::Fetch;
use parts::said::said;
use parts::session::use_session;
use ui::{EmptyState, ErrorState, Glyph, Icon, PageHeader, Skeleton, Text, Words, text};

use crate::go::use_go;
use crate::nav::Place;

mod cells;
mod list;
mod newer;
mod record;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/records",
    label: text("记录", "Records"),
    icon: Glyph::List,
    needs: &[Permission::RecordEdit],
    group: None,
};

const NO_FORM: Text = text("还没有自建表单", "There is no form of your own yet");
const NO_FORM_HINT: Text =
    text("在模板里加一张表单并启用，它的记录就在这里", "Add one to the template and apply it: its records stand here");
const LOST: Text = text("没有这张表单", "There is no such form");
const LOST_RECORD: Text = text("没有这条记录", "There is no such record");

/// The word for a record that is not kept yet, where others have their id.
const NEW: &str = "new";

/// `/desk/records`, `/desk/records/{form}`, `/desk/records/{form}/new` and `/desk/records/{form}/{id}`.
pub(super) fn page() -> AnyView {
    if use_session().may(Permission::RecordEdit) {
        view! { <Records/> }.into_any()
    } else {
        let hint = text("需要“编辑自建表单数据”权限", "This needs the right to edit own records");
        view! { <EmptyState title=text("没有权限", "Not allowed") hint icon=Glyph::Lock/> }.into_any()
    }
}

fn list_address(form: &str) -> String {
    format!("/desk/records/{form}")
}

fn record_address(form: &str, record: &str) -> String {
    format!("/desk/records/{form}/{record}")
}

/// What to know of a form before filling it in, when there is something.
fn intro(form: &Form) -> Words {
    if form.intro == domain::Text::default() { Words::default() } else { said(&form.intro) }
}

fn lost(title: Text) -> AnyView {
    view! {
        <PageHeader title=PLACE.label back=PLACE.href/>
        <EmptyState title icon=Glyph::Search/>
    }
    .into_any()
}

/// The page of a form, or of one of its records.
fn of_form(forms: &[OwnForm], form: &str, record: &str) -> AnyView {
    let Some(own) = forms.iter().find(|own| own.form.id == form).cloned() else { return lost(LOST) };
    match record {
        "" => view! { <list::List form=own.form is_only={forms.len() == 1}/> }.into_any(),
        NEW => view! { <record::NewRecord own/> }.into_any(),
        id => match id.parse() {
            Ok(id) => view! { <record::Record own id/> }.into_any(),
            Err(_) => lost(LOST_RECORD),
        },
    }
}

/// All forms, when there are several to choose from.
fn index(forms: &[OwnForm]) -> AnyView {
    if forms.is_empty() {
        return view! {
            <PageHeader title=PLACE.label/>
            <EmptyState title=NO_FORM hint=NO_FORM_HINT icon=PLACE.icon/>
        }
        .into_any();
    }
    let entry = |own: &OwnForm| {
        let form = &own.form;
        view! {
            <li>
                <a class="master__entry" href=list_address(&form.id)>
                    <Icon glyph=PLACE.icon/>
                    <span class="master__words">
                        <span class="u-strong">{said(&form.title)}</span>
                        <span class="u-soft u-small">{intro(form)}</span>
                    </span>
                </a>
            </li>
        }
    };
    view! {
        <PageHeader title=PLACE.label/>
        <ul class="master__entries" data-test="record-forms">{forms.iter().map(entry).collect_view()}</ul>
    }
    .into_any()
}

#[component]
fn Records() -> impl IntoView {
    let (params, go) = (use_params_map(), use_go());
    let at = Memo::new(move |_| {
        params.with(|params| {
            let part = |name: &str| params.get(name).unwrap_or_default();
            (part("form"), part("id"))
        })
    });
    let forms = Fetch::<Vec<OwnForm>>::new(|| api::read(&FORMS, &[]));
    // One form needs no list of forms.
    let only = Memo::new(move |_| {
        forms.with(|forms| match forms?.as_slice() {
            [own] => Some(own.form.id.clone()),
            _ => None,
        })
    });
    Effect::new(move |_| {
        if let Some(form) = only.get()
            && at.with(|(asked, _)| asked.is_empty())
        {
            go.replace(&list_address(&form));
        }
    });
    move || {
        let (form, record) = at.get();
        match (forms.get(), forms.problem().get()) {
            (Some(forms), _) if !form.is_empty() => of_form(&forms, &form, &record),
            (Some(forms), _) if forms.len() != 1 => index(&forms),
            (None, Some(problem)) => {
                view! { <ErrorState hint=problem.words() on_retry=move |()| forms.reload()/> }.into_any()
            }
            _ => view! { <Skeleton lines=8/> }.into_any(),
        }
    }
}
