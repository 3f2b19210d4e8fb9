//! The books into views. Whoever may read them works with money and sees prices: amounts come whole.

use contract::ledger::{
    About, AboutView, BearerView, CaseBooksView, CreditEntryView, CreditView, EntryView, OwedTotalView, PartyView,
    ReceivableView,
};
use domain::Money;
use operations::ledger::about;
use operations::ledger::of_case::{Borne, CaseBooks, Entry};
use operations::ledger::owing::Named;
use operations::ledger::read::{CreditEntry, CreditRow};
use operations::ledger::receivables::{OwedTotal, ReceivableRow};
use operations::person::names::Names;

use crate::warehouse::person;

pub(super) fn case_books(books: CaseBooks) -> CaseBooksView {
    let CaseBooks { currency, bearers, entries, names } = books;
    let money = |minor| Money::new(minor, currency);
    let bearer = |one: Borne| BearerView {
        party: party(one.party),
        account: one.account,
        borne: money(one.borne_minor),
        paid: money(one.paid_minor),
        owed: money(one.owed_minor),
        may_recover: one.may_recover,
    };
    let entry = |one: Entry| EntryView {
        id: one.row.id,
        posting: one.row.posting_id.to_string(),
        account: one.row.account_id,
        kind: one.row.kind,
        party: party(one.party),
        amount: money(one.row.amount_minor),
        unit_group: one.row.unit_group_id,
        settlement: one.row.settlement_id,
        about: about_view(one.about, one.note),
        by: one.by.map(|id| person(id, &names)),
        at: one.row.at,
    };
    CaseBooksView {
        currency,
        bearers: bearers.into_iter().map(bearer).collect(),
        entries: entries.into_iter().map(entry).collect(),
    }
}

pub(super) fn receivable(row: ReceivableRow) -> ReceivableView {
    ReceivableView {
        id: row.first,
        account: row.account,
        rma: row.rma,
        rma_number: row.rma_number,
        shop: row.shop,
        party: party(row.party),
        about: about_view(row.about, row.note),
        charged: row.charged,
        paid: row.paid,
        given_up: row.given_up,
        owed: row.owed,
        since: row.since,
        changed_at: row.changed_at,
        may_recover: row.may_recover,
    }
}

pub(super) fn total(total: OwedTotal) -> OwedTotalView {
    OwedTotalView { party: party(total.party), account: total.account, owed: total.owed, cases: total.cases }
}

pub(super) fn credit(row: CreditRow) -> CreditView {
    CreditView {
        account: row.account_id,
        customer: row.customer_id,
        customer_no: row.customer_no,
        balance: Money::new(-row.balance_minor, row.currency),
    }
}

pub(super) fn credit_entry(entry: CreditEntry, names: &Names) -> CreditEntryView {
    let CreditEntry { row, rma, by } = entry;
    let (rma, rma_number) = rma.unzip();
    CreditEntryView {
        id: row.id,
        amount: Money::new(-row.amount_minor, row.currency),
        rma,
        rma_number,
        by: by.map(|id| person(id, names)),
        at: row.at,
    }
}

fn party(named: Named) -> PartyView {
    PartyView { bearer: named.bearer, name: named.name, customer: named.customer }
}

fn about_view(of: about::About, note: String) -> AboutView {
    let (kind, part) = match of {
        about::About::Refund => (About::Refund, None),
        about::About::StoreCredit => (About::StoreCredit, None),
        about::About::Liability => (About::Liability, None),
        about::About::Goods => (About::Goods, None),
        about::About::Part(part) => (About::Part, Some(part)),
        about::About::Claim => (About::Claim, None),
        about::About::Paid => (About::Paid, None),
        about::About::GivenUp => (About::GivenUp, None),
    };
    AboutView { kind, part, note }
}
