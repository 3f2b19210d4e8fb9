//! Query parameters. Unknown ones are refused, so that a misspelt filter is not silently no filter.

use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;

use crate::error::Failure;
use crate::extract::json::misfit;
use crate::extract::page::is_paging;

/// Query parameters read as `T`, without `after` and `limit`, which `Paging` reads.
pub(crate) struct Query<T>(pub(crate) T);

impl<T> Deref for Query<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let others: Vec<&str> = request.query_string().split('&').filter(|pair| !is_paging(pair)).collect();
        let read = web::Query::<T>::from_query(&others.join("&"));
        ready(read.map(|query| Self(query.into_inner())).map_err(|error| unreadable(&error.to_string())))
    }
}

pub(super) fn unreadable(said: &str) -> Failure {
    let said = said.strip_prefix("Query deserialize error: ").unwrap_or(said);
    Failure::request(StatusCode::BAD_REQUEST, misfit("", said))
}
