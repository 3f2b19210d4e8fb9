//! Payouts: asked about, tried again, stopped, paid by hand.

use contract::settlement::{
    ManualPaymentRequest, PAY_BY_HAND, QUERY_PAYOUT, RETRY_PAYOUT, STOP_PAYOUT, SettlementView,
};
use domain::{PayoutId, SettlementId};
use operations::Answer;
use operations::payout::by_hand::{PaidByHand, by_hand};
use operations::payout::query::{Query, query};
use operations::payout::read;
use operations::payout::retry::{Retry, retry};
use operations::payout::stop::{Stop, stop};

use super::show;
use crate::answer::Reply;
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key};
use crate::registry::Area;
use crate::state::{Server, State};

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&PAY_BY_HAND, Doc::view::<SettlementView>(200).body::<ManualPaymentRequest>(), pay_by_hand);
    area.add(&QUERY_PAYOUT, Doc::view::<SettlementView>(200), query_payout);
    area.add(&RETRY_PAYOUT, Doc::view::<SettlementView>(200), retry_payout);
    area.add(&STOP_PAYOUT, Doc::view::<SettlementView>(200), stop_payout);
}

async fn pay_by_hand(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<SettlementId>,
    wanted: Json<ManualPaymentRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = PaidByHand { settlement: id, instead_of: wanted.instead_of, proof: wanted.proof };
    let call = caller.call("payout.by_hand", &key);
    let answer = server.app.run(call, move |tx, ctx| by_hand(tx, ctx, &command)).await?;
    show(&server, &caller, id, &answer)
}

fn show_of(server: &State, caller: &Caller, answer: &Answer<PayoutId>) -> Reply {
    let settlement = server.app.read(|conn| read::settlement(conn, answer.value))?;
    show(server, caller, settlement, answer)
}

async fn query_payout(server: Server, caller: Caller, key: Key, Id(id): Id<PayoutId>) -> Reply {
    let call = caller.call("payout.query", &key);
    let answer = server.app.run(call, move |tx, ctx| query(tx, ctx, &Query { payout: id })).await?;
    show_of(&server, &caller, &answer)
}

async fn retry_payout(server: Server, caller: Caller, key: Key, Id(id): Id<PayoutId>) -> Reply {
    let call = caller.call("payout.retry", &key);
    let answer = server.app.run(call, move |tx, ctx| retry(tx, ctx, &Retry { payout: id })).await?;
    show_of(&server, &caller, &answer)
}

async fn stop_payout(server: Server, caller: Caller, key: Key, Id(id): Id<PayoutId>) -> Reply {
    let call = caller.call("payout.stop", &key);
    let answer = server.app.run(call, move |tx, ctx| stop(tx, ctx, &Stop { payout: id })).await?;
    show_of(&server, &caller, &answer)
}
