//! What every master row must satisfy, each refusal with its field.

use domain::Text;

use crate::error::{Error, FieldProblem, Refusal};

const CODE_CHARS_MAX: usize = 64;
const NAME_CHARS_MAX: usize = 200;
const TEXT_CHARS_MAX: usize = 2_000;

/// Collects what is wrong, so that a person corrects everything at once.
#[derive(Default)]
pub(super) struct Problems(Vec<FieldProblem>);

impl Problems {
    pub(super) fn add(&mut self, field: &str, code: &str, zh: &str, en: &str) {
        self.0.push(FieldProblem { field: field.to_owned(), code: code.to_owned(), message: Text::new(zh, en) });
    }
    /// Adds a problem unless `holds`.
    pub(super) fn unless(&mut self, holds: bool, field: &str, code: &str, zh: &str, en: &str) {
        if !holds {
            self.add(field, code, zh, en);
        }
    }
    /// A code: visible characters without spaces, at most 64.
    pub(super) fn code(&mut self, text: &str, field: &str) -> String {
        let code = text.trim().to_owned();
        let fits = !code.is_empty()
            && code.chars().count() <= CODE_CHARS_MAX
            && code.chars().all(|c| !c.is_whitespace() && !c.is_control());
        self.unless(
            fits,
            field,
            "not_a_code",
            "编码为 1 到 64 个字符，不含空格",
            "a code is 1 to 64 characters without spaces",
        );
        code
    }
    /// A name in at least one language.
    pub(super) fn name(&mut self, text: &Text, field: &str) -> Text {
        let name = Text::new(text.zh.trim(), text.en.trim());
        self.unless(!(name.zh.is_empty() && name.en.is_empty()), field, "required", "请填写名称", "a name is required");
        let short = name.zh.chars().count().max(name.en.chars().count()) <= NAME_CHARS_MAX;
        self.unless(short, field, "too_long", "名称最多 200 个字符", "a name is at most 200 characters");
        // Both sides are stored filled, so that lists sort and search by either.
        Text::new(
            if name.zh.is_empty() { name.en.clone() } else { name.zh.clone() },
            if name.en.is_empty() { name.zh } else { name.en },
        )
    }
    /// A free text of at most 2,000 characters.
    pub(super) fn text(&mut self, text: &str, field: &str) -> String {
        let fits = text.chars().count() <= TEXT_CHARS_MAX;
        self.unless(fits, field, "too_long", "最多 2000 个字符", "at most 2,000 characters");
        text.trim().to_owned()
    }
    /// A free text in both languages.
    pub(super) fn texts(&mut self, text: &Text, field: &str) -> Text {
        Text::new(self.text(&text.zh, field), self.text(&text.en, field))
    }
    /// A time zone that this server knows.
    pub(super) fn zone(&mut self, zone: &str, field: &str) -> String {
        let known = jiff::tz::TimeZone::get(zone.trim()).is_ok();
        self.unless(known, field, "unknown_zone", "没有这个时区", "there is no such time zone");
        zone.trim().to_owned()
    }
    /// All problems as one refusal.
    pub(super) fn done(self) -> Result<(), Error> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut refusal = Refusal::new("invalid_fields", "请更正标出的字段", "the named fields need correcting");
        refusal.fields = self.0;
        Err(Error::invalid(refusal))
    }
}
