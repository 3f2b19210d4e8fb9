//! Text messages through any gateway: what it is told is a document with places, as its manual wants it.

use engine::channel::BodyType;
use serde_json::{Map, Value};

use super::robot::percent;
use super::{Call, Connection, Letter, Told};

pub(super) fn compose(connection: &Connection, letter: &Letter, now_ms: i64) -> Result<Call, Told> {
    let settings = &connection.settings;
    let Some(to) = letter.to.as_deref().filter(|to| !to.is_empty()) else {
        return Err(Told::refused("no_receiver", ""));
    };
    if settings.body.contains("{{template}}") && !settings.body.contains("{{text}}") && letter.template.is_empty() {
        return Err(Told::refused("sms.no_template", ""));
    }
    let params: Map<String, Value> =
        letter.params.iter().map(|(name, value)| (name.clone(), Value::String(value.clone()))).collect();
    let params = Value::Object(params).to_string();
    let text = signed(&settings.signature, &letter.text);
    let now = now_ms.to_string();
    let value = |name: &str| match name {
        "to" => to,
        "text" => text.as_str(),
        "key" => letter.key.as_str(),
        "signature" => settings.signature.as_str(),
        "template" => letter.template.as_str(),
        "params" | "params_text" => params.as_str(),
        "secret" => connection.secret.secret.as_str(),
        "timestamp" => now.as_str(),
        _ => "",
    };
    let (body, media) = match settings.body_type {
        // `{{params}}` is an object of its own; every other place stands inside quotation marks.
        BodyType::Json => (
            filled(&settings.body, |name| if name == "params" { params.clone() } else { in_json(value(name)) }),
            "application/json; charset=utf-8",
        ),
        BodyType::Form => {
            (filled(&settings.body, |name| percent(value(name))), "application/x-www-form-urlencoded; charset=utf-8")
        }
    };
    if settings.body_type == BodyType::Json && serde_json::from_str::<Value>(&body).is_err() {
        return Err(Told::refused("sms.body_not_json", &body));
    }
    let mut headers =
        vec![("Content-Type".to_owned(), media.to_owned()), ("Idempotency-Key".to_owned(), letter.key.clone())];
    for line in settings.headers.lines() {
        if let Some((name, wanted)) = line.split_once(':') {
            // Without a secret there is nothing to sign in with.
            if wanted.contains("{{secret}}") && connection.secret.secret.is_empty() {
                continue;
            }
            let wanted = filled(wanted.trim(), |name| value(name).to_owned());
            headers.push((name.trim().to_owned(), wanted.chars().filter(|letter| !letter.is_control()).collect()));
        }
    }
    Ok(Call { url: settings.url.clone(), headers, body })
}

/// The words with the registered signature in front, once.
fn signed(signature: &str, text: &str) -> String {
    if signature.is_empty() || text.starts_with('【') { text.to_owned() } else { format!("【{signature}】{text}") }
}

fn in_json(text: &str) -> String {
    let quoted = Value::String(text.to_owned()).to_string();
    quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default().to_owned()
}

fn filled(source: &str, value: impl Fn(&str) -> String) -> String {
    let mut whole = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((plain, behind)) = rest.split_once("{{") {
        whole.push_str(plain);
        let Some((name, after)) = behind.split_once("}}") else { break };
        whole.push_str(&value(name.trim()));
        rest = after;
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use engine::channel::{ChannelKind, ChannelSecret, ChannelSettings};
    use serde_json::json;

    use super::*;

    fn gateway(change: impl FnOnce(&mut ChannelSettings)) -> Connection {
        let mut settings = ChannelSettings::usual(ChannelKind::Sms);
        settings.url = "https://sms.example".to_owned();
        settings.signature = "某某商城".to_owned();
        change(&mut settings);
        let secret = ChannelSecret { secret: "tok".to_owned(), ..ChannelSecret::default() };
        Connection { kind: ChannelKind::Sms, settings, secret }
    }

    fn letter() -> Letter {
        Letter {
            key: "k1".to_owned(),
            to: Some("13800000000".to_owned()),
            text: "\"您\"的退货\n已通过".to_owned(),
            template: "SMS_1".to_owned(),
            params: vec![("code".to_owned(), "RT-1 \"x\"".to_owned())],
            ..Letter::default()
        }
    }

    #[test]
    fn a_gateway_gets_its_document_whatever_the_words_hold() {
        let call = compose(&gateway(|_| ()), &letter(), 5).unwrap_or_else(|told| panic!("{told:?}"));
        let body: Value = serde_json::from_str(&call.body).unwrap_or_default();
        let expect = json!({
            "to": "13800000000", "text": "【某某商城】\"您\"的退货\n已通过", "signature": "某某商城", "template": "SMS_1",
            "params": {"code": "RT-1 \"x\""}, "key": "k1",
        });
        assert_eq!(body, expect);
        assert!(call.headers.contains(&("Authorization".to_owned(), "Bearer tok".to_owned())), "{:?}", call.headers);
        assert!(call.headers.contains(&("Idempotency-Key".to_owned(), "k1".to_owned())));
    }

    #[test]
    fn parameters_also_go_as_a_text_and_as_a_form() {
        let call = compose(
            &gateway(|settings| settings.body = r#"{"p":"{{params_text}}","t":"{{to}}"}"#.to_owned()),
            &letter(),
            5,
        );
        let body: Value = call.ok().and_then(|call| serde_json::from_str(&call.body).ok()).unwrap_or_default();
        assert_eq!(body["p"], r#"{"code":"RT-1 \"x\""}"#);
        let form = gateway(|settings| {
            settings.body_type = BodyType::Form;
            settings.body = "mobile={{to}}&tpl={{template}}&param={{params_text}}&t={{timestamp}}".to_owned();
        });
        let body = compose(&form, &letter(), 5).map(|call| call.body).unwrap_or_default();
        assert_eq!(body, "mobile=13800000000&tpl=SMS_1&param=%7B%22code%22%3A%22RT-1%20%5C%22x%5C%22%22%7D&t=5");
    }

    #[test]
    fn what_cannot_be_sent_says_why() {
        let code =
            |connection: &Connection, letter: &Letter| compose(connection, letter, 0).map_err(|told| told.code).err();
        assert_eq!(code(&gateway(|_| ()), &Letter { to: None, ..letter() }).as_deref(), Some("no_receiver"));
        let approved_only = gateway(|settings| settings.body = r#"{"to":"{{to}}","t":"{{template}}"}"#.to_owned());
        let bare = Letter { template: String::new(), ..letter() };
        assert_eq!(code(&approved_only, &bare).as_deref(), Some("sms.no_template"));
        let broken = gateway(|settings| settings.body = "{{to}} {{text}}".to_owned());
        assert_eq!(code(&broken, &letter()).as_deref(), Some("sms.body_not_json"));
    }
}
