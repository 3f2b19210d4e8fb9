//! Clients of the API: nobody, a browser with its cookie, a system with its bearer token.

use std::io::{BufRead as _, BufReader, Read};
use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::{HeaderMap, Request, Response};

/// A request that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// A client with what it proves itself with.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    url: String,
    cookie: Option<String>,
    station: Option<String>,
    csrf: Option<String>,
    bearer: Option<String>,
    headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as JSON; `Null` when it is none.
    pub body: Value,
    /// The body as it came.
    pub text: String,
}

/// A stream of server-sent events.
pub struct Stream {
    lines: BufReader<Box<dyn Read + Send>>,
}

impl Client {
    /// Nobody, at a server.
    #[must_use]
    pub fn new(url: &str) -> Self {
        let config =
            Agent::config_builder().http_status_as_error(false).max_redirects(0).timeout_global(Some(PATIENCE)).build();
        Self {
            agent: config.new_agent(),
            url: url.to_owned(),
            cookie: None,
            station: None,
            csrf: None,
            bearer: None,
            headers: Vec::new(),
        }
    }

    /// A system.
    #[must_use]
    pub fn with_bearer(mut self, secret: &str) -> Self {
        self.bearer = Some(secret.to_owned());
        self
    }

    /// With a header on every request.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With an idempotency key on every request.
    #[must_use]
    pub fn with_key(self, key: &str) -> Self {
        self.with("Idempotency-Key", key)
    }

    /// The same browser, with another CSRF token or none.
    #[must_use]
    pub fn with_csrf(mut self, csrf: Option<&str>) -> Self {
        self.csrf = csrf.map(str::to_owned);
        self
    }

    /// The session's cookie as it is sent.
    #[must_use]
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// The session's CSRF token.
    #[must_use]
    pub fn csrf(&self) -> Option<&str> {
        self.csrf.as_deref()
    }

    /// Signs in; the session is kept when it was opened.
    pub fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        let answer = self.post("/api/session", &json!({ "name": name, "password": password }));
        self.adopt(&answer);
        answer
    }

    /// Keeps the session that an answer opened, a person's or an operator's.
    pub fn adopt(&mut self, answer: &Answer) {
        if answer.status == 201
            && let Some(pair) = answer.cookie()
        {
            self.cookie = Some(pair);
            let opened = [&answer.body, &answer.body["caller"], &answer.body["operator"]["caller"]];
            let csrf = opened.iter().find_map(|body| body["session"]["csrf_token"].as_str());
            self.csrf = csrf.map(str::to_owned);
        }
    }

    /// Keeps the cookie that made this browser a station.
    pub fn adopt_station(&mut self, answer: &Answer) {
        self.station = answer.cookie();
    }

    /// The same browser without its session: a station keeps its own cookie.
    #[must_use]
    pub fn without_session(mut self) -> Self {
        self.cookie = None;
        self.csrf = None;
        self
    }

    /// The same session in another browser: without the station's cookie.
    #[must_use]
    pub fn without_station(mut self) -> Self {
        self.station = None;
        self
    }

    /// Reads.
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None)
    }
    /// Creates or does.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(body.to_string()))
    }
    /// Puts.
    pub fn put(&self, path: &str, body: &Value) -> Answer {
        self.send("PUT", path, Some(body.to_string()))
    }
    /// Changes.
    pub fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send("PATCH", path, Some(body.to_string()))
    }
    /// Takes away.
    pub fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, None)
    }

    /// Sends a request; a body is sent as JSON, whatever it holds.
    pub fn send(&self, method: &str, path: &str, body: Option<String>) -> Answer {
        let response = match body {
            Some(body) => {
                let request = self.request(method, path).header("content-type", "application/json");
                self.agent.run(request.body(body).expect("a request"))
            }
            None if matches!(method, "POST" | "PUT" | "PATCH") => {
                self.agent.run(self.request(method, path).body(String::new()).expect("a request"))
            }
            None => self.agent.run(self.request(method, path).body(()).expect("a request")),
        };
        Answer::read(response.unwrap_or_else(|error| panic!("{method} {path}: {error}")))
    }

    /// Sends a content as it is.
    pub fn upload(&self, path: &str, content: &[u8]) -> Answer {
        let request = self.request("POST", path).header("content-type", "application/octet-stream");
        let response = self.agent.run(request.body(content).expect("a request"));
        Answer::read(response.unwrap_or_else(|error| panic!("POST {path}: {error}")))
    }

    /// The same client at another address of the server.
    #[must_use]
    pub fn at(mut self, url: &str) -> Self {
        self.url = url.to_owned();
        self
    }

    /// Sends bytes as they are.
    pub fn send_bytes(&self, method: &str, path: &str, bytes: &[u8]) -> Answer {
        let request = self.request(method, path).header("content-type", "application/octet-stream");
        let response = self.agent.run(request.body(bytes).expect("a request"));
        Answer::read(response.unwrap_or_else(|error| panic!("{method} {path}: {error}")))
    }

    /// Reads a file: status, headers, bytes.
    ///
    /// # Panics
    /// When the answer breaks off.
    #[must_use]
    pub fn download(&self, path: &str) -> (u16, HeaderMap, Vec<u8>) {
        let response = self.agent.run(self.request("GET", path).body(()).expect("a request"));
        let mut response = response.unwrap_or_else(|error| panic!("GET {path}: {error}"));
        let bytes = response.body_mut().read_to_vec().expect("a body");
        (response.status().as_u16(), response.headers().clone(), bytes)
    }

    /// Opens a stream of events.
    pub fn stream(&self, path: &str) -> Stream {
        let response = self.agent.run(self.request("GET", path).body(()).expect("a request"));
        let response = response.unwrap_or_else(|error| panic!("GET {path}: {error}"));
        assert_eq!(response.status().as_u16(), 200, "GET {path}");
        Stream { lines: BufReader::new(Box::new(response.into_body().into_reader())) }
    }

    fn request(&self, method: &str, path: &str) -> ureq::http::request::Builder {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.url));
        if let Some(secret) = &self.bearer {
            request = request.header("authorization", format!("Bearer {secret}"));
        }
        let cookies: Vec<&str> = [&self.cookie, &self.station].into_iter().flatten().map(String::as_str).collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        if let (Some(csrf), false) = (&self.csrf, method == "GET") {
            request = request.header("x-csrf-token", csrf);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request
    }
}

impl Answer {
    fn read(mut response: Response<ureq::Body>) -> Self {
        let text = response.body_mut().read_to_string().expect("a text");
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: serde_json::from_str(&text).unwrap_or(Value::Null),
            text,
        }
    }

    /// The body, when the status is the expected one.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.body
    }

    /// The error body, when the status and code are the expected ones. Every refusal has all its parts.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, self.body["code"].as_str()), (status, Some(code)), "{}", self.text);
        let message = self.body["message"].as_str().unwrap_or_default();
        assert!(!message.is_empty(), "{}", self.text);
        let id = self.headers.get("x-request-id").and_then(|value| value.to_str().ok());
        assert_eq!(self.body["request_id"].as_str(), id, "{}", self.text);
        self.body
    }

    /// The cookie that came along, as it is sent back.
    #[must_use]
    pub fn cookie(&self) -> Option<String> {
        self.header("set-cookie").and_then(|cookie| cookie.split(';').next()).map(str::to_owned)
    }

    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

impl Stream {
    /// The next event's name and data, or `None` when the stream has ended. Comments and hints are passed over.
    pub fn event(&mut self) -> Option<(String, Value)> {
        let mut name = String::new();
        let mut data = Value::Null;
        loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line).ok()? == 0 {
                return None;
            }
            match line.trim_end().split_once(": ") {
                Some(("event", text)) => name = text.to_owned(),
                Some(("data", text)) => data = serde_json::from_str(text).unwrap_or(Value::Null),
                Some(_) => {}
                None if line.trim_end().is_empty() && !name.is_empty() => return Some((name, data)),
                None => {}
            }
        }
    }

    /// Waits until the stream stands.
    pub fn greeting(&mut self) {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("a first line");
        assert!(line.starts_with("retry:"), "{line}");
    }
}
