//! Filing a case: the form as its readers get it, the order that fills it, the judgement before and the case after.

use domain::state::Verdict;
use domain::{AttachmentId, LineKind, Permission, RmaId, ShopId, Text};
use serde::{Deserialize, Serialize};

use crate::rma::{JudgementView, OrderBrief};
use crate::route::{Access, Route};

const FILE: Access = Access::Needs(Permission::RmaFile);

/// What a filing page needs.
pub const START: Route =
    Route::get("/api/filing", "start_filing", FILE, "Reads the form, reasons and kinds of filing.");
/// The order that fills the form.
pub const ORDER: Route = Route::get(
    "/api/filing/orders/{shop}/{number}",
    "find_order_for_filing",
    FILE,
    "Reads an order's goods with what can still be claimed.",
);
/// The judgement before filing.
pub const PREVIEW: Route =
    Route::post("/api/filing/preview", "preview_filing", FILE, "Judges a case without filing it.");
/// Files.
pub const FILE_RMA: Route = Route::post("/api/rmas", "file_rma", FILE, "Files a case.");
/// Uploads a file.
pub const UPLOAD: Route = Route::post(
    "/api/attachments",
    "upload_attachment",
    Access::NeedsOne(&[
        Permission::RmaFile,
        Permission::RmaNote,
        Permission::Inspect,
        Permission::ParcelReceive,
        Permission::ParcelSign,
    ]),
    "Uploads a file; its type is sniffed, its size capped.",
);
/// Reads a file.
pub const DOWNLOAD: Route = Route::get(
    "/api/attachments/{id}",
    "download_attachment",
    Access::NeedsOne(&[Permission::RmaView, Permission::ParcelSign, Permission::ParcelReceive, Permission::Inspect]),
    "Reads a file of a case or a parcel, in ranges if wanted.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[START, ORDER, PREVIEW, FILE_RMA, UPLOAD, DOWNLOAD];

/// What a filing page needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FilingView {
    /// The form, projected for the reader: nothing hidden from them is in it.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub form: engine::form::Form,
    /// The reason tree.
    pub reasons: Vec<ReasonView>,
    /// Shops the reader may file for.
    pub shops: Vec<ShopBrief>,
}

/// A reason with its children.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReasonView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: Text,
    /// Whether photos are asked for.
    pub evidence: bool,
    /// Kinds it can be given for; empty: all.
    pub kinds: Vec<LineKind>,
    /// Second level.
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub children: Vec<ReasonView>,
}

/// A shop in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShopBrief {
    /// Its id.
    pub id: ShopId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: Text,
    /// Its offset from UTC now, in minutes.
    pub offset_minutes: i32,
}

/// An order that fills the form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FilingOrderView {
    /// In short.
    pub order: OrderBrief,
    /// The lines as the form offers them.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub lines: Vec<engine::form::OfferedLine>,
    /// What the order says of the customer, masked as the reader's roles say.
    pub contact: crate::rma::ContactView,
}

/// A case to be filed or judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FileRequest {
    /// Whose order.
    pub shop: ShopId,
    /// The form's answers by field id, as the engine writes values.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: engine::form::Answers,
    /// Why it is filed against the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<String>,
}

/// The new case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FiledView {
    /// Its id.
    pub id: RmaId,
    /// Its number.
    pub number: String,
    /// The policy's answer.
    pub verdict: Verdict,
}

/// The judgement before filing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewView {
    /// The strictest answer.
    pub verdict: Verdict,
    /// By line, in the order asked.
    pub lines: Vec<PreviewLine>,
}

/// A line's judgement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewLine {
    /// Of this article.
    pub goods: String,
    /// What is asked for.
    pub kind: LineKind,
    /// How many.
    pub quantity: i64,
    /// The judgement.
    pub judgement: JudgementView,
}

/// An uploaded file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadedView {
    /// Its id.
    pub id: AttachmentId,
    /// Sniffed media type.
    pub media_type: String,
    /// Bytes.
    pub size_bytes: i64,
}
