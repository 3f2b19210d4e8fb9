//! The texts of messages: looked at, tried against a real case, and saved as a new release.

pub mod list;
pub mod preview;
pub mod save;

use domain::Text;
use engine::template::SmsText;

/// A text as it is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The subject of a mail, the title to a robot.
    pub subject: Text,
    /// The words.
    pub text: Text,
    /// The approved text of an SMS gateway.
    pub sms: Option<SmsText>,
}
