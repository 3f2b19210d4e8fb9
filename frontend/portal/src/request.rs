//! Step two: the form the merchant designed, the policy's answer while it is written, and sending it.

use contract::portal::{FILE_RMA, PortalFileRequest, PortalFiled};
use engine::form::FieldType;
use engine::value::Value;
use leptos::prelude::*;
use parts::api;
use parts::form::{FormRun, FormView};
use parts::said::said;
use parts::submit::Submit;
use ui::{ActionBar, Button, ButtonKind, Card, Glyph, Notice, State, Text, locale, say, text};

use crate::address::{self, Page};
use crate::find::{Found, proof_header};
use crate::judged::{Judged, JudgedCard};
use crate::uploads::uploader;

const SUBMIT: Text = text("提交申请", "Send the request");
const REFUSED: Text = text(
    "目前不符合退换条件，可以换一种处理方式或联系商家",
    "This is not possible as it stands; choose another way or contact the shop",
);

fn form_of(found: &Found) -> FormRun {
    locale::set_zone(found.order.context.offset_minutes);
    let form = FormRun::new(found.order.form.clone(), found.order.context.clone())
        .with_uploads(uploader(proof_header(&found.proof), &found.order.uploads));
    // The order is known already and stays as it is.
    if let Some(field) = form.id_of(FieldType::Order) {
        form.set(&field, Value::text(found.order.number.as_str()));
    }
    form
}

/// The form with everything around it.
#[component]
pub(crate) fn RequestForm(found: Found, page: RwSignal<Page>) -> impl IntoView {
    let form = form_of(&found);
    let judged = Judged::of(form, &found.proof);
    let submit = Submit::new();
    let headers = proof_header(&found.proof);
    let send = move |()| {
        let Some(answers) = form.finish() else { return };
        let (body, headers) = (PortalFileRequest { answers }, headers.clone());
        submit.run(
            move |key| api::send_as::<PortalFiled, _>(&FILE_RMA, &[], &body, key, headers),
            move |filed| {
                address::name_case(&filed.link.token);
                window().scroll_to_with_x_and_y(0.0, 0.0);
                ui::toast(State::Good, {
                    let number = filed.number;
                    move || say!("已提交 {number}", "Sent {number}")
                });
                page.set(Page::Case { token: filed.link.token });
            },
        );
    };
    // What the server refuses stands beside the fields it names.
    Effect::new(move |_| {
        if let Some(problem) = submit.problem().get() {
            form.refuse(&problem.body.fields);
        }
    });
    let cannot = Signal::derive(move || judged.is_refused() || form.is_uploading());
    let note = move || {
        if judged.is_refused() {
            view! { <span>{REFUSED}</span> }.into_any()
        } else if form.is_uploading() {
            view! { <span>{text("照片还在上传", "Photos are still on their way")}</span> }.into_any()
        } else {
            ().into_any()
        }
    };
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let definition = &found.order.form;
    let has_intro = !definition.intro.zh.is_empty() || !definition.intro.en.is_empty();
    let intro = has_intro.then(|| view! { <p class="u-soft">{said(&definition.intro)}</p> });
    view! {
        <Card title=said(&definition.title)>
            <div class="u-stack" data-test="portal-form">
                {intro}
                <FormView form/>
            </div>
        </Card>
        <JudgedCard judged/>
        {wrong}
        <ActionBar note>
            <Button kind=ButtonKind::Primary icon=Glyph::Check busy=submit.busy() disabled=cannot on_click=send attr:data-test="portal-submit">
                {SUBMIT}
            </Button>
        </ActionBar>
    }
}
