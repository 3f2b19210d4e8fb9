//! Files of cases: taken in and handed out.

use actix_web::HttpRequest;
use actix_web::web::Bytes;
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

mod serve;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&UPLOAD, Doc::view::<UploadedView>(201), upload);
    area.add(&DOWNLOAD, Doc::raw("application/octet-stream"), download);
}

/// Puts a content on the disk and writes its row.
async fn take_in(server: &State, call: Call, request: &HttpRequest, content: Bytes) -> Result<Answer<Added>, Failure> {
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
    serve::serve(&request, &locate(&server.app, caller.actor(), id)?).await
}
