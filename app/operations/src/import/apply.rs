//! What each target makes of a row, and how it is written.

mod customers;
mod external_cases;
mod order_lines;
mod orders;
mod past_cases;
mod products;
mod returns;
mod shipments;
mod touched;

pub(super) use customers::Customers;
pub(super) use external_cases::ExternalCases;
pub(super) use order_lines::OrderLines;
pub(super) use orders::Orders;
pub(super) use products::Products;
pub(super) use returns::Returns;
pub(super) use shipments::Shipments;
