//! Group robots of DingTalk, WeCom and Feishu: a title, the words and a link to what is to be done.

use engine::channel::ChannelKind;
use serde_json::{Value, json};

use super::sign::hmac_base64;
use super::{Call, Connection, Letter};

/// WeCom takes no more in one text, in bytes.
const WECOM_TEXT_BYTES: usize = 2_048;
/// Feishu takes 20 KB in all, DingTalk about as much; the words are cut well below.
const MAX_WORDS_BYTES: usize = 8_000;

pub(super) fn compose(connection: &Connection, letter: &Letter, now_ms: i64) -> Call {
    let secret = connection.secret.secret.as_str();
    let letter = &with_keyword(connection, letter);
    let mut url = connection.secret.address.clone();
    let mut body = match connection.kind {
        ChannelKind::Dingtalk => dingtalk(letter),
        ChannelKind::Wecom => wecom(letter),
        _ => feishu(letter),
    };
    match connection.kind {
        ChannelKind::Dingtalk if !secret.is_empty() => {
            let sign = dingtalk_sign(now_ms, secret);
            url = format!("{url}&timestamp={now_ms}&sign={}", percent(&sign));
        }
        ChannelKind::Feishu if !secret.is_empty() => {
            let seconds = now_ms / 1_000;
            if let Value::Object(map) = &mut body {
                map.insert("timestamp".to_owned(), json!(seconds.to_string()));
                map.insert("sign".to_owned(), json!(feishu_sign(seconds, secret)));
            }
        }
        _ => {}
    }
    let headers = vec![("Content-Type".to_owned(), "application/json; charset=utf-8".to_owned())];
    Call { url, headers, body: body.to_string() }
}

/// Of DingTalk the secret is the key and the message is `timestamp\nsecret`.
fn dingtalk_sign(now_ms: i64, secret: &str) -> String {
    hmac_base64(secret.as_bytes(), format!("{now_ms}\n{secret}").as_bytes())
}

/// Of Feishu `timestamp\nsecret` is the key and the message is empty; its time is in seconds.
fn feishu_sign(seconds: i64, secret: &str) -> String {
    hmac_base64(format!("{seconds}\n{secret}").as_bytes(), b"")
}

// A robot that is secured by a word drops every message without it.
fn with_keyword(connection: &Connection, letter: &Letter) -> Letter {
    let word = connection.settings.keyword.trim();
    let mut letter = letter.clone();
    letter.text = cut(&letter.text, MAX_WORDS_BYTES);
    letter.subject = cut(&letter.subject, 200);
    if letter.subject.is_empty() {
        letter.subject = cut(&letter.text, 60);
    }
    if !word.is_empty() && !letter.subject.contains(word) && !letter.text.contains(word) {
        letter.text = format!("{} {word}", letter.text);
    }
    letter
}

fn dingtalk(letter: &Letter) -> Value {
    match &letter.link {
        Some(link) => json!({
            "msgtype": "link",
            "link": { "title": letter.subject, "text": letter.text, "messageUrl": link, "picUrl": "" },
        }),
        None => json!({ "msgtype": "text", "text": { "content": format!("{}\n{}", letter.subject, letter.text) } }),
    }
}

fn wecom(letter: &Letter) -> Value {
    let tail = letter.link.as_ref().map(|link| format!("\n{}：{link}", letter.link_title)).unwrap_or_default();
    // What is cut is the words, never the link.
    let room = WECOM_TEXT_BYTES.saturating_sub(letter.subject.len() + 1 + tail.len());
    let content = format!("{}\n{}{tail}", letter.subject, cut(&letter.text, room));
    json!({ "msgtype": "text", "text": { "content": content } })
}

fn feishu(letter: &Letter) -> Value {
    let mut lines = vec![json!([{ "tag": "text", "text": letter.text }])];
    if let Some(link) = &letter.link {
        lines.push(json!([{ "tag": "a", "text": letter.link_title, "href": link }]));
    }
    json!({
        "msg_type": "post",
        "content": { "post": { "zh_cn": { "title": letter.subject, "content": lines } } },
    })
}

/// A text of at most so many bytes, cut between letters.
fn cut(text: &str, bytes: usize) -> String {
    if text.len() <= bytes {
        return text.to_owned();
    }
    let room = bytes.saturating_sub('…'.len_utf8());
    let end = (0..=room).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    format!("{}…", &text[..end])
}

/// What base64 has beside letters and digits, as an address writes it.
pub(super) fn percent(text: &str) -> String {
    let mut written = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use engine::channel::{ChannelSecret, ChannelSettings};

    use super::*;

    fn robot(kind: ChannelKind, address: &str, secret: &str) -> Connection {
        let secret = ChannelSecret { address: address.to_owned(), secret: secret.to_owned() };
        Connection { kind, settings: ChannelSettings::default(), secret }
    }

    fn letter(text: &str) -> Letter {
        Letter {
            subject: "RT-1 超时".to_owned(),
            text: text.to_owned(),
            link: Some("https://desk.example/desk/tasks/7".to_owned()),
            link_title: "打开任务".to_owned(),
            ..Letter::default()
        }
    }

    #[test]
    fn the_known_vectors_hold() {
        assert_eq!(dingtalk_sign(1_700_000_000_000, "SECtest"), "aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g=");
        assert_eq!(feishu_sign(1_700_000_000, "SECtest"), "G7XpBpG8NgG02fJOAhX6FRAObIljmFoxVReo8I62pEk=");
    }

    #[test]
    fn dingtalk_signs_in_the_address_and_feishu_in_the_body() {
        let at = 1_700_000_000_000;
        let call =
            compose(&robot(ChannelKind::Dingtalk, "https://d/robot/send?access_token=t", "SECtest"), &letter("x"), at);
        assert_eq!(
            call.url,
            "https://d/robot/send?access_token=t&timestamp=1700000000000&sign=aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g%3D"
        );
        let call = compose(&robot(ChannelKind::Feishu, "https://f/hook/t", "SECtest"), &letter("x"), at);
        assert_eq!(call.url, "https://f/hook/t");
        let body: Value = serde_json::from_str(&call.body).unwrap_or_default();
        assert_eq!(body["timestamp"], "1700000000");
        assert_eq!(body["sign"], "G7XpBpG8NgG02fJOAhX6FRAObIljmFoxVReo8I62pEk=");
        let unsigned = compose(&robot(ChannelKind::Wecom, "https://w/send?key=t", ""), &letter("x"), at);
        assert_eq!(unsigned.url, "https://w/send?key=t");
    }

    #[test]
    fn the_link_survives_a_text_that_is_too_long() {
        let call = compose(&robot(ChannelKind::Wecom, "https://w/send?key=t", ""), &letter(&"长".repeat(5_000)), 0);
        let body: Value = serde_json::from_str(&call.body).unwrap_or_default();
        let content = body["text"]["content"].as_str().unwrap_or_default();
        assert!(content.len() <= WECOM_TEXT_BYTES, "{}", content.len());
        assert!(content.ends_with("打开任务：https://desk.example/desk/tasks/7"), "{content}");
    }

    #[test]
    fn the_keyword_is_never_missing() {
        let mut connection = robot(ChannelKind::Dingtalk, "https://d/robot/send?access_token=t", "");
        connection.settings.keyword = "退换货".to_owned();
        let call = compose(&connection, &letter("x"), 0);
        assert_eq!(call.body.matches("退换货").count(), 1);
        let call = compose(&connection, &letter("退换货 x"), 0);
        assert_eq!(call.body.matches("退换货").count(), 1);
    }
}
