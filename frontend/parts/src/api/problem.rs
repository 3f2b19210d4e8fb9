//! Why a call did not give what was asked for, in the reader's language.

use contract::{ErrorBody, FieldError};
use ui::locale::lang_untracked;
use ui::{Text, text};

const NO_CONNECTION: Text = text("没有连上服务器", "The server cannot be reached");
const CHECK_CONNECTION: Text =
    text("请检查网络后重试，已填的内容还在", "Check the connection and try again; nothing you typed is lost");
const STRANGE_ANSWER: Text = text("服务器的回答无法识别", "The server's answer cannot be read");
const NOT_ALLOWED: Text = text("您的岗位没有这项权限", "Your role does not allow this");
/// The server's code for a missing permission.
const FORBIDDEN: &str = "forbidden";
const RELOAD: Text = text("页面可能不是最新的，请刷新", "This page may be out of date: reload it");

/// A refusal, or no answer at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// HTTP status; 0 when no answer came.
    pub status: u16,
    /// What the server says, or what we say in its place.
    pub body: ErrorBody,
}

impl Problem {
    pub(crate) fn of(status: u16, text: &str) -> Self {
        let mut body: ErrorBody =
            serde_json::from_str(text).unwrap_or_else(|_| own("unreadable", STRANGE_ANSWER, RELOAD));
        // Programs read the permission's code; people read what it means.
        if status == 403 && body.code == FORBIDDEN {
            body.message = NOT_ALLOWED.in_lang(lang_untracked()).to_owned();
        }
        Self { status, body }
    }

    pub(crate) fn unreadable(error: &serde_json::Error) -> Self {
        let mut body = own("unreadable", STRANGE_ANSWER, RELOAD);
        body.help = Some(format!("{} ({error})", body.help.unwrap_or_default()));
        Self { status: 200, body }
    }

    pub(crate) fn no_answer() -> Self {
        Self { status: 0, body: own("no_connection", NO_CONNECTION, CHECK_CONNECTION) }
    }

    /// Whether the command may have happened all the same: nothing, or nothing clear, came back.
    #[must_use]
    pub fn outcome_is_unknown(&self) -> bool {
        !(400..500).contains(&self.status)
    }

    /// Whether somebody else was faster, or the thing changed meanwhile.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.status == 409
    }

    /// Whether there is no such thing, or none that this reader may know of.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.status == 404
    }

    /// What is wrong with a field, by its path in the request.
    #[must_use]
    pub fn field(&self, path: &str) -> Option<&FieldError> {
        self.body.fields.iter().find(|field| field.field == path)
    }

    /// What is wrong, and what would help, in one line.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.body.help {
            Some(help) => format!("{} · {help}", self.body.message),
            None => self.body.message.clone(),
        }
    }

    /// The same with whatever fields are wrong: for places that show no fields.
    #[must_use]
    pub fn words_in_full(&self) -> String {
        let fields = self.body.fields.iter().map(|field| field.message.as_str());
        let mut all: Vec<&str> = Vec::new();
        for words in std::iter::once(self.body.message.as_str()).chain(fields).chain(self.body.help.as_deref()) {
            if !words.is_empty() && !all.contains(&words) {
                all.push(words);
            }
        }
        all.join(" · ")
    }
}

fn own(code: &str, message: Text, help: Text) -> ErrorBody {
    let lang = lang_untracked();
    ErrorBody {
        code: code.to_owned(),
        message: message.in_lang(lang).to_owned(),
        fields: Vec::new(),
        help: Some(help.in_lang(lang).to_owned()),
        request_id: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_outcome_is_told_from_a_refusal() {
        assert!(Problem::no_answer().outcome_is_unknown());
        assert!(Problem::of(502, "<html>").outcome_is_unknown());
        let refused = Problem::of(409, r#"{"code":"a","message":"b","help":"c","request_id":"r"}"#);
        assert!(!refused.outcome_is_unknown());
        assert!(refused.is_conflict());
        assert_eq!(refused.words(), "b · c");
    }

    #[test]
    fn a_missing_permission_is_said_without_its_code() {
        let body = r#"{"code":"forbidden","message":"you lack the permission `order.view`","request_id":"r"}"#;
        let words = Problem::of(403, body).words();
        assert!(!words.is_empty() && !words.contains("order.view"), "{words}");
    }

    #[test]
    fn fields_are_found_and_said_once() {
        let body = r#"{"code":"a","message":"wrong","request_id":"r","fields":[
            {"field":"x","code":"c","message":"too long"},{"field":"y","code":"c","message":"too long"}]}"#;
        let refused = Problem::of(422, body);
        assert_eq!(refused.field("y").map(|field| field.code.as_str()), Some("c"));
        assert_eq!(refused.words_in_full(), "wrong · too long");
    }
}
