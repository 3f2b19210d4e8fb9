//! The template: every document of the returns application in one value, its text, its check, and its compiled form.

mod check;
mod compile;
mod document;
mod hash;
mod money_text;
#[cfg(any(feature = "text", test))]
mod read;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "text", test))]
mod tree;
#[cfg(any(feature = "text", test))]
mod wording;
mod write;

pub use check::{MASKABLE, check, print_names};
pub use compile::{Compiled, compile};
pub use document::{
    Answer, CannedAnswer, CaseDocuments, Checklist, ChecklistItem, ChecklistOption, Clock, Clocks, Compensation,
    FORMAT, Grade, Mask, Message, Paper, Print, PrintBlock, PrintField, PrintSubject, Reason, Role, Sessions, Settings,
    SmsText, Template, Uploads,
};
pub use hash::content_hash;
#[cfg(any(feature = "text", test))]
pub use read::{Parsed, check_yaml, parse_yaml};
#[cfg(any(feature = "text", test))]
pub use tree::{MAX_TEXT_BYTES, Source};
pub use write::to_yaml;

impl Template {
    /// The content hash that names this version of the whole.
    #[must_use]
    pub fn hash(&self) -> String {
        content_hash(self)
    }
}
