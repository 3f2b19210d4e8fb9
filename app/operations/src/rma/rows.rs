//! Rows that the case page is made of, named here so that callers need not know the store.

pub use store::attachment::AttachmentRow;
pub use store::case_facts::OrderFacts;
pub use store::contact::ContactRow;
pub use store::decision::DecisionRow;
pub use store::event::EventRow;
pub use store::note::NoteRow;
pub use store::outbound::{OutboundRow, SlipLine};
pub use store::outbox::OutboxRow;
pub use store::parcel::ParcelRow;
pub use store::rma_view::{LineDetail, UnitDetail};
pub use store::settlement::SettlementRow;
pub use store::task::TaskRow;
