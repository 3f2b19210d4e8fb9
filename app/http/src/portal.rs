//! The customers' side: proofs and links in headers, views of their own.

use actix_web::HttpRequest;
use actix_web::web::Bytes;
use contract::portal::{
    ANSWER, CASE, CaseBrief, CaseLink, FILE_NAME, FILE_RMA, GIVE_TRACKING, OPEN_CASE, ORDER, OpenCaseRequest, PREVIEW,
    PortalAnswerRequest, PortalCaseView, PortalFileRequest, PortalFiled, PortalJudgement, PortalLineJudgement,
    PortalMessageRequest, PortalOrderView, PortalRateRequest, PortalShop, PortalTrackingRequest, PortalUploaded,
    PortalWithdrawRequest, RATE, SAY, START, StartView, UPLOAD, UploadLimits, WITHDRAW,
};
use operations::portal::file::FiledByCustomer;
use operations::portal::link::Link;
use operations::portal::order::Proof;
use operations::portal::preview::preview_for_customer;
use operations::portal::{case, file, link, order};
use operations::rma::{answer, withdraw};
use operations::warehouse::announce;
use operations::{Actor, Call, Error, secret};

use crate::access::request_lang;
use crate::answer::{Reply, created, ok};
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Json, Key};
use crate::portal_view;
use crate::registry::Area;
use crate::state::{Server, State};

mod proof;
mod talk;

use proof::proof;
pub(crate) use proof::{call, customer, own_call, proven};

/// Largest upload that is read at all; the template's limit is checked on the content.
pub(crate) const MAX_UPLOAD_BYTES: usize = 64 * 1_048_576;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&START, Doc::view::<StartView>(200), start);
    area.add(&ORDER, Doc::view::<PortalOrderView>(200), find_order);
    area.add(&PREVIEW, Doc::view::<PortalJudgement>(200).body::<PortalFileRequest>(), preview_request);
    area.add(&FILE_RMA, Doc::view::<PortalFiled>(201).body::<PortalFileRequest>(), file_request);
    area.add(&OPEN_CASE, Doc::view::<CaseLink>(201).body::<OpenCaseRequest>(), open_case);
    area.add(&UPLOAD, Doc::view::<PortalUploaded>(201), upload);
    area.add(&CASE, Doc::view::<PortalCaseView>(200), get_case);
    area.add(&ANSWER, Doc::view::<PortalCaseView>(200).body::<PortalAnswerRequest>(), give_answer);
    area.add(&WITHDRAW, Doc::view::<PortalCaseView>(200).body::<PortalWithdrawRequest>(), take_back);
    area.add(&GIVE_TRACKING, Doc::view::<PortalCaseView>(200).body::<PortalTrackingRequest>(), give_tracking);
    area.add(&SAY, Doc::view::<PortalCaseView>(200).body::<PortalMessageRequest>(), talk::say);
    area.add(&RATE, Doc::view::<PortalCaseView>(200).body::<PortalRateRequest>(), talk::give_rating);
}

async fn start(server: Server) -> Reply {
    let definitions = server.app.definitions();
    let title = definitions.current().map(|release| release.template.template().title.clone()).unwrap_or_default();
    let shops = definitions.masters.shops().iter().filter(|shop| shop.active);
    let shops = shops.map(|shop| PortalShop { code: shop.code.clone(), title: shop.name.clone() });
    ok(&StartView { title, now: server.app.now(), shops: shops.collect() })
}

async fn find_order(server: Server, request: HttpRequest) -> Reply {
    let lang = request_lang(&request);
    let found = order::open(&server.app, lang, &proof(&server, &request)?)?;
    let cases = found.cases.iter().map(|rma| CaseBrief {
        number: rma.number.clone(),
        filed_at: rma.filed_at,
        summary: rma.summary.clone(),
        state: rma.state,
    });
    ok(&PortalOrderView {
        shop: portal_view::shop(&server.app.definitions().masters, found.shop),
        number: found.order.number.clone(),
        ordered_at: found.order.ordered_at,
        shipped_at: found.order.shipped_at,
        delivered_at: found.order.delivered_at,
        cases: cases.collect(),
        form: found.form,
        context: found.context,
        uploads: uploads(&server)?,
    })
}

pub(crate) fn uploads(server: &State) -> Result<UploadLimits, Error> {
    let definitions = server.app.definitions();
    let limits = &definitions.current()?.template.template().settings.uploads;
    Ok(UploadLimits {
        max_bytes: u64::from(limits.max_megabytes) * 1_048_576,
        max_case_bytes: u64::from(limits.max_case_megabytes) * 1_048_576,
        max_files: limits.max_files,
        types: limits.types.clone(),
    })
}

async fn preview_request(server: Server, request: HttpRequest, wanted: Json<PortalFileRequest>) -> Reply {
    let proof = proof(&server, &request)?;
    let (verdict, lines) = preview_for_customer(&server.app, request_lang(&request), &proof, &wanted.answers)?;
    let lines = lines.into_iter().map(|line| PortalLineJudgement {
        goods: line.goods,
        kind: line.kind,
        quantity: line.quantity,
        verdict: line.verdict,
        reason: line.said.reason,
        failed: line.said.failed,
        deadline: line.deadline,
        would_help: line.said.would_help,
    });
    ok(&PortalJudgement { verdict, lines: lines.collect() })
}

async fn file_request(server: Server, request: HttpRequest, key: Key, wanted: Json<PortalFileRequest>) -> Reply {
    let (proof, order) = proven(&server, &request)?;
    let call = call(&request, order, "portal.file", &key);
    let token = secret::generate("")?;
    let Json(PortalFileRequest { answers }) = wanted;
    let (proven, made) = (proof.clone(), token.clone());
    let answer = server.app.run(call, move |tx, ctx| file::file_by_customer(tx, ctx, &proven, &answers, &made)).await?;
    let FiledByCustomer { number, verdict, link } = answer.value.clone();
    let link = case_link(&server, &request, &proof, link, answer.replayed, token).await?;
    created(&answer, &PortalFiled { number, verdict, link })
}

// The token of an answer that was given before is nowhere any more; whoever proves the order again gets another.
async fn case_link(
    server: &State,
    request: &HttpRequest,
    proof: &Proof,
    link: Link,
    replayed: bool,
    token: String,
) -> Result<CaseLink, Failure> {
    if !replayed {
        return Ok(CaseLink { token, expires_at: link.expires_at });
    }
    let found = order::open(&server.app, request_lang(request), proof)?;
    if !found.cases.iter().any(|rma| rma.id == link.rma) {
        return Err(order::no_such_order().into());
    }
    let made = token.clone();
    let actor = std::sync::Arc::new(Actor::customer(None, request_lang(request)));
    let renew = server.app.run(Call::new(actor, "portal.renew"), move |tx, ctx| link::make(tx, ctx, link.rma, &made));
    Ok(CaseLink { token, expires_at: renew.await?.value.expires_at })
}

async fn open_case(server: Server, request: HttpRequest, key: Key, wanted: Json<OpenCaseRequest>) -> Reply {
    let proof = proof(&server, &request)?;
    let found = order::open(&server.app, request_lang(&request), &proof)?;
    let cases: Vec<_> = found.cases.iter().map(|rma| rma.id).collect();
    let token = secret::generate("")?;
    let Json(OpenCaseRequest { number }) = wanted;
    let call = call(&request, found.order.id, "portal.open", &key);
    let made = token.clone();
    let answer = server.app.run(call, move |tx, ctx| file::relink(tx, ctx, &cases, &number, &made)).await?;
    let link = case_link(&server, &request, &proof, answer.value, answer.replayed, token).await?;
    created(&answer, &link)
}

async fn upload(server: Server, request: HttpRequest, key: Key, content: Bytes) -> Reply {
    let added = crate::upload::take_in(&server, &request, &key, content).await?;
    let view = PortalUploaded {
        id: added.value.id,
        media_type: added.value.media_type.clone(),
        size_bytes: added.value.size_bytes,
    };
    created(&added, &view)
}

/// The name a file is uploaded under.
pub(crate) fn file_name(request: &HttpRequest) -> String {
    let header = request.headers().get(FILE_NAME).and_then(|value| value.to_str().ok()).unwrap_or_default();
    percent_encoding::percent_decode_str(header).decode_utf8_lossy().into_owned()
}

async fn get_case(server: Server, request: HttpRequest) -> Reply {
    let (link, actor) = customer(&server, &request)?;
    show(&server, &actor, link)
}

pub(crate) fn show(server: &State, actor: &Actor, link: Link) -> Reply {
    let found = case::view(&server.app, actor, link.rma)?;
    ok(&portal_view::case(server, found, link.expires_at)?)
}

async fn give_answer(server: Server, request: HttpRequest, key: Key, wanted: Json<PortalAnswerRequest>) -> Reply {
    let (link, actor) = customer(&server, &request)?;
    let Json(wanted) = wanted;
    let command = answer::GiveInfo { rma: link.rma, text: wanted.text, attachments: wanted.attachments };
    let call = own_call(actor.clone(), "portal.answer", &key);
    server.app.run(call, move |tx, ctx| answer::give_info(tx, ctx, &command)).await?;
    show(&server, &actor, link)
}

async fn take_back(server: Server, request: HttpRequest, key: Key, wanted: Json<PortalWithdrawRequest>) -> Reply {
    let (link, actor) = customer(&server, &request)?;
    let command = withdraw::Withdraw { rma: link.rma, reason: wanted.0.reason };
    let call = own_call(actor.clone(), "portal.withdraw", &key);
    server.app.run(call, move |tx, ctx| withdraw::withdraw(tx, ctx, &command)).await?;
    show(&server, &actor, link)
}

async fn give_tracking(server: Server, request: HttpRequest, key: Key, wanted: Json<PortalTrackingRequest>) -> Reply {
    let (link, actor) = customer(&server, &request)?;
    let Json(wanted) = wanted;
    let definitions = server.app.definitions();
    let code = wanted.carrier.as_deref();
    let carrier = definitions.masters.carriers().iter().find(|carrier| Some(carrier.code.as_str()) == code);
    let command =
        announce::Announce { rma: link.rma, carrier: carrier.map(|carrier| carrier.id), waybill: wanted.waybill };
    let call = own_call(actor.clone(), "portal.tracking", &key);
    server.app.run(call, move |tx, ctx| announce::announce(tx, ctx, &command)).await?;
    show(&server, &actor, link)
}
