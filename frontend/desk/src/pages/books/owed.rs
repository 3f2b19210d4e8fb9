//! How much each party owes; a press narrows the list to them.

use contract::ledger::{OwedTotalView, RECEIVABLE_TOTALS, ReceivableQuery, ReceivableView, TotalsQuery};
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::fetch::Fetch;
use parts::words::party;
use ui::{Notice, State, text};

fn sum(total: &OwedTotalView, query: RwSignal<ReceivableQuery>) -> AnyView {
    let (account, bearer) = (total.account, total.party.bearer);
    let own = account.is_none().then_some(bearer);
    let pressed = Memo::new(move |_| query.with(|query| query.account == account && query.bearer == own));
    let press = move |_| {
        let (account, bearer) = if pressed.get_untracked() { (None, None) } else { (account, own) };
        query.update(|query| {
            query.account = account;
            query.bearer = bearer;
        });
    };
    let cases = total.cases;
    let count = move || ui::say!("{cases} 笔", "{cases} open");
    view! {
        <li>
            <button type="button" class="books__sum" aria-pressed=move || pressed.get().to_string() on:click=press>
                <span class="books__who">{party(&total.party)}</span>
                <span class="books__amount"><Sum amount=total.owed strong=true/></span>
                <span class="u-soft u-small">{count}</span>
            </button>
        </li>
    }
    .into_any()
}

/// The sums; asked for anew when the list is.
pub(super) fn sums(query: RwSignal<ReceivableQuery>, rows: Signal<Vec<ReceivableView>>) -> AnyView {
    let shop = Memo::new(move |_| query.with(|query| query.shop));
    let totals = Fetch::<Vec<OwedTotalView>>::new(move || {
        api::read_with(&RECEIVABLE_TOTALS, &[], &TotalsQuery { shop: shop.get() })
    });
    // Not at first: both were just asked for.
    Effect::watch(
        move || rows.get(),
        move |_, before, _| {
            if before.is_some() {
                totals.reload()
            }
        },
        false,
    );
    let list = move || match (totals.get(), totals.problem().get()) {
        (Some(all), _) if !all.is_empty() => {
            let items = all.iter().map(|total| sum(total, query)).collect_view();
            view! { <ul class="books__sums" aria-label=move || text("欠款合计", "Sums owed").get() data-test="owed-sums">{items}</ul> }.into_any()
        }
        (None, Some(problem)) => view! { <Notice state=State::Bad title=problem.words()/> }.into_any(),
        _ => ().into_any(),
    };
    view! { {list} }.into_any()
}
