//! The entities of the core: what an admin finds there and cannot change.

use domain::Text;
use domain::kind::LineKind;
use domain::state::{CaseState, GoodsState, MoneyState, Origin, SettlementState, Verdict};

use super::{Entity, Field, FieldType, Storage};
use crate::form::Choice;

/// The ids of the core's entities.
pub const CORE_ENTITIES: [&str; 5] = ["rma", "rma_line", "order", "contact", "settlement"];

/// An entity of the core by its id.
#[must_use]
pub fn core_entity(id: &str) -> Option<Entity> {
    let (table, title, fields) = match id {
        "rma" => ("rma", Text::new("退换单", "returns"), rma()),
        "rma_line" => ("rma_line", Text::new("退换行", "return lines"), rma_line()),
        "order" => ("sales_order", Text::new("订单", "orders"), order()),
        "contact" => ("contact", Text::new("联系人", "contacts"), contact()),
        "settlement" => ("settlement", Text::new("结算", "settlements"), settlement()),
        _ => return None,
    };
    Some(Entity { id: id.to_owned(), title, storage: Storage::Core { table: table.to_owned() }, fields })
}

fn field(id: &str, zh: &str, en: &str, kind: FieldType) -> Field {
    Field { id: id.to_owned(), title: Text::new(zh, en), kind, required: false, locked: true, maskable: false }
}

fn required(field: Field) -> Field {
    Field { required: true, ..field }
}

fn maskable(field: Field) -> Field {
    Field { maskable: true, ..field }
}

/// Codes of a closed list of the core. Their names on screen are interface texts, so the title repeats the code.
fn codes(all: impl Iterator<Item = &'static str>) -> FieldType {
    FieldType::Choice(all.map(|code| Choice { id: code.to_owned(), title: Text::new(code, code) }).collect())
}

fn reference(entity: &str) -> FieldType {
    FieldType::Reference(entity.to_owned())
}

fn rma() -> Vec<Field> {
    vec![
        required(field("number", "单号", "number", FieldType::Text)),
        required(field("shop", "店铺", "shop", reference("shop"))),
        field("warehouse", "仓库", "warehouse", reference("warehouse")),
        required(field("origin", "来源", "origin", codes(Origin::ALL.iter().map(|code| code.as_str())))),
        required(field("state", "状态", "state", codes(CaseState::ALL.iter().map(|code| code.as_str())))),
        field("stage", "节点", "stage", FieldType::Text),
        required(field("goods_state", "货物进度", "goods", codes(GoodsState::ALL.iter().map(|code| code.as_str())))),
        required(field("money_state", "款项进度", "money", codes(MoneyState::ALL.iter().map(|code| code.as_str())))),
        field("order", "订单", "order", reference("order")),
        field("owner", "负责人", "owner", reference("person")),
        required(field("filed_at", "申请时间", "filed", FieldType::Time)),
        required(field("verdict", "政策结论", "policy", codes(Verdict::ALL.iter().map(|code| code.as_str())))),
        field("reason", "原因", "reason", reference("reason")),
        maskable(field("refund", "退款金额", "refund", FieldType::Money)),
        field("due_at", "截止时间", "due", FieldType::Time),
        field("platform_due_at", "平台截止时间", "platform due", FieldType::Time),
        field("agreed_at", "同意时间", "agreed", FieldType::Time),
        field("received_at", "收货完成时间", "received", FieldType::Time),
        field("inspected_at", "质检完成时间", "inspected", FieldType::Time),
        field("settled_at", "结算完成时间", "settled", FieldType::Time),
        field("closed_at", "关闭时间", "closed", FieldType::Time),
    ]
}

fn rma_line() -> Vec<Field> {
    vec![
        required(field("rma", "退换单", "return", reference("rma"))),
        required(field("kind", "类型", "kind", codes(LineKind::ALL.iter().map(|code| code.as_str())))),
        field("sku", "商品", "product", reference("sku")),
        field("reason", "原因", "reason", reference("reason")),
        required(field("requested", "申请数量", "requested", FieldType::Number)),
        field("received", "收到数量", "received", FieldType::Number),
        field("accepted", "合格数量", "accepted", FieldType::Number),
        field("refused", "不合格数量", "refused", FieldType::Number),
    ]
}

fn order() -> Vec<Field> {
    vec![
        required(field("number", "订单号", "number", FieldType::Text)),
        required(field("shop", "店铺", "shop", reference("shop"))),
        required(field("ordered_at", "下单时间", "ordered", FieldType::Time)),
        field("shipped_at", "发货时间", "shipped", FieldType::Time),
        field("delivered_at", "签收时间", "delivered", FieldType::Time),
        maskable(field("price", "金额", "amount", FieldType::Money)),
    ]
}

fn contact() -> Vec<Field> {
    vec![
        maskable(field("name", "姓名", "name", FieldType::Text)),
        maskable(field("phone", "电话", "phone", FieldType::Text)),
        maskable(field("email", "邮箱", "e-mail", FieldType::Text)),
        maskable(field("address", "地址", "address", FieldType::Text)),
        maskable(field("nickname", "昵称", "nickname", FieldType::Text)),
    ]
}

fn settlement() -> Vec<Field> {
    vec![
        required(field("rma", "退换单", "return", reference("rma"))),
        required(field("state", "状态", "state", codes(SettlementState::ALL.iter().map(|code| code.as_str())))),
        required(field("amount", "金额", "amount", FieldType::Money)),
    ]
}
