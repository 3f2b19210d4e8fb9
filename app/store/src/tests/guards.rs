//! The guards that the schema itself holds, one test each: a statement just within passes, one just beyond is refused by
//! the guard's name. No verb stands in between, so each fails when its guard is taken out of the migration.

use rusqlite::Connection;

use crate::migrate::{MIGRATIONS, migrate};

const ROWS: &str = "
    PRAGMA foreign_keys = OFF;
    INSERT INTO sales_order (id, shop_id, number, ordered_at, currency, captured_minor, freight_minor)
    VALUES (1, 1, 'O1', 0, 'CNY', 1000, 100);
    INSERT INTO order_line (
        id, order_id, line_no, sku_id, ordered, cancelled, shipped, unit_price_minor, paid_goods_minor
    ) VALUES (1, 1, 1, 1, 5, 1, 3, 100, 900);
    INSERT INTO tender (id, order_id, kind, amount_minor) VALUES (1, 1, 'card', 1000);
    INSERT INTO rma (id, number, shop_id, release_id, origin, state, filed_by, filed_at, local_date, currency)
    VALUES (1, 'R1', 1, 1, 'filed', 'in_progress', 'person:1', 0, '2026-11-23', 'CNY'),
        (2, 'R2', 1, 1, 'filed', 'closed', 'person:1', 0, '2026-11-23', 'CNY');
    INSERT INTO rma_line (
        id, rma_id, position, kind, requested, approved, received, share_goods_minor, share_tax_minor, cap_counted_minor
    ) VALUES (1, 1, 1, 'return_refund', 3, 0, 0, 900, 90, 330), (2, 1, 2, 'return_refund', 3, 3, 2, 0, 0, 0);
    INSERT INTO parcel (id, waybill, state, signed_at) VALUES (1, 'W1', 'announced', NULL), (2, 'W2', 'signed', 50);
    INSERT INTO unit_group (
        id, rma_id, rma_line_id, warehouse_id, quantity, reception, serial, counted_at, dispositioned_at
    ) VALUES (1, 1, 1, 1, 1, 'as_announced', 'S1', 0, NULL), (2, 1, 1, 1, 4, 'as_announced', NULL, 0, NULL),
        (3, 1, 1, 1, 1, 'as_announced', 'S3', 0, 9);
    INSERT INTO disposition (id, unit_group_id, rma_id, kind, quantity, person_id, at)
    VALUES (1, 1, 1, 'restock', 1, 1, 0);
    INSERT INTO settlement (
        id, rma_id, shop_id, basis, state, net_minor, currency, means, platform_number, proposed_by, proposed_at,
        needs_second
    ) VALUES (1, 1, 1, 'counted', 'proposed', 600000, 'CNY', 'original', '', 7, 0, 1),
        (2, 1, 1, 'platform_decided', 'approved', 100, 'CNY', 'platform', 'P1', 7, 0, 0),
        (3, 1, 1, 'platform_decided', 'cancelled', 100, 'CNY', 'platform', 'P2', 7, 0, 0);
    INSERT INTO payout (id, settlement_id, key, tender_id, amount_minor, currency, state, requested_at)
    VALUES (1, 1, 'po-1', 1, 100, 'CNY', 'unknown', 0), (2, 2, 'po-2', NULL, 100, 'CNY', 'failed', 0);
    INSERT INTO outbound_order (id, number, rma_id, shop_id, kind, state, opened_at)
    VALUES (1, 'OB1', 1, 1, 'exchange', 'open', 0);
    INSERT INTO decision (id, rma_id, node, round, person_id, decision, at) VALUES (1, 1, 'review', 1, 7, 'agree', 0);
    INSERT INTO task (id, rma_id, kind, node, round, title_zh, title_en, state, opened_at)
    VALUES (1, 1, 'work', 'receive', 1, '', '', 'open', 0), (2, 1, 'work', 'inspect', 1, '', '', 'done', 0);
    INSERT INTO event (id, at, kind, actor_kind, root_id, payload_hash, previous_hash, hash)
    VALUES (1, 0, 'rma.filed', 'system', 1, x'00', x'00', x'00');
    INSERT INTO idempotency (actor, key, verb, request_hash, answer, at)
    VALUES ('person:1', 'k1', 'rma.file', x'00', '{}', 0);
    INSERT INTO external_case (
        id, shop_id, platform, number, raw_status, mapped_status, source_version, seen_at
    ) VALUES (1, 1, 'own', 'E1', 'x', 'unknown', 3, 0);
    INSERT INTO scan (id, client_key, raw, scanned_at, received_at, result) VALUES (1, 'c1', 'x', 0, 0, 'unknown');
    INSERT INTO ledger_account (id, kind, bearer, currency) VALUES (1, 'receivable', 'carrier:1', 'CNY');
";

/// `within` passes, then `beyond` is refused by `guard`.
#[track_caller]
fn check(within: &str, beyond: &str, guard: &str) {
    let raw = Connection::open_in_memory().unwrap();
    migrate(&raw, MIGRATIONS).unwrap();
    raw.execute_batch(ROWS).unwrap();
    raw.execute_batch(within).unwrap();
    let refused = raw.execute_batch(beyond).map_err(|error| error.to_string());
    assert!(refused.as_ref().is_err_and(|text| text.contains(guard)), "{beyond}: {refused:?}, not {guard}");
}

#[test]
fn no_more_is_claimed_than_was_ordered() {
    check(
        "UPDATE order_line SET claimed = 4",
        "UPDATE order_line SET claimed = 5",
        "order_line_claimed_within_ordered",
    );
    // A delivery of another unit makes one more claimable (Q5).
    check(
        "UPDATE order_line SET redelivered = 1; UPDATE order_line SET claimed = 5",
        "UPDATE order_line SET claimed = 6",
        "order_line_claimed_within_ordered",
    );
}

#[test]
fn no_more_goods_come_back_than_were_shipped() {
    check(
        "UPDATE order_line SET claimed_goods = 3",
        "UPDATE order_line SET claimed_goods = 4",
        "order_line_goods_within_shipped",
    );
}

#[test]
fn what_left_is_not_unshipped() {
    check(
        "UPDATE order_line SET claimed_unshipped = 1",
        "UPDATE order_line SET claimed_unshipped = 2",
        "order_line_unshipped_within_unshipped",
    );
}

#[test]
fn imported_history_uses_the_budget_up() {
    check(
        "UPDATE order_line SET claimed_imported = 2, claimed = 2",
        "UPDATE order_line SET claimed = 3",
        "order_line_claimed_within_ordered",
    );
}

#[test]
fn a_budget_is_not_given_back_twice() {
    check("UPDATE order_line SET claimed = 0", "UPDATE order_line SET claimed = -1", "claimed >= 0");
}

#[test]
fn no_more_is_held_than_was_captured() {
    check(
        "UPDATE sales_order SET held_minor = 1000",
        "UPDATE sales_order SET held_minor = 1001",
        "sales_order_held_within_captured",
    );
}

#[test]
fn held_money_is_not_given_back_twice() {
    check("UPDATE sales_order SET held_minor = 0", "UPDATE sales_order SET held_minor = -1", "held_minor >= 0");
}

#[test]
fn freight_is_held_once() {
    check(
        "UPDATE sales_order SET freight_held_minor = 100",
        "UPDATE sales_order SET freight_held_minor = 101",
        "sales_order_freight_once",
    );
}

#[test]
fn a_tender_takes_back_what_it_paid() {
    check(
        "UPDATE tender SET refunded_minor = 1000",
        "UPDATE tender SET refunded_minor = 1001",
        "tender_refunded_within_amount",
    );
}

#[test]
fn what_is_over_stays() {
    check(
        "UPDATE rma SET state = 'closed' WHERE id = 1",
        "UPDATE rma SET state = 'in_progress'",
        "rma_final_is_immutable",
    );
}

#[test]
fn a_refusal_stays_unless_its_decision_is_taken_back() {
    check(
        "UPDATE rma SET state = 'rejected', closed_at = 5 WHERE id = 1",
        "UPDATE rma SET state = 'submitted', closed_at = NULL",
        "rma_final_is_immutable",
    );
}

#[test]
fn no_more_is_agreed_than_was_asked() {
    check(
        "UPDATE rma_line SET approved = 3 WHERE id = 1",
        "UPDATE rma_line SET approved = 4 WHERE id = 1",
        "rma_line_approved_within_requested",
    );
}

#[test]
fn no_more_is_received_than_was_announced() {
    check(
        "UPDATE rma_line SET received = 2, waived = 1 WHERE id = 1",
        "UPDATE rma_line SET waived = 2 WHERE id = 1",
        "rma_line_received_within_approved",
    );
}

#[test]
fn no_more_is_judged_than_was_received() {
    check(
        "UPDATE rma_line SET accepted = 1, refused = 1 WHERE id = 2",
        "UPDATE rma_line SET refused = 2 WHERE id = 2",
        "rma_line_inspected_within_received",
    );
}

#[test]
fn no_more_is_disposed_of_than_was_received() {
    check(
        "UPDATE rma_line SET dispositioned = 2 WHERE id = 2",
        "UPDATE rma_line SET dispositioned = 3 WHERE id = 2",
        "rma_line_dispositioned_once",
    );
}

#[test]
fn a_line_is_settled_within_its_share() {
    check(
        "UPDATE rma_line SET settled_minor = 990 WHERE id = 1",
        "UPDATE rma_line SET settled_minor = 991 WHERE id = 1",
        "rma_line_settled_within_share",
    );
}

#[test]
fn counted_money_stays_within_what_was_accepted() {
    check(
        "UPDATE rma_line SET settled_counted_minor = 330 WHERE id = 1",
        "UPDATE rma_line SET settled_counted_minor = 331 WHERE id = 1",
        "rma_line_counted_within_accepted",
    );
}

#[test]
fn a_parcel_is_opened_after_it_was_signed() {
    check(
        "UPDATE parcel SET opened_at = 50 WHERE id = 2",
        "UPDATE parcel SET opened_at = 49 WHERE id = 2",
        "parcel_opened_after_signed",
    );
    check("", "UPDATE parcel SET opened_at = 60 WHERE id = 1", "parcel_opened_after_signed");
}

#[test]
fn a_serial_is_one_unit() {
    check(
        "UPDATE unit_group SET quantity = 5 WHERE id = 2",
        "UPDATE unit_group SET quantity = 2 WHERE id = 1",
        "unit_group_serial_is_one",
    );
}

const GROUP: &str =
    "INSERT INTO unit_group (id, rma_id, rma_line_id, warehouse_id, quantity, reception, serial, counted_at)
    VALUES (9, 1, 1, 1, 1, 'as_announced', ";

#[test]
fn a_serial_is_in_one_open_return() {
    let group = |serial: &str| format!("{GROUP}'{serial}', 0)");
    // The one that was disposed of may come back again.
    check(&group("S3"), &group("S1").replace("(9,", "(10,"), "unit_group.serial");
}

#[test]
fn quantities_are_whole_numbers() {
    check(
        "UPDATE unit_group SET quantity = 2 WHERE id = 2",
        "UPDATE unit_group SET quantity = 1.5 WHERE id = 2",
        "INTEGER",
    );
}

#[test]
fn a_group_is_disposed_of_once() {
    let dispose = |id: i64, group: i64| {
        format!(
            "INSERT INTO disposition (id, unit_group_id, rma_id, kind, quantity, person_id, at)
             VALUES ({id}, {group}, 1, 'scrap', 1, 1, 0)"
        )
    };
    check(&dispose(5, 2), &dispose(6, 1), "disposition.unit_group_id");
}

#[test]
fn a_disposition_is_corrected_once() {
    let correct = |id: i64, wrong: i64| {
        format!(
            "INSERT INTO disposition (id, unit_group_id, rma_id, kind, quantity, person_id, corrects_id, at)
             VALUES ({id}, 1, 1, 'scrap', 1, 1, {wrong}, 0)"
        )
    };
    check(&correct(5, 1), &correct(6, 1), "disposition.corrects_id");
}

#[test]
fn stock_rises_by_a_disposition_only() {
    let shift = |id: i64, disposition: &str| {
        format!(
            "INSERT INTO stock_move (id, warehouse_id, bucket, quantity, disposition_id, local_date, at)
             VALUES ({id}, 1, 'good', 1, {disposition}, '2026-11-23', 0)"
        )
    };
    check(&shift(1, "1"), &shift(2, "NULL"), "stock_move_by_disposition");
}

#[test]
fn four_eyes_stand_in_the_schema() {
    check(
        "UPDATE settlement SET approved_by = 8 WHERE id = 1; UPDATE settlement SET approved_by = 7 WHERE id = 2",
        "UPDATE settlement SET approved_by = 7 WHERE id = 1",
        "settlement_four_eyes",
    );
}

#[test]
fn a_net_below_zero_is_no_settlement() {
    check("UPDATE settlement SET net_minor = 0", "UPDATE settlement SET net_minor = -1", "net_minor >= 0");
}

#[test]
fn a_platforms_refund_is_booked_once() {
    check(
        "UPDATE settlement SET platform_number = 'P2' WHERE id = 1",
        "UPDATE settlement SET platform_number = 'P1' WHERE id = 1",
        "settlement.platform_number",
    );
}

fn payout(id: i64, settlement: i64, key: &str, tender: &str) -> String {
    format!(
        "INSERT INTO payout (id, settlement_id, key, tender_id, amount_minor, currency, state, requested_at)
         VALUES ({id}, {settlement}, '{key}', {tender}, 100, 'CNY', 'requested', 0)"
    )
}

#[test]
fn a_payout_has_a_key_of_its_own() {
    check(&payout(3, 3, "po-3", "NULL"), &payout(4, 3, "po-3", "1"), "payout.key");
}

#[test]
fn one_payout_is_under_way_for_a_tender() {
    // A refused one gives way, an unknown one does not.
    check(&payout(3, 2, "po-3", "NULL"), &payout(4, 1, "po-4", "1"), "payout_one_live");
}

#[test]
fn a_payout_moves_money() {
    check("UPDATE payout SET amount_minor = 1", "UPDATE payout SET amount_minor = 0", "amount_minor > 0");
}

#[test]
fn what_left_has_a_waybill() {
    check(
        "UPDATE outbound_order SET state = 'shipped', waybill = 'B1'",
        "UPDATE outbound_order SET waybill = ''",
        "outbound_shipped_has_waybill",
    );
}

#[test]
fn what_does_not_go_has_a_reason() {
    check(
        "UPDATE outbound_order SET state = 'waived', waived_reason = 'lost'",
        "UPDATE outbound_order SET waived_reason = ''",
        "outbound_waived_has_reason",
    );
}

#[test]
fn a_person_decides_a_round_once() {
    let decide = |id: i64, round: i64| {
        format!(
            "INSERT INTO decision (id, rma_id, node, round, person_id, decision, at)
             VALUES ({id}, 1, 'review', {round}, 7, 'agree', 0)"
        )
    };
    check(&decide(5, 2), &decide(6, 1), "decision.rma_id");
}

#[test]
fn a_to_do_is_open_once() {
    let open = |id: i64, node: &str| {
        format!(
            "INSERT INTO task (id, rma_id, kind, node, round, title_zh, title_en, state, opened_at)
             VALUES ({id}, 1, 'work', '{node}', 1, '', '', 'open', 0)"
        )
    };
    check(&open(5, "inspect"), &open(6, "receive"), "task_open_once");
}

#[test]
fn events_are_written_once_for_all() {
    check("", "UPDATE event SET kind = 'x'", "event_is_append_only");
}

#[test]
fn events_are_kept() {
    check("", "DELETE FROM event", "event_is_kept");
}

#[test]
fn a_key_has_one_answer() {
    let remember = |actor: &str| {
        format!(
            "INSERT INTO idempotency (actor, key, verb, request_hash, answer, at)
             VALUES ('{actor}', 'k1', 'rma.file', x'00', '[]', 0)"
        )
    };
    check(&remember("person:2"), &remember("person:1"), "idempotency.");
}

#[test]
fn a_platforms_case_is_one_row() {
    let case = |id: i64, shop: i64| {
        format!(
            "INSERT INTO external_case (id, shop_id, platform, number, raw_status, mapped_status, source_version, seen_at)
             VALUES ({id}, {shop}, 'own', 'E1', 'x', 'unknown', 4, 0)"
        )
    };
    check(&case(5, 2), &case(6, 1), "external_case.shop_id");
}

#[test]
fn an_order_is_one_row() {
    let order = |id: i64, shop: i64| {
        format!(
            "INSERT INTO sales_order (id, shop_id, number, ordered_at, currency, captured_minor)
             VALUES ({id}, {shop}, 'O1', 0, 'CNY', 1)"
        )
    };
    check(&order(5, 2), &order(6, 1), "sales_order.shop_id");
}

#[test]
fn a_scan_is_stored_once() {
    let scan = |id: i64, key: &str| {
        format!(
            "INSERT INTO scan (id, client_key, raw, scanned_at, received_at, result)
             VALUES ({id}, '{key}', 'x', 0, 0, 'unknown')"
        )
    };
    check(&scan(5, "c2"), &scan(6, "c1"), "scan.client_key");
}

#[test]
fn who_owes_has_one_account() {
    let account = |id: i64, bearer: &str| {
        format!(
            "INSERT INTO ledger_account (id, kind, bearer, currency) VALUES ({id}, 'receivable', '{bearer}', 'CNY')"
        )
    };
    check(&account(5, "carrier:2"), &account(6, "carrier:1"), "ledger_account_once");
}
