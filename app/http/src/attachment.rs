//! Files of cases: taken in and handed out.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use contract::filing::{DOWNLOAD, UPLOAD, UploadedView};
use domain::AttachmentId;
use operations::attachment::add::{self, Added};
use operations::attachment::read::locate;
use operations::{Answer, Call, Error};

use crate::answer::{Reply, created};
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Id, Key};
use crate::portal::file_name;
use crate::registry::Area;
use crate::state::{Server, State};

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&UPLOAD, Doc::view::<UploadedView>(201), upload);
    area.add(&DOWNLOAD, Doc::raw("application/octet-stream"), download);
}

/// Puts a content on the disk and writes its row.
pub(crate) async fn take_in(
    server: &State,
    call: Call,
    request: &HttpRequest,
    content: Bytes,
) -> Result<Answer<Added>, Failure> {
    let app = server.app.clone();
    let name = file_name(request);
    let stored = actix_web::web::block(move || add::store(&app, &content, &name)).await;
    let stored = stored.map_err(|error| Error::internal(error.to_string()))??;
    Ok(server.app.run(call, move |tx, ctx| add::add(tx, ctx, &stored)).await?)
}

async fn upload(server: Server, caller: Caller, key: Key, request: HttpRequest, content: Bytes) -> Reply {
    let added = take_in(&server, caller.call("attachment.add", &key), &request, content).await?;
    let view = UploadedView {
        id: added.value.id,
        media_type: added.value.media_type.clone(),
        size_bytes: added.value.size_bytes,
    };
    created(&added, &view)
}

async fn download(server: Server, caller: Caller, request: HttpRequest, Id(id): Id<AttachmentId>) -> Reply {
    let found = locate(&server.app, caller.actor(), id)?;
    let file = actix_files::NamedFile::open_async(&found.path).await.map_err(|_| Error::NotFound("attachment"))?;
    let media_type = found.media_type.parse().map_err(|_| Error::internal("a stored media type"))?;
    let mut response: HttpResponse =
        file.set_content_type(media_type).disable_content_disposition().into_response(&request);
    // Shown in the page, never run: the type is the sniffed one and nothing in it is a document.
    let headers = response.headers_mut();
    headers.insert(CONTENT_DISPOSITION, actix_web::http::header::HeaderValue::from_static("inline"));
    debug_assert!(headers.contains_key(CONTENT_TYPE));
    Ok(response)
}
