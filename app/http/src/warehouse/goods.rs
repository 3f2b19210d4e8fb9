//! Goods: counted, inspected, disposed of, written off.

use contract::warehouse::{
    CONVERT, CORRECT, COUNT, ConvertRequest, CorrectRequest, CountRequest, CountedUnits, CountedView, DISPOSE,
    DisposeRequest, DisposedView, GOODS, GoodsView, INSPECT, InspectRequest, InspectedView, MOVES, MoveView, RECOUNT,
    RecountRequest, RecountedView, WAIVE_GOODS, WaiveGoodsRequest,
};
use domain::{DispositionId, Money, RmaId, RmaLineId, UnitGroupId};
use operations::station::keep_refused::Work;
use operations::warehouse::convert::{Convert, convert};
use operations::warehouse::correct::{Correct, correct};
use operations::warehouse::count::{self, Count, count};
use operations::warehouse::dispose::{Dispose, dispose};
use operations::warehouse::inspect::{Inspect, inspect};
use operations::warehouse::read;
use operations::warehouse::recount::{Recount, recount};
use operations::warehouse::waive::{WaiveGoods, waive};

use super::late::kept;
use super::view;
use crate::answer::{Reply, changed, created, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key};
use crate::registry::Area;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&COUNT, Doc::list::<CountedView>().body::<CountRequest>(), count_goods);
    area.add(&RECOUNT, Doc::view::<RecountedView>(200).body::<RecountRequest>(), recount_goods);
    area.add(&WAIVE_GOODS, Doc::nothing().body::<WaiveGoodsRequest>(), waive_goods);
    area.add(&CONVERT, Doc::nothing().body::<ConvertRequest>(), convert_line);
    area.add(&GOODS, Doc::view::<GoodsView>(200), goods);
    area.add(&INSPECT, Doc::view::<InspectedView>(201).body::<InspectRequest>(), inspect_goods);
    area.add(&DISPOSE, Doc::view::<DisposedView>(201).body::<DisposeRequest>(), dispose_goods);
    area.add(&CORRECT, Doc::view::<DisposedView>(201).body::<CorrectRequest>(), correct_disposition);
    area.add(&MOVES, Doc::list::<MoveView>(), moves);
}

async fn goods(server: Server, caller: Caller, Id(id): Id<RmaId>) -> Reply {
    let definitions = server.app.definitions();
    let found = server.app.read(|conn| read::goods(conn, caller.actor(), id))?;
    ok(&view::goods(found, &definitions))
}

async fn moves(server: Server, caller: Caller, Id(id): Id<UnitGroupId>) -> Reply {
    let rows = server.app.read(|conn| read::moves(conn, caller.actor(), id))?;
    ok(&rows.into_iter().map(view::moved).collect::<Vec<_>>())
}

async fn count_goods(server: Server, caller: Caller, key: Key, wanted: Json<CountRequest>) -> Reply {
    let Json(wanted) = wanted;
    let command = Count {
        parcel: wanted.parcel,
        warehouse: wanted.warehouse,
        units: wanted.units.into_iter().map(units).collect(),
        at: wanted.at,
    };
    let call = caller.call("goods.count", &key);
    let work = Work::Count(command.clone());
    let answer = server.app.run(call, move |tx, ctx| count(tx, ctx, &command)).await;
    let answer = kept(&server, (&caller, &key), work, answer).await?;
    let counted: Vec<CountedView> = answer.value.iter().copied().map(view::counted).collect();
    changed(&answer, &counted)
}

fn units(units: CountedUnits) -> count::CountedUnits {
    count::CountedUnits {
        line: units.line,
        rma: units.rma,
        sku: units.sku,
        quantity: units.quantity,
        reception: units.reception,
        serial: units.serial,
        swapped: units.swapped,
        lot: units.lot,
        expires_on: units.expires_on,
    }
}

async fn recount_goods(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<UnitGroupId>,
    wanted: Json<RecountRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = Recount { unit_group: id, quantity: wanted.quantity, reason: wanted.reason };
    let call = caller.call("goods.recount", &key);
    let answer = server.app.run(call, move |tx, ctx| recount(tx, ctx, &command)).await?;
    changed(&answer, &RecountedView { unit_group: answer.value })
}

async fn waive_goods(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<RmaLineId>,
    wanted: Json<WaiveGoodsRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = WaiveGoods { line: id, quantity: wanted.quantity, reason: wanted.reason };
    let call = caller.call("goods.waive", &key);
    done(&server.app.run(call, move |tx, ctx| waive(tx, ctx, &command)).await?)
}

async fn convert_line(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<RmaLineId>,
    wanted: Json<ConvertRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = Convert { line: id, kind: wanted.kind, reason: wanted.reason };
    let call = caller.call("line.convert", &key);
    done(&server.app.run(call, move |tx, ctx| convert(tx, ctx, &command)).await?)
}

async fn inspect_goods(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<UnitGroupId>,
    wanted: Json<InspectRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = Inspect {
        unit_group: id,
        quantity: wanted.quantity,
        grade: wanted.grade,
        accepted: wanted.accepted,
        liability: wanted.liability,
        checklist: wanted.checklist,
        answers: wanted.answers,
        attachments: wanted.attachments,
        note: wanted.note,
        seconds_spent: wanted.seconds_spent,
    };
    let call = caller.call("goods.inspect", &key);
    let work = Work::Inspect(command.clone());
    let answer = server.app.run(call, move |tx, ctx| inspect(tx, ctx, &command)).await;
    let answer = kept(&server, (&caller, &key), work, answer).await?;
    let found = &answer.value;
    let definitions = server.app.definitions();
    let currency = server.app.read(|conn| read::priced(conn, &definitions, caller.actor(), found.unit_group))?;
    let money = |minor: i64| currency.map(|currency| Money::new(minor, currency));
    let view = InspectedView {
        inspection: found.inspection,
        unit_group: found.unit_group,
        accepted: found.accepted,
        cap: money(found.cap_counted_minor),
        suggested_deduction: money(found.suggested_deduction_minor),
        liability: money(found.liability_minor),
    };
    created(&answer, &view)
}

async fn dispose_goods(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<UnitGroupId>,
    wanted: Json<DisposeRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = Dispose { unit_group: id, quantity: wanted.quantity, kind: wanted.kind };
    let call = caller.call("goods.dispose", &key);
    let work = Work::Dispose(command);
    let answer = server.app.run(call, move |tx, ctx| dispose(tx, ctx, &command)).await;
    let answer = kept(&server, (&caller, &key), work, answer).await?;
    let disposed = answer.value;
    created(&answer, &DisposedView { disposition: disposed.disposition, unit_group: Some(disposed.unit_group) })
}

async fn correct_disposition(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<DispositionId>,
    wanted: Json<CorrectRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = Correct { disposition: id, kind: wanted.kind, reason: wanted.reason };
    let call = caller.call("goods.correct", &key);
    let answer = server.app.run(call, move |tx, ctx| correct(tx, ctx, &command)).await?;
    created(&answer, &DisposedView { disposition: answer.value, unit_group: None })
}
