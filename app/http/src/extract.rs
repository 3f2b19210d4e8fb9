//! What handlers take: the caller, the key, the body, ids in the path, query parameters, a page of a list.

mod caller;
mod id;
mod json;
mod key;
mod page;
mod query;

pub(crate) use caller::Caller;
pub(crate) use id::{Id, Segments};
pub(crate) use json::Json;
pub(crate) use key::{KEY_HEADER, Key};
pub(crate) use page::Paging;
pub(crate) use query::Query;
