//! Open cases of platforms: live work, so each goes through the same verb as over the API, with its events.

use domain::{Currency, Timestamp};
use store::Tx;
use store::import::bulk::Put;

use crate::context::Ctx;
use crate::error::Error;
use crate::external_case::{self, ExternalCaseFacts, ExternalStatus};
use crate::import::batch::{Entry, Parser};
use crate::import::columns::{Cells, Slot};
use crate::import::driver::{Run, Slice, Writer};
use crate::import::mapping::Plan;
use crate::import::problem::Problem;
use crate::import::resolve::{Resolver, ShopRef};
use crate::import::seen::Seen;
use crate::import::source::Record;
use crate::order::put::Outcome;

/// Reads and writes platforms' cases.
pub(in crate::import) struct ExternalCases {
    number: Slot,
    order_no: Slot,
    channel: Slot,
    raw_status: Slot,
    mapped_status: Slot,
    kind: Slot,
    amount: Slot,
    currency: Slot,
    due_at: Slot,
    source_version: Slot,
    resolver: Resolver,
    seen: Seen,
}

/// A platform's case of a file.
pub(in crate::import) struct ExternalCaseOfFile {
    shop: ShopRef,
    number: String,
    order_number: String,
    raw_status: String,
    mapped_status: Option<ExternalStatus>,
    kind: String,
    amount_minor: Option<i64>,
    currency: Currency,
    due_at: Option<Timestamp>,
    source_version: Option<i64>,
}

impl ExternalCases {
    pub(in crate::import) fn new(plan: &Plan, resolver: Resolver) -> Self {
        let slot = |field| Slot::bind(field, &plan.headers, &plan.mapping);
        Self {
            number: slot("number"),
            order_no: slot("order_no"),
            channel: slot("channel"),
            raw_status: slot("raw_status"),
            mapped_status: slot("mapped_status"),
            kind: slot("kind"),
            amount: slot("amount"),
            currency: slot("currency"),
            due_at: slot("due_at"),
            source_version: slot("source_version"),
            resolver,
            seen: Seen::new(),
        }
    }
}

impl Parser for ExternalCases {
    type Row = ExternalCaseOfFile;

    fn parse(&mut self, record: &Record) -> Result<Result<Self::Row, Vec<Problem>>, Error> {
        let mut cells = Cells::new(record);
        let number = cells.key(&self.number).to_owned();
        let shop = match self.resolver.shop(self.channel.get(record))? {
            Ok(shop) => shop,
            Err(problem) => {
                cells.problems.push(problem);
                return Ok(Err(cells.problems));
            }
        };
        if !number.is_empty() && !self.seen.first((shop.id, &number)) {
            cells.problems.push(Problem::duplicate("number", &number));
        }
        let currency = match self.currency.get(record) {
            "" => shop.currency,
            code => code.parse().unwrap_or_else(|_| {
                cells.problems.push(Problem::word("currency", code));
                shop.currency
            }),
        };
        let has_status = !self.mapped_status.get(record).is_empty();
        let row = ExternalCaseOfFile {
            order_number: cells.optional_key(&self.order_no).to_owned(),
            raw_status: cells.key(&self.raw_status).to_owned(),
            mapped_status: if has_status { cells.word(&self.mapped_status, ExternalStatus::parse) } else { None },
            kind: cells.text(&self.kind).unwrap_or_default(),
            amount_minor: cells.minor(&self.amount, currency),
            due_at: cells.time(&self.due_at, &shop.zone),
            source_version: cells.whole(&self.source_version, 1, i64::MAX),
            shop,
            number,
            currency,
        };
        Ok(cells.done(row))
    }
}

impl Writer for ExternalCases {
    // Each row may record several events, and a command may record only so many.
    const ROWS_PER_SLICE: usize = 50;

    fn write(
        tx: &Tx<'_>,
        ctx: &mut Ctx<'_>,
        _run: &Run,
        rows: &[Entry<Self::Row>],
        slice: &mut Slice<'_>,
    ) -> Result<usize, Error> {
        for (index, entry) in rows.iter().enumerate() {
            // The verb asks the masters for the shop, which hold only shops that are there.
            let put = if entry.value.shop.is_planned { Put::New } else { put(tx, ctx, &entry.value)? };
            slice.count(put);
            if !slice.pace.goes_on(1) {
                return Ok(index + 1);
            }
        }
        Ok(rows.len())
    }
}

fn put(tx: &Tx<'_>, ctx: &mut Ctx<'_>, row: &ExternalCaseOfFile) -> Result<Put, Error> {
    let known = store::external_case::by_number(tx, row.shop.id, &row.number)?;
    // A file without versions is as new as it is read: only what it says anew makes a new version.
    let says_nothing_new = known.as_ref().is_some_and(|known| {
        known.raw_status == row.raw_status && known.due_at == row.due_at && known.amount_minor == row.amount_minor
    });
    if row.source_version.is_none() && says_nothing_new {
        return Ok(Put::Same);
    }
    let next = known.map_or(1, |known| known.source_version + 1);
    let facts = ExternalCaseFacts {
        shop: row.shop.code.to_string(),
        number: row.number.clone(),
        source_version: row.source_version.unwrap_or(next),
        order_number: row.order_number.clone(),
        raw_status: row.raw_status.clone(),
        mapped_status: row.mapped_status,
        kind: row.kind.clone(),
        amount_minor: row.amount_minor,
        currency: Some(row.currency),
        due_at: row.due_at,
    };
    Ok(match external_case::put(tx, ctx, &facts)?.outcome {
        Outcome::Created => Put::New,
        Outcome::Updated => Put::Changed,
        Outcome::Same | Outcome::Older => Put::Same,
    })
}
