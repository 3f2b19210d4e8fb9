//! What does not fit in a channel's settings, field by field.

use domain::Text;

use super::{ChannelKind, ChannelSecret, ChannelSettings, GATEWAY_PLACES, Quiet, QuietHours, Security};
use crate::similar::closest;

/// Longest text of a setting, in characters.
pub const MAX_TEXT_CHARS: usize = 500;
/// Largest body, header list and certificate, in bytes.
pub const MAX_BODY_BYTES: usize = 20_000;

/// What is wrong with a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingProblem {
    /// The field.
    pub field: &'static str,
    /// Stable code.
    pub code: &'static str,
    /// What is wrong and what would help.
    pub message: Text,
}

/// What does not fit. `secret` is what was typed; `keeps` says that a secret stands already and stays when none is typed.
#[must_use]
pub fn problems(
    kind: ChannelKind,
    settings: &ChannelSettings,
    secret: &ChannelSecret,
    keeps: bool,
) -> Vec<SettingProblem> {
    let mut found = Vec::new();
    match kind {
        ChannelKind::Email => email(settings, secret, keeps, &mut found),
        ChannelKind::Sms => sms(settings, &mut found),
        ChannelKind::Webhook => webhook(settings, secret, keeps, &mut found),
        ChannelKind::Dingtalk | ChannelKind::Wecom | ChannelKind::Feishu => {
            robot(kind, settings, secret, keeps, &mut found);
        }
    }
    lengths(settings, secret, &mut found);
    if settings.per_minute > 10_000 {
        found.push(problem("per_minute", "out_of_range", "应在 0 到 10000 之间", "between 0 and 10,000"));
    }
    for (field, hours) in [("quiet_customer", settings.quiet_customer), ("quiet_staff", settings.quiet_staff)] {
        found.extend(quiet(field, hours));
    }
    if !settings.ca_pem.trim().is_empty() && !settings.ca_pem.contains("-----BEGIN CERTIFICATE-----") {
        found.push(problem(
            "ca_pem",
            "not_pem",
            "不是 PEM 证书：应以 -----BEGIN CERTIFICATE----- 开头",
            "not a PEM certificate: it begins with -----BEGIN CERTIFICATE-----",
        ));
    }
    found
}

fn problem(field: &'static str, code: &'static str, zh: &str, en: &str) -> SettingProblem {
    SettingProblem { field, code, message: Text::new(zh, en) }
}

fn email(settings: &ChannelSettings, secret: &ChannelSecret, keeps: bool, found: &mut Vec<SettingProblem>) {
    if settings.host.trim().is_empty() || settings.host.contains([' ', '/', ':']) {
        found.push(problem(
            "host",
            "host_malformed",
            "填写邮件服务器的名称，例如 smtp.example.com，不带 http:// 和端口",
            "the mail server's name, such as smtp.example.com, without http:// and port",
        ));
    }
    if address_of(&settings.from).is_none() {
        found.push(problem(
            "from",
            "address_malformed",
            "填写发件人地址，例如 退换货 <returns@example.com>",
            "an address, such as Returns <returns@example.com>",
        ));
    }
    if !settings.reply_to.is_empty() && address_of(&settings.reply_to).is_none() {
        found.push(problem("reply_to", "address_malformed", "不是邮箱地址", "not a mail address"));
    }
    if !settings.user.is_empty() && secret.secret.is_empty() && !keeps {
        found.push(problem("secret", "required", "填写这个帐号的密码或授权码", "the password of this account"));
    }
    if settings.security == Security::Plain && !settings.user.is_empty() {
        found.push(problem(
            "security",
            "password_in_the_clear",
            "不加密的连接不发送密码：改用 STARTTLS 或 TLS，或去掉帐号",
            "a password is not sent without TLS: use STARTTLS or TLS, or leave the account out",
        ));
    }
    if settings.security == Security::Plain && !settings.inside {
        found.push(problem(
            "security",
            "in_the_clear",
            "不加密只能用于本机或内网的服务器：勾选“在自己的网络内”，或改用 TLS",
            "without TLS only a server in the own network is used: tick that, or use TLS",
        ));
    }
}

fn sms(settings: &ChannelSettings, found: &mut Vec<SettingProblem>) {
    address(settings, &settings.url, "url", found);
    let body = settings.body.as_str();
    if !body.contains("{{to}}") {
        found.push(problem("body", "no_receiver", "内容里缺少 {{to}}（手机号）", "the body lacks {{to}}, the phone"));
    }
    if !body.contains("{{text}}") && !body.contains("{{template}}") {
        found.push(problem(
            "body",
            "no_text",
            "内容里缺少 {{text}}（正文）或 {{template}}（模板编号）",
            "the body lacks {{text}} or {{template}}",
        ));
    }
    for (field, source) in [("body", body), ("headers", settings.headers.as_str())] {
        found.extend(places(field, source));
    }
    let fit = |line: &str| line.split_once(':').is_some_and(|(name, _)| is_token(name.trim()));
    if !settings.headers.lines().filter(|line| !line.trim().is_empty()).all(fit) {
        found.push(problem("headers", "header_malformed", "每行一个，写作 名称: 值", "one a line, as Name: value"));
    }
    let answer = &settings.answer;
    if !answer.code_at.is_empty() && answer.good.trim().is_empty() {
        found.push(problem(
            "answer.good",
            "required",
            "填写表示成功的代码，例如 OK 或 0",
            "the codes that mean taken, such as OK or 0",
        ));
    }
}

fn places(field: &'static str, source: &str) -> Vec<SettingProblem> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some((_, behind)) = rest.split_once("{{") {
        let Some((name, after)) = behind.split_once("}}") else {
            found.push(problem(field, "open_place", "“{{”没有用“}}”闭合", "`{{` is not closed by `}}`"));
            break;
        };
        let name = name.trim();
        if !GATEWAY_PLACES.contains(&name) {
            let near = closest(name, GATEWAY_PLACES.iter().copied());
            let (zh, en) = match near {
                Some(near) => {
                    (format!("没有“{name}”，是否指“{near}”？"), format!("no `{name}`; did you mean `{near}`?"))
                }
                None => {
                    let all = GATEWAY_PLACES.join(", ");
                    (format!("没有“{name}”，可用：{all}"), format!("no `{name}`; there are {all}"))
                }
            };
            found.push(problem(field, "unknown_place", &zh, &en));
        }
        rest = after;
    }
    found
}

fn webhook(settings: &ChannelSettings, secret: &ChannelSecret, keeps: bool, found: &mut Vec<SettingProblem>) {
    address(settings, &settings.url, "url", found);
    if secret.secret.is_empty() && !keeps {
        found.push(problem(
            "secret",
            "required",
            "填写签名密钥：对方据此确认消息来自这里",
            "a secret to sign with: the receiver knows by it that the call is ours",
        ));
    }
}

fn robot(
    kind: ChannelKind,
    settings: &ChannelSettings,
    secret: &ChannelSecret,
    keeps: bool,
    found: &mut Vec<SettingProblem>,
) {
    if secret.address.is_empty() {
        if !keeps {
            found.push(problem(
                "address",
                "required",
                "从群设置的机器人里复制完整的 Webhook 地址",
                "the robot's whole webhook address, copied from the group's settings",
            ));
        }
        return;
    }
    address(settings, &secret.address, "address", found);
    let sign = match kind {
        ChannelKind::Dingtalk => secret.address.contains("access_token="),
        ChannelKind::Wecom => secret.address.contains("key="),
        _ => secret.address.contains("/hook/"),
    };
    if !sign {
        found.push(problem(
            "address",
            "not_a_robot",
            "地址里没有机器人的令牌，请复制完整地址",
            "the address lacks the robot's token; copy the whole of it",
        ));
    }
}

fn address(settings: &ChannelSettings, url: &str, field: &'static str, found: &mut Vec<SettingProblem>) {
    let rest = url.strip_prefix("https://").map(|rest| (true, rest));
    let rest = rest.or_else(|| url.strip_prefix("http://").map(|rest| (false, rest)));
    match rest {
        Some((secure, rest)) if !rest.is_empty() && !rest.starts_with('/') && !url.contains(' ') => {
            if !secure && !settings.inside {
                found.push(problem(
                    field,
                    "in_the_clear",
                    "http 只能用于自己网络内的服务：勾选“在自己的网络内”，或改用 https",
                    "http is for services in the own network only: tick that, or use https",
                ));
            }
        }
        _ => found.push(problem(
            field,
            "address_malformed",
            "填写完整网址，以 https:// 开头",
            "a whole address that begins with https://",
        )),
    }
}

fn quiet(field: &'static str, hours: QuietHours) -> Option<SettingProblem> {
    let outside = hours.from_minute >= 1_440 || hours.to_minute >= 1_440;
    let nothing = hours.quiet == Quiet::Between && hours.from_minute == hours.to_minute;
    (outside || nothing).then(|| {
        problem(field, "hours_malformed", "开始和结束要是一天内两个不同的时间", "two different times of a day")
    })
}

fn lengths(settings: &ChannelSettings, secret: &ChannelSecret, found: &mut Vec<SettingProblem>) {
    let short: [(&'static str, &str); 9] = [
        ("url", &settings.url),
        ("host", &settings.host),
        ("user", &settings.user),
        ("from", &settings.from),
        ("reply_to", &settings.reply_to),
        ("signature", &settings.signature),
        ("keyword", &settings.keyword),
        ("secret", &secret.secret),
        ("address", &secret.address),
    ];
    for (field, text) in short {
        if text.chars().nth(MAX_TEXT_CHARS).is_some() || text.chars().any(char::is_control) {
            found.push(problem(field, "too_long", "太长，或含有换行", "too long, or of several lines"));
        }
    }
    for (field, text) in [("body", &settings.body), ("headers", &settings.headers), ("ca_pem", &settings.ca_pem)] {
        if text.len() > MAX_BODY_BYTES {
            found.push(problem(field, "too_long", "太长：最多 20,000 字节", "too long: at most 20,000 bytes"));
        }
    }
}

fn is_token(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_')
}

/// The bare address of `Name <address>` or of an address alone.
fn address_of(text: &str) -> Option<&str> {
    let bare = match text.rsplit_once('<') {
        Some((_, rest)) => rest.strip_suffix('>')?,
        None => text,
    };
    let bare = bare.trim();
    let (local, host) = bare.rsplit_once('@')?;
    (!local.is_empty() && host.contains('.') && !bare.contains(' ')).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: ChannelKind, settings: &ChannelSettings, secret: &str, expect: &[&str]) {
        let address = if kind.is_robot() { secret } else { "" };
        let secret = ChannelSecret { address: address.to_owned(), secret: secret.to_owned() };
        let found: Vec<_> = problems(kind, settings, &secret, false).iter().map(|problem| problem.field).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn mail_needs_a_server_an_address_and_a_safe_line() {
        let good = ChannelSettings {
            host: "smtp.example.com".to_owned(),
            from: "退换货 <returns@example.com>".to_owned(),
            user: "returns".to_owned(),
            ..ChannelSettings::default()
        };
        check(ChannelKind::Email, &good, "pw", &[]);
        check(ChannelKind::Email, &good, "", &["secret"]);
        check(ChannelKind::Email, &ChannelSettings { host: "https://x".to_owned(), ..good.clone() }, "pw", &["host"]);
        check(ChannelKind::Email, &ChannelSettings { from: "returns".to_owned(), ..good.clone() }, "pw", &["from"]);
        let plain = ChannelSettings { security: Security::Plain, ..good.clone() };
        check(ChannelKind::Email, &plain, "pw", &["security", "security"]);
        check(ChannelKind::Email, &ChannelSettings { ca_pem: "x".to_owned(), ..good }, "pw", &["ca_pem"]);
    }

    #[test]
    fn a_gateway_is_told_whom_and_what() {
        let usual =
            ChannelSettings { url: "https://sms.example".to_owned(), ..ChannelSettings::usual(ChannelKind::Sms) };
        check(ChannelKind::Sms, &usual, "", &[]);
        check(ChannelKind::Sms, &ChannelSettings { body: "{}".to_owned(), ..usual.clone() }, "", &["body", "body"]);
        let typo = ChannelSettings { body: "{{to}} {{text}} {{temlate}}".to_owned(), ..usual.clone() };
        let found = problems(ChannelKind::Sms, &typo, &ChannelSecret::default(), false);
        assert!(found.iter().any(|problem| problem.message.en.contains("did you mean `template`")), "{found:?}");
        check(ChannelKind::Sms, &ChannelSettings { url: "http://10.0.0.1".to_owned(), ..usual.clone() }, "", &["url"]);
        let inside = ChannelSettings { url: "http://10.0.0.1".to_owned(), inside: true, ..usual };
        check(ChannelKind::Sms, &inside, "", &[]);
    }

    #[test]
    fn a_robot_needs_its_token() {
        let settings = ChannelSettings::default();
        check(ChannelKind::Dingtalk, &settings, "https://oapi.example/robot/send?access_token=x", &[]);
        check(ChannelKind::Dingtalk, &settings, "https://oapi.example/robot/send", &["address"]);
        check(ChannelKind::Wecom, &settings, "https://qyapi.example/cgi-bin/webhook/send?key=x", &[]);
        check(ChannelKind::Feishu, &settings, "https://open.example/open-apis/bot/v2/hook/x", &[]);
        check(ChannelKind::Feishu, &settings, "", &["address"]);
    }
}
