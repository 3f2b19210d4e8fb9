//! Records of the merchant's own forms.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{self, Bytes};
use contract::Page;
use contract::record::{
    CHANGE, CREATE, ChangeRequest, CreateRequest, DOWNLOAD, FORMS, GET, KeptView, LIST, OwnForm, RecordView,
};
use domain::RecordId;
use futures_util::stream;
use operations::definitions::Definitions;
use operations::record::change::{ChangeRecord, change};
use operations::record::create::{CreateRecord, create};
use operations::record::export::{Exported, Piece, exported, piece};
use operations::record::{RecordRow, read};
use operations::{App, Call, Error};

use crate::answer::{Reply, changed, created, ok};
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Id, Json, Key, Paging, Segments};
use crate::registry::Area;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&FORMS, Doc::list::<OwnForm>(), forms);
    area.add(&LIST, Doc::page::<RecordView>(), list);
    area.add(&CREATE, Doc::view::<KeptView>(201).body::<CreateRequest>(), create_record);
    area.add(&GET, Doc::view::<RecordView>(200), get);
    area.add(&CHANGE, Doc::view::<KeptView>(200).body::<ChangeRequest>(), change_record);
    area.add(&DOWNLOAD, Doc::raw("text/csv"), download);
}

fn view(row: RecordRow) -> RecordView {
    let answers = row.values.into_iter().collect();
    RecordView { id: row.id, created_at: row.created_at, version: row.version, answers }
}

async fn forms(server: Server, caller: Caller) -> Reply {
    let forms = read::forms(&server.app.definitions(), caller.actor(), server.app.now())?;
    ok(&forms.into_iter().map(|(form, context)| OwnForm { form, context }).collect::<Vec<_>>())
}

async fn list(server: Server, caller: Caller, Id(form): Id<String>, paging: Paging) -> Reply {
    let (before, limit) = (paging.after()?, paging.one_more());
    let definitions = server.app.definitions();
    let rows = server.app.read(|conn| read::page(conn, &definitions, caller.actor(), &form, before, limit))?;
    ok(&Page::cut(rows, paging.limit, |row| row.id.to_string()).map(view))
}

async fn get(server: Server, caller: Caller, Segments((form, id)): Segments<(String, RecordId)>) -> Reply {
    let definitions = server.app.definitions();
    ok(&view(server.app.read(|conn| read::one(conn, &definitions, caller.actor(), &form, id))?))
}

async fn create_record(
    server: Server,
    caller: Caller,
    key: Key,
    Id(form): Id<String>,
    wanted: Json<CreateRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = CreateRecord { form, answers: wanted.answers };
    let call = caller.call("record.create", &key);
    let answer = server.app.run(call, move |tx, ctx| create(tx, ctx, &command)).await?;
    created(&answer, &KeptView { id: answer.value })
}

async fn change_record(
    server: Server,
    caller: Caller,
    key: Key,
    Segments((form, record)): Segments<(String, RecordId)>,
    wanted: Json<ChangeRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = ChangeRecord { form, record, version: wanted.version, answers: wanted.answers };
    let call = caller.call("record.change", &key);
    let answer = server.app.run(call, move |tx, ctx| change(tx, ctx, &command)).await?;
    changed(&answer, &KeptView { id: answer.value })
}

async fn download(server: Server, caller: Caller, Id(form): Id<String>) -> Reply {
    let source = Source { app: server.app.clone(), definitions: server.app.definitions(), caller, form };
    // The first piece now, so that a refusal is a refusal and not a broken download.
    let first = source.piece(None).await?;
    // What leaves the house is on the record before it leaves.
    let command = Exported { form: source.form.clone() };
    let call = Call::new(Arc::clone(&source.caller.signed_in.actor), "record.export");
    server.app.run(call, move |tx, ctx| exported(tx, ctx, &command)).await?;
    let name = format!("attachment; filename=\"{}.csv\"", source.form);
    let pieces = stream::unfold((source, Some(Ok(first))), |(source, ready)| async move {
        match ready? {
            Ok(Piece { bytes, next }) => {
                let following = match next {
                    Some(before) => Some(source.piece(Some(before)).await),
                    None => None,
                };
                Some((Ok(Bytes::from(bytes)), (source, following)))
            }
            // The download breaks off, so that half a file is not taken for the whole.
            Err(failure) => Some((Err(actix_web::Error::from(failure)), (source, None))),
        }
    });
    let mut response = HttpResponse::Ok();
    response.content_type("text/csv; charset=utf-8").insert_header((CONTENT_DISPOSITION, name));
    Ok(response.streaming(pieces))
}

/// What pieces of a file are made of: one release for all, so that their columns are the same.
struct Source {
    app: App,
    definitions: Arc<Definitions>,
    caller: Caller,
    form: String,
}

impl Source {
    async fn piece(&self, before: Option<RecordId>) -> Result<Piece, Failure> {
        let (app, definitions) = (self.app.clone(), Arc::clone(&self.definitions));
        let (caller, form) = (self.caller.clone(), self.form.clone());
        let read =
            web::block(move || app.read(|conn| piece(conn, &definitions, caller.actor(), &form, before, caller.lang)));
        Ok(read.await.map_err(|error| Error::internal(error.to_string()))??)
    }
}
