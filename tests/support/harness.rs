//! A server in this process on a folder of its own. Time stands still until a test moves it.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::mpsc::channel;
use std::sync::{Arc, OnceLock};
use std::thread::{self, JoinHandle};

use domain::{Currency, Lang, PersonId, ShopId, Text, Timestamp, WarehouseId};
use http_api::{AssetPage, Handle, Server, Settings};
use operations::clock::ManualClock;
use operations::error::Error;
use operations::master::shop::{self, SaveShop};
use operations::master::warehouse::{self, SaveWarehouse};
use operations::person::RoleRow;
use operations::person::add::{AddPerson, add};
use operations::token::add::{self as add_token, AddToken};
use operations::{App, Call, Ctx, password, secret};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Lane, OpenOptions, Store, Tx};
use tempfile::TempDir;

use crate::client::Client;
use crate::stored;

/// Where the clock stands first: Monday, 2026-11-23, 10:00 in Shanghai.
pub const START_MS: i64 = 1_795_399_200_000;
/// Everybody's password.
pub const PASSWORD: &str = "horse-battery-staple";

/// A running server with its data folder and clock. Stops when dropped.
pub struct Harness {
    app: App,
    clock: Arc<ManualClock>,
    address: SocketAddr,
    portal: Option<SocketAddr>,
    server: Option<(Handle, JoinHandle<()>)>,
    // Last, so that the folder goes after the server let go of it.
    dir: TempDir,
}

impl Harness {
    /// A server on a fresh folder with the delivered template, no person, no shop.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(|settings| settings)
    }

    /// The same with other settings.
    #[must_use]
    pub fn start_with(change: impl FnOnce(Settings) -> Settings) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        stored::copy_into(dir.path());
        let store = Store::open(dir.path(), &OpenOptions::default()).expect("the copied store opens");
        let clock = Arc::new(ManualClock::new(Timestamp::from_ms(START_MS)));
        let app = App::start(store, Arc::<ManualClock>::clone(&clock)).expect("the copied store starts");
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let settings = change(Settings {
            listen,
            workers: 1,
            behind_proxy: false,
            tls: None,
            portal_listen: None,
            portal_on_main: true,
        });
        let ((address, portal), server) = serve(app.clone(), settings);
        Self { app, clock, address, portal, server: Some(server), dir }
    }

    /// The application behind the server.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }
    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &ManualClock {
        &self.clock
    }
    /// The data folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }
    /// Where the server listens, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the portal alone is served, when the settings say so.
    #[must_use]
    pub fn portal_url(&self) -> Option<String> {
        self.portal.map(|address| format!("http://{address}"))
    }

    /// Runs a verb as the program itself, waiting for it.
    ///
    /// # Errors
    /// What the verb returns.
    pub fn run<T, F>(&self, verb: &'static str, work: F) -> Result<T, Error>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&Tx<'_>, &mut Ctx<'_>) -> Result<T, Error> + Send + 'static,
    {
        let call = Call { lane: Lane::Interactive, ..Call::system(verb) };
        self.app.run_blocking(call, work).map(|answer| answer.value)
    }

    /// A person with roles that hold everywhere.
    pub fn person(&self, name: &str, roles: &[&str]) -> PersonId {
        let roles: Vec<_> = roles.iter().map(|role| (*role, None, None)).collect();
        self.person_at(name, &roles)
    }

    /// A person with roles in shops and warehouses.
    pub fn person_at(&self, name: &str, roles: &[(&str, Option<ShopId>, Option<WarehouseId>)]) -> PersonId {
        let command = AddPerson {
            name: name.to_owned(),
            display_name: None,
            password_hash: Some(password_hash().to_owned()),
            lang: Lang::En,
            roles: role_rows(roles),
        };
        self.run("person.add", move |tx, ctx| add(tx, ctx, &command)).expect("the person is added").id
    }

    /// A shop in yuan.
    pub fn shop(&self, code: &str) -> ShopId {
        let command = SaveShop {
            id: None,
            version: 0,
            code: code.to_owned(),
            name: Text::new(code, code),
            platform: "own".to_owned(),
            currency: Currency::CNY,
            zone: "Asia/Shanghai".to_owned(),
            warehouse_id: None,
            calendar_id: None,
            active: true,
        };
        let saved = self.run("shop.save", move |tx, ctx| shop::save(tx, ctx, &command)).expect("the shop is saved");
        ShopId::from_raw(saved.id)
    }

    /// A warehouse.
    pub fn warehouse(&self, code: &str) -> WarehouseId {
        let command = SaveWarehouse {
            id: None,
            version: 0,
            code: code.to_owned(),
            name: Text::new(code, code),
            contact_name: "仓库".to_owned(),
            contact_phone: "13800000000".to_owned(),
            address: Text::new("上海市", "Shanghai"),
            notes: Text::default(),
            active: true,
        };
        let saved = self.run("warehouse.save", move |tx, ctx| warehouse::save(tx, ctx, &command));
        WarehouseId::from_raw(saved.expect("the warehouse is saved").id)
    }

    /// A client that is nobody.
    #[must_use]
    pub fn anonymous(&self) -> Client {
        Client::new(&self.url())
    }

    /// A browser in which `name` signed in.
    #[must_use]
    pub fn signed_in(&self, name: &str) -> Client {
        let mut client = self.anonymous();
        client.sign_in(name, PASSWORD).expect(201);
        client
    }

    /// A person with roles that hold everywhere, signed in.
    #[must_use]
    pub fn person_client(&self, name: &str, roles: &[&str]) -> Client {
        self.person(name, roles);
        self.signed_in(name)
    }

    /// A system with a bearer token that acts with these roles everywhere.
    #[must_use]
    pub fn token(&self, name: &str, roles: &[&str]) -> Client {
        let secret = secret::generate(secret::BEARER_PREFIX).expect("randomness");
        let roles: Vec<_> = roles.iter().map(|role| (*role, None, None)).collect();
        let command = AddToken {
            name: name.to_owned(),
            token_hash: secret::hash(&secret).expect("a secret has a hash"),
            roles: role_rows(&roles),
            expires_at: None,
        };
        self.run("token.add", move |tx, ctx| add_token::add(tx, ctx, &command)).expect("the token is added");
        self.anonymous().with_bearer(&secret)
    }

    /// The ids of the template's roles.
    #[must_use]
    pub fn roles(&self) -> Vec<String> {
        let definitions = self.app.definitions();
        let current = definitions.current().expect("a template is in force");
        current.template.template().roles.iter().map(|role| role.id.clone()).collect()
    }
}

impl Drop for Harness {
    fn drop(&mut self) {
        if let Some((handle, thread)) = self.server.take() {
            http_api::block_on(handle.stop_now());
            let ended = thread.join();
            // A panic while another one unwinds would hide it.
            if !thread::panicking() {
                ended.expect("the server ends in order");
            }
        }
        self.app.store().clone().close();
    }
}

fn serve(app: App, settings: Settings) -> ((SocketAddr, Option<SocketAddr>), (Handle, JoinHandle<()>)) {
    let (bound, binding) = channel();
    let thread = thread::spawn(move || {
        http_api::block_on(async move {
            let server = Server::bind(app, settings, Arc::new(no_page)).expect("a free port");
            let address = *server.addresses().first().expect("a bound address");
            bound.send(((address, server.portal_address()), server.handle())).expect("the test waits");
            server.run().await.expect("the server runs");
        });
    });
    let (address, handle) = binding.recv().expect("the server starts");
    (address, (handle, thread))
}

fn no_page(path: &str, _: &str, _: Option<&str>) -> AssetPage {
    let body = format!("page of {path}").into_bytes();
    let policy = "default-src 'self'; frame-ancestors 'self'; form-action 'self'".to_owned();
    let headers = vec![("content-type", "text/plain".to_owned()), ("content-security-policy", policy)];
    AssetPage { status: 200, headers, body: body.into() }
}

fn role_rows(roles: &[(&str, Option<ShopId>, Option<WarehouseId>)]) -> Vec<RoleRow> {
    let row = |(role, shop_id, warehouse_id): &(&str, Option<ShopId>, Option<WarehouseId>)| RoleRow {
        role: (*role).to_owned(),
        shop_id: *shop_id,
        warehouse_id: *warehouse_id,
    };
    roles.iter().map(row).collect()
}

/// Hashing takes a while on purpose; everybody has the same password.
fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| password::hash(PASSWORD).expect("a password can be hashed"))
}
