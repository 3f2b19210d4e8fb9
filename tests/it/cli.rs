//! The command line: with the server running, and without.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use age::secrecy::ExposeSecret as _;

use support::{Binary, PASSWORD};
use tempfile::TempDir;

struct Place {
    dir: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a temporary folder") }
    }
    /// A folder that is not there yet.
    fn binary(&self) -> Binary {
        Binary::on(&self.dir.path().join("data"))
    }
    fn file(&self, name: &str) -> std::path::PathBuf {
        self.dir.path().join("data").join(name)
    }
}

/// One of the doctor's answers.
fn check_of(report: &serde_json::Value, id: &str) -> serde_json::Value {
    let checks = report["checks"].as_array().expect("checks");
    checks.iter().find(|check| check["id"] == id).unwrap_or_else(|| panic!("no `{id}` in {report}")).clone()
}

/// Adds a person and a token, asks the doctor, and checks that all of it counts.
fn manage(binary: &Binary) -> String {
    let add = ["user", "add", "Lin", "--role", "agent", "--role", "财务", "--password-stdin"];
    assert_eq!(binary.run_with(&add, &format!("{PASSWORD}\n")).expect(0), "added lin: agent, finance\n");
    binary.run_with(&add, &format!("{PASSWORD}\n")).expect(3);
    let list = binary.run(&["user", "list", "--json"]).json(0);
    assert_eq!(list[0]["name"], "lin");
    assert_eq!(list[0]["roles"][1]["role"], "finance");
    assert_eq!(binary.run(&["user", "role", "remove", "lin", "finance"]).expect(0), "lin: agent\n");
    assert_eq!(binary.run(&["user", "role", "add", "lin", "Finance"]).expect(0), "lin: agent, finance\n");
    binary.run(&["user", "role", "remove", "lin", "system_admin"]).expect(4);
    binary.run(&["user", "disable", "nobody"]).expect(4);
    let secret = binary.run(&["token", "add", "erp"]).expect(0);
    assert!(secret.starts_with("rdt_") && secret.lines().count() == 1, "{secret}");
    binary.run(&["token", "add", "erp"]).expect(3);
    binary.run(&["token", "add", "other", "--role", "nobody"]).expect(3);
    assert_eq!(binary.run(&["token", "list", "--json"]).json(0)[0]["name"], "erp");
    secret.trim().to_owned()
}

#[test]
fn a_folder_is_managed_without_a_server() {
    let place = Place::new();
    let binary = place.binary();
    let secret = manage(&binary);
    let served = binary.serve(&[]);
    assert_eq!(served.setup_url, None, "somebody exists");
    let system = served.client().with_bearer(&secret);
    assert_eq!(system.get("/api/session").expect(200)["name"], "erp");
    served.client().sign_in("lin", PASSWORD).expect(201);
}

#[test]
fn a_folder_is_managed_through_the_running_server() {
    let place = Place::new();
    let binary = place.binary();
    let served = binary.serve(&[]);
    assert!(served.setup_url.as_deref().is_some_and(|link| link.contains("/desk/setup#")));
    let mode = fs::metadata(place.file("returndesk.sock")).expect("a socket").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let secret = manage(&binary);
    let system = served.client().with_bearer(&secret);
    assert_eq!(system.get("/api/session").expect(200)["name"], "erp");
    let mut browser = served.client();
    browser.sign_in("lin", PASSWORD).expect(201);
    // What the command line changes counts at once for those who are signed in.
    binary.run(&["user", "disable", "lin"]).expect(0);
    browser.get("/api/session").refused(401, "unauthenticated");
    binary.run(&["token", "revoke", "erp"]).expect(0);
    system.get("/api/session").refused(401, "unauthenticated");
    let second = binary.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(second.err.contains("in use by another process"), "{}", second.err);
    assert_eq!(second.code, 5);
}

#[test]
fn the_doctor_looks_with_and_without_a_server() {
    let place = Place::new();
    let binary = place.binary();
    binary.run(&["doctor"]).expect(5);
    binary.run(&["init"]).expect(0);
    let alone = binary.run(&["doctor", "--deep", "--json"]).json(0);
    let served = binary.serve(&[]);
    let running = binary.run(&["doctor", "--deep", "--json"]).json(0);
    for report in [&alone, &running] {
        assert_eq!(check_of(report, "store.synchronous")["message"], "synchronous = FULL");
        for id in [
            "sqlite.version",
            "schema.version",
            "store.journal_mode",
            "store.queue",
            "folder.file_system",
            "folder.modes",
            "template.in_force",
            "clock.order",
            "file.integrity",
            "file.references",
            "events.chain",
            "ledger.postings",
            "ledger.balances",
            "cases.totals",
        ] {
            assert_eq!(check_of(report, id)["status"], "ok", "{id} in {report}");
        }
        assert_eq!(check_of(report, "persons.manager")["status"], "warning");
    }
    assert_ne!(alone, running, "the server is seen");
    drop(served);
}

#[test]
fn the_doctor_finds_a_broken_chain() {
    let place = Place::new();
    let binary = place.binary();
    binary.run(&["init"]).expect(0);
    // Somebody edits the file behind the program's back: one byte of the template's event.
    let path = place.file("returndesk.db");
    let mut bytes = fs::read(&path).expect("the database");
    let kind = b"template.applied";
    let at = bytes.windows(kind.len()).rposition(|window| window == kind).expect("the event");
    bytes[at] = b'T';
    fs::write(&path, bytes).expect("written");
    let report = binary.run(&["doctor", "--deep", "--json"]).json(6);
    assert_eq!(check_of(&report, "events.chain")["status"], "error", "{report}");
}

#[test]
fn a_socket_left_behind_is_no_server() {
    let place = Place::new();
    let binary = place.binary();
    let served = binary.serve(&[]);
    served.kill();
    assert!(place.file("returndesk.sock").exists());
    binary.run(&["token", "add", "erp"]).expect(0);
    let served = binary.serve(&[]);
    binary.run(&["token", "list"]).expect(0);
    let (rest, code) = served.stop();
    assert_eq!((rest.as_str(), code), ("{\"event\":\"stopped\"}\n", 0));
    assert!(!place.file("returndesk.sock").exists());
}

#[test]
fn a_folder_with_a_long_name_has_a_socket_too() {
    let place = Place::new();
    let data = place.dir.path().join("一".repeat(40)).join("x".repeat(80));
    let binary = Binary::on(&data);
    let served = binary.serve(&[]);
    binary.run(&["token", "add", "erp"]).expect(0);
    let report = binary.run(&["doctor", "--json"]).json(0);
    assert_eq!(check_of(&report, "folder.lock")["message"], "a server runs on this folder");
    drop(served);
}

#[test]
fn a_running_request_is_finished_before_the_stop() {
    let place = Place::new();
    let binary = place.binary();
    binary.run_with(&["user", "add", "lin", "--role", "agent", "--password-stdin"], PASSWORD).expect(0);
    let served = binary.serve(&[]);
    let mut browser = served.client();
    browser.sign_in("lin", PASSWORD).expect(201);
    let mut stream = browser.stream("/api/events");
    stream.greeting();
    let (_, code) = served.stop();
    assert_eq!(code, 0);
    assert_eq!(stream.event(), None);
}

#[test]
fn a_backup_comes_back_whole_to_its_owner_alone_or_not_at_all() {
    let place = Place::new();
    let binary = place.binary();
    let add = ["user", "add", "lin", "--role", "agent", "--password-stdin"];
    let _ = binary.run_with(&add, &format!("{PASSWORD}\n")).expect(0);
    fs::create_dir_all(place.file("tls")).expect("a folder");
    for (name, content) in [("ca.pem", "authority"), ("ca.key", "its key"), ("server.key", "made anew")] {
        fs::write(place.file("tls").join(name), content).expect("a file");
    }
    let sealed = operations::seal::Sealer::of(&place.file(""))
        .and_then(|sealer| sealer.seal("email", "s3cret"))
        .expect("sealed");
    let archive = place.dir.path().join("whole.age").to_string_lossy().into_owned();
    let phrase = "a long enough phrase\n";
    let _ = binary.run_with(&["backup", "--to", &archive, "--passphrase-stdin"], phrase).expect(0);
    let to = |name: &str| Binary::on(&place.dir.path().join(name));
    let restore = |archive: &str, name: &str, phrase: &str| {
        to(name).run_with(&["restore", archive, "--passphrase-stdin"], phrase).code
    };
    assert_ne!(restore(&archive, "other", "another long phrase\n"), 0);
    assert!(!place.dir.path().join("other").exists(), "nothing is written of what cannot be trusted");
    assert_eq!(restore(&archive, "again", phrase), 0);
    let mode = fs::metadata(place.dir.path().join("again")).expect("the folder").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert_eq!(to("again").run(&["user", "list", "--json"]).json(0)[0]["name"], "lin");
    let kept = |name: &str| fs::read_to_string(place.dir.path().join("again/tls").join(name)).ok();
    assert_eq!((kept("ca.pem"), kept("ca.key")), (Some("authority".to_owned()), Some("its key".to_owned())));
    let again = place.dir.path().join("again");
    let key = fs::metadata(again.join(operations::seal::KEY_FILE)).expect("the key came along");
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
    let opened = operations::seal::Sealer::of(&again).expect("a key").open("email", &sealed);
    assert_eq!(opened.as_deref(), Some("s3cret"), "channels send after a restore as they did before");
    assert_eq!(kept("server.key"), None, "certificates are made anew under the authority that devices trust");
    assert_ne!(restore(&archive, "again", phrase), 0, "what is there is not overwritten");
}

/// The service may write to its own folder alone: what it writes is brought to its place by whoever asked.
#[test]
fn a_backup_of_a_running_server_is_brought_to_its_place() {
    let place = Place::new();
    let binary = place.binary();
    let _ = binary.run(&["init"]).expect(0);
    // Left behind by one that was killed.
    fs::write(place.file(".handed-1-0123456789abcdef"), "half").expect("a file");
    fs::create_dir_all(place.file(".backup-abc")).expect("a folder");
    let served = binary.serve(&[]);
    let left = || {
        let names = fs::read_dir(place.file("")).expect("the folder").map(|entry| entry.expect("an entry").file_name());
        names.filter(|name| name.to_string_lossy().starts_with(['.'])).collect::<Vec<_>>()
    };
    assert_eq!(left(), Vec::<std::ffi::OsString>::new(), "what a killed server left is gone");
    let archive = place.dir.path().join("served.tar.zst").to_string_lossy().into_owned();
    let said = binary.run(&["backup", "--to", &archive, "--plain", "--json"]).json(0);
    assert_eq!((&said["file"], said.get("beside")), (&serde_json::json!(archive), None));
    let made = fs::metadata(&archive).expect("the archive");
    assert_eq!((Some(made.len()), made.permissions().mode() & 0o777), (said["bytes"].as_u64(), 0o600));
    assert_eq!(left(), Vec::<std::ffi::OsString>::new(), "nothing stays beside the data");
    let nowhere = place.dir.path().join("no such folder/b.tar.zst").to_string_lossy().into_owned();
    for refused in [&archive, &nowhere] {
        assert_ne!(binary.run(&["backup", "--to", refused, "--plain"]).code, 0);
    }
    drop(served);
    assert_eq!(Binary::on(&place.dir.path().join("back")).run(&["restore", &archive]).code, 0);
}

#[test]
fn a_cut_a_changed_and_a_locked_backup_are_told_apart() {
    let place = Place::new();
    let binary = place.binary();
    // Enough for several of the pieces that are sealed one by one.
    let _ = binary.run(&["demo", "--seed", "1", "--cases", "12"]).expect(0);
    let (own, other) = (age::x25519::Identity::generate(), age::x25519::Identity::generate());
    let key = |name: &str, identity: &age::x25519::Identity| {
        let path = place.dir.path().join(name);
        fs::write(&path, identity.to_string().expose_secret()).expect("a key");
        path.to_string_lossy().into_owned()
    };
    let (own_key, other_key) = (key("own.key", &own), key("other.key", &other));
    let archive = place.dir.path().join("whole.age").to_string_lossy().into_owned();
    let _ = binary.run(&["backup", "--to", &archive, "--recipient", &own.to_public().to_string()]).expect(0);
    let bytes = fs::read(&archive).expect("the archive");
    let changed = place.dir.path().join("changed.age").to_string_lossy().into_owned();
    let refused = |archive: &str, key: &str| {
        let target = place.dir.path().join("other");
        let ran = Binary::on(&target).run(&["restore", archive, "--identity", key, "--json"]);
        assert_ne!(ran.code, 0);
        assert!(!target.exists(), "nothing is written of what cannot be trusted");
        let said: serde_json::Value =
            serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err));
        (said["error"]["code"].clone(), said["error"]["message"].clone())
    };
    let (locked, locked_words) = refused(&archive, &other_key);
    assert_eq!(locked, "backup_locked");
    let end = bytes.len();
    let chunk = 65_536 + 16;
    assert!(end > chunk + 300, "more than one chunk: {end}");
    let mut words = vec![locked_words];
    // In the middle, by one byte, by a whole chunk, in the head, to nothing.
    for left in [end / 2, end - 1, end - chunk, 60, 10, 0] {
        fs::write(&changed, &bytes[..left]).expect("a shorter archive");
        let (code, said) = refused(&changed, &own_key);
        assert_eq!(code, "backup_truncated", "{left} of {end}: {said}");
        words.push(said);
    }
    for place in [end - 1, end / 2, end - chunk - 1, 3] {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1;
        fs::write(&changed, &flipped).expect("an archive with a flipped bit");
        let (code, said) = refused(&changed, &own_key);
        assert_eq!(code, "backup_damaged", "{place} of {end}: {said}");
        words.push(said);
    }
    let plain = |text: &serde_json::Value| text.as_str().unwrap_or_default().chars().take(20).collect::<String>();
    let kinds: std::collections::BTreeSet<String> = words.iter().map(plain).collect();
    assert_eq!(kinds.len(), 3, "{kinds:?}");
}

#[test]
fn a_file_that_is_not_there_is_said_so() {
    let place = Place::new();
    let binary = place.binary();
    let _ = binary.run(&["init"]).expect(0);
    let missing = binary.run(&["import", "nofile.csv", "--target", "orders", "--json"]).json(4);
    assert_eq!(missing["error"]["code"], "no_such_file");
}

#[test]
fn wrong_usage_is_told_apart() {
    let place = Place::new();
    let binary = place.binary();
    binary.run(&["user", "add", "lin"]).expect(2);
    binary.run(&["no-such-command"]).expect(2);
    binary.run(&["serve", "--listen", "0.0.0.0:0"]).expect(2);
    let empty = binary.run_with(&["user", "add", "lin", "--role", "agent", "--password-stdin"], "");
    assert_eq!(empty.code, 2, "{}", empty.err);
    let weak = binary.run_with(&["user", "add", "lin", "--role", "agent", "--password-stdin", "--json"], "short\n");
    assert_eq!(weak.json(3)["error"]["code"], "password_too_short");
    let unknown = binary.run(&["user", "add", "lin", "--role", "agnet", "--json"]).json(3);
    assert_eq!(unknown["error"]["help"], "did you mean `agent`?");
    binary.run(&["user", "list"]).expect(0);
}

#[test]
fn a_folder_is_not_made_where_something_is() {
    let place = Place::new();
    fs::create_dir(place.dir.path().join("data")).expect("a folder");
    fs::write(place.file("letter.txt"), "dear").expect("a file");
    let binary = place.binary();
    binary.run(&["init"]).expect(5);
    binary.run(&["serve", "--listen", "127.0.0.1:0"]).expect(5);
    assert_eq!(fs::read_dir(place.dir.path().join("data")).expect("the folder").count(), 1);
}

#[test]
fn settings_come_from_the_file_and_unknown_ones_are_refused() {
    let place = Place::new();
    let config = place.dir.path().join("returndesk.toml");
    fs::write(&config, "lisen = \"127.0.0.1:0\"\n").expect("a file");
    let config = config.to_str().expect("UTF-8");
    let refused = place.binary().run(&["doctor", "--config", config, "--json"]).json(2);
    assert_eq!(refused["error"]["help"], "did you mean `listen`?");
}

#[test]
fn every_command_explains_itself() {
    let place = Place::new();
    let binary = place.binary();
    for command in [
        vec!["--help"],
        vec!["serve", "--help"],
        vec!["init", "--help"],
        vec!["user", "add", "--help"],
        vec!["user", "list", "--help"],
        vec!["user", "passwd", "--help"],
        vec!["user", "disable", "--help"],
        vec!["user", "enable", "--help"],
        vec!["user", "role", "add", "--help"],
        vec!["user", "role", "remove", "--help"],
        vec!["token", "add", "--help"],
        vec!["token", "list", "--help"],
        vec!["token", "revoke", "--help"],
        vec!["doctor", "--help"],
        vec!["openapi", "--help"],
        vec!["version", "--help"],
    ] {
        assert!(binary.run(&command).expect(0).contains("Usage:"), "{command:?}");
    }
    assert!(binary.run(&["version"]).expect(0).contains("SQLite 3."));
    assert!(binary.run(&["openapi"]).json(0)["paths"]["/api/session"].is_object());
}

#[test]
fn a_machine_without_authorities_serves_all_the_same() {
    let place = Place::new();
    let nothing = place.dir.path().join("nothing");
    fs::write(&nothing, "").expect("a file");
    let nothing = nothing.to_string_lossy().into_owned();
    let roots = [("SSL_CERT_FILE", nothing.as_str()), ("SSL_CERT_DIR", nothing.as_str())];
    let served = place.binary().serve_with(&[], &roots);
    assert_eq!(served.client().get("/api/health").expect(200)["status"], "ok");
    assert_eq!(served.stop().1, 0);
}
