//! A real Chromium behind its driver, spoken to by the few W3C WebDriver calls that stories need.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use ureq::Agent;

/// How long an element may take to appear, in milliseconds: the driver waits, not the test.
const PATIENCE_MS: u32 = 20_000;
const PATIENCE: Duration = Duration::from_millis(PATIENCE_MS as u64);
/// The driver's words for keys.
const CONTROL: char = '\u{e009}';
const TAB: char = '\u{e004}';
const RELEASE: char = '\u{e000}';
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser window. Closed when dropped.
pub(crate) struct Browser {
    driver: Child,
    // Kept open: the driver ends when nobody reads what it says.
    _out: BufReader<ChildStdout>,
    agent: Agent,
    session: String,
    site: String,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Opens a window on `site` in a language such as `zh-CN`, `width` pixels wide.
    pub(crate) fn open(site: &str, lang: &str, width: u32) -> Self {
        Self::open_with(site, lang, width, &[])
    }

    /// The same, with more switches of the browser's.
    pub(crate) fn open_with(site: &str, lang: &str, width: u32, switches: &[String]) -> Self {
        let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "/usr/bin/chromedriver".to_owned());
        let mut command = Command::new(program);
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = command.spawn().expect("the browser's driver starts");
        let mut out = BufReader::new(driver.stdout.take().expect("a pipe"));
        let port = port(&mut out);
        let agent = Agent::new_with_config(Agent::config_builder().http_status_as_error(false).build());
        let profile = tempfile::tempdir().expect("a folder");
        let mut browser = Self {
            driver,
            _out: out,
            agent,
            session: format!("http://127.0.0.1:{port}/session"),
            site: site.to_owned(),
            _profile: profile,
        };
        let wanted = browser.capabilities(lang, width, switches);
        let started = browser.call("POST", "", &wanted);
        let id = started["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {started}")).to_owned();
        browser.session = format!("{}/{id}", browser.session);
        browser.call("POST", "/timeouts", &json!({ "implicit": PATIENCE_MS, "pageLoad": 60_000 }));
        browser
    }

    fn capabilities(&self, lang: &str, width: u32, switches: &[String]) -> Value {
        let chrome = std::env::var("CHROME").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
        let profile = self._profile.path().display();
        let args = [
            "--headless".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            format!("--lang={lang}"),
            format!("--accept-lang={lang}"),
            format!("--window-size={width},1000"),
            format!("--user-data-dir={profile}"),
        ];
        let args = [&args, switches].concat();
        let options = json!({ "binary": chrome, "args": args, "prefs": { "intl.accept_languages": lang } });
        json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" },
        } } })
    }

    /// Goes to a path of the site.
    pub(crate) fn go(&self, path: &str) {
        self.call("POST", "/url", &json!({ "url": format!("{}{path}", self.site) }));
    }

    /// Types into the first element that matches, in the place of what stood there.
    pub(crate) fn type_into(&self, css: &str, text: &str) {
        // The next field is entered, as when somebody goes on.
        self.press(css, &format!("{CONTROL}a{RELEASE}{text}{TAB}"));
    }

    /// Types where something stands already, or keys that are no text.
    pub(crate) fn press(&self, css: &str, keys: &str) {
        self.until(css, || {
            let element = self.find(css);
            self.call("POST", &format!("/element/{element}/value"), &json!({ "text": keys }))
        });
    }

    /// Clicks the first element that matches, as soon as it can be clicked.
    pub(crate) fn click(&self, css: &str) {
        self.until(css, || {
            let element = self.find(css);
            // A button that can do nothing yet stays in the reader's order and says so.
            let disabled = self.call("GET", &format!("/element/{element}/attribute/aria-disabled"), &Value::Null);
            if disabled == "true" {
                return disabled;
            }
            // Out from under the bar at the foot, as a person scrolls.
            let centre = "arguments[0].scrollIntoView({ block: 'center' })";
            self.call("POST", "/execute/sync", &json!({ "script": centre, "args": [{ ELEMENT: element }] }));
            self.call("POST", &format!("/element/{element}/click"), &json!({}))
        });
    }

    /// Chooses the option with this value of a drop-down.
    pub(crate) fn choose(&self, css: &str, value: &str) {
        self.click(&format!("{css} option[value=\"{value}\"]"));
    }

    /// Waits until an element matches.
    pub(crate) fn waits_for(&self, css: &str) {
        self.find(css);
    }

    /// Waits until an element stands at a path.
    pub(crate) fn waits_for_path(&self, path: &str) {
        self.find_by("xpath", path);
    }

    /// Waits until nothing matches.
    pub(crate) fn waits_without(&self, css: &str) {
        self.find(&format!("body:not(:has({css}))"));
    }

    /// Waits until something on the page has this text.
    pub(crate) fn sees(&self, text: &str) {
        let wanted = format!("//body//*[contains(normalize-space(.), \"{text}\")]");
        self.find_by("xpath", &wanted);
    }

    // The driver refuses what lies under a toast or is still disabled; it is asked again until it does it.
    fn until(&self, css: &str, act: impl Fn() -> Value) {
        let started = Instant::now();
        loop {
            let answer = act();
            if answer.is_null() {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "`{css}` does not take it: {answer}");
        }
    }

    /// What the page says of itself.
    pub(crate) fn evaluate(&self, script: &str) -> Value {
        self.call("POST", "/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// What the page says of itself, told something.
    pub(crate) fn asks(&self, script: &str, args: &Value) -> Value {
        self.call("POST", "/execute/sync", &json!({ "script": script, "args": args }))
    }

    /// A picture of the window, PNG.
    pub(crate) fn picture(&self) -> Vec<u8> {
        let text = self.call("GET", "/screenshot", &Value::Null);
        STANDARD.decode(text.as_str().expect("a picture")).expect("base64")
    }

    /// The page on paper of the size it asks for, PDF.
    pub(crate) fn paper(&self) -> Vec<u8> {
        let wanted = json!({ "cmd": "Page.printToPDF", "params": { "preferCSSPageSize": true } });
        let printed = self.call("POST", "/goog/cdp/execute", &wanted);
        STANDARD.decode(printed["data"].as_str().expect("a document")).expect("base64")
    }

    /// Does what a row of inputs does, each in its turn and with the pauses between them.
    pub(crate) fn perform(&self, inputs: &Value) {
        let answer = self.call("POST", "/actions", &json!({ "actions": inputs }));
        assert!(answer.is_null(), "the keys are not taken: {answer}");
    }

    /// What only the browser's own tools can do.
    pub(crate) fn devtools(&self, command: &str, parameters: &Value) {
        let answer = self.call("POST", "/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }));
        assert!(answer["error"].is_null(), "{command}: {answer}");
    }

    /// What the page complained of, without what answers of the API are.
    pub(crate) fn complaints(&self) -> Vec<String> {
        self.log(&["SEVERE"])
    }

    /// The same with what it only warned of.
    pub(crate) fn warnings(&self) -> Vec<String> {
        self.log(&["SEVERE", "WARNING"])
    }

    fn log(&self, levels: &[&str]) -> Vec<String> {
        let log = self.call("POST", "/se/log", &json!({ "type": "browser" }));
        let entries = log.as_array().cloned().unwrap_or_default();
        let is_grave = |entry: &&Value| levels.iter().any(|level| entry["level"] == *level);
        let ours = entries.iter().filter(|entry| entry["source"] != "network").filter(is_grave);
        ours.map(|entry| entry["message"].to_string()).collect()
    }

    fn find(&self, css: &str) -> String {
        self.find_by("css selector", css)
    }

    fn find_by(&self, using: &str, value: &str) -> String {
        let found = self.call("POST", "/element", &json!({ "using": using, "value": value }));
        let page = || self.evaluate("return location.pathname + ' ' + document.body.innerText.slice(0, 1200)");
        found[ELEMENT].as_str().unwrap_or_else(|| panic!("`{value}` is not on {}", page())).to_owned()
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let address = format!("{}{path}", self.session);
        let answer = match method {
            "GET" => self.agent.get(&address).call(),
            _ => self.agent.post(&address).header("content-type", "application/json").send(body.to_string()),
        };
        let mut answer = answer.expect("the driver answers");
        let text = answer.body_mut().read_to_string().expect("the driver's words");
        let answer: Value = serde_json::from_str(&text).expect("JSON");
        answer["value"].clone()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It has nothing left to do; that it is gone already is no failure.
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn port(out: &mut BufReader<ChildStdout>) -> u16 {
    let mut line = String::new();
    while out.read_line(&mut line).expect("the driver speaks") > 0 {
        let port = line.split("on port ").nth(1).map(|rest| rest.trim_end_matches(|c: char| !c.is_ascii_digit()));
        // The first line names the port that was asked for: none in particular.
        if let Some(port) = port.and_then(|digits| digits.parse().ok()).filter(|port| *port > 0) {
            return port;
        }
        line.clear();
    }
    panic!("the browser's driver names no port")
}
