//! `import`: files from other systems, by the running server or right here.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{self, Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use domain::{Currency, ImportId, Lang};
use operations::Actor;
use operations::import::source::Source;
use operations::import::{self, ImportView, Mapping, Options, StartImport, Target};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::admin::Place;
use crate::backup::Progress;
use crate::fault::{Exit, Fault, Outcome};
use crate::output::Output;

/// How often is said how far it is.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// Bad rows that are printed; all of them go into the file of `--bad-rows`.
const PRINTED_MAX: u32 = 50;

/// `import …`. Exit code 3 says that rows were refused; the good ones are imported all the same.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Import {
    /// The file: CSV in UTF-8, GB18030 or UTF-16, or XLSX.
    file: PathBuf,
    /// customers, products, orders, order_lines, shipments, returns or external_cases.
    #[arg(long)]
    target: String,
    /// The shop of rows that name none, by code.
    #[arg(long, value_name = "CODE")]
    shop: Option<String>,
    /// Make shops that the file names and nobody knows.
    #[arg(long)]
    create_shops: bool,
    /// Which column is which field, such as `order_no=订单编号`; or which word is which, such as `channel.web=SHOP1`.
    /// What is not said is remembered from files with the same columns, or recognised.
    #[arg(long, value_name = "FIELD=COLUMN")]
    mapping: Vec<String>,
    /// A value for every row, such as `currency=CNY`.
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,
    /// The zone of times where no shop says.
    #[arg(long, default_value = "Asia/Shanghai")]
    zone: String,
    /// The currency of amounts where nothing says.
    #[arg(long, default_value = "CNY")]
    currency: Currency,
    /// Rows in one transaction at most; what is fastest otherwise.
    #[arg(long, value_name = "N")]
    rows_per_command: Option<u32>,
    /// Write nothing; say what would happen and which rows are bad.
    #[arg(long)]
    dry_run: bool,
    /// Where to write the bad rows, as CSV that can be corrected and imported again.
    #[arg(long, value_name = "FILE")]
    bad_rows: Option<PathBuf>,
}

/// The same as data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Verb {
    path: PathBuf,
    target: Target,
    dry: bool,
    mapping: Mapping,
    options: Options,
    bad_rows: Option<PathBuf>,
}

impl Import {
    /// Reads what only the caller can read; the server may stand in another folder.
    pub(crate) fn prepare(self) -> Result<Verb, Fault> {
        let target = Target::parse(&self.target).ok_or_else(|| {
            let known = Target::ALL.iter().map(|target| target.as_str()).collect::<Vec<_>>().join(", ");
            Fault::usage("unknown_target", format!("`{}` cannot be imported", self.target)).help(known)
        })?;
        let absolute = |path: &Path| path::absolute(path).map_err(|error| Fault::io("the path", &error));
        Ok(Verb {
            path: absolute(&self.file)?,
            target,
            dry: self.dry_run,
            mapping: said(&self.mapping, &self.set)?,
            bad_rows: self.bad_rows.as_deref().map(absolute).transpose()?,
            options: Options {
                shop: self.shop,
                create_shops: self.create_shops,
                zone: self.zone,
                currency: self.currency,
                rows_per_command: self.rows_per_command,
            },
        })
    }
}

fn said(columns: &[String], constants: &[String]) -> Result<Mapping, Fault> {
    let pair = |text: &String| {
        let (name, value) = text
            .split_once('=')
            .ok_or_else(|| Fault::usage("malformed_mapping", format!("`{text}` is not of the form name=value")))?;
        Ok::<_, Fault>((name.trim().to_owned(), value.trim().to_owned()))
    };
    let mut mapping = Mapping::default();
    for (name, value) in columns.iter().map(pair).collect::<Result<Vec<_>, _>>()? {
        match name.split_once('.') {
            Some((field, word)) => {
                mapping.words.entry(field.to_owned()).or_default().insert(word.to_owned(), value);
            }
            None => {
                mapping.columns.insert(name, value);
            }
        }
    }
    mapping.constants = constants.iter().map(pair).collect::<Result<_, _>>()?;
    Ok(mapping)
}

/// Does it where the folder is open.
pub(crate) fn perform(place: &Place, verb: &Verb) -> Outcome {
    let fault = |error| place.fault(&error);
    let began = Instant::now();
    if !verb.path.is_file() {
        let message = match place.lang {
            Lang::Zh => "没有这个文件",
            Lang::En => "there is no such file",
        };
        return Err(Fault::new(Exit::NotFound, "no_such_file", format!("`{}`: {message}", verb.path.display())));
    }
    let source = Source::open(&verb.path).map_err(fault)?;
    let name = verb.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let command = StartImport {
        target: verb.target,
        file_name: name,
        dry: verb.dry,
        mapping: verb.mapping.clone(),
        options: verb.options.clone(),
    };
    let call = Place::call("import.start");
    let actor = call.actor.clone();
    let started = import::start(&place.app, call, &source, &command).map_err(fault)?;
    let id = started.value.id;
    let ended = thread::scope(|scope| {
        let work = scope.spawn(|| import::run(&place.app, &actor, id, &source));
        while !work.is_finished() {
            tell(place, &actor, id);
            thread::sleep(LOOK_EVERY);
        }
        work.join().unwrap_or_else(|_| Err(operations::Error::internal("the import panicked")))
    });
    let view = ended.map_err(fault)?;
    if let Some(path) = &verb.bad_rows {
        write_bad_rows(place, &actor, path, id)?;
    }
    report(place, &actor, &view, began.elapsed())
}

fn tell(place: &Place, actor: &Actor, id: ImportId) {
    let Ok(view) = place.app.read(|conn| import::find(conn, actor, id)) else { return };
    let bad = if view.rows_bad > 0 { format!(", {} bad", view.rows_bad) } else { String::new() };
    let doing = format!("{}: {} rows{bad}", view.target.as_str(), view.rows_read);
    let whole = |bytes: i64| u64::try_from(bytes).unwrap_or(0);
    (place.progress)(&Progress { doing, done: whole(view.bytes_done), total: whole(view.bytes_total) });
}

fn write_bad_rows(place: &Place, actor: &Actor, path: &Path, id: ImportId) -> Result<(), Fault> {
    let unwritable = |error: io::Error| Fault::io(&format!("writing `{}`", path.display()), &error);
    let mut file = File::create(path).map_err(unwritable)?;
    let mut after = Some(0);
    while let Some(row) = after {
        let piece = place.app.read(|conn| import::bad_rows_csv(conn, actor, id, row));
        let (text, next) = piece.map_err(|error| place.fault(&error))?;
        file.write_all(text.as_bytes()).map_err(unwritable)?;
        after = next;
    }
    file.flush().map_err(unwritable)
}

fn report(place: &Place, actor: &Actor, view: &ImportView, took: Duration) -> Outcome {
    let mut text = summary(view, took, place.lang);
    if view.rows_bad > 0 {
        let page = place.app.read(|conn| import::bad_rows(conn, actor, view.id, None, PRINTED_MAX));
        for row in page.map_err(|error| place.fault(&error))?.items {
            let field = if row.field.is_empty() { String::new() } else { format!("{}: ", row.field) };
            let message = row.message.get(place.lang);
            text.push_str(&format!("{:>9}  {field}{message}  [{}]\n           {}\n", row.row, row.code, row.raw));
        }
    }
    let mut output = Output::new(text, json!(view));
    if view.rows_bad > 0 || view.state != "done" {
        output.exit = Exit::Refused as u8;
    }
    Ok(output)
}

fn summary(view: &ImportView, took: Duration, lang: Lang) -> String {
    let seconds = took.as_secs_f64().max(0.001);
    let rate = view.rows_read as f64 / seconds;
    let (read, new, changed, same, bad) =
        (view.rows_read, view.rows_new, view.rows_changed, view.rows_same, view.rows_bad);
    let state = match (lang, view.state.as_str(), view.dry) {
        (Lang::Zh, "done", true) => "试运行完成，未写入任何数据",
        (Lang::Zh, "done", false) => "导入完成",
        (Lang::Zh, ..) => "导入已停止",
        (Lang::En, "done", true) => "Tried out, nothing was written",
        (Lang::En, "done", false) => "Imported",
        (Lang::En, ..) => "Stopped",
    };
    match lang {
        Lang::Zh => format!(
            "{state}：读取 {read} 行，新增 {new}，变更 {changed}，相同 {same}，有误 {bad}；用时 {seconds:.1} 秒，每秒 {rate:.0} 行\n"
        ),
        Lang::En => format!(
            "{state}: {read} rows read, {new} new, {changed} changed, {same} same, {bad} bad; {seconds:.1} s, {rate:.0} rows/s\n"
        ),
    }
}
