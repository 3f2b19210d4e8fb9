//! Imports: files taken in, runs begun and watched, bad rows handed out.

pub(crate) mod receive;

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{self, Bytes};
use contract::Page;
use contract::import::{
    BAD_ROWS, BAD_ROWS_CSV, BadRow, GET, ImportField, ImportMapping, ImportOptions, ImportTarget, ImportView,
    InspectedFile, LIST, ProblemCount, START, STOP, StartQuery, TARGETS, UPLOAD, UploadQuery,
};
use domain::ImportId;
use futures_util::stream;
use operations::error::Refusal;
use operations::import::{self, Mapping, Options, StartImport, Target, files};
use operations::{Call, Error};

use crate::answer::{Reply, created, done, ok};
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Id, Key, Paging, Query};
use crate::registry::Area;
use crate::state::{Server, State};

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&TARGETS, Doc::view::<Vec<ImportTarget>>(200), targets);
    area.add(&UPLOAD, Doc::view::<InspectedFile>(201).query::<UploadQuery>(), upload);
    area.add(&START, Doc::view::<ImportView>(201).query::<StartQuery>(), start);
    area.add(&LIST, Doc::page::<ImportView>(), list);
    area.add(&GET, Doc::view::<ImportView>(200), get);
    area.add(&STOP, Doc::nothing(), stop);
    area.add(&BAD_ROWS, Doc::page::<BadRow>(), bad_rows);
    area.add(&BAD_ROWS_CSV, Doc::raw("text/csv"), bad_rows_csv);
}

async fn targets(_: Caller) -> Reply {
    let field = |field: &import::target::Field| ImportField {
        id: field.id.to_owned(),
        title: field.title(),
        required: field.required,
    };
    let target = |target: &Target| ImportTarget {
        id: target.as_str().to_owned(),
        fields: target.fields().iter().map(field).collect(),
    };
    ok(&Target::ALL.iter().map(target).collect::<Vec<_>>())
}

async fn upload(server: Server, caller: Caller, query: Query<UploadQuery>, body: web::Payload) -> Reply {
    let target = target_of(&query.target)?;
    let source = receive::receive(&server.app, body).await?;
    let (app, signed_in) = (server.app.clone(), caller.signed_in.clone());
    let looked = web::block(move || {
        let inspected = app.read(|conn| import::inspect(conn, &signed_in.actor, &source, target))?;
        Ok::<_, Error>((inspected, source.hash))
    });
    let (inspected, file) = looked.await.map_err(|error| Error::internal(error.to_string()))??;
    let view = InspectedFile {
        file,
        headers: inspected.headers,
        rows: inspected.rows,
        encoding: inspected.encoding,
        mapping: mapping_view(inspected.mapping),
        is_remembered: inspected.is_remembered,
    };
    Ok(HttpResponse::Created().json(view))
}

async fn start(server: Server, caller: Caller, key: Key, query: Query<StartQuery>, body: web::Payload) -> Reply {
    let command = command(&query)?;
    let source = match &query.file {
        Some(file) => {
            let (app, file) = (server.app.clone(), file.clone());
            let opened = web::block(move || files::open(&app, &file)).await;
            opened.map_err(|error| Error::internal(error.to_string()))??
        }
        None => receive::receive(&server.app, body).await?,
    };
    let call = keyed(caller.call("import.start", &key), &source.hash);
    let (app, looked) = (server.app.clone(), source.clone());
    let started = web::block(move || import::start(&app, call, &looked, &command)).await;
    let started = started.map_err(|error| Error::internal(error.to_string()))??;
    if !started.replayed {
        receive::work(&server.app, &caller, started.value.id, source)?;
    }
    created(&started, &load(&server, &caller, started.value.id)?)
}

// The body is part of the request that a key belongs to; it was not read as a whole.
fn keyed(mut call: Call, file_hash: &str) -> Call {
    if let Some(key) = &mut call.key {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&key.request_hash);
        hasher.update(file_hash.as_bytes());
        key.request_hash = *hasher.finalize().as_bytes();
    }
    call
}

fn command(query: &StartQuery) -> Result<StartImport, Failure> {
    let usual = Options::default();
    let said = query.mapping.as_deref().map(serde_json::from_str::<ImportMapping>).transpose().map_err(|error| {
        let zh = format!("列对应关系不是有效的 JSON：{error}");
        Error::invalid(Refusal::new("malformed_mapping", zh, format!("the mapping is not JSON: {error}")).at("mapping"))
    })?;
    Ok(StartImport {
        target: target_of(&query.target)?,
        file_name: query.name.clone(),
        dry: query.dry,
        mapping: mapping_of(said.unwrap_or_default()),
        options: Options {
            shop: query.shop.clone(),
            create_shops: query.create_shops,
            zone: query.zone.clone().unwrap_or(usual.zone),
            currency: query.currency.unwrap_or(usual.currency),
            rows_per_command: None,
        },
    })
}

fn target_of(word: &str) -> Result<Target, Failure> {
    Target::parse(word).ok_or_else(|| {
        let known = Target::ALL.iter().map(|target| target.as_str()).collect::<Vec<_>>().join(", ");
        let refusal = Refusal::new("unknown_target", "没有这种导入内容", "there is no such target")
            .help(format!("可选：{known}"), format!("one of {known}"));
        Error::invalid(refusal.at("target")).into()
    })
}

async fn list(server: Server, caller: Caller, paging: Paging) -> Reply {
    let after = paging.after()?;
    let page = server.app.read(|conn| import::list(conn, caller.actor(), after, paging.limit))?;
    let items = page.items.into_iter().map(view).collect();
    ok(&Page { items, next: page.next.map(|next| next.to_string()) })
}

async fn get(server: Server, caller: Caller, Id(id): Id<ImportId>) -> Reply {
    ok(&load(&server, &caller, id)?)
}

async fn stop(server: Server, caller: Caller, key: Key, Id(id): Id<ImportId>) -> Reply {
    let call = caller.call("import.stop", &key);
    done(&server.app.run(call, move |tx, ctx| import::stop(tx, ctx, id)).await?)
}

async fn bad_rows(server: Server, caller: Caller, Id(id): Id<ImportId>, paging: Paging) -> Reply {
    let after = paging.after::<String>()?;
    let page = server.app.read(|conn| import::bad_rows(conn, caller.actor(), id, after.as_deref(), paging.limit))?;
    let bad = |row: import::read::BadRowView| BadRow {
        row: row.row,
        code: row.code,
        field: row.field,
        message: row.message,
        raw: row.raw,
    };
    ok(&Page { items: page.items.into_iter().map(bad).collect(), next: page.next })
}

async fn bad_rows_csv(server: Server, caller: Caller, Id(id): Id<ImportId>) -> Reply {
    // The first piece now, so that a refusal is a refusal and not a broken download.
    let first = piece(server.clone(), caller.clone(), id, 0).await?;
    let pieces = stream::unfold(Some(first), move |ready| {
        let (server, caller) = (server.clone(), caller.clone());
        async move {
            let (text, next) = ready?;
            let following = match next {
                Some(after) => piece(server, caller, id, after).await.ok(),
                None => None,
            };
            Some((Ok::<_, actix_web::Error>(Bytes::from(text)), following))
        }
    });
    let name = format!("attachment; filename=\"import-{id}-bad-rows.csv\"");
    let mut response = HttpResponse::Ok();
    response.content_type("text/csv; charset=utf-8").insert_header((CONTENT_DISPOSITION, name));
    Ok(response.streaming(pieces))
}

type Piece = (String, Option<i64>);

async fn piece(server: Server, caller: Caller, id: ImportId, after: i64) -> Result<Piece, Failure> {
    let (app, signed_in) = (server.app.clone(), caller.signed_in);
    let read = web::block(move || app.read(|conn| import::bad_rows_csv(conn, &signed_in.actor, id, after)));
    Ok(read.await.map_err(|error| Error::internal(error.to_string()))??)
}

fn load(server: &State, caller: &Caller, id: ImportId) -> Result<ImportView, Failure> {
    Ok(view(server.app.read(|conn| import::find(conn, caller.actor(), id))?))
}

fn view(run: import::ImportView) -> ImportView {
    ImportView {
        id: run.id,
        target: run.target.as_str().to_owned(),
        file_name: run.file_name,
        file: run.file_hash,
        dry: run.dry,
        state: run.state,
        bytes_total: run.bytes_total,
        bytes_done: run.bytes_done,
        rows_read: run.rows_read,
        rows_new: run.rows_new,
        rows_changed: run.rows_changed,
        rows_same: run.rows_same,
        rows_bad: run.rows_bad,
        problems: run.bad_by_code.into_iter().map(|(code, count)| ProblemCount { code, count }).collect(),
        headers: run.headers,
        mapping: mapping_view(run.mapping),
        options: ImportOptions {
            shop: run.options.shop,
            create_shops: run.options.create_shops,
            zone: run.options.zone,
            currency: run.options.currency,
        },
        started_by: run.started_by,
        started_at: run.started_at,
        finished_at: run.finished_at,
    }
}

fn mapping_view(mapping: Mapping) -> ImportMapping {
    ImportMapping { columns: mapping.columns, constants: mapping.constants, words: mapping.words }
}

fn mapping_of(mapping: ImportMapping) -> Mapping {
    Mapping { columns: mapping.columns, constants: mapping.constants, words: mapping.words }
}
