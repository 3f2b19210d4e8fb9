//! What an entry of the books is about, told from its memo and, where somebody paid or was let off, from its other side.

use domain::settlement::ComponentKind;
use store::ledger::EntryRow;

use super::{CASH_CLEARING, claim, credit, liability, receivable, refund};

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A refund was paid.
    Refund,
    /// Store credit was given.
    StoreCredit,
    /// Goods that somebody damaged.
    Liability,
    /// Goods owed for money that went ahead of them.
    Goods,
    /// A part of a settlement that somebody outside bears.
    Part(ComponentKind),
    /// Booked by hand.
    Claim,
    /// The money came.
    Paid,
    /// It was given up.
    GivenUp,
}

impl About {
    /// Whether it ends some of what is owed.
    #[must_use]
    pub const fn ends(self) -> bool {
        matches!(self, Self::Paid | Self::GivenUp)
    }
}

/// What an entry out of `entries` is about, with what a person wrote on it.
#[must_use]
pub(super) fn about(entry: &EntryRow, entries: &[EntryRow]) -> (About, String) {
    let memo = entry.memo.as_str();
    let ended = memo.strip_prefix(claim::ENDED).or_else(|| memo.strip_prefix(receivable::ENDED));
    if let Some(reason) = ended {
        let came = entries.iter().any(|side| side.posting_id == entry.posting_id && side.kind == CASH_CLEARING);
        return (if came { About::Paid } else { About::GivenUp }, reason.trim().to_owned());
    }
    if let Some(reason) = memo.strip_prefix(claim::MEMO) {
        return (About::Claim, reason.trim().to_owned());
    }
    let known = match memo {
        refund::MEMO => Some(About::Refund),
        liability::MEMO => Some(About::Liability),
        receivable::MEMO => Some(About::Goods),
        _ if memo.starts_with(credit::MEMO) => Some(About::StoreCredit),
        _ => ComponentKind::parse(memo).map(About::Part),
    };
    // A memo that none of the verbs writes is shown as it stands.
    known.map_or_else(|| (About::Claim, memo.to_owned()), |about| (about, String::new()))
}

#[cfg(test)]
mod tests {
    use domain::{LedgerAccountId, LedgerEntryId, Timestamp};

    use super::*;

    fn entry(kind: &str, memo: &str) -> EntryRow {
        EntryRow {
            id: LedgerEntryId::from_raw(1),
            posting_id: 7,
            account_id: LedgerAccountId::from_raw(1),
            kind: kind.to_owned(),
            bearer: String::new(),
            amount_minor: 1,
            unit_group_id: None,
            settlement_id: None,
            memo: memo.to_owned(),
            at: Timestamp::from_ms(0),
        }
    }

    #[track_caller]
    fn check(memo: &str, other_side: &str, expect: About, note: &str) {
        let entries = [entry("receivable", memo), entry(other_side, memo)];
        assert_eq!(about(&entries[0], &entries), (expect, note.to_owned()), "{memo}");
    }

    #[test]
    fn memos_are_told_apart() {
        check("refund", "cash_clearing", About::Refund, "");
        check("store credit 12.00 CNY", "cash_clearing", About::StoreCredit, "");
        check("liability", "recovery", About::Liability, "");
        check("goods_receivable", "recovery", About::Goods, "");
        check("return_freight", "recovery", About::Part(ComponentKind::ReturnFreight), "");
        check("claim: packaging", "recovery", About::Claim, "packaging");
        check("claim ended: bank 7", "cash_clearing", About::Paid, "bank 7");
        check("goods ended: bank 7", "cash_clearing", About::Paid, "bank 7");
        check("goods ended: too small", "recovery", About::GivenUp, "too small");
        check("something else", "recovery", About::Claim, "something else");
    }
}
