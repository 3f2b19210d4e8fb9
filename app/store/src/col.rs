//! How values go into and come out of columns: plain types, the domain's ids, words, days and JSON documents.

use std::borrow::Cow;
use std::sync::Arc;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use serde::Serialize;

/// A value that can be bound to a parameter.
pub(crate) trait ToCol {
    /// The value as SQLite stores it.
    fn to_col(&self) -> ToSqlOutput<'_>;
}

/// A value that can be read from a column.
pub(crate) trait FromCol: Sized {
    /// Reads the stored value.
    fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable>;
}

/// The column holds something else; the row adds where.
#[derive(Debug)]
pub(crate) struct Unreadable;

/// A document bound as JSON text.
pub(crate) struct Json<'a, T>(pub(crate) &'a T);

impl<T: ToCol + ?Sized> ToCol for &T {
    fn to_col(&self) -> ToSqlOutput<'_> {
        (**self).to_col()
    }
}

impl<T: ToCol> ToCol for Option<T> {
    fn to_col(&self) -> ToSqlOutput<'_> {
        match self {
            Some(value) => value.to_col(),
            None => ToSqlOutput::Borrowed(ValueRef::Null),
        }
    }
}

impl<T: FromCol> FromCol for Option<T> {
    fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> {
        match value {
            ValueRef::Null => Ok(None),
            present => T::from_col(present).map(Some),
        }
    }
}

macro_rules! integer_cols {
    ($($name:ty),*) => {$(
        impl ToCol for $name {
            fn to_col(&self) -> ToSqlOutput<'_> { integer(i64::from(*self)) }
        }
        impl FromCol for $name {
            fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> {
                i64::from_col(value)?.try_into().map_err(|_| Unreadable)
            }
        }
    )*};
}
integer_cols!(i32, u32, u16, u8);

impl ToCol for i64 {
    fn to_col(&self) -> ToSqlOutput<'_> {
        integer(*self)
    }
}

impl FromCol for i64 {
    fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> {
        match value {
            ValueRef::Integer(number) => Ok(number),
            _ => Err(Unreadable),
        }
    }
}

impl ToCol for bool {
    fn to_col(&self) -> ToSqlOutput<'_> {
        integer(i64::from(*self))
    }
}

impl FromCol for bool {
    fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> {
        match value {
            ValueRef::Integer(0) => Ok(false),
            ValueRef::Integer(1) => Ok(true),
            _ => Err(Unreadable),
        }
    }
}

impl ToCol for f64 {
    fn to_col(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Borrowed(ValueRef::Real(*self))
    }
}

impl FromCol for f64 {
    fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> {
        match value {
            ValueRef::Real(number) => Ok(number),
            ValueRef::Integer(number) => Ok(number as Self),
            _ => Err(Unreadable),
        }
    }
}

impl ToCol for str {
    fn to_col(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Borrowed(ValueRef::Text(self.as_bytes()))
    }
}

impl ToCol for String {
    fn to_col(&self) -> ToSqlOutput<'_> {
        self.as_str().to_col()
    }
}

impl ToCol for Cow<'_, str> {
    fn to_col(&self) -> ToSqlOutput<'_> {
        self.as_ref().to_col()
    }
}

impl ToCol for Arc<str> {
    fn to_col(&self) -> ToSqlOutput<'_> {
        self.as_ref().to_col()
    }
}

impl FromCol for String {
    fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> {
        text(value).map(str::to_owned)
    }
}

impl FromCol for Arc<str> {
    fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> {
        text(value).map(Arc::from)
    }
}

impl ToCol for [u8] {
    fn to_col(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Borrowed(ValueRef::Blob(self))
    }
}

impl ToCol for Vec<u8> {
    fn to_col(&self) -> ToSqlOutput<'_> {
        self.as_slice().to_col()
    }
}

impl FromCol for Vec<u8> {
    fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> {
        match value {
            ValueRef::Blob(bytes) => Ok(bytes.to_vec()),
            _ => Err(Unreadable),
        }
    }
}

// Hashes and keys: blobs of a fixed length.
impl<const N: usize> ToCol for [u8; N] {
    fn to_col(&self) -> ToSqlOutput<'_> {
        self.as_slice().to_col()
    }
}

impl<const N: usize> FromCol for [u8; N] {
    fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> {
        match value {
            ValueRef::Blob(bytes) => bytes.try_into().map_err(|_| Unreadable),
            _ => Err(Unreadable),
        }
    }
}

// For SQL that is built at run time, where types are known only then.
impl ToCol for Value {
    fn to_col(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Borrowed(ValueRef::from(self))
    }
}

impl FromCol for Value {
    fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> {
        value.try_into().map_err(|_| Unreadable)
    }
}

impl<T: Serialize> ToCol for Json<'_, T> {
    fn to_col(&self) -> ToSqlOutput<'_> {
        // A document that cannot be written binds NULL, which the column's NOT NULL refuses by name.
        ToSqlOutput::Owned(serde_json::to_string(self.0).map_or(Value::Null, Value::Text))
    }
}

fn text(value: ValueRef<'_>) -> Result<&str, Unreadable> {
    match value {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).map_err(|_| Unreadable),
        _ => Err(Unreadable),
    }
}

fn integer(number: i64) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(Value::Integer(number))
}

macro_rules! id_cols {
    ($($name:ident),* $(,)?) => {$(
        impl ToCol for domain::$name {
            fn to_col(&self) -> ToSqlOutput<'_> { integer(self.get()) }
        }
        impl FromCol for domain::$name {
            fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> { i64::from_col(value).map(Self::from_raw) }
        }
    )*};
}
id_cols!(
    AttachmentId,
    CalendarId,
    CannedAnswerId,
    ClockPauseId,
    CarrierId,
    ComponentId,
    ContactId,
    CustomerId,
    DecisionId,
    DeviceId,
    DispositionId,
    DocumentId,
    EffectId,
    EventId,
    ExternalCaseId,
    FiringId,
    GradeId,
    ImportId,
    InspectionId,
    BackupRunId,
    ChannelId,
    InvoiceWorkId,
    StatementId,
    StatementLineId,
    LedgerAccountId,
    LedgerEntryId,
    NoteId,
    NoticeId,
    CopyId,
    InboxFilterId,
    OrderId,
    OrderLineId,
    OutboundLineId,
    OutboundOrderId,
    OutboxId,
    OverrideId,
    ParcelId,
    PayoutId,
    PersonId,
    ReasonId,
    RecordId,
    ReleaseId,
    RmaId,
    RmaLineId,
    ScanId,
    SessionId,
    ShiftId,
    HandOverId,
    SettlementId,
    ShipmentId,
    ShopId,
    SkuId,
    StockMoveId,
    SupplierId,
    TaskId,
    TeamId,
    TenderId,
    TimerId,
    TokenId,
    UnitGroupId,
    WarehouseId,
    TrackingEventId,
    UploadId,
    WaybillChangeId,
);

// Closed words of the domain: `as_str` writes, `parse` reads.
macro_rules! word_cols {
    ($($name:path),* $(,)?) => {$(
        impl ToCol for $name {
            fn to_col(&self) -> ToSqlOutput<'_> { ToSqlOutput::Borrowed(ValueRef::Text(self.as_str().as_bytes())) }
        }
        impl FromCol for $name {
            fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> { Self::parse(text(value)?).ok_or(Unreadable) }
        }
    )*};
}
word_cols!(
    domain::EventKind,
    domain::LineKind,
    domain::Permission,
    domain::kind::OutboundKind,
    domain::settlement::Basis,
    domain::settlement::ComponentKind,
    domain::state::Bearer,
    domain::state::Bucket,
    domain::state::CaseState,
    domain::state::DispositionKind,
    domain::state::GoodsState,
    domain::state::MoneyState,
    domain::state::Origin,
    domain::state::OutboundState,
    domain::state::ParcelState,
    domain::tracking::CheckDigit,
    domain::tracking::TrackingState,
    domain::state::PayoutState,
    domain::state::Reception,
    domain::state::SettlementState,
    domain::state::Verdict,
);

impl ToCol for domain::Timestamp {
    fn to_col(&self) -> ToSqlOutput<'_> {
        integer(self.ms())
    }
}

impl FromCol for domain::Timestamp {
    fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> {
        i64::from_col(value).map(Self::from_ms)
    }
}

impl ToCol for domain::LocalDate {
    fn to_col(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Owned(Value::Text(self.to_string()))
    }
}

impl FromCol for domain::LocalDate {
    fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> {
        text(value)?.parse().map_err(|_| Unreadable)
    }
}

impl ToCol for domain::Currency {
    fn to_col(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Borrowed(ValueRef::Text(self.code().as_bytes()))
    }
}

impl FromCol for domain::Currency {
    fn from_col(value: ValueRef<'_>) -> Result<Self, Unreadable> {
        text(value)?.parse().map_err(|_| Unreadable)
    }
}
