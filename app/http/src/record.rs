//! Records of the merchant's own forms.

use contract::Page;
use contract::record::{CHANGE, CREATE, ChangeRequest, CreateRequest, FORMS, GET, KeptView, LIST, OwnForm, RecordView};
use domain::RecordId;
use operations::record::change::{ChangeRecord, change};
use operations::record::create::{CreateRecord, create};
use operations::record::{RecordRow, read};

use crate::answer::{Reply, changed, created, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key, Paging, Segments};
use crate::registry::Area;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&FORMS, Doc::list::<OwnForm>(), forms);
    area.add(&LIST, Doc::page::<RecordView>(), list);
    area.add(&CREATE, Doc::view::<KeptView>(201).body::<CreateRequest>(), create_record);
    area.add(&GET, Doc::view::<RecordView>(200), get);
    area.add(&CHANGE, Doc::view::<KeptView>(200).body::<ChangeRequest>(), change_record);
}

fn view(row: RecordRow) -> RecordView {
    let answers = row.values.into_iter().collect();
    RecordView { id: row.id, created_at: row.created_at, version: row.version, answers }
}

async fn forms(server: Server, caller: Caller) -> Reply {
    let forms = read::forms(&server.app.definitions(), caller.actor())?;
    ok(&forms.into_iter().map(|form| OwnForm { form }).collect::<Vec<_>>())
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
