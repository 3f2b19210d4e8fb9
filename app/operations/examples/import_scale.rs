//! Imports the generator's files and prints rows per second and peak memory.
use domain::{Text, Timestamp};
use operations::import::{self, Mapping, Options, StartImport, Target, source::Source};
use operations::{Actor, App, Call};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use store::{OpenOptions, Store};
struct Now;
impl operations::Clock for Now {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "an example is its own binary")]
        let now = std::time::SystemTime::now();
        Timestamp::from_ms(now.duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_millis() as i64))
    }
}
fn status(key: &str) -> String {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    text.lines().find_map(|line| line.strip_prefix(key).map(|rest| rest.trim().to_owned())).unwrap_or_default()
}
fn main() {
    let mut args = std::env::args().skip(1);
    let (files, data) = (args.next().unwrap(), args.next().unwrap());
    let only: Vec<String> = args.collect();
    let store = Store::open(Path::new(&data), &OpenOptions { create: true, ..OpenOptions::default() }).unwrap();
    let app = App::start(store, Arc::new(Now)).unwrap();
    let template = operations::template::apply::Apply {
        text: include_str!("../../templates/returns.yaml").to_owned(),
        note: String::new(),
    };
    let _ = app
        .run_blocking(Call::system("template"), move |tx, ctx| {
            operations::template::apply::apply(tx, ctx, &template).map(|_| ())
        })
        .unwrap();
    let _ = Text::default();
    let actor = Arc::new(Actor::system());
    for (target, file) in [
        (Target::Customers, "customers"),
        (Target::Products, "products"),
        (Target::Orders, "orders"),
        (Target::OrderLines, "order_lines"),
        (Target::Returns, "returns"),
    ] {
        if !only.is_empty() && !only.iter().any(|name| name == file) {
            continue;
        }
        let began = Instant::now();
        let path = format!("{files}/{file}.csv");
        let source = Source::open(Path::new(&path)).unwrap();
        let scanned = began.elapsed();
        let cmd = StartImport {
            target,
            file_name: file.to_owned(),
            dry: false,
            mapping: Mapping::default(),
            options: Options { create_shops: true, ..Options::default() },
        };
        let started = import::start(&app, Call::system("import.start"), &source, &cmd).unwrap().value;
        let view = import::run(&app, &actor, started.id, &source).unwrap();
        let took = began.elapsed().as_secs_f64();
        println!(
            "{file}: {} rows ({} new, {} changed, {} same, {} bad {:?}) in {took:.2} s (scan {:.2}) = {:.0}/s; rss {} peak {}",
            view.rows_read,
            view.rows_new,
            view.rows_changed,
            view.rows_same,
            view.rows_bad,
            view.bad_by_code,
            scanned.as_secs_f64(),
            view.rows_read as f64 / took,
            status("VmRSS:"),
            status("VmHWM:")
        );
    }
    app.store().clone().close();
}
