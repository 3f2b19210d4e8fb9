//! The entries in the browser's own database: there as soon as they are said to be, in order, over reloads.

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, IdbDatabase, IdbObjectStore, IdbObjectStoreParameters, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbTransactionMode,
};

use super::Entry;

const DATABASE: &str = "returndesk.queue";
const VERSION: u32 = 1;
const STORE: &str = "entries";
const ENTRY: &str = "entry";
const FILE: &str = "file";

/// An entry where it stands in line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kept {
    /// Grows from entry to entry.
    pub(super) place: f64,
    pub(super) entry: Entry,
}

/// The database.
pub(super) struct Shelf(IdbDatabase);

async fn settled(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let done = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(done).await?;
    request.result()
}

async fn complete(change: &IdbTransaction) -> Result<(), JsValue> {
    let done = Promise::new(&mut |resolve, reject| {
        change.set_oncomplete(Some(&resolve));
        change.set_onabort(Some(&reject));
        change.set_onerror(Some(&reject));
    });
    JsFuture::from(done).await.map(|_| ())
}

fn written(entry: &Entry) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(entry).map_err(|error| JsValue::from(error.to_string()))?;
    Ok(JsValue::from(text))
}

fn record(entry: &Entry, file: Option<&Blob>) -> Result<JsValue, JsValue> {
    let record = Object::new();
    Reflect::set(&record, &ENTRY.into(), &written(entry)?)?;
    if let Some(file) = file {
        Reflect::set(&record, &FILE.into(), file)?;
    }
    Ok(record.into())
}

fn entry_of(record: &JsValue) -> Option<Entry> {
    let text = Reflect::get(record, &ENTRY.into()).ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}

impl Shelf {
    /// Opens it, and makes it when this browser has none yet.
    pub(super) async fn open() -> Result<Self, JsValue> {
        let factory = window().indexed_db()?.ok_or(JsValue::NULL)?;
        let request = factory.open_with_u32(DATABASE, VERSION)?;
        let own: IdbOpenDbRequest = request.clone();
        let make = Closure::once(move || {
            let Some(database) = own.result().ok().and_then(|made| made.dyn_into::<IdbDatabase>().ok()) else { return };
            let parameters = IdbObjectStoreParameters::new();
            parameters.set_auto_increment(true);
            let _ = database.create_object_store_with_optional_parameters(STORE, &parameters);
        });
        request.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
        let database = settled(&request).await?.dyn_into::<IdbDatabase>()?;
        // Asked for, not waited for: the browser may otherwise clear it when the disk is full.
        let _ = window().navigator().storage().persist();
        Ok(Self(database))
    }

    fn change(&self) -> Result<(IdbTransaction, IdbObjectStore), JsValue> {
        let options = Object::new();
        // Whoever pulls the plug after the tone has lost nothing.
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        // The bindings have no name for the options yet.
        let begin: Function = Reflect::get(&self.0, &"transaction".into())?.dyn_into()?;
        let change = begin.call3(&self.0, &STORE.into(), &"readwrite".into(), &options)?;
        let change: IdbTransaction = change.dyn_into()?;
        let store = change.object_store(STORE)?;
        Ok((change, store))
    }

    /// Adds one at the end; it is there for good once this is answered.
    pub(super) async fn add(&self, entry: &Entry, file: Option<&Blob>) -> Result<f64, JsValue> {
        let (change, store) = self.change()?;
        let request = store.add(&record(entry, file)?)?;
        complete(&change).await?;
        request.result()?.as_f64().ok_or(JsValue::NULL)
    }

    /// All, in order.
    pub(super) async fn all(&self) -> Result<Vec<Kept>, JsValue> {
        let look = self.0.transaction_with_str_and_mode(STORE, IdbTransactionMode::Readonly)?;
        let store = look.object_store(STORE)?;
        let (places, records) = (store.get_all_keys()?, store.get_all()?);
        let places = Array::from(&settled(&places).await?);
        let records = Array::from(&settled(&records).await?);
        let both = places.iter().zip(records.iter());
        Ok(both
            .filter_map(|(place, record)| Some(Kept { place: place.as_f64()?, entry: entry_of(&record)? }))
            .collect())
    }

    /// The file that goes with one.
    pub(super) async fn file(&self, place: f64) -> Result<Option<Blob>, JsValue> {
        let look = self.0.transaction_with_str_and_mode(STORE, IdbTransactionMode::Readonly)?;
        let request = look.object_store(STORE)?.get(&place.into())?;
        let record = settled(&request).await?;
        Ok(Reflect::get(&record, &FILE.into()).ok().and_then(|file| file.dyn_into::<Blob>().ok()))
    }

    /// Takes one away and writes others anew, both or neither.
    pub(super) async fn settle(&self, gone: Option<f64>, changed: &[Kept]) -> Result<(), JsValue> {
        let mut records = Vec::new();
        for kept in changed {
            let file = self.file(kept.place).await?;
            records.push((kept.place, record(&kept.entry, file.as_ref())?));
        }
        let (change, store) = self.change()?;
        if let Some(place) = gone {
            store.delete(&place.into())?;
        }
        for (place, record) in records {
            store.put_with_key(&record, &place.into())?;
        }
        complete(&change).await
    }
}
