//! Step two: the form the merchant designed, the policy's answer while it is written, and sending it. A part of its own:
//! the form engine comes when an order is looked up.

use contract::portal::{FILE_RMA, OrderProof, PortalFileRequest, PortalFiled, PortalOrderView};
use engine::form::FieldType;
use engine::value::Value;
use leptos::lazy;
use leptos::prelude::*;
use parts::api;
use parts::form::{FormRun, FormView};
use parts::said::said;
use parts::submit::Submit;
use ui::{ActionBar, Button, ButtonKind, Card, Glyph, Notice, State, Text, locale, text};

use crate::address::{self, Page};
use crate::find::{Found, proof_header};
use crate::uploads::uploader;

mod found;
mod judged;

use found::{earlier, order_line};
use judged::{Judged, JudgedCard};

const SUBMIT: Text = text("提交申请", "Send the request");
const REFUSED: Text = text(
    "目前不符合退换条件，可以换一种处理方式或联系商家",
    "This is not possible as it stands; choose another way or contact the shop",
);

fn form_of(order: &PortalOrderView, proof: &OrderProof) -> FormRun {
    locale::set_zone(order.context.offset_minutes);
    let form = FormRun::new(order.form.clone(), order.context.clone())
        .with_uploads(uploader(proof_header(proof), &order.uploads));
    // The order is known already and stays as it is.
    if let Some(field) = form.id_of(FieldType::Order) {
        form.set(&field, Value::text(order.number.as_str()));
    }
    form
}

/// Fetches this part of the app.
pub(crate) async fn preload() {
    __preload_request().await;
}

/// What was found, and the form for it.
#[lazy]
pub(crate) fn request(found: Found, again: Callback<()>, page: RwSignal<Page>) -> AnyView {
    let Found { proof, said } = found;
    match api::understood::<PortalOrderView>(&said) {
        Ok(order) => view! {
            {order_line(&order, again)}
            {earlier(&order, &proof, page)}
            {request_form(&order, &proof, page)}
        }
        .into_any(),
        Err(problem) => view! { <Notice state=State::Bad title=problem.words()/> }.into_any(),
    }
}

fn request_form(order: &PortalOrderView, proof: &OrderProof, page: RwSignal<Page>) -> AnyView {
    let form = form_of(order, proof);
    let judged = Judged::of(form, proof);
    let submit = Submit::new();
    let headers = proof_header(proof);
    let send = move |()| {
        let Some(answers) = form.finish() else { return };
        let (body, headers) = (PortalFileRequest { answers }, headers.clone());
        submit.run(
            move |key| api::send_as::<PortalFiled, _>(&FILE_RMA, &[], &body, key, headers),
            move |filed| {
                address::name_case(&filed.link.token);
                window().scroll_to_with_x_and_y(0.0, 0.0);
                page.set(Page::Case { token: filed.link.token, is_new: true });
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
    let note_words = move || {
        if judged.is_refused() {
            REFUSED.get()
        } else if form.is_uploading() {
            text("照片还在上传", "Photos are still on their way").get()
        } else {
            ""
        }
    };
    let note = move || view! { {note_words} };
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let definition = &order.form;
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
    .into_any()
}
