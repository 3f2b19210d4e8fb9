//! Which page of a list is asked for.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, web};
use contract::page::{DEFAULT_LIMIT, MAX_LIMIT};
use operations::error::Refusal;
use serde::Deserialize;

use crate::error::Failure;
use crate::extract::query::unreadable;

/// `?after=…&limit=…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paging {
    after: Option<String>,
    /// Most items, at least 1.
    pub(crate) limit: u32,
}

#[derive(Deserialize)]
struct Raw {
    after: Option<String>,
    limit: Option<u32>,
}

impl Paging {
    /// The place after which the page begins.
    pub(crate) fn after<T: FromStr>(&self) -> Result<Option<T>, Failure> {
        let Some(text) = &self.after else { return Ok(None) };
        text.parse().map(Some).map_err(|_| {
            let refusal = Refusal::new("malformed_after", "翻页位置无效", "`after` is not a place of this list")
                .help("请使用上一页返回的 next", "send what `next` of the page before said");
            Failure::request(StatusCode::BAD_REQUEST, refusal.at("after"))
        })
    }

    /// One more than the limit: tells whether there is a next page.
    pub(crate) fn one_more(&self) -> u32 {
        self.limit.saturating_add(1)
    }
}

/// Whether a `name=value` pair is about paging.
pub(super) fn is_paging(pair: &str) -> bool {
    matches!(pair.split('=').next(), Some("after" | "limit"))
}

impl FromRequest for Paging {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let own: Vec<&str> = request.query_string().split('&').filter(|pair| is_paging(pair)).collect();
        ready(read(&own.join("&")))
    }
}

fn read(query: &str) -> Result<Paging, Failure> {
    let raw = web::Query::<Raw>::from_query(query).map_err(|error| unreadable(&error.to_string()))?.into_inner();
    let limit = raw.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        let zh = format!("limit 须在 1 到 {MAX_LIMIT} 之间");
        let refusal = Refusal::new("limit_out_of_range", zh, format!("`limit` is between 1 and {MAX_LIMIT}"));
        return Err(Failure::request(StatusCode::BAD_REQUEST, refusal.at("limit")));
    }
    Ok(Paging { after: raw.after.filter(|text| !text.is_empty()), limit })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expect: Result<(Option<&str>, u32), &str>) {
        let read = read(query);
        let found = match &read {
            Ok(paging) => Ok((paging.after.as_deref(), paging.limit)),
            Err(failure) => Err(failure.code()),
        };
        assert_eq!(found, expect, "{query}");
    }

    #[test]
    fn pages_have_bounds() {
        check("", Ok((None, DEFAULT_LIMIT)));
        check("after=17&limit=200", Ok((Some("17"), 200)));
        check("after=", Ok((None, DEFAULT_LIMIT)));
        check("limit=0", Err("limit_out_of_range"));
        check("limit=201", Err("limit_out_of_range"));
        check("limit=many", Err("wrong_type"));
    }
}
