//! Cases: lists, the case page, decisions, notes.

use contract::rma::{
    ASSIGN, BatchOutcome, BatchRequest, BatchResult, CASE_CANNED_ANSWERS, CannedOfCase, CannedQuery, CaseForCustomer,
    ContactView, DECIDE_BATCH, DECIDE_STEP, DecideRequest, FOLLOW_UP, FOR_CUSTOMER, FilledAnswer, FollowUpRequest, GET,
    GIVE_INFO, HANDLE_MESSAGES, InfoRequest, LIST, ListQuery, NextForCustomer, NoteRequest, OwnerRequest, REVEAL,
    ReasonRequest, RmaPage, RmaView, SEARCH, SearchQuery, SearchResult, WITHDRAW, WRITE_NOTE,
};
use domain::{PersonId, RmaId};
use operations::error::Refusal;
use operations::order::contact_view;
use operations::rma::{
    answer, assign, canned_answers, decide, follow_up, for_customer, list, message, note, reveal, view as case,
    withdraw,
};
use operations::{Answer, Error, search as find};

use crate::answer::{Reply, changed, ok};
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Id, Json, Key, Paging, Query};
use crate::registry::Area;
use crate::state::{Server, State};
use crate::{rma_view, search_view};

/// Most steps of one batch.
const MAX_BATCH: usize = 100;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&LIST, Doc::view::<RmaPage>(200).query::<ListQuery>(), list_rmas);
    area.add(&GET, Doc::view::<RmaView>(200), get);
    area.add(&FOR_CUSTOMER, Doc::view::<CaseForCustomer>(200), tell_customer);
    area.add(&CASE_CANNED_ANSWERS, Doc::view::<CannedOfCase>(200).query::<CannedQuery>(), canned);
    area.add(&DECIDE_STEP, Doc::view::<RmaView>(200).body::<DecideRequest>(), decide_step);
    area.add(&DECIDE_BATCH, Doc::view::<BatchResult>(200).body::<BatchRequest>(), decide_batch);
    area.add(&GIVE_INFO, Doc::view::<RmaView>(200).body::<InfoRequest>(), give_info);
    area.add(&WITHDRAW, Doc::view::<RmaView>(200).body::<ReasonRequest>(), withdraw_rma);
    area.add(&WRITE_NOTE, Doc::view::<RmaView>(200).body::<NoteRequest>(), write_note);
    area.add(&HANDLE_MESSAGES, Doc::view::<RmaView>(200), handle_messages);
    area.add(&ASSIGN, Doc::view::<RmaView>(200).body::<OwnerRequest>(), assign_rma);
    area.add(&FOLLOW_UP, Doc::view::<RmaView>(200).body::<FollowUpRequest>(), follow_up_rma);
    area.add(&REVEAL, Doc::view::<ContactView>(200), reveal_contact);
    area.add(&SEARCH, Doc::view::<SearchResult>(200).query::<SearchQuery>(), search);
}

async fn list_rmas(server: Server, caller: Caller, paging: Paging, query: Query<ListQuery>) -> Reply {
    let filter = filter(&caller, &query)?;
    let before = paging.after()?;
    let definitions = server.app.definitions();
    let page = server.app.read(|conn| {
        let mut items = list::page(conn, caller.actor(), &filter, before, paging.one_more())?;
        let more = items.len() > paging.limit as usize;
        items.truncate(paging.limit as usize);
        let next = items.last().filter(|_| more).map(|item| item.id.to_string());
        let total = if query.total { list::total(conn, caller.actor(), &filter)? } else { None };
        let items = rma_view::listed(conn, &definitions, caller.actor(), items)?;
        Ok(RmaPage { items, next, total })
    })?;
    ok(&page)
}

fn filter(caller: &Caller, query: &ListQuery) -> Result<list::Filter, Failure> {
    let owner = match query.owner.as_deref() {
        None => None,
        Some("none") => Some(None),
        Some("me") => Some(caller.actor().person()),
        Some(id) => Some(Some(owner_id(id)?)),
    };
    Ok(list::Filter {
        state: query.state,
        owner,
        shop: query.shop,
        warehouse: query.warehouse,
        stage: query.stage.clone(),
        goods: query.goods,
        money: query.money,
    })
}

fn owner_id(text: &str) -> Result<PersonId, Failure> {
    text.parse().map_err(|_| {
        let refusal = Refusal::new("wrong_owner", "负责人应为编号、me 或 none", "an owner is an id, `me` or `none`");
        Error::invalid(refusal.at("owner")).into()
    })
}

async fn get(server: Server, caller: Caller, Id(id): Id<RmaId>) -> Reply {
    ok(&load(&server, &caller, id)?)
}

async fn tell_customer(server: Server, caller: Caller, Id(id): Id<RmaId>) -> Reply {
    let found = for_customer::read(&server.app, caller.actor(), id)?;
    ok(&CaseForCustomer {
        number: found.number,
        shop: found.shop,
        status: found.status,
        question: found.question,
        next: next_for_customer(found.next),
        due_at: found.due_at,
        offset_minutes: found.offset_minutes,
        writes_english: found.writes_english,
    })
}

async fn canned(server: Server, caller: Caller, Id(id): Id<RmaId>, query: Query<CannedQuery>) -> Reply {
    let (definitions, now) = (server.app.definitions(), server.app.now());
    let (found, writes_english) =
        server.app.read(|conn| canned_answers::of_case(conn, &definitions, caller.actor(), now, id, query.used))?;
    let view = |row: canned_answers::Filled| FilledAnswer {
        id: row.id,
        code: row.code,
        title: row.title,
        text: row.text,
        missing: row.missing,
    };
    ok(&CannedOfCase { items: found.into_iter().map(view).collect(), writes_english })
}

const fn next_for_customer(next: for_customer::Next) -> NextForCustomer {
    match next {
        for_customer::Next::Answer => NextForCustomer::Answer,
        for_customer::Next::SendBack => NextForCustomer::SendBack,
        for_customer::Next::OnItsWay => NextForCustomer::OnItsWay,
        for_customer::Next::Wait => NextForCustomer::Wait,
        for_customer::Next::Rate => NextForCustomer::Rate,
        for_customer::Next::AskAgain => NextForCustomer::AskAgain,
        for_customer::Next::Nothing => NextForCustomer::Nothing,
    }
}

fn load(server: &State, caller: &Caller, id: RmaId) -> Result<RmaView, Failure> {
    let definitions = server.app.definitions();
    let now = server.app.now();
    let found = server.app.read(|conn| case::view(conn, &definitions, caller.actor(), now, id))?;
    Ok(rma_view::case(found, &definitions, caller.actor()))
}

// Whoever did it sees the case as it is now; whoever may no longer see it still learns that it was done.
pub(crate) fn show<T>(server: &State, caller: &Caller, id: RmaId, answer: &Answer<T>) -> Reply {
    changed(answer, &load(server, caller, id)?)
}

async fn decide_step(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<RmaId>,
    wanted: Json<DecideRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let choice = choice(&wanted)?;
    let command = decide::Decide { rma: id, node: wanted.node, round: wanted.round, choice, note: wanted.note };
    let call = caller.call("rma.decide", &key);
    let answer = server.app.run(call, move |tx, ctx| decide::decide(tx, ctx, &command)).await?;
    show(&server, &caller, id, &answer)
}

fn choice(wanted: &DecideRequest) -> Result<decide::Choice, Failure> {
    match (wanted.choice.as_str(), &wanted.to) {
        ("agree", _) => Ok(decide::Choice::Agree),
        ("reject", _) => Ok(decide::Choice::Reject),
        ("ask_info", _) => Ok(decide::Choice::AskInfo),
        ("return", Some(to)) => Ok(decide::Choice::Return { to: to.clone() }),
        _ => {
            let refusal = Refusal::new(
                "wrong_choice",
                "选项应为 agree、reject、ask_info 或 return（需要 to）",
                "a choice is agree, reject, ask_info, or return with `to`",
            );
            Err(Error::invalid(refusal.at("choice")).into())
        }
    }
}

async fn decide_batch(server: Server, caller: Caller, key: Key, batch: Json<BatchRequest>) -> Reply {
    let Json(batch) = batch;
    if batch.items.is_empty() || batch.items.len() > MAX_BATCH {
        let refusal = Refusal::new(
            "batch_size",
            format!("一次处理 1 到 {MAX_BATCH} 项"),
            format!("a batch has 1 to {MAX_BATCH} items"),
        );
        return Err(Error::invalid(refusal.at("items")).into());
    }
    let mut items = Vec::with_capacity(batch.items.len());
    for (index, item) in batch.items.into_iter().enumerate() {
        let command = decide::Decide {
            rma: item.rma,
            node: item.node,
            round: item.round,
            choice: decide::Choice::Agree,
            note: batch.note.clone(),
        };
        // Each step is a command of its own, so that one refusal does not undo the others.
        let call = caller.part_call("rma.decide", &key, index);
        let done = server.app.run(call, move |tx, ctx| decide::decide(tx, ctx, &command)).await;
        let error = done.err().map(|error| Failure::from(error).body(caller.lang, ""));
        items.push(BatchOutcome { rma: item.rma, done: error.is_none(), error });
    }
    ok(&BatchResult { items })
}

async fn give_info(server: Server, caller: Caller, key: Key, Id(id): Id<RmaId>, info: Json<InfoRequest>) -> Reply {
    let Json(info) = info;
    let command = answer::GiveInfo { rma: id, text: info.text, attachments: info.attachments };
    let call = caller.call("rma.give_info", &key);
    let answer = server.app.run(call, move |tx, ctx| answer::give_info(tx, ctx, &command)).await?;
    show(&server, &caller, id, &answer)
}

async fn withdraw_rma(server: Server, caller: Caller, key: Key, Id(id): Id<RmaId>, why: Json<ReasonRequest>) -> Reply {
    let Json(why) = why;
    let command = withdraw::Withdraw { rma: id, reason: why.reason };
    let call = caller.call("rma.withdraw", &key);
    let answer = server.app.run(call, move |tx, ctx| withdraw::withdraw(tx, ctx, &command)).await?;
    show(&server, &caller, id, &answer)
}

async fn write_note(server: Server, caller: Caller, key: Key, Id(id): Id<RmaId>, wanted: Json<NoteRequest>) -> Reply {
    let Json(wanted) = wanted;
    let command = note::WriteNote {
        rma: id,
        to_customer: wanted.to_customer,
        text: wanted.text,
        attachments: wanted.attachments,
    };
    let call = caller.call("rma.note", &key);
    let answer = server.app.run(call, move |tx, ctx| note::write_note(tx, ctx, &command)).await?;
    show(&server, &caller, id, &answer)
}

async fn handle_messages(server: Server, caller: Caller, key: Key, Id(id): Id<RmaId>) -> Reply {
    let call = caller.call("rma.messages", &key);
    let answer = server.app.run(call, move |tx, ctx| message::handle(tx, ctx, id)).await?;
    show(&server, &caller, id, &answer)
}

async fn assign_rma(server: Server, caller: Caller, key: Key, Id(id): Id<RmaId>, wanted: Json<OwnerRequest>) -> Reply {
    let Json(wanted) = wanted;
    let command = assign::Assign { rma: id, owner: wanted.owner };
    let call = caller.call("rma.assign", &key);
    let answer = server.app.run(call, move |tx, ctx| assign::assign(tx, ctx, &command)).await?;
    show(&server, &caller, id, &answer)
}

async fn follow_up_rma(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<RmaId>,
    wanted: Json<FollowUpRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = follow_up::FollowUp { rma: id, at: wanted.at };
    let call = caller.call("rma.follow_up", &key);
    let answer = server.app.run(call, move |tx, ctx| follow_up::follow_up(tx, ctx, &command)).await?;
    show(&server, &caller, id, &answer)
}

async fn reveal_contact(server: Server, caller: Caller, key: Key, Id(id): Id<RmaId>) -> Reply {
    let call = caller.call("rma.reveal", &key);
    let answer = server.app.run(call, move |tx, ctx| reveal::reveal(tx, ctx, id)).await?;
    let contact = server.app.read(|conn| contact_view::read_shown(conn, &answer.value))?;
    let (name, phone, email, address) = (contact.name, contact.phone, contact.email, contact.address);
    changed(&answer, &ContactView { name, phone, email, address, masked: false })
}

async fn search(server: Server, caller: Caller, query: Query<SearchQuery>) -> Reply {
    let definitions = server.app.definitions();
    let found = server.app.read(|conn| {
        let found = find::search(conn, caller.actor(), &definitions, &query.q)?;
        search_view::found(conn, &definitions, caller.actor(), found)
    })?;
    ok(&found)
}
