//! A JSON body of bounded size. What does not fit names its field.

use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use engine::similar::closest;
use futures_util::StreamExt as _;
use futures_util::future::LocalBoxFuture;
use operations::error::Refusal;
use serde::de::DeserializeOwned;

use crate::error::Failure;
use crate::extract::key::BodyHash;

/// A body read as `T`, of at most `MAX_BYTES`.
pub(crate) struct Json<T, const MAX_BYTES: usize = 262_144>(pub(crate) T);

impl<T, const MAX_BYTES: usize> Deref for Json<T, MAX_BYTES> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned, const MAX_BYTES: usize> FromRequest for Json<T, MAX_BYTES> {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            check_headers(&request, MAX_BYTES)?;
            let body = read(payload, MAX_BYTES).await?;
            request.extensions_mut().insert(BodyHash(*blake3::hash(&body).as_bytes()));
            parse(&body).map(Self)
        })
    }
}

fn check_headers(request: &HttpRequest, max_bytes: usize) -> Result<(), Failure> {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let media_type = header(CONTENT_TYPE).and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/json") {
        let refusal = Refusal::new("unsupported_media_type", "请求内容须为 JSON", "the body must be JSON")
            .help("请设置 Content-Type: application/json", "send `Content-Type: application/json`");
        return Err(Failure::request(StatusCode::UNSUPPORTED_MEDIA_TYPE, refusal));
    }
    if header(CONTENT_ENCODING).is_some_and(|coding| !coding.eq_ignore_ascii_case("identity")) {
        let refusal = Refusal::new("unsupported_encoding", "请求内容不能压缩", "the body must not be compressed");
        return Err(Failure::request(StatusCode::UNSUPPORTED_MEDIA_TYPE, refusal));
    }
    let announced = header(CONTENT_LENGTH).and_then(|value| value.parse::<usize>().ok());
    if announced.is_some_and(|bytes| bytes > max_bytes) { Err(too_large(max_bytes)) } else { Ok(()) }
}

async fn read(mut payload: Payload, max_bytes: usize) -> Result<BytesMut, Failure> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| broken_off())?;
        if body.len() + chunk.len() > max_bytes {
            return Err(too_large(max_bytes));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn too_large(max_bytes: usize) -> Failure {
    let kib = max_bytes / 1_024;
    let zh = format!("请求内容过大，最多 {kib} KiB");
    let refusal = Refusal::new("too_large", zh, format!("the body is too large, at most {kib} KiB"));
    Failure::request(StatusCode::PAYLOAD_TOO_LARGE, refusal)
}

fn broken_off() -> Failure {
    let refusal = Refusal::new("broken_off", "请求没有传完", "the request broke off");
    Failure::request(StatusCode::BAD_REQUEST, refusal)
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    let mut source = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut source).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { String::new() } else { path };
        unreadable(&path, error.inner())
    })?;
    source.end().map_err(|error| unreadable("", &error))?;
    Ok(value)
}

fn unreadable(path: &str, error: &serde_json::Error) -> Failure {
    if !error.is_data() {
        let place = format!("{}:{}", error.line(), error.column());
        let zh = format!("JSON 在第 {} 行第 {} 列有误", error.line(), error.column());
        let refusal = Refusal::new("malformed_json", zh, format!("the JSON is malformed at {place}"));
        return Failure::request(StatusCode::BAD_REQUEST, refusal);
    }
    Failure::request(StatusCode::BAD_REQUEST, misfit(path, &error.to_string()))
}

/// Says in both languages what serde says in one: which field, and what is wrong with it.
pub(super) fn misfit(path: &str, said: &str) -> Refusal {
    let said = said.split(" at line ").next().unwrap_or(said);
    if let Some((name, _)) = quoted(said, "missing field `") {
        let field = join(path, name);
        let refusal = Refusal::new("missing_field", format!("缺少字段 `{field}`"), format!("`{field}` is missing"));
        return refusal.at(field);
    }
    if let Some((name, rest)) = quoted(said, "unknown field `") {
        // serde names the unknown field as the last step of the path already.
        let field = if path.is_empty() || path == name || path.ends_with(&format!(".{name}")) {
            if path.is_empty() { name.to_owned() } else { path.to_owned() }
        } else {
            join(path, name)
        };
        let refusal = Refusal::new("unknown_field", format!("没有字段 `{field}`"), format!("there is no `{field}`"));
        let known = rest.split('`').skip(1).step_by(2);
        let refusal = match closest(name, known) {
            Some(near) => refusal.help(format!("是不是 `{near}`？"), format!("did you mean `{near}`?")),
            None => refusal,
        };
        return refusal.at(field);
    }
    let refusal = Refusal::new("wrong_type", format!("格式不对：{said}"), said.to_owned());
    if path.is_empty() { refusal } else { refusal.at(path) }
}

fn quoted<'s>(said: &'s str, before: &str) -> Option<(&'s str, &'s str)> {
    said.strip_prefix(before)?.split_once('`')
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

#[cfg(test)]
mod tests {
    use contract::person::AddPerson;
    use domain::Lang;

    use super::*;

    #[track_caller]
    fn check(body: &str, code: &str, field: Option<&str>, en: &str) {
        let failure = parse::<AddPerson>(body.as_bytes()).map(drop).unwrap_err();
        let refusal = failure.body(Lang::En, "");
        assert_eq!((refusal.code.as_str(), refusal.message.as_str()), (code, en));
        assert_eq!(refusal.fields.first().map(|field| field.field.as_str()), field);
    }

    #[test]
    fn what_does_not_fit_names_its_field() {
        check("{", "malformed_json", None, "the JSON is malformed at 1:1");
        check("{}{}", "missing_field", Some("name"), "`name` is missing");
        check(r#"{"name":"a"}x"#, "malformed_json", None, "the JSON is malformed at 1:13");
        check(r#"{"name":"a","roles":[{}]}"#, "missing_field", Some("roles[0].role"), "`roles[0].role` is missing");
        check(r#"{"name":"a","role":[]}"#, "unknown_field", Some("role"), "there is no `role`");
        check(r#"{"name":7}"#, "wrong_type", Some("name"), "invalid type: integer `7`, expected a string");
        check(
            r#"{"name":"a","roles":[{"role":"x","shop":"1"}]}"#,
            "unknown_field",
            Some("roles[0].shop"),
            "there is no `roles[0].shop`",
        );
    }

    #[test]
    fn a_slip_is_recognised() {
        let refusal = misfit("", "unknown field `pasword`, expected one of `name`, `password`");
        assert_eq!(refusal.help.map(|text| text.en), Some("did you mean `password`?".to_owned()));
    }
}
