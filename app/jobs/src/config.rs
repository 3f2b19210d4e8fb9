//! Which outside systems are there.

use connectors::Endpoint;

/// Which outside systems are there; none of them needs to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The payment gateway. Without one, refunds to the original payment wait, and say so.
    pub payments: Option<Endpoint>,
    /// An SMS gateway.
    pub sms: Option<Endpoint>,
    /// A system that hears what rules say.
    pub webhook: Option<Endpoint>,
}
