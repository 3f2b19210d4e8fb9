//! What a list of to-dos is narrowed to, as SQL over `task` and `rma`.

use domain::{LineKind, ShopId, Timestamp};
use rusqlite::types::Value as Col;

/// Whose to-dos.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Given to the person.
    Mine,
    /// Waiting in the pools of the person's roles.
    Pool,
}

/// What a list is narrowed to; nothing set narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboxFilter {
    /// Cases with a line of this kind.
    pub kind: Option<LineKind>,
    /// To-dos of this kind: approve, work, info, rule or conflict.
    pub task: Option<String>,
    /// Only of this shop.
    pub shop: Option<ShopId>,
    /// Only at this flow node.
    pub stage: Option<String>,
    /// Past the earlier of both clocks at this time.
    pub overdue_at: Option<Timestamp>,
    /// Warned of at this time, and not overdue.
    pub near_at: Option<Timestamp>,
    /// Due before this by the earlier of both clocks.
    pub due_before: Option<Timestamp>,
    /// Only one's own, or only the pools'.
    pub whose: Option<Whose>,
    /// Words that all occur in the number, the goods or the to-do's title.
    pub text: String,
}

const EARLIER: &str =
    "min(coalesce(task.due_at, 9223372036854775807), coalesce(rma.platform_due_at, 9223372036854775807))";

impl InboxFilter {
    // Whether a condition is about the case.
    fn about_case(&self) -> bool {
        let words = self.text.split_whitespace().next().is_some();
        let late = self.overdue_at.is_some() || self.near_at.is_some() || self.due_before.is_some();
        self.kind.is_some() || self.shop.is_some() || late || words
    }

    pub(super) fn join(&self) -> &'static str {
        if self.about_case() { "LEFT JOIN rma ON rma.id = task.rma_id" } else { "" }
    }

    // Each with AND before it; parameters pushed in order.
    pub(super) fn conditions(&self, params: &mut Vec<Col>) -> String {
        let mut all = String::new();
        let mut place = |value: Col| {
            params.push(value);
            params.len()
        };
        if let Some(kind) = self.kind {
            let at = place(Col::Text(kind.as_str().to_owned()));
            all.push_str(&format!(
                " AND EXISTS (SELECT 1 FROM rma_line WHERE rma_line.rma_id = rma.id AND rma_line.kind = ?{at})"
            ));
        }
        if let Some(task) = &self.task {
            all.push_str(&format!(" AND task.kind = ?{}", place(Col::Text(task.clone()))));
        }
        if let Some(shop) = self.shop {
            all.push_str(&format!(" AND rma.shop_id = ?{}", place(Col::Integer(shop.get()))));
        }
        if let Some(stage) = &self.stage {
            all.push_str(&format!(" AND task.node = ?{}", place(Col::Text(stage.clone()))));
        }
        if let Some(at) = self.overdue_at {
            all.push_str(&format!(" AND {EARLIER} <= ?{}", place(Col::Integer(at.ms()))));
        }
        if let Some(at) = self.near_at {
            let now = place(Col::Integer(at.ms()));
            all.push_str(&format!(" AND task.warn_at <= ?{now} AND {EARLIER} > ?{now}"));
        }
        if let Some(before) = self.due_before {
            all.push_str(&format!(" AND {EARLIER} < ?{}", place(Col::Integer(before.ms()))));
        }
        for word in self.text.split_whitespace() {
            let at = place(Col::Text(format!("%{}%", escaped(word))));
            all.push_str(&format!(
                " AND (rma.number LIKE ?{at} ESCAPE '\\' OR rma.summary LIKE ?{at} ESCAPE '\\' \
                 OR task.title_zh LIKE ?{at} ESCAPE '\\' OR task.title_en LIKE ?{at} ESCAPE '\\')"
            ));
        }
        all
    }
}

fn escaped(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
