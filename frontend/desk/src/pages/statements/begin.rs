//! Taking a statement in: whose, the file, what was read of it, which column is what, then all of it or nothing.

use std::collections::BTreeMap;

use contract::statement::{
    LOOK, StatementFile, StatementFileQuery, StatementProblem, StatementRequest, StatementTaken, TAKE_IN, UPLOAD,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::Sum;
use parts::api;
use parts::meta::use_meta;
use parts::said::said;
use parts::submit::Submit;
use ui::{
    Bind, Button, ButtonKind, Choice, DescriptionList, Fact, Field, FileDrop, Glyph, Notice, Select, State, Text,
    TimeStamp, Upload, say, text,
};

use crate::go::use_go;
use crate::rows::wrong;

/// What is being taken in. Copy freely.
#[derive(Clone, Copy)]
struct Draft {
    shop: RwSignal<String>,
    name: RwSignal<String>,
    file: RwSignal<Option<StatementFile>>,
    uploads: RwSignal<Vec<Upload>>,
    columns: RwSignal<BTreeMap<String, String>>,
    problem: RwSignal<Option<String>>,
    submit: Submit,
}

/// What a column can say.
fn field(word: &str) -> Text {
    match word {
        "at" => text("时间", "Time"),
        "amount" => text("金额", "Amount"),
        "income" => text("收入", "Taken in"),
        "expense" => text("支出", "Paid out"),
        "direction" => text("收支方向", "Direction"),
        "channel_reference" => text("渠道单号", "The channel's number"),
        "our_reference" => text("我方单号", "Our number"),
        "refund_amount" => text("退款金额", "Refunded amount"),
        "refund_channel_reference" => text("渠道退款单号", "The channel's refund number"),
        "refund_our_reference" => text("我方退款单号", "Our refund number"),
        "refund_state" => text("退款状态", "Refund's state"),
        "currency" => text("币种", "Currency"),
        _ => text("备注", "Note"),
    }
}

impl Draft {
    fn query(self) -> Option<StatementFileQuery> {
        let shop = self.shop.with_untracked(|shop| shop.parse().ok())?;
        let columns = self.columns.with_untracked(|columns| serde_json::to_string(columns).ok());
        Some(StatementFileQuery { shop, columns: columns.filter(|text| text != "{}") })
    }

    fn note(self, change: impl Fn(&mut Upload)) {
        self.uploads.try_update(|all| all.iter_mut().for_each(change));
    }

    fn forget(self) {
        self.file.set(None);
        self.uploads.set(Vec::new());
        self.problem.set(None);
        self.columns.set(BTreeMap::new());
        self.submit.forget();
    }

    fn take(self, file: web_sys::File) {
        self.forget();
        let Some(query) = self.query() else { return };
        self.name.set(file.name());
        let size_bytes = file.size() as u64;
        self.uploads.set(vec![Upload {
            key: "file".to_owned(),
            name: file.name(),
            size_bytes,
            arrived_permille: 0,
            error: None,
        }]);
        spawn_local(async move {
            let progress = move |permille: u16| self.note(|line| line.arrived_permille = permille);
            match api::upload_with::<StatementFile>(&UPLOAD, &query, Vec::new(), file, progress).await {
                Ok(found) => {
                    self.note(|line| line.arrived_permille = 1_000);
                    self.file.try_set(Some(found));
                }
                Err(problem) => self.note(|line| line.error = Some(problem.words_in_full())),
            }
        });
    }

    /// Another column is what a field says: the same file is read again.
    fn map(self, field: String, header: String) {
        self.columns.update(|columns| {
            columns.insert(field, header);
        });
        let hash = self.file.with_untracked(|file| file.as_ref().map(|file| file.file.clone()));
        let (Some(hash), Some(query)) = (hash, self.query()) else { return };
        spawn_local(async move {
            match api::read_with::<StatementFile, _>(&LOOK, &[&hash], &query).await {
                Ok(found) => {
                    self.problem.try_set(None);
                    self.file.try_set(Some(found));
                }
                Err(problem) => {
                    self.problem.try_set(Some(problem.words_in_full()));
                }
            }
        });
    }
}

fn facts(file: &StatementFile) -> Vec<Fact> {
    let (out, income, from, until) = (file.out, file.income, file.from, file.until);
    let counted = |count: i64| move || say!("{count} 笔", "{count} lines");
    let moment = |at: Option<domain::Timestamp>| move || at.map(|at| view! { <TimeStamp at_ms=at.ms()/> }).into_any();
    vec![
        Fact::words(text("渠道", "Channel"), super::layout(&file.layout)),
        Fact::new(text("付出", "Paid out"), move || {
            view! { <Sum amount=out.sum/> " · " {counted(out.count)} }.into_any()
        }),
        Fact::new(text("收入", "Taken in"), move || {
            view! { <Sum amount=income.sum/> " · " {counted(income.count)} }.into_any()
        }),
        Fact::new(text("从", "From"), moment(from)),
        Fact::new(text("到", "Until"), moment(until)),
    ]
}

fn problems(file: &StatementFile) -> AnyView {
    let bad = file.bad;
    if bad == 0 {
        return ().into_any();
    }
    let title = ui::Words::from(move || {
        say!("有 {bad} 行无法读取，整份不会导入", "{bad} rows cannot be read; nothing is taken in")
    });
    let one = |problem: &StatementProblem| {
        let row = problem.row;
        let label = move || say!("第 {row} 行：", "Row {row}: ");
        let message = said(&problem.message);
        view! { <li>{label}{message}<br/><code>{problem.raw.clone()}</code></li> }
    };
    let rows = file.problems.iter().map(one).collect_view();
    view! { <Notice state=State::Bad title><ul class="statements__problems">{rows}</ul></Notice> }.into_any()
}

fn mapping(draft: Draft, file: &StatementFile) -> AnyView {
    let headers: Vec<Choice> = file
        .headers
        .iter()
        .filter(|header| !header.is_empty())
        .map(|header| Choice::new(header.clone(), header.clone()))
        .collect();
    let headers = Signal::stored(headers);
    let one = |name: &String| {
        let current = file.columns.get(name).cloned().unwrap_or_default();
        let name = StoredValue::new(name.clone());
        let value = Bind::new(move || current.clone(), move |header| draft.map(name.get_value(), header));
        let label = name.with_value(|name| field(name));
        view! {
            <Field label><Select value options=headers placeholder=text("（没有这一列）", "(no column)")/></Field>
        }
    };
    let fields = file.fields.iter().map(one).collect_view();
    view! {
        <details class="statements__columns">
            <summary>{text("哪一列是什么", "Which column is what")}</summary>
            <div class="u-grid">{fields}</div>
        </details>
    }
    .into_any()
}

fn found(draft: Draft, file: StatementFile) -> AnyView {
    let go = use_go();
    let (known, before, bad) = (file.known, file.statement, file.bad);
    let refused = bad > 0 || before.is_some();
    let columns = file.columns.clone();
    let hash = file.file.clone();
    let save = move || {
        let Some(shop) = draft.shop.with_untracked(|shop| shop.parse().ok()) else { return };
        let body =
            StatementRequest { file: hash.clone(), name: draft.name.get_untracked(), shop, columns: columns.clone() };
        draft.submit.run(
            move |key| async move { api::send::<StatementTaken, _>(&TAKE_IN, &[], &body, key).await },
            move |taken| go.to(&super::address(taken.id)),
        );
    };
    let already = before.map(|id| {
        let title = text("这个文件已经导入过", "This file was taken in before");
        view! {
            <Notice state=State::Attention title>
                <a href=super::address(id)>{text("打开那份对账单", "Open that statement")}</a>
            </Notice>
        }
    });
    let overlap = (known > 0 && before.is_none()).then(|| {
        let title = ui::Words::from(move || {
            say!(
                "{known} 笔在之前的对账单中已有，不会重复",
                "{known} lines are in earlier statements and do not count twice"
            )
        });
        view! { <Notice state=State::Waiting title/> }
    });
    let again = draft.problem.get_untracked();
    let read_again = again.map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <div class="u-stack" data-test="statement-found">
            <DescriptionList facts=Signal::stored(facts(&file))/>
            {already}
            {overlap}
            {problems(&file)}
            {read_again}
            {mapping(draft, &file)}
            {wrong(draft.submit)}
            <div class="u-row">
                <Button
                    kind=ButtonKind::Primary
                    icon=Glyph::Upload
                    busy=draft.submit.busy()
                    disabled=refused
                    on_click=move |()| save()
                    attr:data-test="statement-save"
                >
                    {super::TAKE_IN}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

/// What stands in the drawer.
#[component]
pub(super) fn Begin() -> impl IntoView {
    let meta = use_meta();
    let shops = Signal::derive(move || meta.shop_choices());
    let first = untrack(|| meta.shop_choices().first().map(|choice| choice.value.clone()).unwrap_or_default());
    let draft = Draft {
        shop: RwSignal::new(first),
        name: RwSignal::new(String::new()),
        file: RwSignal::new(None),
        uploads: RwSignal::new(Vec::new()),
        columns: RwSignal::new(BTreeMap::new()),
        problem: RwSignal::new(None),
        submit: Submit::new(),
    };
    let shop = Bind::new(
        move || draft.shop.get(),
        move |value| {
            draft.shop.set(value);
            draft.forget();
        },
    );
    let take = move |files: Vec<web_sys::File>| files.into_iter().next().into_iter().for_each(|file| draft.take(file));
    let below = move || draft.file.get().map(|file| found(draft, file));
    view! {
        <div class="u-stack">
            <Field label=text("店铺", "Shop") hint=text("这是哪个店铺的收款账户", "Whose account the statement is of")>
                <Select value=shop options=shops/>
            </Field>
            <FileDrop
                label=text("把账单放到这里，或点按选择", "Drop the bill here, or press to pick it")
                hint=text("支付宝、微信支付商户账单，或含时间和金额的 CSV、XLSX", "A bill of Alipay or WeChat Pay, or a CSV or XLSX with a time and an amount")
                accept=".csv,.txt,.xlsx"
                on_files=take
                uploads=draft.uploads
            />
            {below}
        </div>
    }
}
