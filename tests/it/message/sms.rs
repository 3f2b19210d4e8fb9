//! Text messages through a gateway that wants its own document and refuses with HTTP 200.

use engine::channel::{AnswerRule, ChannelKind, ChannelSecret, ChannelSettings};
use jobs::Post;
use serde_json::json;
use support::{Receiver, World};

use super::{channel, check, post, wait, write_with};

fn gateway(world: &World, url: &str) {
    let settings = ChannelSettings {
        url: url.to_owned(),
        inside: true,
        signature: "某某商城".to_owned(),
        body: r#"{"PhoneNumbers":"{{to}}","SignName":"{{signature}}","TemplateCode":"{{template}}","TemplateParam":"{{params_text}}","OutId":"{{key}}"}"#.to_owned(),
        headers: "X-Token: {{secret}}".to_owned(),
        answer: AnswerRule {
            code_at: "Code".to_owned(),
            good: "OK".to_owned(),
            later: "isv.BUSINESS_LIMIT_CONTROL".to_owned(),
            words_at: "Message".to_owned(),
            id_at: "BizId".to_owned(),
        },
        ..ChannelSettings::default()
    };
    channel(world, ChannelKind::Sms, settings, ChannelSecret { secret: "tok".to_owned(), ..ChannelSecret::default() });
}

/// To the person who is called first, by an approved text.
fn text(world: &World, phone: &'static str) -> domain::OutboxId {
    let person = world.person_id("finance");
    world.system(move |tx, _| Ok(store::person::set_reach(tx, person, "", phone)?)).unwrap();
    let id = write_with(world, "sms", "x", |row| {
        row.body = json!({
            "subject": {"zh": "", "en": ""}, "body": {"zh": "已退款", "en": "refunded"},
            "sms": {"template": "SMS_154950909", "params": {"code": {"zh": "RT-1", "en": "RT-1"}}},
        })
        .to_string();
    });
    world.system(move |tx, _| Ok(store::outbox::address(tx, id, person)?)).unwrap();
    id
}

#[test]
fn an_approved_text_goes_with_its_parameters_and_the_answer_is_read_by_rule() {
    let (world, sender) = (World::new(), Post::default());
    let receiver = Receiver::start(|heard, before| {
        let fits = heard.body["TemplateCode"] == "SMS_154950909"
            && heard.body["TemplateParam"] == r#"{"code":"RT-1"}"#
            && heard.body["SignName"] == "某某商城"
            && heard.header("x-token") == "tok";
        let code = match (fits, heard.body["PhoneNumbers"].as_str()) {
            (false, _) => "isv.SMS_TEMPLATE_ILLEGAL",
            (true, Some("13900000000")) => "isv.MOBILE_NUMBER_ILLEGAL",
            (true, _) if before == 0 => "isv.BUSINESS_LIMIT_CONTROL",
            (true, _) => "OK",
        };
        (200, json!({ "Code": code, "Message": "m", "BizId": "B9" }).to_string())
    });
    gateway(&world, &receiver.url);
    let id = text(&world, "13800000001");
    post(&world, &sender);
    check(&world, id, "pending", "sms.later");
    wait(&world, 10_000);
    post(&world, &sender);
    check(&world, id, "sent", "");
    let bad = text(&world, "13900000000");
    post(&world, &sender);
    check(&world, bad, "failed", "sms.refused");
    let nobody = text(&world, "");
    post(&world, &sender);
    check(&world, nobody, "failed", "no_receiver");
    let keys: Vec<_> = receiver.heard().iter().map(|heard| heard.body["OutId"].clone()).collect();
    assert_eq!(keys[0], keys[1], "a text that is tried again keeps its key");
}
