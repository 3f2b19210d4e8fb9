//! What a list of to-dos is narrowed to, from the words of the request.

use contract::inbox::InboxNarrow;
use domain::Timestamp;
use operations::Error;
use operations::error::Refusal;
use operations::inbox::{InboxFilter, Whose};

const DAY_MS: i64 = 86_400_000;
/// Longest search text, in characters.
const MAX_TEXT_CHARS: usize = 100;

/// What is asked for, at `now`.
pub(super) fn filter(wanted: &InboxNarrow, now: Timestamp) -> Result<InboxFilter, Error> {
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let mut filter = InboxFilter {
        kind: wanted.kind,
        task: given(&wanted.task),
        shop: wanted.shop,
        stage: given(&wanted.stage),
        text: wanted.q.clone(),
        ..InboxFilter::default()
    };
    match wanted.due.as_str() {
        "" => {}
        "overdue" => filter.overdue_at = Some(now),
        "near" => filter.near_at = Some(now),
        "day" => filter.due_before = Some(now.plus_ms(DAY_MS)),
        _ => return Err(wrong("due", "due 应为 overdue、near 或 day", "`due` is overdue, near or day")),
    }
    filter.whose = match wanted.whose.as_str() {
        "" => None,
        "mine" => Some(Whose::Mine),
        "pool" => Some(Whose::Pool),
        _ => return Err(wrong("whose", "whose 应为 mine 或 pool", "`whose` is mine or pool")),
    };
    if wanted.q.chars().count() > MAX_TEXT_CHARS {
        return Err(wrong("q", "搜索内容最多 100 个字", "a search has at most 100 characters"));
    }
    Ok(filter)
}

fn wrong(field: &str, zh: &str, en: &str) -> Error {
    Error::invalid(Refusal::new("wrong_filter", zh, en).at(field))
}
