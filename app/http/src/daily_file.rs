//! Daily files for an ERP.

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use contract::daily_file::{DailyFileQuery, DailyFormat, GET};
use operations::daily_file::{DailyFile, DailyKind, Exported, exported, table, to_csv, to_xlsx};
use operations::{Call, Error};

use crate::answer::Reply;
use crate::doc::Doc;
use crate::extract::{Caller, Id, Query};
use crate::registry::Area;
use crate::state::Server;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&GET, Doc::raw("application/octet-stream").query::<DailyFileQuery>(), download);
}

async fn download(server: Server, caller: Caller, Id(kind): Id<String>, query: Query<DailyFileQuery>) -> Reply {
    let kind = DailyKind::parse(&kind).ok_or(Error::NotFound("daily_file"))?;
    let file = DailyFile { kind, shop: query.shop, date: query.date };
    let definitions = server.app.definitions();
    let made = server.app.read(|conn| table(conn, caller.actor(), &definitions, &file))?;
    let (body, media_type, ending) = match query.format {
        DailyFormat::Csv => (to_csv(&made, caller.lang)?, "text/csv; charset=utf-8", "csv"),
        DailyFormat::Xlsx => (to_xlsx(&made, caller.lang)?, XLSX, "xlsx"),
    };
    // What leaves the house is on the record before it leaves.
    let command = Exported { file, format: ending.to_owned(), rows: made.rows.len() };
    let call = Call::new(std::sync::Arc::clone(&caller.signed_in.actor), "daily_file.export");
    server.app.run(call, move |tx, ctx| exported(tx, ctx, &command)).await?;
    let name = format!("attachment; filename=\"{}.{ending}\"", file.name(&definitions));
    let mut response = HttpResponse::Ok();
    response.content_type(media_type).insert_header((CONTENT_DISPOSITION, name));
    Ok(response.body(body))
}
