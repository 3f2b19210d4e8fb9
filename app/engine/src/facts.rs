//! What a case tells conditions, policies, rules and messages: a closed list of names with types and help.

#[cfg(test)]
mod tests;
mod titles;

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::kind::LineKind;
use domain::state::{CaseState, GoodsState, MoneyState, Origin, Verdict};
use domain::{Text, Timestamp};

use crate::expr::{Schema, Scope, Type};
use crate::value::Value;

pub use titles::kind_title;

macro_rules! facts {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $type:expr, $zh:literal, $en:literal;)*) => {
        /// A fact of a case. The form's answers are facts as well, under `form.<field id>`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fact { $($(#[$doc])* $variant),* }

        impl Fact {
            /// All facts.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The name in expressions.
            #[must_use]
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $name),* } }
            /// The fact of a name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> { match name { $($name => Some(Self::$variant),)* _ => None } }
            /// What its values are.
            #[must_use]
            pub fn value_type(self) -> Type { match self { $(Self::$variant => $type),* } }
            /// What it says, for the person who writes conditions.
            #[must_use]
            pub fn help(self) -> Text { match self { $(Self::$variant => Text::new($zh, $en)),* } }
        }
    };
}

fn kinds() -> Type {
    Type::choice(LineKind::ALL.iter().map(|kind| kind.as_str()))
}

facts! {
    /// The only kind of the case.
    Kind = "kind", kinds(), "退换类型；一单有多种时为空", "the kind of the case; blank when its lines differ";
    /// All kinds of its lines.
    Kinds = "kinds", Type::list(kinds()), "各行的退换类型，去重", "the kinds of its lines, each once";
    /// Leaf reason code.
    Reason = "reason", Type::Text, "退换原因代码（末级）；未填写为空", "the reason's code (its leaf); blank when not given";
    /// Reason codes from the root.
    ReasonPath = "reason_path", Type::list(Type::Text), "退换原因代码，从大类到末级", "the reason's codes from the top down";
    /// The only category.
    Category = "category", Type::Text, "商品类目代码；一单有多个时为空", "the goods' category; blank when they differ";
    /// All categories.
    Categories = "categories", Type::list(Type::Text), "各行的商品类目代码，去重", "the categories of its lines, each once";
    /// Whether every line's goods can be sold again.
    Resalable = "resalable", Type::Bool, "商品是否都可再次销售（按商品资料）", "whether all goods can be sold again (by the product data)";
    /// Units claimed.
    Quantity = "quantity", Type::Number, "申请数量合计", "units claimed, all lines";
    /// Lines.
    LineCount = "line_count", Type::Number, "申请行数", "lines of the case";
    /// What would be refunded.
    Refund = "refund", Type::Money, "预计退款金额；不退款为 0", "what would be refunded; zero when nothing is";
    /// Shop code.
    Shop = "shop", Type::Text, "店铺代码", "the shop's code";
    /// Platform code.
    Platform = "platform", Type::Text, "平台代码", "the platform's code";
    /// Warehouse code.
    Warehouse = "warehouse", Type::Text, "收货仓库代码", "the code of the warehouse that receives";
    /// Buyer's tags.
    BuyerTags = "buyer_tags", Type::list(Type::Text), "买家标签，含黑名单", "the buyer's tags, the block list included";
    /// Today in the shop.
    Today = "today", Type::Date, "店铺当地今天", "today in the shop";
    /// This instant.
    Now = "now", Type::DateTime, "此刻", "this instant";
    /// Day of the order.
    OrderedOn = "ordered_on", Type::Date, "下单日期", "the day of the order";
    /// Day of shipping.
    ShippedOn = "shipped_on", Type::Date, "发货日期；未发货为空", "the day it was shipped; blank before";
    /// Day of delivery.
    DeliveredOn = "delivered_on", Type::Date, "签收日期；未签收为空", "the day it was delivered; blank before";
    /// Days since the order.
    DaysSinceOrder = "days_since_order", Type::Number, "下单已几天", "days since the order";
    /// Days since shipping.
    DaysSinceShipping = "days_since_shipping", Type::Number, "发货已几天；未发货为空", "days since shipping; blank before";
    /// Days since delivery.
    DaysSinceDelivery = "days_since_delivery", Type::Number, "签收已几天；未签收为空", "days since delivery; blank before";
    /// Whether anything of it was shipped.
    Shipped = "shipped", Type::Bool, "是否已发货", "whether it was shipped";
    /// Whether anything of it was delivered.
    Delivered = "delivered", Type::Bool, "是否已签收", "whether it was delivered";
    /// The policy's answer.
    Verdict = "verdict", Type::choice(Verdict::ALL.iter().map(|verdict| verdict.as_str())),
        "政策结论：auto_agree、review、refuse", "the policy's answer: auto_agree, review or refuse";
    /// Where the case comes from.
    Origin = "origin", Type::choice(Origin::ALL.iter().map(|origin| origin.as_str())),
        "来源：filed、imported、platform", "where it comes from: filed, imported or platform";
    /// Whether photos were given.
    HasPhotos = "has_photos", Type::Bool, "是否附有照片", "whether photos were given";
    /// Number of the case.
    Number = "number", Type::Text, "单号", "the case's number";
    /// Lifecycle.
    State = "state", Type::choice(CaseState::ALL.iter().map(|state| state.as_str())), "状态", "its state";
    /// Axis of goods.
    GoodsState = "goods_state", Type::choice(GoodsState::ALL.iter().map(|state| state.as_str())),
        "货物进度", "where its goods are";
    /// Axis of money.
    MoneyState = "money_state", Type::choice(MoneyState::ALL.iter().map(|state| state.as_str())),
        "款项进度", "where its money is";
    /// Whether all lines are received.
    GoodsReceived = "goods_received", Type::Bool, "货物是否已全部收到或免收", "whether all goods are received or waived";
    /// Units received.
    ReceivedQuantity = "received_quantity", Type::Number, "已收数量", "units received";
    /// Currently open node.
    Node = "node", Type::Text, "当前节点编号", "the id of the flow's open node";
    /// Roles of who acts.
    ActorRoles = "actor_roles", Type::list(Type::Text), "操作人的角色", "the roles of who acts";
    /// Name of who acts.
    ActorName = "actor_name", Type::Text, "操作人姓名", "the name of who acts";
    /// Order numbers.
    OrderNumbers = "order_numbers", Type::list(Type::Text), "订单号", "the numbers of its orders";
    /// Customer's name.
    CustomerName = "customer_name", Type::Text, "客户姓名", "the customer's name";
    /// Waybills of return parcels.
    Waybills = "waybills", Type::list(Type::Text), "退回运单号", "the waybills it comes back under";
    /// Shop's name.
    ShopTitle = "shop_title", Type::Text, "店铺名称", "the shop's name";
    /// Warehouse's name.
    WarehouseTitle = "warehouse_title", Type::Text, "收货仓库名称", "the name of the warehouse that receives";
    /// Return address.
    ReturnAddress = "return_address", Type::Text, "退货地址", "the address to send goods back to";
    /// Return contact.
    ReturnContact = "return_contact", Type::Text, "退货收件人", "who receives goods sent back";
    /// Return phone.
    ReturnPhone = "return_phone", Type::Text, "退货收件电话", "the phone number for goods sent back";
    /// Instructions.
    ReturnNotes = "return_notes", Type::Text, "退货注意事项", "what to mind when sending goods back";
    /// Portal link.
    Link = "link", Type::Text, "客户查看进度的链接", "the link by which the customer follows the case";
    /// Note with a decision.
    Note = "note", Type::Text, "最近一次审批意见", "the note of the latest decision";
}

impl std::fmt::Display for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// All facts with their types; with a form's fields as `form.<id>` when there is one.
#[must_use]
pub fn schema(form: Option<&Schema>) -> Schema {
    let mut schema = Schema::new();
    for fact in Fact::ALL {
        schema.insert(fact.as_str(), fact.value_type());
    }
    for (id, found) in form.iter().flat_map(|form| form.iter()) {
        schema.insert(format!("form.{id}"), found.clone());
    }
    schema
}

/// The facts of one case as a scope. A fact that was not set is blank.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    values: Vec<Value>,
    /// The form's answers by field id.
    pub form: BTreeMap<String, Value>,
    /// The shop's offset from UTC, in minutes.
    pub offset_minutes: i32,
    titles: BTreeMap<(&'static str, String), Text>,
}

impl Facts {
    /// No facts yet, but the instant and the shop's day.
    #[must_use]
    pub fn at(now: Timestamp, offset_minutes: i32) -> Self {
        let facts = Self { offset_minutes, ..Self::default() };
        facts.with(Fact::Now, now).with(Fact::Today, now.local_date(offset_minutes))
    }
    /// With a fact.
    #[must_use]
    pub fn with(mut self, fact: Fact, value: impl Into<Value>) -> Self {
        self.set(fact, value);
        self
    }
    /// Sets a fact.
    pub fn set(&mut self, fact: Fact, value: impl Into<Value>) {
        let place = fact as usize;
        if self.values.len() <= place {
            self.values.resize(Fact::ALL.len(), Value::Blank);
        }
        if let Some(slot) = self.values.get_mut(place) {
            *slot = value.into();
        }
    }
    /// A fact's value.
    #[must_use]
    pub fn value(&self, fact: Fact) -> &Value {
        self.values.get(fact as usize).unwrap_or(&Value::Blank)
    }
    /// Says what a code is called on screen; `what` is `reason`, `category`, `kind`, `tag` and so on.
    pub fn name(&mut self, what: &'static str, code: impl Into<String>, title: Text) {
        self.titles.insert((what, code.into()), title);
    }
}

impl Scope for Facts {
    fn get(&self, path: &str) -> Option<Cow<'_, Value>> {
        if let Some(field) = path.strip_prefix("form.") {
            // A hidden field has no answer and reads as blank; the columns behind a further dot are not ours to find.
            let blank = (!field.contains('.')).then_some(&Value::Blank);
            return self.form.get(field).or(blank).map(Cow::Borrowed);
        }
        Fact::parse(path).map(|fact| Cow::Borrowed(self.value(fact)))
    }
    fn offset_minutes(&self) -> i32 {
        self.offset_minutes
    }
    fn title(&self, what: &str, code: &str) -> Option<Text> {
        let mut named = self.titles.iter().filter(|((known, _), _)| *known == what);
        named.find(|((_, known), _)| known == code).map(|(_, title)| title.clone())
    }
}
