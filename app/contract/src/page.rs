//! Lists by seeking: a page names the place where the next one begins, so that no page is counted or skipped.

use serde::{Deserialize, Serialize};

/// Items on a page when the caller does not say.
pub const DEFAULT_LIMIT: u32 = 50;
/// Most items on a page.
pub const MAX_LIMIT: u32 = 200;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items in the list's order.
    pub items: Vec<T>,
    /// What to send as `after` for the next page; absent on the last one. Opaque.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page of at most `limit` items out of `items`, of which one more than `limit` was read when there is more.
    pub fn cut(mut items: Vec<T>, limit: u32, place: impl Fn(&T) -> String) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        if items.len() <= limit {
            return Self { items, next: None };
        }
        items.truncate(limit);
        let next = items.last().map(place);
        Self { items, next }
    }

    /// The same page of other items.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next }
    }

    /// The same page of other items, unless one cannot be made.
    ///
    /// # Errors
    /// The first one's.
    pub fn try_map<U, E>(self, change: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        Ok(Page { items: self.items.into_iter().map(change).collect::<Result<_, _>>()?, next: self.next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(items: &[i32], limit: u32, expect: &[i32], next: Option<&str>) {
        let page = Page::cut(items.to_vec(), limit, i32::to_string);
        assert_eq!((page.items.as_slice(), page.next.as_deref()), (expect, next));
    }

    #[test]
    fn the_last_page_names_no_next() {
        check(&[], 2, &[], None);
        check(&[1, 2], 2, &[1, 2], None);
        check(&[1, 2, 3], 2, &[1, 2], Some("2"));
        check(&[1], 0, &[], None);
    }
}
