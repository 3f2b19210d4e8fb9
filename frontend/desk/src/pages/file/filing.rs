//! What is being filed: the shop, the form, the order that fills it.

use contract::filing::{FilingOrderView, FilingView, ORDER, ReasonView};
use contract::rma::ContactView;
use domain::{Currency, ShopId, Timestamp};
use engine::form::{Audience, Context, FieldType, Reason};
use engine::value::{Record, Value};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api;
use parts::form::{FormRun, OrderLookup};
use parts::upload::staff_uploader;
use ui::locale::{date_time, zone_minutes};
use ui::{clock, say};

/// A case being filed. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Filing {
    pub(super) form: FormRun,
    pub(super) shop: RwSignal<Option<ShopId>>,
}

/// The tree as the engine knows it: each reason with the one above it.
fn flat(reasons: &[ReasonView]) -> Vec<Reason> {
    let mut all = Vec::new();
    for top in reasons {
        let one = |reason: &ReasonView, parent: Option<String>| Reason {
            id: reason.code.clone(),
            title: reason.title.clone(),
            parent,
            kinds: reason.kinds.clone(),
            evidence: reason.evidence,
        };
        all.push(one(top, None));
        all.extend(top.children.iter().map(|leaf| one(leaf, Some(top.code.clone()))));
    }
    all
}

fn context(view: &FilingView, shop: Option<ShopId>) -> Context {
    let brief = shop.and_then(|shop| view.shops.iter().find(|brief| brief.id == shop));
    let offset = brief.map_or_else(zone_minutes, |brief| brief.offset_minutes);
    let now = Timestamp::from_ms(untrack(clock::now_ms));
    let mut context = Context::new(Audience::Desk, now, offset, Currency::CNY);
    context.shop = brief.map(|brief| brief.code.clone());
    context.reasons = Some(flat(&view.reasons));
    context
}

/// What the order says of the customer, where it is not masked.
fn customer(contact: &ContactView) -> Option<Record> {
    let whole = |value: &Option<String>| value.clone().filter(|value| !value.is_empty() && !value.contains('*'));
    let parts = [("name", &contact.name), ("phone", &contact.phone), ("email", &contact.email)];
    let record: Record =
        parts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Value::Text(whole(value)?)))).collect();
    (!record.is_empty()).then_some(record)
}

fn found_words(found: &FilingOrderView) -> String {
    let day = |at: Timestamp| date_time(at.ms(), zone_minutes());
    let ordered = day(found.order.ordered_at);
    let lines = found.lines.len();
    match (found.order.delivered_at, found.order.shipped_at) {
        (Some(at), _) => {
            let at = day(at);
            say!("{ordered} 下单，{at} 签收，{lines} 种商品", "ordered {ordered}, delivered {at}, {lines} articles")
        }
        (None, Some(at)) => {
            let at = day(at);
            say!("{ordered} 下单，{at} 发货，{lines} 种商品", "ordered {ordered}, shipped {at}, {lines} articles")
        }
        (None, None) => {
            say!("{ordered} 下单，未发货，{lines} 种商品", "ordered {ordered}, not shipped, {lines} articles")
        }
    }
}

impl Filing {
    /// A new form; `order` is looked up at once.
    pub(super) fn new(view: &FilingView, shop: Option<ShopId>, order: Option<String>) -> Self {
        let shop = shop.or_else(|| view.shops.first().map(|brief| brief.id));
        let form = FormRun::new(view.form.clone(), context(view, shop)).with_uploads(staff_uploader());
        let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
        let found = RwSignal::new(None::<FilingOrderView>);
        let this = Self { form, shop: RwSignal::new(shop) };
        let look_up = Callback::new(move |number: String| {
            let Some(shop) = this.shop.get_untracked() else { return };
            busy.set(true);
            error.set(None);
            spawn_local(async move {
                match api::read::<FilingOrderView>(&ORDER, &[&shop, &number]).await {
                    Ok(order) => {
                        this.fill(&order);
                        found.try_set(Some(order));
                    }
                    Err(problem) => {
                        found.try_set(None);
                        form.set_lines(None);
                        let missing = || {
                            say!(
                                "这家店没有这个订单，请核对店铺和订单号",
                                "This shop has no such order; check shop and number"
                            )
                        };
                        error.try_set(Some(if problem.is_missing() { missing() } else { problem.words() }));
                    }
                }
                busy.try_set(false);
            });
        });
        let words = Signal::derive(move || found.with(|found| found.as_ref().map(found_words)));
        let lookup = OrderLookup { on_number: look_up, busy: busy.into(), error: error.into(), found: words };
        let _ = form.with_lookup(lookup);
        if let (Some(number), Some(field)) = (order, form.id_of(FieldType::Order)) {
            form.set(&field, Value::Text(number.clone()));
            look_up.run(number);
        }
        this
    }

    /// The order's goods, and its customer where nobody was written yet.
    fn fill(self, order: &FilingOrderView) {
        self.form.set_lines(Some(order.lines.clone()));
        if let (Some(field), Some(known)) = (self.form.id_of(FieldType::Customer), customer(&order.contact))
            && untrack(|| self.form.value(&field)).is_blank()
        {
            self.form.set(&field, Value::Record(known));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Text;

    #[test]
    fn masked_values_are_not_taken_for_answers() {
        let contact = ContactView {
            name: Some("张三".to_owned()),
            phone: Some("138****0000".to_owned()),
            email: None,
            address: None,
            masked: true,
        };
        let known = customer(&contact);
        assert_eq!(known.map(|known| known.into_keys().collect::<Vec<_>>()), Some(vec!["name".to_owned()]));
        assert_eq!(customer(&ContactView::default()), None);
    }

    #[test]
    fn a_tree_becomes_reasons_with_what_stands_above_them() {
        let leaf = ReasonView {
            code: "b".to_owned(),
            title: Text::default(),
            evidence: true,
            kinds: Vec::new(),
            children: Vec::new(),
        };
        let top = ReasonView {
            code: "a".to_owned(),
            title: Text::default(),
            evidence: false,
            kinds: Vec::new(),
            children: vec![leaf],
        };
        let all: Vec<_> = flat(&[top]).into_iter().map(|reason| (reason.id, reason.parent, reason.evidence)).collect();
        assert_eq!(all, [("a".to_owned(), None, false), ("b".to_owned(), Some("a".to_owned()), true)]);
    }
}
