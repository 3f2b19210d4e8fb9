//! Refusals: which status each has, and its body in the reader's language. The one place where both are decided.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use contract::{ErrorBody, FieldError};
use domain::{Lang, Text};
use operations::Error;
use operations::error::Refusal;

/// Why a request was not done: a verb refused, or the request itself could not be read.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A verb refused.
    Operation(Error),
    /// The request cannot be read as what the route takes.
    Request(StatusCode, Box<Refusal>),
}

impl Failure {
    /// A request that cannot be read.
    pub(crate) fn request(status: StatusCode, refusal: Refusal) -> Self {
        Self::Request(status, Box::new(refusal))
    }

    /// No such address.
    pub(crate) fn no_such_address() -> Self {
        Self::request(StatusCode::NOT_FOUND, Refusal::new("not_found", "没有这个地址", "there is no such address"))
    }

    /// The address exists, not with this verb.
    pub(crate) fn method_not_allowed() -> Self {
        Self::request(
            StatusCode::METHOD_NOT_ALLOWED,
            Refusal::new("method_not_allowed", "该地址不支持这种请求方法", "this address does not take this method"),
        )
    }

    /// What the framework refused before a handler saw it.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let refusal = match status {
            StatusCode::NOT_FOUND => return Self::no_such_address(),
            StatusCode::METHOD_NOT_ALLOWED => return Self::method_not_allowed(),
            StatusCode::PAYLOAD_TOO_LARGE => Refusal::new("too_large", "请求内容过大", "the request is too large"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                Refusal::new("unsupported_media_type", "不支持的内容类型", "this content type is not taken")
            }
            status if status.is_client_error() => {
                Refusal::new("bad_request", "请求无法读取", "the request cannot be read")
            }
            status => return Self::Operation(Error::internal(format!("answered {status}"))),
        };
        Self::request(status, refusal)
    }

    /// What may be said in the log; never personal data.
    pub(crate) fn internal(&self) -> Option<&str> {
        match self {
            Self::Operation(Error::Internal(text)) => Some(text),
            _ => None,
        }
    }

    /// The stable code.
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Operation(error) => error.code(),
            Self::Request(_, refusal) => refusal.code,
        }
    }

    /// A header that goes along.
    pub(crate) fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        match self {
            Self::Operation(Error::TooMany { retry_after_ms }) => {
                let seconds = retry_after_ms.saturating_add(999) / 1_000;
                Some((RETRY_AFTER, HeaderValue::from(seconds.max(1))))
            }
            Self::Operation(Error::Busy) => Some((RETRY_AFTER, HeaderValue::from(1))),
            Self::Operation(Error::Unauthenticated) => {
                Some((WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"returndesk\"")))
            }
            _ => None,
        }
    }

    /// The body in the reader's language.
    pub(crate) fn body(&self, lang: Lang, request_id: &str) -> ErrorBody {
        let refusal = match self {
            Self::Operation(Error::Invalid(refusal) | Error::Conflict(refusal)) | Self::Request(_, refusal) => refusal,
            Self::Operation(error) => &Box::new(words(error)),
        };
        let text = |text: &Text| text.get(lang).to_owned();
        let field = |problem: &operations::FieldProblem| FieldError {
            field: problem.field.clone(),
            code: problem.code.clone(),
            message: text(&problem.message),
        };
        ErrorBody {
            code: self.code().to_owned(),
            message: text(&refusal.message),
            fields: refusal.fields.iter().map(field).collect(),
            help: refusal.help.as_ref().map(text),
            request_id: request_id.to_owned(),
        }
    }
}

/// The status of each refusal.
fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound(_) => StatusCode::NOT_FOUND,
        Error::Unauthenticated => StatusCode::UNAUTHORIZED,
        Error::Forbidden(_) => StatusCode::FORBIDDEN,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Busy | Error::Deadline => StatusCode::SERVICE_UNAVAILABLE,
        Error::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The words of refusals that carry none.
fn words(error: &Error) -> Refusal {
    match error {
        Error::NotFound(_) => Refusal::new("not_found", "没有找到，或您无权查看", "not found, or not for you to see"),
        Error::Unauthenticated => Refusal::new("unauthenticated", "请先登录", "sign in first"),
        Error::Forbidden(permission) => {
            let zh = format!("您没有权限：{permission}");
            Refusal::new("forbidden", zh, format!("you lack the permission `{permission}`"))
                .help("请联系系统管理员授予相应角色", "ask the system administrator for a role that has it")
        }
        Error::TooMany { retry_after_ms } => {
            let seconds = (retry_after_ms.saturating_add(999) / 1_000).max(1);
            let zh = format!("尝试次数过多，请 {seconds} 秒后再试");
            Refusal::new("too_many", zh, format!("too many tries; try again in {seconds} s"))
        }
        Error::Busy => Refusal::new("busy", "系统繁忙，请稍后重试", "the server is busy; try again shortly"),
        Error::Deadline => Refusal::new("deadline", "查询耗时过长，已中止", "the query took too long and was stopped")
            .help("请缩小查询范围", "narrow the query"),
        Error::DiskFull => Refusal::new("disk_full", "磁盘已满，没有任何改动", "the disk is full; nothing was changed")
            .help("请联系系统管理员清理磁盘", "ask the system administrator to free disk space"),
        Error::Invalid(_) | Error::Conflict(_) | Error::Internal(_) => {
            Refusal::new("internal", "服务器内部错误", "an internal error")
                .help("请把请求编号告诉系统管理员", "tell the system administrator the request id")
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Operation(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Operation(error) => status(error),
            Self::Request(status, _) => *status,
        }
    }
    // The body needs the reader's language and the request's id: `frame` writes it.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}
