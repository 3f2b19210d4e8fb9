//! What is known after a call.

/// What is known after a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It happened; what the other side calls it.
    Done(String),
    /// It did not happen and will not: what the other side said.
    Refused(String),
    /// The request never left: it may be sent again.
    NotSent(String),
    /// Nobody knows: the answer was lost, late, or not final.
    Unknown(String),
    /// The other side was asked and knows nothing of this key.
    NotKnown,
}
