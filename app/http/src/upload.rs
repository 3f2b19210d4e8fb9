//! Files that arrive in pieces, and a customer's that comes in one.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Payload};
use contract::portal::CASE_TOKEN;
use contract::upload::{
    APPEND, BEGIN, CUSTOMER_APPEND, CUSTOMER_BEGIN, CUSTOMER_GIVE_UP, CUSTOMER_READ, GIVE_UP, LIMITS, PIECE_BYTES,
    PortalUploadRequest, PortalUploadView, PortalUploadedFile, READ, UPLOAD_OFFSET, UploadLimitsView, UploadRequest,
    UploadView, UploadedFile,
};
use futures_util::StreamExt as _;
use operations::attachment::add::Added;
use operations::attachment::take::store;
use operations::error::Refusal;
use operations::upload::begin::{Begin, begin};
use operations::upload::read::Upload;
use operations::upload::{Lane, Owner, clean, finish, read, take};
use operations::{Answer, Call, Error, secret};
use tokio::sync::mpsc;

use crate::access::request_lang;
use crate::answer::{Reply, ok};
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Id, Json, Key};
use crate::portal::{call, customer, file_name, own_call, proven, uploads};
use crate::registry::Area;
use crate::state::{Server, State};

/// Pieces of a body that wait for the disk.
const CHUNKS_WAITING: usize = 16;
/// A line that brings nothing for so long is dead.
const SILENCE: Duration = Duration::from_secs(60);

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&LIMITS, Doc::view::<UploadLimitsView>(200), limits);
    area.add(&BEGIN, Doc::view::<UploadView>(200).body::<UploadRequest>(), begin_upload);
    area.add(&READ, Doc::view::<UploadView>(200), get_upload);
    area.add(&APPEND, Doc::view::<UploadView>(200), append_upload);
    area.add(&GIVE_UP, Doc::nothing(), give_up);
    area.add(&CUSTOMER_BEGIN, Doc::view::<PortalUploadView>(200).body::<PortalUploadRequest>(), begin_customers);
    area.add(&CUSTOMER_READ, Doc::view::<PortalUploadView>(200), get_customers);
    area.add(&CUSTOMER_APPEND, Doc::view::<PortalUploadView>(200), append_customers);
    area.add(&CUSTOMER_GIVE_UP, Doc::nothing(), give_up_customers);
}

async fn limits(server: Server) -> Reply {
    let limits = uploads(&server)?;
    ok(&UploadLimitsView { max_bytes: limits.max_bytes, max_case_bytes: limits.max_case_bytes, types: limits.types })
}

async fn begin_upload(
    server: Server,
    caller: Caller,
    Id(token): Id<String>,
    key: Key,
    Json(wanted): Json<UploadRequest>,
) -> Reply {
    let command = Begin {
        token_hash: token_hash(&token)?,
        order: None,
        rma: wanted.rma,
        name: wanted.name,
        size_bytes: wanted.size_bytes,
    };
    let call = caller.call("upload.begin", &key);
    server.app.run(call, move |tx, ctx| begin(tx, ctx, &command)).await?;
    ok(&view(read::find(&server.app, Some(Owner::Staff(caller.actor())), &token)?))
}

async fn get_upload(server: Server, caller: Caller, Id(token): Id<String>) -> Reply {
    ok(&view(read::find(&server.app, Some(Owner::Staff(caller.actor())), &token)?))
}

async fn append_upload(
    server: Server,
    caller: Caller,
    request: HttpRequest,
    Id(token): Id<String>,
    body: Payload,
) -> Reply {
    let found = read::find(&server.app, Some(Owner::Staff(caller.actor())), &token)?;
    let call = Call::new(std::sync::Arc::clone(&caller.signed_in.actor), "upload.finish");
    append(&server, call, &request, found, body).await?;
    ok(&view(read::find(&server.app, Some(Owner::Staff(caller.actor())), &token)?))
}

async fn give_up(server: Server, caller: Caller, Id(token): Id<String>, key: Key) -> Reply {
    let found = read::find(&server.app, Some(Owner::Staff(caller.actor())), &token)?;
    take_away(&server, caller.call("upload.give_up", &key), found).await
}

async fn begin_customers(
    server: Server,
    request: HttpRequest,
    Id(token): Id<String>,
    key: Key,
    Json(wanted): Json<PortalUploadRequest>,
) -> Reply {
    // Whoever has the token began it: going on after a broken line is no new proof, and no guess.
    match read::find(&server.app, None, &token) {
        Ok(known) if u64::try_from(known.row.size_bytes) == Ok(wanted.size_bytes) => return ok(&portal_view(known)),
        _ => {}
    }
    let (call, command) = customers(&server, &request, &key, "portal.upload")?;
    let (name, size_bytes) = (wanted.name, wanted.size_bytes);
    let command = Begin { token_hash: token_hash(&token)?, name, size_bytes, ..command };
    server.app.run(call, move |tx, ctx| begin(tx, ctx, &command)).await?;
    ok(&portal_view(read::find(&server.app, None, &token)?))
}

async fn get_customers(server: Server, Id(token): Id<String>) -> Reply {
    ok(&portal_view(read::find(&server.app, None, &token)?))
}

async fn append_customers(server: Server, request: HttpRequest, Id(token): Id<String>, body: Payload) -> Reply {
    let found = read::find(&server.app, None, &token)?;
    let actor = operations::Actor::customer(found.row.rma_id, request_lang(&request));
    let call = Call::new(std::sync::Arc::new(actor), "portal.finish_upload");
    append(&server, call, &request, found, body).await?;
    ok(&portal_view(read::find(&server.app, None, &token)?))
}

async fn give_up_customers(server: Server, request: HttpRequest, Id(token): Id<String>, key: Key) -> Reply {
    let found = read::find(&server.app, None, &token)?;
    let actor = operations::Actor::customer(found.row.rma_id, request_lang(&request));
    take_away(&server, own_call(actor, "portal.give_up_upload", &key), found).await
}

/// Who uploads: by the link to a case, or the proof of an order.
fn customers(server: &State, request: &HttpRequest, key: &Key, verb: &'static str) -> Result<(Call, Begin), Failure> {
    let nothing = Begin { token_hash: [0; 32], order: None, rma: None, name: String::new(), size_bytes: 0 };
    if request.headers().contains_key(CASE_TOKEN) {
        let (link, actor) = customer(server, request)?;
        return Ok((own_call(actor, verb, key), Begin { rma: Some(link.rma), ..nothing }));
    }
    let (_, order) = proven(server, request)?;
    Ok((call(request, order, verb, key), Begin { order: Some(order), ..nothing }))
}

/// A customer's file in one piece.
pub(crate) async fn take_in(
    server: &State,
    request: &HttpRequest,
    key: &Key,
    content: Bytes,
) -> Result<Answer<Added>, Failure> {
    let (call, command) = customers(server, request, key, "portal.upload")?;
    let (app, name) = (server.app.clone(), file_name(request));
    let (size_bytes, token_hash) = (content.len() as u64, token_hash(&secret::generate("")?)?);
    let command = Begin { token_hash, name: name.clone(), size_bytes, ..command };
    let stored = web::block(move || store(&app, &content, &name)).await;
    let stored = stored.map_err(|error| Error::internal(error.to_string()))??;
    Ok(server.app.run(call, move |tx, ctx| take::take(tx, ctx, &command, &stored)).await?)
}

fn token_hash(token: &str) -> Result<[u8; 32], Failure> {
    secret::hash(token).ok_or_else(|| {
        let refusal = Refusal::new("malformed_token", "上传标识无效", "the upload's token is not one")
            .help("须为 32 到 128 个随机字符", "send 32 to 128 random characters");
        Error::invalid(refusal.at("token")).into()
    })
}

/// Takes a piece; what arrived before a line broke is kept.
async fn append(
    server: &State,
    call: Call,
    request: &HttpRequest,
    found: Upload,
    body: Payload,
) -> Result<(), Failure> {
    if found.file.is_some() {
        return Ok(());
    }
    let offset = request.headers().get(UPLOAD_OFFSET).and_then(|value| value.to_str().ok()?.parse().ok());
    let Some(offset) = offset else {
        let refusal = Refusal::new("offset_needed", "缺少 Upload-Offset", "the header `Upload-Offset` is missing")
            .help("请填写服务器已收到的字节数", "send how many bytes have arrived, in decimal");
        return Err(Failure::request(StatusCode::BAD_REQUEST, refusal.at(UPLOAD_OFFSET)));
    };
    let lane = server.uploads.enter(found.row.id);
    let size_bytes = u64::try_from(found.row.size_bytes).unwrap_or(0);
    let received = receive(server, lane.clone(), size_bytes, offset, body).await?;
    if received == size_bytes {
        let (app, row) = (server.app.clone(), found.row);
        let finished = web::block(move || finish(&app, call, &lane, &row)).await;
        finished.map_err(|error| Error::internal(error.to_string()))??;
    }
    Ok(())
}

/// Streams a body to the part file. How much has arrived in all.
async fn receive(server: &State, lane: Lane, size_bytes: u64, offset: u64, mut body: Payload) -> Result<u64, Failure> {
    let (sender, mut chunks) = mpsc::channel::<Bytes>(CHUNKS_WAITING);
    let app = server.app.clone();
    let writing = actix_web::rt::spawn(web::block(move || {
        let mut part = lane.open(&app, size_bytes, offset)?;
        while let Some(chunk) = chunks.blocking_recv() {
            part.write(&chunk)?;
        }
        part.sync()
    }));
    let mut whole = true;
    loop {
        match actix_web::rt::time::timeout(SILENCE, body.next()).await {
            Ok(Some(Ok(chunk))) => {
                // The writer is gone when it could not go on; it says why below.
                if sender.send(chunk).await.is_err() {
                    break;
                }
            }
            Ok(None) => break,
            Ok(Some(Err(_))) | Err(_) => {
                whole = false;
                break;
            }
        }
    }
    drop(sender);
    let written = writing.await.map_err(|error| Error::internal(error.to_string()))?;
    let received = written.map_err(|error| Error::internal(error.to_string()))??;
    if whole {
        return Ok(received);
    }
    let refusal = Refusal::new("broken_off", "请求没有传完", "the request broke off");
    Err(Failure::request(StatusCode::BAD_REQUEST, refusal))
}

async fn take_away(server: &State, call: Call, found: Upload) -> Reply {
    let lane = server.uploads.enter(found.row.id);
    let app = server.app.clone();
    let gone = web::block(move || clean::give_up(&app, call, &lane, found.row.id)).await;
    gone.map_err(|error| Error::internal(error.to_string()))??;
    Ok(actix_web::HttpResponse::NoContent().finish())
}

fn view(upload: Upload) -> UploadView {
    UploadView {
        received_bytes: upload.received_bytes,
        size_bytes: u64::try_from(upload.row.size_bytes).unwrap_or(0),
        piece_bytes: PIECE_BYTES,
        expires_at: upload.row.expires_at,
        file: upload.file.map(|(id, media_type, size_bytes)| UploadedFile { id, media_type, size_bytes }),
    }
}

fn portal_view(upload: Upload) -> PortalUploadView {
    PortalUploadView {
        received_bytes: upload.received_bytes,
        size_bytes: u64::try_from(upload.row.size_bytes).unwrap_or(0),
        piece_bytes: PIECE_BYTES,
        expires_at: upload.row.expires_at,
        file: upload.file.map(|(id, media_type, size_bytes)| PortalUploadedFile { id, media_type, size_bytes }),
    }
}
