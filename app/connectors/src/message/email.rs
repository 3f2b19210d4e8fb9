//! Mail: written once, sent with TLS and an account, refusals told apart as the server's codes do.

use std::time::Duration;

use engine::channel::{ChannelSettings, Security};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::guard::{INSIDE, resolve};
use super::{Connection, Letter, Told, What};

/// How long a server may take over each step.
const STEP_WITHIN: Duration = Duration::from_secs(15);

pub(super) fn compose(connection: &Connection, letter: &Letter) -> Result<Message, Told> {
    let settings = &connection.settings;
    let Some(to) = letter.to.as_deref().filter(|to| !to.is_empty()) else {
        return Err(Told::refused("no_receiver", ""));
    };
    let to: Mailbox = to.parse().map_err(|_| Told::refused("smtp.bad_address", to))?;
    let from: Mailbox = settings.from.parse().map_err(|_| Told::refused("smtp.bad_from", &settings.from))?;
    // The same however often it is sent: servers and readers know a twin by it.
    let id = blake3::hash(letter.key.as_bytes()).to_hex();
    let host = settings.from.rsplit('@').next().unwrap_or_default().trim_end_matches('>');
    let mut mail = Message::builder()
        .message_id(Some(format!("<{}@{host}>", &id.as_str()[..32])))
        .from(from)
        .to(to)
        .subject(one_line(&letter.subject));
    if !settings.reply_to.is_empty() {
        let reply: Mailbox =
            settings.reply_to.parse().map_err(|_| Told::refused("smtp.bad_from", &settings.reply_to))?;
        mail = mail.reply_to(reply);
    }
    let text = match &letter.link {
        Some(link) => format!("{}\n\n{}：{link}\n", letter.text, letter.link_title),
        None => format!("{}\n", letter.text),
    };
    let part = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(text);
    mail.singlepart(part).map_err(|error| Told::refused("smtp.malformed", error.to_string()))
}

fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// Sends a mail.
pub(super) async fn send(connection: &Connection, mail: Message) -> Told {
    let settings = &connection.settings;
    let address = match resolve(&settings.host, settings.mail_port(), settings.inside).await {
        Ok(found) => found.first().copied(),
        Err(error) if error.to_string() == INSIDE => return Told::refused("inside", &settings.host),
        Err(error) => return Told::later("dns", error.to_string()),
    };
    let Some(address) = address else { return Told::later("dns", &settings.host) };
    let tls = match tls(settings) {
        Ok(tls) => tls,
        Err(told) => return told,
    };
    // The address that was looked at is the one that is called; the certificate is checked for the name.
    let mut server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(address.ip().to_string())
        .port(address.port())
        .timeout(Some(STEP_WITHIN))
        .tls(tls);
    if !settings.user.is_empty() {
        server = server.credentials(Credentials::new(settings.user.clone(), connection.secret.secret.clone()));
    }
    match server.build().send(mail).await {
        Ok(response) => Told::done(response.message().next().unwrap_or_default()),
        Err(error) => told(&error),
    }
}

fn tls(settings: &ChannelSettings) -> Result<Tls, Told> {
    if settings.security == Security::Plain {
        return Ok(Tls::None);
    }
    let broken = |error: lettre::transport::smtp::Error| Told::refused("smtp.ca", words(&error));
    let mut parameters = TlsParameters::builder(settings.host.clone()).certificate_store(CertificateStore::Default);
    if !settings.ca_pem.trim().is_empty() {
        let authority = Certificate::from_pem(settings.ca_pem.as_bytes()).map_err(broken)?;
        parameters = parameters.add_root_certificate(authority);
    }
    let parameters = parameters.build_rustls().map_err(broken)?;
    Ok(if settings.security == Security::Tls { Tls::Wrapper(parameters) } else { Tls::Required(parameters) })
}

/// The error with what caused it: the outermost alone says little.
fn words(error: &lettre::transport::smtp::Error) -> String {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let inner_words = inner.to_string();
        if !words.contains(&inner_words) {
            words = format!("{words}: {inner_words}");
        }
        cause = inner.source();
    }
    words
}

fn told(error: &lettre::transport::smtp::Error) -> Told {
    let said = words(error);
    if let Some(status) = error.status() {
        return by_code(&status.to_string(), &said);
    }
    let low = said.to_lowercase();
    if low.contains("certificate") || low.contains("unknownissuer") || error.is_tls() {
        return Told::later("tls", said);
    }
    if low.contains("starttls") {
        return Told::later("smtp.no_starttls", said);
    }
    if error.is_client() && low.contains("authentication mechanism") {
        return Told::later("smtp.no_auth", said);
    }
    if error.is_timeout() {
        return Told::new(What::Unknown, "timeout", said);
    }
    if low.contains("connection refused") || low.contains("connect") {
        return Told::later("connect", said);
    }
    // The line broke somewhere between: the message has an id of its own, so that it may be sent again.
    Told::new(What::Unknown, "lost", said)
}

/// A server's code: whether it is about the account, the receiver, or a matter of time.
fn by_code(code: &str, said: &str) -> Told {
    match code {
        // A person mends the account; until then nothing is lost.
        "530" | "534" | "535" | "538" | "432" | "454" => Told::later("smtp.auth", said).resting(300_000),
        _ if code.starts_with('4') => Told::later("smtp.later", said),
        "552" | "523" => Told::refused("smtp.too_large", said),
        _ => Told::refused("smtp.refused", said),
    }
}

#[cfg(test)]
mod tests {
    use engine::channel::{ChannelKind, ChannelSecret};

    use super::*;

    #[track_caller]
    fn check(code: &str, expect: (What, &str)) {
        let told = by_code(code, "");
        assert_eq!((told.what, told.code.as_str()), expect, "{code}");
    }

    #[test]
    fn a_code_tells_the_account_from_the_receiver_from_the_hour() {
        check("535", (What::Later, "smtp.auth"));
        check("530", (What::Later, "smtp.auth"));
        check("550", (What::Refused, "smtp.refused"));
        check("554", (What::Refused, "smtp.refused"));
        check("451", (What::Later, "smtp.later"));
        check("421", (What::Later, "smtp.later"));
        check("552", (What::Refused, "smtp.too_large"));
    }

    #[test]
    fn a_mail_that_is_tried_again_has_the_same_id() {
        let settings = ChannelSettings { from: "退换货 <returns@rd.test>".to_owned(), ..ChannelSettings::default() };
        let connection = Connection { kind: ChannelKind::Email, settings, secret: ChannelSecret::default() };
        let letter = Letter {
            key: "7:rule:0:customer".to_owned(),
            to: Some("li.wei@example.test".to_owned()),
            subject: "退换货 RT-1\r\nBcc: x@y.test".to_owned(),
            text: "已签收".to_owned(),
            ..Letter::default()
        };
        let id = |letter: &Letter| {
            let mail = compose(&connection, letter).map(|mail| String::from_utf8_lossy(&mail.formatted()).into_owned());
            let mail = mail.unwrap_or_default();
            assert!(!mail.contains("\nBcc:"), "{mail}");
            mail.lines().find(|line| line.starts_with("Message-ID")).unwrap_or_default().to_owned()
        };
        assert!(id(&letter).ends_with("@rd.test>"), "{}", id(&letter));
        assert_eq!(id(&letter), id(&letter));
        assert_ne!(id(&letter), id(&Letter { key: "8".to_owned(), ..letter.clone() }));
        let nobody = compose(&connection, &Letter { to: None, ..letter }).map_err(|told| told.code).err();
        assert_eq!(nobody.as_deref(), Some("no_receiver"));
    }
}
