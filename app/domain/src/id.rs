//! Typed ids: i64 in the database, time-ordered, strings in JSON because JavaScript numbers end at 2^53.

use std::fmt;
use std::str::FromStr;

use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Milliseconds between the Unix epoch and 2025-01-01T00:00:00Z, where id time begins.
pub const ID_EPOCH_MS: i64 = 1_735_689_600_000;
/// Bits below the millisecond: about a million ids in each.
pub const ID_SEQUENCE_BITS: u32 = 20;

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// Wraps a number read from the database or made by the id maker.
            #[must_use]
            pub const fn from_raw(raw: i64) -> Self { Self(raw) }
            /// The number as stored.
            #[must_use]
            pub const fn get(self) -> i64 { self.0 }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, concat!(stringify!($name), "({})"), self.0) }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}", self.0) }
        }
        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> { serializer.collect_str(&self.0) }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> { raw_id(deserializer).map(Self) }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> { crate::openapi::id() }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    )*};
}

typed_ids! {
    /// A shop: platform, currency, time zone, return rules.
    ShopId,
    /// A warehouse: address and stock buckets.
    WarehouseId,
    /// A ready text.
    CannedAnswerId,
    /// A supplier, bearer of claims.
    SupplierId,
    /// A carrier.
    CarrierId,
    /// A team of persons.
    TeamId,
    /// A person who signs in.
    PersonId,
    /// A station or browser that scans.
    DeviceId,
    /// An operator's stay at a station.
    ShiftId,
    /// A hand-over sheet of a station.
    HandOverId,
    /// A sign-in session.
    SessionId,
    /// A bearer token for other systems.
    TokenId,
    /// A person's or customer's erasable contact row.
    ContactId,
    /// A buyer.
    CustomerId,
    /// A stock keeping unit.
    SkuId,
    /// An order as sold.
    OrderId,
    /// A line of an order.
    OrderLineId,
    /// An outbound shipment of an order.
    ShipmentId,
    /// A return case.
    RmaId,
    /// A line of a return case.
    RmaLineId,
    /// A parcel that comes back.
    ParcelId,
    /// A group of like units of a case line.
    UnitGroupId,
    /// A scan, always stored.
    ScanId,
    /// An inspection of a unit group.
    InspectionId,
    /// A disposition of a unit group.
    DispositionId,
    /// A stock movement.
    StockMoveId,
    /// A settlement of a case.
    SettlementId,
    /// A component of a settlement.
    ComponentId,
    /// A payout attempt chain of a settlement.
    PayoutId,
    /// A double-entry ledger entry.
    LedgerEntryId,
    /// An outbound order: exchange, reship or repair return.
    OutboundOrderId,
    /// A case as a platform sees it.
    ExternalCaseId,
    /// A file beside the database.
    AttachmentId,
    /// A file on its way.
    UploadId,
    /// What a carrier said of a parcel.
    TrackingEventId,
    /// A correction of a waybill.
    WaybillChangeId,
    /// A to-do as a person sees it.
    TaskId,
    /// A decision in a flow.
    DecisionId,
    /// A timer row.
    TimerId,
    /// A clock that stood still.
    ClockPauseId,
    /// An event row.
    EventId,
    /// An outbox row: an effect outside.
    OutboxId,
    /// A stored document version.
    DocumentId,
    /// A record of an admin's own form.
    RecordId,
    /// A reason in the tree.
    ReasonId,
    /// A note or message on a case.
    NoteId,
    /// An import run.
    ImportId,
    /// A release of the template that cases are pinned to.
    ReleaseId,
    /// A working calendar.
    CalendarId,
    /// An inspection grade.
    GradeId,
    /// A rule's firing.
    FiringId,
    /// What became of a backup.
    BackupRunId,
    /// A means of sending messages.
    ChannelId,
    /// A 红冲 work item.
    InvoiceWorkId,
    /// A channel's statement.
    StatementId,
    /// A line of a statement.
    StatementLineId,
    /// An in-app message.
    NoticeId,
    /// A copy of a step that was passed (抄送).
    CopyId,
    /// A filter of the inbox that a person keeps.
    InboxFilterId,
    /// An entry of the override ledger.
    OverrideId,
    /// One attempt of an effect outside.
    EffectId,
    /// A means of payment on an order.
    TenderId,
    /// A ledger account.
    LedgerAccountId,
    /// A line of an outbound order.
    OutboundLineId,
}

fn raw_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    struct RawId;
    impl Visitor<'_> for RawId {
        type Value = i64;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an id as a string of digits")
        }
        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<i64, E> {
            text.parse().map_err(|_| E::custom("an id is a string of digits"))
        }
        fn visit_i64<E: serde::de::Error>(self, raw: i64) -> Result<i64, E> {
            Ok(raw)
        }
        fn visit_u64<E: serde::de::Error>(self, raw: u64) -> Result<i64, E> {
            i64::try_from(raw).map_err(|_| E::custom("an id is at most 2^63 - 1"))
        }
    }
    deserializer.deserialize_any(RawId).map_err(D::Error::custom)
}
