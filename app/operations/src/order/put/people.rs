//! The buyer and the contact of an order. Personal values go to contact rows only, and erased ones stay erased.

use domain::{ContactId, CustomerId};
use store::Tx;
use store::contact::{ContactRow, key};
use store::customer::CustomerRow;

use crate::context::Ctx;
use crate::error::Error;
use crate::order::facts::{ContactFacts, OrderFacts};

/// The buyer's row, made when the number is new.
pub(super) fn customer(tx: &Tx<'_>, ctx: &Ctx<'_>, facts: &OrderFacts) -> Result<Option<CustomerId>, Error> {
    let Some(number) = facts.customer_no.as_deref().map(str::trim).filter(|number| !number.is_empty()) else {
        return Ok(None);
    };
    if let Some(known) = store::customer::by_number(tx, number)? {
        return Ok(Some(known.id));
    }
    let row = CustomerRow {
        id: CustomerId::from_raw(ctx.id()),
        customer_no: number.to_owned(),
        contact_id: None,
        version: 1,
    };
    store::customer::insert(tx, &row)?;
    Ok(Some(row.id))
}

/// The order's own contact row, made or brought up to date.
pub(super) fn contact(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    known: Option<ContactId>,
    facts: &OrderFacts,
) -> Result<Option<ContactId>, Error> {
    let Some(values) = &facts.contact else { return Ok(known) };
    if *values == ContactFacts::default() {
        return Ok(known);
    }
    let before = match known {
        Some(id) => store::contact::find(tx, id)?,
        None => None,
    };
    let Some(before) = before else {
        let row = contact_row(ContactId::from_raw(ctx.id()), values);
        store::contact::insert(tx, &row)?;
        return Ok(Some(row.id));
    };
    if let Some(merged) = merge_contact(&before, values) {
        store::contact::update(tx, &merged)?;
    }
    Ok(Some(before.id))
}

/// A new contact row of these values.
pub(crate) fn contact_row(id: ContactId, values: &ContactFacts) -> ContactRow {
    let text =
        |value: &Option<String>| value.as_deref().map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
    let phone = text(&values.phone);
    ContactRow {
        phone_tail: phone.as_deref().and_then(key::phone_tail),
        name: text(&values.name),
        email: text(&values.email),
        address: text(&values.address),
        nickname: text(&values.nickname),
        phone,
        ..ContactRow::empty(id)
    }
}

/// What a known row becomes; `None` when nothing changes. A masked or absent value never replaces a whole one, and
/// what was erased is not written again.
pub(crate) fn merge_contact(before: &ContactRow, values: &ContactFacts) -> Option<ContactRow> {
    if before.erased_at.is_some() {
        return None;
    }
    let given = contact_row(before.id, values);
    let pick = |known: &Option<String>, given: Option<String>| match (known, given) {
        (Some(known), Some(given)) if given.contains('*') && !known.contains('*') => Some(known.clone()),
        (known, given) => given.or_else(|| known.clone()),
    };
    let phone = pick(&before.phone, given.phone);
    let merged = ContactRow {
        phone_tail: phone.as_deref().and_then(key::phone_tail).or_else(|| before.phone_tail.clone()),
        name: pick(&before.name, given.name),
        email: pick(&before.email, given.email),
        address: pick(&before.address, given.address),
        nickname: pick(&before.nickname, given.nickname),
        phone,
        ..ContactRow::empty(before.id)
    };
    (merged != *before).then_some(merged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masked_values_do_not_replace_whole_ones_and_erased_ones_stay_erased() {
        let values = |name: &str, phone: &str| ContactFacts {
            name: Some(name.to_owned()),
            phone: Some(phone.to_owned()),
            ..ContactFacts::default()
        };
        let before = contact_row(ContactId::from_raw(1), &values("张三", "13800000042"));
        assert_eq!(merge_contact(&before, &values("张*", "138****0042")), None);
        let renamed = merge_contact(&before, &values("张三丰", "138****0042"));
        assert_eq!(
            renamed.map(|row| (row.name, row.phone)),
            Some((Some("张三丰".to_owned()), Some("13800000042".to_owned())))
        );
        let erased =
            ContactRow { erased_at: Some(domain::Timestamp::from_ms(1)), ..ContactRow::empty(ContactId::from_raw(1)) };
        assert_eq!(merge_contact(&erased, &values("张三", "13800000042")), None);
    }
}
