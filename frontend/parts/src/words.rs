//! The words for everything the core closes: states, kinds, goods, money, rights. What a template or master data may name
//! is never here.

use ui::{State, StateChip, Text, Words};

use leptos::prelude::*;

mod books;
mod case;
mod exception;
mod flow;
mod goods;
mod import;
mod kind;
mod money;
mod order;
mod permission;
mod platform;
mod tracking;

pub use books::{about, party};
pub use exception::exception_hint;
pub use import::{import_problem, import_state, import_target};
pub use order::{order_conflict, order_state, shipment_state, tender};
pub use platform::{platform, platform_conflict};

pub use flow::{
    attempt, channel, decision, delivery, delivery_state, direction, invoice, means, purpose, step_state, task_kind,
};

/// A closed thing that has a name on screen.
pub trait Spoken: Copy {
    /// Its name in both languages.
    fn text(self) -> Text;
}

/// A state that can be told by its colour and sign too.
pub trait Toned: Spoken {
    /// Which of the five states everything on screen is reduced to.
    fn state(self) -> State;
}

/// A state as a chip: tint, sign and word.
pub fn chip(of: impl Toned, axis: impl Into<Words>) -> AnyView {
    let axis = axis.into();
    view! { <StateChip state=of.state() label=of.text() axis/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::Spoken;
    use contract::exception::ExceptionKind;
    use contract::external_case::ExternalStatus;
    use contract::ledger::About;
    use contract::master::BlockKind;
    use domain::kind::OutboundKind;
    use domain::settlement::{Basis, ComponentKind};
    use domain::state::{
        Bearer, Bucket, CaseState, DispositionKind, GoodsState, MoneyState, Origin, OutboundState, ParcelState,
        PayoutState, Reception, SettlementState, Verdict,
    };
    use domain::{LineKind, Permission};

    /// No two of one kind may read alike, else a person could not tell them apart.
    #[track_caller]
    fn distinct<T: Spoken + std::fmt::Debug>(all: &[T]) {
        for (at, one) in all.iter().enumerate() {
            for other in all.iter().skip(at + 1) {
                assert_ne!(one.text().zh, other.text().zh, "{one:?} and {other:?}");
                assert_ne!(one.text().en, other.text().en, "{one:?} and {other:?}");
            }
        }
    }

    #[test]
    fn everything_can_be_told_apart_in_both_languages() {
        distinct(CaseState::ALL);
        distinct(GoodsState::ALL);
        distinct(MoneyState::ALL);
        distinct(SettlementState::ALL);
        distinct(PayoutState::ALL);
        distinct(ParcelState::ALL);
        distinct(OutboundState::ALL);
        distinct(Reception::ALL);
        distinct(Bucket::ALL);
        distinct(DispositionKind::ALL);
        distinct(Bearer::ALL);
        distinct(Origin::ALL);
        distinct(Verdict::ALL);
        distinct(LineKind::ALL);
        distinct(&[OutboundKind::Exchange, OutboundKind::Reship, OutboundKind::RepairReturn, OutboundKind::SendBack]);
        distinct(Basis::ALL);
        distinct(ComponentKind::ALL);
        distinct(Permission::ALL);
        distinct(BlockKind::ALL);
        distinct(ExternalStatus::ALL);
        distinct(About::ALL);
        distinct(&ExceptionKind::ALL);
    }
}
