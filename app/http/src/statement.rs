//! Statements of payment channels: looked at, taken in, matched line by line.

use std::collections::BTreeMap;

use actix_web::web::{self, Payload};
use contract::Page;
use contract::statement::{
    AGAIN, CONFIRM, CountedSum, GET, LINES, LIST, LOOK, MISSING, MissingPayout, NOTE, PART, StatementFile,
    StatementFileQuery, StatementLine, StatementLineQuery, StatementMatchRequest, StatementNoteRequest,
    StatementPartRequest, StatementProblem, StatementRequest, StatementTaken, StatementView, TAKE_IN, UPLOAD,
};
use domain::{Money, ShopId, StatementId, StatementLineId};
use operations::Error;
use operations::error::Refusal;
use operations::import::files;
use operations::import::source::Source;
use operations::statement::again::{Again, again};
use operations::statement::confirm::{Confirm, confirm};
use operations::statement::file::{self, File};
use operations::statement::headers::FIELDS;
use operations::statement::note::{NoteLine, note};
use operations::statement::part::{Part, part};
use operations::statement::read::{self, LineRow, PayoutOf, Standing};
use operations::statement::take_in::{TakeIn, take_in};

use crate::answer::{Reply, changed, created, ok};
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Id, Json, Key, Paging, Query};
use crate::import::receive;
use crate::registry::Area;
use crate::state::{Server, State};

/// Rows that cannot be read, shown at most.
const PROBLEMS_SHOWN: usize = 50;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&UPLOAD, Doc::view::<StatementFile>(201).query::<StatementFileQuery>(), upload);
    area.add(&LOOK, Doc::view::<StatementFile>(200).query::<StatementFileQuery>(), look);
    area.add(&TAKE_IN, Doc::view::<StatementTaken>(201).body::<StatementRequest>(), take);
    area.add(&LIST, Doc::page::<StatementView>(), list);
    area.add(&GET, Doc::view::<StatementView>(200), get);
    area.add(&LINES, Doc::page::<StatementLine>().query::<StatementLineQuery>(), lines);
    area.add(&MISSING, Doc::page::<MissingPayout>(), missing);
    area.add(&AGAIN, Doc::view::<StatementView>(200), match_again);
    area.add(&CONFIRM, Doc::view::<StatementLine>(200).body::<StatementMatchRequest>(), confirm_line);
    area.add(&PART, Doc::view::<StatementLine>(200).body::<StatementPartRequest>(), part_line);
    area.add(&NOTE, Doc::view::<StatementLine>(200).body::<StatementNoteRequest>(), note_line);
}

type Said = BTreeMap<String, String>;

fn said(query: &StatementFileQuery) -> Result<Said, Error> {
    let said = query.columns.as_deref().map(serde_json::from_str::<Said>).transpose();
    Ok(said.map_err(|_| columns_malformed())?.unwrap_or_default())
}

fn columns_malformed() -> Error {
    let refusal = Refusal::new("malformed_columns", "列对应关系应为 JSON 对象", "columns are a JSON object");
    Error::invalid(refusal.at("columns"))
}

async fn upload(server: Server, caller: Caller, query: Query<StatementFileQuery>, body: Payload) -> Reply {
    read::may_take_in(caller.actor(), query.shop)?;
    let said = said(&query)?;
    let source = receive::receive(&server.app, body).await?;
    let view = looked(&server, source, query.shop, said).await?;
    Ok(actix_web::HttpResponse::Created().json(view))
}

async fn look(server: Server, caller: Caller, hash: web::Path<String>, query: Query<StatementFileQuery>) -> Reply {
    read::may_take_in(caller.actor(), query.shop)?;
    let said = said(&query)?;
    let source = opened(&server, hash.into_inner()).await?;
    ok(&looked(&server, source, query.shop, said).await?)
}

async fn take(server: Server, caller: Caller, key: Key, Json(wanted): Json<StatementRequest>) -> Reply {
    read::may_take_in(caller.actor(), wanted.shop)?;
    let source = opened(&server, wanted.file).await?;
    let file = parsed(&server, source, wanted.shop, wanted.columns).await?;
    let command = TakeIn { shop: wanted.shop, file_name: wanted.name, file };
    let call = caller.call("statement.take_in", &key);
    let answer = server.app.run(call, move |tx, ctx| take_in(tx, ctx, &command)).await?;
    created(&answer, &StatementTaken { id: answer.value.statement, is_new: answer.value.is_new })
}

async fn opened(server: &State, hash: String) -> Result<Source, Failure> {
    let app = server.app.clone();
    let opened = web::block(move || files::open(&app, &hash)).await;
    Ok(opened.map_err(|error| Error::internal(error.to_string()))??)
}

async fn parsed(server: &State, source: Source, shop: ShopId, said: Said) -> Result<File, Failure> {
    let definitions = server.app.definitions();
    let parsed = web::block(move || file::read(&source, &definitions.masters, shop, &said)).await;
    Ok(parsed.map_err(|error| Error::internal(error.to_string()))??)
}

async fn looked(server: &State, source: Source, shop: ShopId, said: Said) -> Result<StatementFile, Failure> {
    let file = parsed(server, source, shop, said).await?;
    let (statement, known) = server.app.read(|conn| read::known(conn, shop, &file))?;
    let sum = |is_out: bool| {
        let some = file.lines.iter().filter(|line| line.is_out == is_out);
        let (count, minor) =
            some.fold((0, 0_i64), |(count, sum), line| (count + 1, sum.saturating_add(line.amount_minor)));
        CountedSum { count, sum: Money::new(minor, file.currency) }
    };
    let problem = |problem: &file::Problem| StatementProblem {
        row: problem.row,
        field: problem.field.to_owned(),
        message: problem.message.clone(),
        raw: problem.raw.clone(),
    };
    Ok(StatementFile {
        layout: file.layout.to_owned(),
        out: sum(true),
        income: sum(false),
        from: file.lines.iter().map(|line| line.at).min(),
        until: file.lines.iter().map(|line| line.at).max(),
        known,
        statement,
        bad: i64::try_from(file.problems.len()).unwrap_or(i64::MAX),
        problems: file.problems.iter().take(PROBLEMS_SHOWN).map(problem).collect(),
        fields: FIELDS.iter().map(|(field, _)| (*field).to_owned()).collect(),
        file: file.hash,
        headers: file.headers,
        columns: file.columns,
    })
}

async fn list(server: Server, caller: Caller, paging: Paging) -> Reply {
    let before = paging.after()?;
    let rows = server.app.read(|conn| read::page(conn, caller.actor(), before, paging.one_more()))?;
    ok(&Page::cut(rows, paging.limit, |one| one.row.id.to_string()).map(view))
}

async fn get(server: Server, caller: Caller, Id(id): Id<StatementId>) -> Reply {
    ok(&view(server.app.read(|conn| read::find(conn, caller.actor(), id))?))
}

async fn lines(
    server: Server,
    caller: Caller,
    Id(id): Id<StatementId>,
    paging: Paging,
    query: Query<StatementLineQuery>,
) -> Reply {
    let place = (paging.after()?, paging.one_more());
    let state = query.state.as_deref().filter(|state| !state.is_empty());
    let rows = server.app.read(|conn| read::lines(conn, caller.actor(), id, state, place))?;
    ok(&Page::cut(rows, paging.limit, |row| row.id.to_string()).map(line_view))
}

async fn missing(server: Server, caller: Caller, Id(id): Id<StatementId>, paging: Paging) -> Reply {
    let after = paging.after()?;
    let rows = server.app.read(|conn| read::missing(conn, caller.actor(), id, after, paging.one_more()))?;
    ok(&Page::cut(rows, paging.limit, |row| row.id.to_string()).map(payout_view))
}

async fn match_again(server: Server, caller: Caller, key: Key, Id(id): Id<StatementId>) -> Reply {
    let call = caller.call("statement.again", &key);
    let answer = server.app.run(call, move |tx, ctx| again(tx, ctx, &Again { statement: id })).await?;
    changed(&answer, &view(server.app.read(|conn| read::find(conn, caller.actor(), id))?))
}

fn show(server: &State, caller: &Caller, answer: &operations::Answer<StatementLineId>) -> Reply {
    changed(answer, &line_view(server.app.read(|conn| read::line(conn, caller.actor(), answer.value))?))
}

async fn confirm_line(
    server: Server,
    caller: Caller,
    key: Key,
    Id(line): Id<StatementLineId>,
    Json(wanted): Json<StatementMatchRequest>,
) -> Reply {
    let command = Confirm { line, payout: wanted.payout };
    let call = caller.call("statement.confirm", &key);
    show(&server, &caller, &server.app.run(call, move |tx, ctx| confirm(tx, ctx, &command)).await?)
}

async fn part_line(
    server: Server,
    caller: Caller,
    key: Key,
    Id(line): Id<StatementLineId>,
    Json(wanted): Json<StatementPartRequest>,
) -> Reply {
    let command = Part { line, reason: wanted.reason };
    let call = caller.call("statement.part", &key);
    show(&server, &caller, &server.app.run(call, move |tx, ctx| part(tx, ctx, &command)).await?)
}

async fn note_line(
    server: Server,
    caller: Caller,
    key: Key,
    Id(line): Id<StatementLineId>,
    Json(wanted): Json<StatementNoteRequest>,
) -> Reply {
    let command = NoteLine { line, note: wanted.note };
    let call = caller.call("statement.note", &key);
    show(&server, &caller, &server.app.run(call, move |tx, ctx| note(tx, ctx, &command)).await?)
}

fn view(one: Standing) -> StatementView {
    let row = one.row;
    let counted = |(count, minor): (i64, i64)| CountedSum { count, sum: Money::new(minor, row.currency) };
    let of = |state: &str| {
        let found = one.sums.iter().find(|sum| sum.state == state);
        counted(found.map_or((0, 0), |sum| (sum.count, sum.sum_minor)))
    };
    StatementView {
        id: row.id,
        shop: row.shop_id,
        matched: of("matched"),
        suggested: of("suggested"),
        open: of("open"),
        different: of("different"),
        missing: counted(one.missing),
        out: counted((row.out_count, row.out_minor)),
        income: counted((row.in_count, row.in_minor)),
        layout: row.layout,
        file_name: row.file_name,
        from: row.from_at,
        until: row.until_at,
        known: row.known_count,
        imported_by: row.imported_by,
        imported_at: row.imported_at,
    }
}

fn line_view(row: LineRow) -> StatementLine {
    StatementLine {
        id: row.id,
        row: row.line,
        at: row.at,
        amount: Money::new(row.amount_minor, row.currency),
        direction: row.direction,
        channel_reference: row.channel_reference,
        our_reference: row.our_reference,
        text: row.text,
        state: row.state,
        why: row.why,
        note: row.note,
        payout: row.payout_id,
        payout_amount: row.payout_minor.map(|minor| Money::new(minor, row.currency)),
        rma: row.rma_id,
        rma_number: row.rma_number,
        matched_by: row.matched_by,
    }
}

fn payout_view(row: PayoutOf) -> MissingPayout {
    MissingPayout {
        id: row.id,
        rma: row.rma_id,
        rma_number: row.rma_number,
        amount: Money::new(row.amount_minor, row.currency),
        at: row.at,
        state: row.state,
        means: row.means,
        reference: row.reference,
    }
}
