//! The lists: where each one's rows stand, since when, and by which index they are found.

use crate::conn::BuiltSql;

/// What is wrong with something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A parcel is here and nobody knows whose it is.
    Unidentified,
    /// A parcel was announced and has not come.
    Silent,
    /// A parcel was signed and is not opened.
    Unopened,
    /// A parcel was opened and nothing in it was counted.
    Uncounted,
    /// A parcel weighs other than what should be in it.
    WeightGap,
    /// The carrier says it was handed over here, and nobody signed it.
    CarrierSigned,
    /// Somebody wanted to look again, and that time is over.
    FollowUp,
    /// A fact contradicts what was agreed.
    Conflict,
}

/// What a row of a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A parcel.
    Parcel,
    /// A case.
    Rma,
    /// A to-do.
    Task,
}

/// One list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// What is wrong with its rows.
    pub kind: Kind,
    /// What its rows are.
    pub subject: Subject,
    pub(super) index: &'static str,
    since: &'static str,
    condition: &'static str,
}

const fn parcels(kind: Kind, index: &'static str, since: &'static str, condition: &'static str) -> Source {
    Source { kind, subject: Subject::Parcel, index, since, condition }
}

const PARCELS: &str = "parcel INDEXED BY";
// A parcel without a case belongs to no shop; one that lies nowhere yet is for those who see every warehouse.
const PARCEL_PLACES: &str = "
    AND (:owner IS NULL OR coalesce(parcel.owner_id, 0) = :owner)
    AND (:warehouse IS NULL OR parcel.warehouse_id = :warehouse)
    AND (:shop IS NULL OR EXISTS (
        SELECT 1 FROM parcel_rma JOIN rma ON rma.id = parcel_rma.rma_id
        WHERE parcel_rma.parcel_id = parcel.id AND rma.shop_id = :shop
    ))
    AND (:scope IS NULL OR EXISTS (
        SELECT 1 FROM json_each(:scope) AS place
        WHERE (place.value ->> 1 IS NULL OR place.value ->> 1 = parcel.warehouse_id)
            AND (place.value ->> 0 IS NULL OR parcel.case_count = 0 OR EXISTS (
                SELECT 1 FROM parcel_rma JOIN rma ON rma.id = parcel_rma.rma_id
                WHERE parcel_rma.parcel_id = parcel.id AND rma.shop_id = place.value ->> 0
            ))
    ))";
const RMAS: &str = "rma INDEXED BY";
const RMA_PLACES: &str = "
    AND (:owner IS NULL OR coalesce(rma.owner_id, 0) = :owner)
    AND (:warehouse IS NULL OR rma.warehouse_id = :warehouse)
    AND (:shop IS NULL OR rma.shop_id = :shop)
    AND (:scope IS NULL OR EXISTS (
        SELECT 1 FROM json_each(:scope) AS place
        WHERE (place.value ->> 0 IS NULL OR place.value ->> 0 = rma.shop_id)
            AND (place.value ->> 1 IS NULL OR place.value ->> 1 = rma.warehouse_id)
    ))";
const TASKS: &str = "task INDEXED BY";
const TASK_PLACES: &str = "
    AND (:owner IS NULL OR coalesce(task.assignee_id, 0) = :owner)
    AND EXISTS (
        SELECT 1 FROM rma
        WHERE rma.id = task.rma_id
            AND (:warehouse IS NULL OR rma.warehouse_id = :warehouse)
            AND (:shop IS NULL OR rma.shop_id = :shop)
            AND (:scope IS NULL OR EXISTS (
                SELECT 1 FROM json_each(:scope) AS place
                WHERE (place.value ->> 0 IS NULL OR place.value ->> 0 = rma.shop_id)
                    AND (place.value ->> 1 IS NULL OR place.value ->> 1 = rma.warehouse_id)
            ))
    )";

const UNIDENTIFIED: Source = parcels(
    Kind::Unidentified,
    "parcel_unidentified",
    "signed_at",
    "case_count = 0 AND signed_at IS NOT NULL AND set_aside_at IS NULL",
);
const SILENT: Source = parcels(
    Kind::Silent,
    "parcel_silent",
    "announced_at",
    "state = 'announced' AND open_case_count > 0 AND set_aside_at IS NULL",
);
const UNOPENED: Source = parcels(
    Kind::Unopened,
    "parcel_unopened",
    "signed_at",
    "state = 'signed' AND case_count > 0 AND set_aside_at IS NULL",
);
const UNCOUNTED: Source = parcels(
    Kind::Uncounted,
    "parcel_uncounted",
    "opened_at",
    "state = 'opened' AND counted_at IS NULL AND open_case_count > 0 AND set_aside_at IS NULL",
);
const WEIGHT_GAP: Source =
    parcels(Kind::WeightGap, "parcel_weight_gap", "signed_at", "weight_gap = 1 AND set_aside_at IS NULL");
const CARRIER_SIGNED: Source = parcels(
    Kind::CarrierSigned,
    "parcel_carrier_signed",
    "carrier_signed_at",
    "state = 'announced' AND carrier_signed_at IS NOT NULL AND set_aside_at IS NULL",
);
const PARCEL_FOLLOW_UP: Source =
    parcels(Kind::FollowUp, "parcel_follow_up", "next_follow_up_at", "next_follow_up_at IS NOT NULL");
const RMA_FOLLOW_UP: Source = Source {
    kind: Kind::FollowUp,
    subject: Subject::Rma,
    index: "rma_follow_up",
    since: "next_follow_up_at",
    condition: "next_follow_up_at IS NOT NULL AND state NOT IN ('rejected', 'withdrawn', 'closed')",
};
const CONFLICT: Source = Source {
    kind: Kind::Conflict,
    subject: Subject::Task,
    index: "task_conflict",
    since: "opened_at",
    condition: "kind = 'conflict' AND state = 'open'",
};

impl Kind {
    /// All kinds, in the order people look at them.
    pub const ALL: [Self; 8] = [
        Self::Unidentified,
        Self::Silent,
        Self::CarrierSigned,
        Self::Unopened,
        Self::Uncounted,
        Self::WeightGap,
        Self::FollowUp,
        Self::Conflict,
    ];
}

impl Source {
    /// All lists; a place in the order of several lists names one by its position here.
    pub const ALL: [Self; 9] = [
        UNIDENTIFIED,
        SILENT,
        CARRIER_SIGNED,
        UNOPENED,
        UNCOUNTED,
        WEIGHT_GAP,
        PARCEL_FOLLOW_UP,
        RMA_FOLLOW_UP,
        CONFLICT,
    ];

    fn narrowed(&self) -> (&'static str, String) {
        let (from, table, places) = match self.subject {
            Subject::Parcel => (PARCELS, "parcel", PARCEL_PLACES),
            Subject::Rma => (RMAS, "rma", RMA_PLACES),
            Subject::Task => (TASKS, "task", TASK_PLACES),
        };
        let Self { index, since, condition, .. } = self;
        (table, format!("{from} {index} WHERE {condition} AND {table}.{since} <= :until{places}"))
    }

    /// A page, oldest first.
    pub(super) fn page_sql(&self) -> BuiltSql {
        let (table, narrowed) = self.narrowed();
        let since = self.since;
        BuiltSql::new(format!(
            "SELECT {table}.id AS id, {table}.{since} AS since FROM {narrowed} \
             AND ({table}.{since}, {table}.id) > (:after_since, :after_id) \
             ORDER BY {table}.{since}, {table}.id LIMIT :limit"
        ))
    }

    /// How many.
    pub(super) fn count_sql(&self) -> BuiltSql {
        let (table, narrowed) = self.narrowed();
        let since = self.since;
        BuiltSql::new(format!("SELECT count(*) FROM {narrowed} AND {table}.{since} > :from"))
    }
}
