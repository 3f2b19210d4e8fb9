//! What an answer means: the status, and the code in the body of those who refuse with HTTP 200.

use engine::channel::{AnswerRule, ChannelKind};
use reqwest::StatusCode;
use serde_json::Value;

use super::{Connection, Told, What};
use crate::web::short;

/// DingTalk blocks a robot for ten minutes that sent too much.
const DINGTALK_REST_MS: i64 = 600_000;
/// Others for the rest of the minute.
const MINUTE_MS: i64 = 60_000;

/// What an answer means to a channel. `retry_after_ms` is what the header asks for.
pub(super) fn read(connection: &Connection, status: u16, body: &str, retry_after_ms: Option<i64>) -> Told {
    if let Some(told) = by_status(status, body, retry_after_ms) {
        return told;
    }
    match connection.kind {
        ChannelKind::Dingtalk => dingtalk(body),
        ChannelKind::Wecom => wecom(body),
        ChannelKind::Feishu => feishu(body),
        ChannelKind::Sms => gateway(&connection.settings.answer, body),
        ChannelKind::Webhook | ChannelKind::Email => Told::done(""),
    }
}

fn by_status(status: u16, body: &str, retry_after_ms: Option<i64>) -> Option<Told> {
    let words = format!("HTTP {status}: {}", short(body));
    let code = format!("http.{status}");
    let known = StatusCode::from_u16(status).unwrap_or_default();
    match known {
        _ if known.is_success() => None,
        StatusCode::TOO_MANY_REQUESTS => {
            Some(Told::later("rate", words).resting(retry_after_ms.unwrap_or(MINUTE_MS).clamp(1_000, DINGTALK_REST_MS)))
        }
        StatusCode::SERVICE_UNAVAILABLE => Some(Told::later(code, words)),
        // A redirect is not followed: an address that moved is set anew by a person.
        _ if known.is_redirection() => Some(Told::refused("redirect", words)),
        StatusCode::REQUEST_TIMEOUT | StatusCode::CONFLICT | StatusCode::TOO_EARLY => {
            Some(Told::new(What::Unknown, code, words))
        }
        _ if known.is_client_error() => Some(Told::refused(code, words)),
        _ => Some(Told::new(What::Unknown, code, words)),
    }
}

fn number(body: &Value, name: &str) -> Option<i64> {
    body.get(name).and_then(|value| value.as_i64().or_else(|| value.as_str()?.parse().ok()))
}

fn parsed(body: &str) -> Result<Value, Told> {
    serde_json::from_str(body).map_err(|_| Told::new(What::Unknown, "not_an_answer", body))
}

fn dingtalk(body: &str) -> Told {
    let value = match parsed(body) {
        Ok(value) => value,
        Err(told) => return told,
    };
    let words = format!("errcode {}: {}", value["errcode"], value["errmsg"].as_str().unwrap_or_default());
    match number(&value, "errcode") {
        Some(0) => Told::done(""),
        Some(130_101) => Told::later("robot.rate", words).resting(DINGTALK_REST_MS),
        Some(-1) => Told::later("robot.busy", words),
        Some(310_000) => Told::refused(dingtalk_security(&words), words),
        Some(300_001 | 40_035 | 300_005 | 400_101) => Told::refused("robot.token", words),
        Some(_) => Told::refused("robot.other", words),
        None => Told::new(What::Unknown, "not_an_answer", body),
    }
}

// One code for four checks; the words tell which.
fn dingtalk_security(words: &str) -> &'static str {
    let words = words.to_lowercase();
    if words.contains("keyword") {
        "robot.keyword"
    } else if words.contains("ip") && !words.contains("timestamp") {
        "robot.ip"
    } else if words.contains("timestamp") {
        "robot.clock"
    } else {
        "robot.sign"
    }
}

fn wecom(body: &str) -> Told {
    let value = match parsed(body) {
        Ok(value) => value,
        Err(told) => return told,
    };
    let words = format!("errcode {}: {}", value["errcode"], value["errmsg"].as_str().unwrap_or_default());
    match number(&value, "errcode") {
        Some(0) => Told::done(""),
        Some(45_009) => Told::later("robot.rate", words).resting(MINUTE_MS),
        Some(-1 | 45_033) => Told::later("robot.busy", words),
        Some(93_000) => Told::refused("robot.token", words),
        Some(60_020) => Told::refused("robot.ip", words),
        Some(_) => Told::refused("robot.other", words),
        None => Told::new(What::Unknown, "not_an_answer", body),
    }
}

fn feishu(body: &str) -> Told {
    let value = match parsed(body) {
        Ok(value) => value,
        Err(told) => return told,
    };
    let words = format!("code {}: {}", value["code"], value["msg"].as_str().unwrap_or_default());
    // Older robots answer a success with `StatusCode` alone.
    match number(&value, "code").or_else(|| number(&value, "StatusCode")) {
        Some(0) => Told::done(""),
        Some(11_232) => Told::later("robot.rate", words).resting(MINUTE_MS),
        Some(99_991_400) => Told::later("robot.rate", words).resting(MINUTE_MS),
        Some(19_001) => Told::refused("robot.token", words),
        Some(19_021) => Told::refused("robot.sign", words),
        Some(19_022) => Told::refused("robot.ip", words),
        Some(19_024) => Told::refused("robot.keyword", words),
        Some(_) => Told::refused("robot.other", words),
        None => Told::new(What::Unknown, "not_an_answer", body),
    }
}

/// A gateway's answer by the rule that is configured.
fn gateway(rule: &AnswerRule, body: &str) -> Told {
    if rule.code_at.is_empty() {
        let id = serde_json::from_str::<Value>(body).ok().and_then(|value| text_at(&value, "id"));
        return Told::done(id.unwrap_or_default());
    }
    let value = match parsed(body) {
        Ok(value) => value,
        Err(told) => return told,
    };
    let Some(code) = text_at(&value, &rule.code_at) else {
        return Told::new(What::Unknown, "not_an_answer", body);
    };
    let words = Some(rule.words_at.as_str()).filter(|at| !at.is_empty()).and_then(|at| text_at(&value, at));
    let words = format!("{code}: {}", words.unwrap_or_default());
    let named = |list: &str| list.split([',', '，']).any(|one| one.trim() == code);
    if named(&rule.good) {
        let id = Some(rule.id_at.as_str()).filter(|at| !at.is_empty()).and_then(|at| text_at(&value, at));
        Told::done(id.unwrap_or_default())
    } else if named(&rule.later) {
        Told::later("sms.later", words)
    } else {
        Told::refused("sms.refused", words)
    }
}

/// The text, number or truth at a path such as `SendStatusSet.0.Code`.
fn text_at(value: &Value, path: &str) -> Option<String> {
    let mut place = value;
    for step in path.split('.') {
        place = match place {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
            other => other.get(step)?,
        };
    }
    match place {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use engine::channel::{ChannelSecret, ChannelSettings};

    use super::*;

    #[track_caller]
    fn check(kind: ChannelKind, status: u16, body: &str, expect: (What, &str)) {
        let settings = ChannelSettings {
            answer: AnswerRule {
                code_at: "SendStatusSet.0.Code".to_owned(),
                good: "Ok, OK".to_owned(),
                later: "LimitExceeded.Daily".to_owned(),
                words_at: "SendStatusSet.0.Message".to_owned(),
                id_at: "SendStatusSet.0.SerialNo".to_owned(),
            },
            ..ChannelSettings::default()
        };
        let connection = Connection { kind, settings, secret: ChannelSecret::default() };
        let told = read(&connection, status, body, None);
        assert_eq!((told.what, told.code.as_str()), expect, "{body}");
    }

    #[test]
    fn robots_refuse_with_200() {
        use ChannelKind::{Dingtalk, Feishu, Wecom};
        check(Dingtalk, 200, r#"{"errcode":0,"errmsg":"ok"}"#, (What::Done, ""));
        check(Dingtalk, 200, r#"{"errcode":130101,"errmsg":"send too fast"}"#, (What::Later, "robot.rate"));
        check(Dingtalk, 200, r#"{"errcode":310000,"errmsg":"sign not match"}"#, (What::Refused, "robot.sign"));
        check(
            Dingtalk,
            200,
            r#"{"errcode":310000,"errmsg":"keywords not in content"}"#,
            (What::Refused, "robot.keyword"),
        );
        check(
            Dingtalk,
            200,
            r#"{"errcode":310000,"errmsg":"ip 1.2.3.4 not in whitelist"}"#,
            (What::Refused, "robot.ip"),
        );
        check(Dingtalk, 200, r#"{"errcode":310000,"errmsg":"invalid timestamp"}"#, (What::Refused, "robot.clock"));
        check(Dingtalk, 200, r#"{"errcode":-1,"errmsg":"busy"}"#, (What::Later, "robot.busy"));
        check(Dingtalk, 200, "<html>", (What::Unknown, "not_an_answer"));
        check(Wecom, 200, r#"{"errcode":0}"#, (What::Done, ""));
        check(Wecom, 200, r#"{"errcode":45009,"errmsg":"api freq out of limit"}"#, (What::Later, "robot.rate"));
        check(Wecom, 200, r#"{"errcode":93000,"errmsg":"invalid webhook url"}"#, (What::Refused, "robot.token"));
        check(Feishu, 200, r#"{"code":0}"#, (What::Done, ""));
        check(Feishu, 200, r#"{"StatusCode":0,"StatusMessage":"success"}"#, (What::Done, ""));
        check(Feishu, 200, r#"{"code":19021,"msg":"sign match fail"}"#, (What::Refused, "robot.sign"));
        check(Feishu, 200, r#"{"code":19024,"msg":"Key Words Not Found"}"#, (What::Refused, "robot.keyword"));
        check(Feishu, 200, r#"{"code":11232,"msg":"busy"}"#, (What::Later, "robot.rate"));
        check(Feishu, 200, r#"{"code":9499,"msg":"bad"}"#, (What::Refused, "robot.other"));
        check(Feishu, 429, "", (What::Later, "rate"));
    }

    #[test]
    fn a_gateway_is_read_by_its_rule() {
        let answer = |code: &str| format!(r#"{{"SendStatusSet":[{{"Code":"{code}","Message":"m","SerialNo":"9"}}]}}"#);
        check(ChannelKind::Sms, 200, &answer("Ok"), (What::Done, ""));
        check(ChannelKind::Sms, 200, &answer("LimitExceeded.Daily"), (What::Later, "sms.later"));
        check(ChannelKind::Sms, 200, &answer("FailedOperation.X"), (What::Refused, "sms.refused"));
        check(ChannelKind::Sms, 200, "{}", (What::Unknown, "not_an_answer"));
        check(ChannelKind::Sms, 401, "", (What::Refused, "http.401"));
    }

    #[test]
    fn a_status_says_only_what_is_certain() {
        check(ChannelKind::Webhook, 204, "", (What::Done, ""));
        check(ChannelKind::Webhook, 302, "", (What::Refused, "redirect"));
        check(ChannelKind::Webhook, 410, "", (What::Refused, "http.410"));
        check(ChannelKind::Webhook, 500, "", (What::Unknown, "http.500"));
        check(ChannelKind::Webhook, 503, "", (What::Later, "http.503"));
        check(ChannelKind::Webhook, 408, "", (What::Unknown, "http.408"));
    }
}
