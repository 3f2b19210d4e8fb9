//! Beginning an import: what it is about, the file, which column is what, then a dry run or the real one.

use contract::import::{
    ImportField, ImportMapping, ImportTarget, ImportView, InspectedFile, START, StartQuery, TARGETS, UPLOAD,
    UploadQuery,
};
use domain::Currency;
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api;
use parts::fetch::Fetch;
use parts::meta::use_meta;
use parts::said::said;
use parts::submit::Submit;
use parts::words::import_target;
use ui::{
    Button, ButtonKind, Card, Checkbox, Choice, Field, FileDrop, Glyph, Notice, PageHeader, Select, State, Text,
    TextInput, Upload, text,
};

use super::columns::{Columns, Mapped};
use crate::go::use_go;
use crate::rows::currencies;

const TITLE: Text = text("导入文件", "Import a file");
/// How a file is named among uploads: there is one at a time.
const ONE: &str = "file";

/// How rows are treated that do not say it themselves. Copy freely.
#[derive(Clone, Copy)]
struct Options {
    shop: RwSignal<String>,
    create_shops: RwSignal<bool>,
    zone: RwSignal<String>,
    currency: RwSignal<String>,
}

fn options(options: Options, submit: Submit) -> AnyView {
    let meta = use_meta();
    let shops = Signal::derive(move || {
        meta.with(|view| view.shops.iter().map(|shop| Choice::new(shop.code.clone(), said(&shop.title))).collect())
    });
    let codes = Signal::stored(currencies(&Currency::CNY));
    view! {
        <Card title=text("文件里没写的，按这里", "What the file does not say")>
            <div class="u-grid">
                <Field label=text("店铺", "Shop") error=submit.field("shop") hint=text("行里没有渠道时归到这个店铺", "For rows that name no channel")>
                    <Select value=options.shop options=shops placeholder=text("由文件指定", "As the file says")/>
                </Field>
                <Field label=text("时区", "Time zone") error=submit.field("options.zone") hint=text("店铺已有时区的，以店铺为准", "A shop's own zone goes first")>
                    <TextInput value=options.zone/>
                </Field>
                <Field label=text("币种", "Currency")>
                    <Select value=options.currency options=codes/>
                </Field>
            </div>
            <Checkbox
                checked=options.create_shops
                label=text("文件里出现的新店铺自动建立", "Make shops that the file names and nobody knows")
            />
        </Card>
    }
    .into_any()
}

fn sample(file: &InspectedFile) -> AnyView {
    let head = file.headers.iter().map(|header| view! { <th scope="col">{header.clone()}</th> }).collect_view();
    let row = |row: &Vec<String>| {
        let cells = row.iter().map(|cell| view! { <td>{cell.clone()}</td> }).collect_view();
        view! { <tr>{cells}</tr> }
    };
    let rows = file.rows.iter().take(5).map(row).collect_view();
    let label = move || text("文件的前几行", "The file's first rows").get();
    view! {
        <div class="imports__sample" role="region" tabindex="0" aria-label=label>
            <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}

/// What is being begun. Copy freely.
#[derive(Clone, Copy)]
struct Draft {
    target: RwSignal<String>,
    name: RwSignal<String>,
    file: RwSignal<Option<InspectedFile>>,
    uploads: RwSignal<Vec<Upload>>,
    mapped: Mapped,
    options: Options,
    submit: Submit,
}

impl Draft {
    fn new() -> Self {
        Self {
            target: RwSignal::new("orders".to_owned()),
            name: RwSignal::new(String::new()),
            file: RwSignal::new(None),
            uploads: RwSignal::new(Vec::new()),
            mapped: Mapped::new(),
            options: Options {
                shop: RwSignal::new(String::new()),
                create_shops: RwSignal::new(false),
                zone: RwSignal::new("Asia/Shanghai".to_owned()),
                currency: RwSignal::new(Currency::CNY.to_string()),
            },
            submit: Submit::new(),
        }
    }

    /// There is no file any more.
    fn forget(self) {
        self.file.set(None);
        self.uploads.set(Vec::new());
        self.submit.forget();
    }

    fn note(self, change: impl Fn(&mut Upload)) {
        self.uploads.try_update(|all| all.iter_mut().for_each(change));
    }

    /// Sends a file to be looked at.
    fn take(self, file: web_sys::File) {
        self.forget();
        self.name.set(file.name());
        let line = Upload {
            key: ONE.to_owned(),
            name: file.name(),
            size_bytes: file.size() as u64,
            arrived_permille: 0,
            error: None,
        };
        self.uploads.set(vec![line]);
        let query = UploadQuery { target: self.target.get_untracked() };
        spawn_local(async move {
            let progress = move |permille: u16| self.note(|line| line.arrived_permille = permille);
            match api::upload_with::<InspectedFile>(&UPLOAD, &query, Vec::new(), file, progress).await {
                Ok(found) => {
                    self.note(|line| line.arrived_permille = 1_000);
                    self.mapped.take(&found.mapping);
                    self.file.try_set(Some(found));
                }
                Err(problem) => self.note(|line| line.error = Some(problem.words_in_full())),
            }
        });
    }

    /// What is asked of the server.
    fn query(self, dry: bool) -> Option<StartQuery> {
        let file = self.file.get_untracked()?;
        let filled =
            |signal: RwSignal<String>| Some(signal.get_untracked().trim().to_owned()).filter(|text| !text.is_empty());
        let mapping: ImportMapping = self.mapped.get();
        Some(StartQuery {
            target: self.target.get_untracked(),
            file: Some(file.file),
            name: self.name.get_untracked(),
            dry,
            shop: filled(self.options.shop),
            create_shops: self.options.create_shops.get_untracked(),
            zone: filled(self.options.zone),
            currency: self.options.currency.get_untracked().parse().ok(),
            mapping: serde_json::to_string(&mapping).ok(),
        })
    }
}

/// What is shown once there is a file.
fn rest(draft: Draft, file: InspectedFile, fields: Vec<ImportField>) -> AnyView {
    let go = use_go();
    let start = move |dry: bool| {
        let Some(query) = draft.query(dry) else { return };
        draft.submit.run(
            move |key| api::act_with::<ImportView, _>(&START, &[], &query, key),
            move |run| go.to(&format!("/desk/imports/{}", run.id)),
        );
    };
    let encoding = file.encoding.clone();
    let remembered = file.is_remembered.then(|| {
        let title = text("沿用上次这种文件的列对应", "The columns are mapped as last time for such a file");
        view! { <Notice state=State::Good title/> }
    });
    let first = sample(&file);
    let (mapped, submit) = (draft.mapped, draft.submit);
    view! {
        <Card title=text("文件的前几行", "The file's first rows")>
            <div class="u-stack-8">
                <p class="u-soft u-small">{text("识别为", "Read as")} " " {encoding}</p>
                {first}
            </div>
        </Card>
        <Card title=text("哪一列是什么", "Which column is what")>
            <div class="u-stack">{remembered} <Columns file fields mapped/></div>
        </Card>
        {options(draft.options, submit)}
        {wrong_in_full(submit)}
        <div class="u-row">
            <Button kind=ButtonKind::Primary icon=Glyph::Eye busy=submit.busy() on_click=move |()| start(true) attr:data-test="import-dry">
                {text("试运行", "Dry run")}
            </Button>
            <Button icon=Glyph::Upload busy=submit.busy() on_click=move |()| start(false) attr:data-test="import-start">
                {text("直接导入", "Import now")}
            </Button>
            <span class="u-soft">{text("试运行不写入任何数据，逐行列出问题", "A dry run writes nothing and lists every bad row")}</span>
        </div>
    }
    .into_any()
}

/// The page.
#[component]
pub(super) fn Begin() -> impl IntoView {
    let targets = Fetch::<Vec<ImportTarget>>::new(|| api::read(&TARGETS, &[]));
    let draft = Draft::new();
    let take = move |files: Vec<web_sys::File>| files.into_iter().next().into_iter().for_each(|file| draft.take(file));
    let choices = Signal::derive(move || {
        let choice = |target: &ImportTarget| Choice::new(target.id.clone(), import_target(&target.id));
        targets.with(|all| all.map(|all| all.iter().map(choice).collect()).unwrap_or_default())
    });
    // Another target has other columns: the file is looked at again.
    let target = ui::Bind::new(
        move || draft.target.get(),
        move |value| {
            draft.target.set(value);
            draft.forget();
        },
    );
    let fields = move || {
        let own = draft.target.get();
        targets.with(|all| all?.iter().find(|target| target.id == own).map(|target| target.fields.clone()))
    };
    let below = move || Some(rest(draft, draft.file.get()?, fields()?));
    let order = text(
        "建议顺序：顾客、商品、订单、订单明细、发货、历史退货",
        "Best in this order: customers, articles, orders, lines, shipments, past returns",
    );
    view! {
        <PageHeader title=TITLE back="/desk/imports"/>
        <div class="u-stack imports__begin" data-test="import-begin">
            <Card>
                <div class="u-stack">
                    <Field label=text("导入内容", "What it tells of") hint=order>
                        <Select value=target options=choices/>
                    </Field>
                    <FileDrop
                        label=text("把 CSV 或 XLSX 放到这里，或点按选择", "Drop a CSV or XLSX here, or press to pick one")
                        hint=text("UTF-8、GB18030、UTF-16 都可以", "UTF-8, GB18030 and UTF-16 are all read")
                        accept=".csv,.txt,.tsv,.xlsx"
                        on_files=take
                        uploads=draft.uploads
                    />
                </div>
            </Card>
            {below}
        </div>
    }
}

/// All that is wrong: columns that are missing have no place of their own.
fn wrong_in_full(submit: Submit) -> AnyView {
    let words = submit.words_in_full();
    (move || words.get().map(|words| view! { <Notice state=State::Bad title=words/> })).into_any()
}
