//! The texts of messages: listed, tried against a case, saved.

use contract::message::{
    MessageTextView, MessageTexts, PREVIEW, PlaceName, SAVE_TEXT, SmsCost, TEXT_LIST, TextPreview, TextRequest,
    TextRule,
};
use contract::template::AppliedView;
use engine::message::SmsParts;
use operations::message_text::{Draft, list, preview, save};

use crate::answer::{Reply, changed, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key};
use crate::registry::Area;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&TEXT_LIST, Doc::view::<MessageTexts>(200), texts);
    area.add(&PREVIEW, Doc::view::<TextPreview>(200).body::<TextRequest>(), try_text);
    area.add(&SAVE_TEXT, Doc::view::<AppliedView>(200).body::<TextRequest>(), save_text);
}

async fn texts(server: Server, caller: Caller) -> Reply {
    let definitions = server.app.definitions();
    let (texts, names) = list::list(caller.actor(), &definitions)?;
    let texts = texts.into_iter().map(|used| MessageTextView {
        id: used.message.id,
        title: used.message.title,
        subject: used.message.subject,
        text: used.message.text,
        sms: used.message.sms,
        rules: used
            .rules
            .into_iter()
            .map(|(title, means, to_customer, enabled)| TextRule { title, means, to_customer, enabled })
            .collect(),
    });
    let names = names.into_iter().map(|(name, help)| PlaceName { name, help });
    ok(&MessageTexts { texts: texts.collect(), names: names.collect() })
}

fn draft(wanted: TextRequest) -> (Draft, String) {
    let sms = wanted.sms.filter(|sms| !sms.template.trim().is_empty() || !sms.params.is_empty());
    (Draft { subject: wanted.subject, text: wanted.text, sms }, wanted.case)
}

async fn try_text(server: Server, caller: Caller, Json(wanted): Json<TextRequest>) -> Reply {
    let definitions = server.app.definitions();
    let (draft, case) = draft(wanted);
    let now = server.app.now();
    let found = server.app.read(|conn| preview::preview(conn, caller.actor(), &definitions, now, &draft, &case))?;
    let cost = |parts: SmsParts| SmsCost { units: parts.units, room: parts.room, parts: parts.parts };
    let (zh, en) = found.parts.unzip();
    ok(&TextPreview {
        problems: found.problems,
        number: found.case.map(|(_, number)| number),
        subject: found.subject,
        text: found.text,
        params: found.params,
        zh: zh.map(cost),
        en: en.map(cost),
    })
}

async fn save_text(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<String>,
    Json(wanted): Json<TextRequest>,
) -> Reply {
    let (draft, _) = draft(wanted);
    let call = caller.call("message_text.save", &key);
    let answer = server.app.run(call, move |tx, ctx| save::save(tx, ctx, &id, &draft)).await?;
    changed(&answer, &AppliedView { release: answer.value.release, changed: answer.value.changed })
}
