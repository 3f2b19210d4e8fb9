//! Statements of payment channels, matched line by line with payouts.

use std::collections::BTreeMap;

use domain::state::PayoutState;
use domain::{Money, PayoutId, Permission, PersonId, RmaId, ShopId, StatementId, StatementLineId, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

const SEES: Access =
    Access::NeedsOne(&[Permission::SettlementPropose, Permission::SettlementApprove, Permission::SettlementPay]);
const WORKS: Access = Access::Needs(Permission::SettlementPay);

/// Uploads a file and says what is in it.
pub const UPLOAD: Route = Route::post(
    "/api/statement-files",
    "upload_statement_file",
    WORKS,
    "Takes a channel's statement (the raw body, CSV or XLSX) and says what is in it; nothing is written.",
);
/// Looks at an uploaded file again.
pub const LOOK: Route = Route::get(
    "/api/statement-files/{hash}",
    "look_at_statement_file",
    WORKS,
    "Says what is in an uploaded statement when its columns are read in another way.",
);
/// Takes a statement in.
pub const TAKE_IN: Route = Route::post(
    "/api/statements",
    "take_in_statement",
    WORKS,
    "Takes an uploaded statement in and matches its lines; the same file again changes nothing.",
);
/// All statements.
pub const LIST: Route = Route::get("/api/statements", "list_statements", SEES, "Lists statements, newest first.");
/// One statement.
pub const GET: Route = Route::get(
    "/api/statements/{id}",
    "get_statement",
    SEES,
    "Reads a statement: what is matched, suggested, different, and what only one side has.",
);
/// Its lines.
pub const LINES: Route =
    Route::get("/api/statements/{id}/lines", "list_statement_lines", SEES, "Lists a statement's lines.");
/// What it does not have.
pub const MISSING: Route = Route::get(
    "/api/statements/{id}/missing",
    "list_missing_payouts",
    SEES,
    "Lists payouts of a statement's days that it does not have.",
);
/// Matches once more.
pub const AGAIN: Route = Route::post(
    "/api/statements/{id}/matching",
    "match_statement_again",
    WORKS,
    "Looks once more for the payouts of lines that are not matched.",
);
/// Matches a line.
pub const CONFIRM: Route = Route::put(
    "/api/statement-lines/{id}/payout",
    "confirm_statement_line",
    WORKS,
    "Matches a line with a payout of the same amount.",
);
/// Takes a line apart.
pub const PART: Route = Route::post(
    "/api/statement-lines/{id}/parting",
    "part_statement_line",
    WORKS,
    "Takes a line and its payout apart, with a reason; what was paid stays paid.",
);
/// Writes a note.
pub const NOTE: Route = Route::put(
    "/api/statement-lines/{id}/note",
    "note_statement_line",
    WORKS,
    "Writes what is behind a line that differs or is not ours.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[UPLOAD, LOOK, TAKE_IN, LIST, GET, LINES, MISSING, AGAIN, CONFIRM, PART, NOTE];

/// How a file is read; query parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct StatementFileQuery {
    /// Whose account it is of.
    pub shop: ShopId,
    /// Which column is what, as JSON: `{"at": "Date", "amount": "Total"}`; fields that are left out are recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<String>,
}

/// Takes a file in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StatementRequest {
    /// The file, as `upload_statement_file` named it.
    pub file: String,
    /// Its name, to find it again.
    pub name: String,
    /// Whose account it is of.
    pub shop: ShopId,
    /// Which column is what; fields that are left out are recognised.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
}

/// What is in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementFile {
    /// Names the file for taking it in.
    pub file: String,
    /// alipay, wechat or generic.
    pub layout: String,
    /// Its columns.
    pub headers: Vec<String>,
    /// Which field is read from which column.
    pub columns: BTreeMap<String, String>,
    /// All fields there are.
    pub fields: Vec<String>,
    /// Lines that paid out.
    pub out: CountedSum,
    /// Lines that took in.
    pub income: CountedSum,
    /// Its first moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Its last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Lines that earlier statements have; they are not taken in twice.
    pub known: i64,
    /// The statement that this file became before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<StatementId>,
    /// Rows that cannot be read. With one of them nothing is taken in.
    pub bad: i64,
    /// The first of them.
    pub problems: Vec<StatementProblem>,
}

/// How many, and what they come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CountedSum {
    /// How many.
    pub count: i64,
    /// What they come to.
    pub sum: Money,
}

/// A row that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementProblem {
    /// Its row below the header, from 1.
    pub row: i64,
    /// Which field.
    pub field: String,
    /// What is wrong.
    pub message: Text,
    /// The row as it stands in the file.
    pub raw: String,
}

/// A statement that was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementTaken {
    /// The statement.
    pub id: StatementId,
    /// False when the file had been taken in before.
    pub is_new: bool,
}

/// A statement and how far it is matched. Matched, suggested, open and different together are what it paid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementView {
    /// Its id.
    pub id: StatementId,
    /// Whose account.
    pub shop: ShopId,
    /// alipay, wechat or generic.
    pub layout: String,
    /// The file's name.
    pub file_name: String,
    /// The beginning of its first day.
    pub from: Timestamp,
    /// The end of its last day.
    pub until: Timestamp,
    /// What it paid out.
    pub out: CountedSum,
    /// What it took in; not matched.
    pub income: CountedSum,
    /// Lines that an earlier statement has; in none of the sums.
    pub known: i64,
    /// Matched to the minor unit.
    pub matched: CountedSum,
    /// A payout of the same amount may be it; a person confirms.
    pub suggested: CountedSum,
    /// In the statement, but not with us.
    pub open: CountedSum,
    /// Named by its reference, but not the same money.
    pub different: CountedSum,
    /// With us, but not in the statement.
    pub missing: CountedSum,
    /// Who took it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported_by: Option<PersonId>,
    /// When.
    pub imported_at: Timestamp,
}

/// Which lines; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct StatementLineQuery {
    /// matched, suggested, open, different or other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Continue after this place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// At most so many, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementLine {
    /// Its id.
    pub id: StatementLineId,
    /// Its row in the file.
    pub row: i64,
    /// When the channel booked it.
    pub at: Timestamp,
    /// How much, never negative.
    pub amount: Money,
    /// out or in.
    pub direction: String,
    /// The channel's number.
    pub channel_reference: String,
    /// The number that the channel got from us.
    pub our_reference: String,
    /// What the channel wrote.
    pub text: String,
    /// matched, suggested, open, different or other.
    pub state: String,
    /// reference, person, amount, twice, `not_paid`, `not_final` or parted; empty when there is nothing to say.
    pub why: String,
    /// What a person wrote about it.
    pub note: String,
    /// The payout it is, or may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payout: Option<PayoutId>,
    /// What that payout came to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payout_amount: Option<Money>,
    /// The payout's case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma: Option<RmaId>,
    /// The case's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma_number: Option<String>,
    /// Who matched it; nobody when its reference did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matched_by: Option<PersonId>,
}

/// A payout that a statement does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MissingPayout {
    /// The payout.
    pub id: PayoutId,
    /// Its case.
    pub rma: RmaId,
    /// The case's number.
    pub rma_number: String,
    /// How much.
    pub amount: Money,
    /// When it was paid, or sent.
    pub at: Timestamp,
    /// Where it stands.
    pub state: PayoutState,
    /// original or manual.
    pub means: String,
    /// What the channel calls it, or the proof.
    pub reference: String,
}

/// The payout that a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StatementMatchRequest {
    /// The payout.
    pub payout: PayoutId,
}

/// Why a line is taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StatementPartRequest {
    /// Why.
    pub reason: String,
}

/// What is behind a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StatementNoteRequest {
    /// The note; empty takes it away.
    pub note: String,
}
