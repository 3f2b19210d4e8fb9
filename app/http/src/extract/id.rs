//! The variable segments of a path. One that cannot be what it stands for names nothing: 404.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use operations::Error;

use crate::error::Failure;

/// The only variable segment.
pub(crate) struct Id<T>(pub(crate) T);

/// Several variable segments, in order.
pub(crate) struct Segments<T>(pub(crate) T);

impl<T: FromStr> FromRequest for Id<T> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(segment(request, 0).map(Self))
    }
}

macro_rules! segments {
    ($($name:ident $index:literal),+) => {
        impl<$($name: FromStr),+> FromRequest for Segments<($($name,)+)> {
            type Error = Failure;
            type Future = Ready<Result<Self, Failure>>;
            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let read = || Ok(Self(($(segment::<$name>(request, $index)?,)+)));
                ready(read())
            }
        }
    };
}
segments!(A 0);
segments!(A 0, B 1);
segments!(A 0, B 1, C 2);

fn segment<T: FromStr>(request: &HttpRequest, index: usize) -> Result<T, Failure> {
    let raw = request.match_info().iter().nth(index).map(|(_, value)| value).unwrap_or_default();
    let text = percent_encoding::percent_decode_str(raw).decode_utf8();
    let value = text.ok().and_then(|text| text.parse().ok());
    value.ok_or(Failure::Operation(Error::NotFound("path")))
}
