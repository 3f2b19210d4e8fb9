//! The books: who owes or bears something, and what entries are about.

use contract::ledger::{About, AboutView, PartyView};
use domain::state::Bearer;
use ui::{Text, Words, locale, text};

use super::Spoken;

impl Spoken for About {
    fn text(self) -> Text {
        match self {
            Self::Refund => text("退款", "Refund"),
            Self::StoreCredit => text("退为店铺余额", "Refunded as store credit"),
            Self::Liability => text("货损赔偿", "Damaged goods"),
            Self::Goods => text("先退款，货未退回", "Refunded before the goods came back"),
            Self::Part => text("结算款项", "Part of a settlement"),
            Self::Claim => text("人工登记", "Booked by hand"),
            Self::Paid => text("已收回", "Came in"),
            Self::GivenUp => text("核销，不再追收", "Written off"),
        }
    }
}

/// What an entry is about. `less`: it takes back some of what was booked before.
pub fn about(about: &AboutView, less: bool) -> Words {
    let words = match (about.kind, less, about.part) {
        (About::Liability, true, _) => text("货损改判，冲回", "Damage taken back"),
        (About::Goods, true, _) => text("货已退回，冲减", "The goods came back"),
        (About::Part, _, Some(part)) => part.text(),
        (kind, ..) => kind.text(),
    };
    if about.note.is_empty() {
        return words.into();
    }
    let note = about.note.clone();
    // What a person wrote says more than that one did.
    if about.kind == About::Claim {
        return note.into();
    }
    Words::from(move || {
        let words = words.get();
        ui::say!("{words}：{note}", "{words}: {note}")
    })
}

/// Who owes or bears something, and which one where that is known: `承运商 · 顺丰`.
pub fn party(party: &PartyView) -> Words {
    let (kind, name) = (party.bearer.text(), party.name.clone());
    let is_one_of_many = matches!(party.bearer, Bearer::Carrier | Bearer::Supplier);
    Words::from(move || match &name {
        Some(name) => format!("{} · {}", kind.get(), locale::pick(locale::lang(), &name.zh, &name.en)),
        None if is_one_of_many => {
            let kind = kind.get();
            ui::say!("{kind}（未指明）", "{kind} (unnamed)")
        }
        None => kind.get().to_owned(),
    })
}
