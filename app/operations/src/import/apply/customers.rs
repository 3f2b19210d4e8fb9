//! Customers: a number and personal values, which go to a contact row of their own.

use domain::{ContactId, CustomerId};
use store::Tx;
use store::customer::CustomerRow;
use store::import::bulk::Put;

use crate::context::Ctx;
use crate::error::Error;
use crate::import::batch::{Entry, Parser};
use crate::import::columns::{Cells, Slot};
use crate::import::driver::{Run, Slice, Writer};
use crate::import::mapping::Plan;
use crate::import::problem::Problem;
use crate::import::seen::Seen;
use crate::import::source::Record;
use crate::order::facts::ContactFacts;
use crate::order::put::{contact_row, merge_contact};

/// Reads and writes customers.
pub(in crate::import) struct Customers {
    customer_no: Slot,
    name: Slot,
    phone: Slot,
    email: Slot,
    address: Slot,
    nickname: Slot,
    seen: Seen,
}

/// A customer of a file.
pub(in crate::import) struct CustomerRowOfFile {
    customer_no: String,
    contact: ContactFacts,
}

impl Customers {
    pub(in crate::import) fn new(plan: &Plan) -> Self {
        let slot = |field| Slot::bind(field, &plan.headers, &plan.mapping);
        Self {
            customer_no: slot("customer_no"),
            name: slot("name"),
            phone: slot("phone"),
            email: slot("email"),
            address: slot("address"),
            nickname: slot("nickname"),
            seen: Seen::new(),
        }
    }
}

impl Parser for Customers {
    type Row = CustomerRowOfFile;

    fn parse(&mut self, record: &Record) -> Result<Result<Self::Row, Vec<Problem>>, Error> {
        let mut cells = Cells::new(record);
        let customer_no = cells.key(&self.customer_no).to_owned();
        if !customer_no.is_empty() && !self.seen.first(&customer_no) {
            cells.problems.push(Problem::duplicate("customer_no", &customer_no));
        }
        let contact = ContactFacts {
            name: cells.text(&self.name),
            phone: cells.text(&self.phone),
            email: cells.text(&self.email),
            address: cells.text(&self.address),
            nickname: cells.text(&self.nickname),
        };
        Ok(cells.done(CustomerRowOfFile { customer_no, contact }))
    }
}

impl Writer for Customers {
    fn write(
        tx: &Tx<'_>,
        ctx: &mut Ctx<'_>,
        _run: &Run,
        rows: &[Entry<Self::Row>],
        slice: &mut Slice<'_>,
    ) -> Result<usize, Error> {
        for (index, entry) in rows.iter().enumerate() {
            let put = put(tx, ctx, &entry.value)?;
            slice.count(put);
            if !slice.pace.goes_on(1) {
                return Ok(index + 1);
            }
        }
        Ok(rows.len())
    }
}

fn put(tx: &Tx<'_>, ctx: &Ctx<'_>, row: &CustomerRowOfFile) -> Result<Put, Error> {
    let known = store::customer::by_number(tx, &row.customer_no)?;
    let contact = match known.as_ref().and_then(|known| known.contact_id) {
        Some(id) => store::contact::find(tx, id)?,
        None => None,
    };
    if let Some(before) = &contact {
        return Ok(match merge_contact(before, &row.contact) {
            Some(merged) => {
                store::contact::update(tx, &merged)?;
                Put::Changed
            }
            None => Put::Same,
        });
    }
    let has_values = row.contact != ContactFacts::default();
    let contact_id = match has_values {
        true => {
            let contact = contact_row(ContactId::from_raw(ctx.id()), &row.contact);
            store::contact::insert(tx, &contact)?;
            Some(contact.id)
        }
        false => None,
    };
    match (known, contact_id) {
        (Some(known), Some(contact)) => {
            store::customer::set_contact(tx, known.id, contact)?;
            Ok(Put::Changed)
        }
        (Some(_), None) => Ok(Put::Same),
        (None, contact_id) => {
            let id = CustomerId::from_raw(ctx.id());
            let customer_no = row.customer_no.clone();
            store::customer::insert(tx, &CustomerRow { id, customer_no, contact_id, version: 1 })?;
            Ok(Put::New)
        }
    }
}
