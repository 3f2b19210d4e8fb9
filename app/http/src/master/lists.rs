//! Tags, the block list, exchange rates.

use contract::Page;
use contract::master::{
    BLOCK_KEYS, BlockKey, BlockKind, BlockQuery, RATES, Rate, SAVE_BLOCK_KEY, SAVE_RATE, SAVE_TAG, SaveBlockKey, TAGS,
    Tag,
};
use operations::master::{block_key, rate, tag};

use crate::answer::{Reply, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Json, Key, Paging, Query};
use crate::registry::Area;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&TAGS, Doc::list::<Tag>(), tags);
    area.add(&SAVE_TAG, Doc::nothing().body::<Tag>(), save_tag);
    area.add(&BLOCK_KEYS, Doc::page::<BlockKey>().query::<BlockQuery>(), block_keys);
    area.add(&SAVE_BLOCK_KEY, Doc::nothing().body::<SaveBlockKey>(), save_block_key);
    area.add(&RATES, Doc::list::<Rate>(), rates);
    area.add(&SAVE_RATE, Doc::nothing().body::<Rate>(), save_rate);
}

async fn tags(server: Server, caller: Caller) -> Reply {
    let rows = server.app.read(|conn| tag::list(conn, caller.actor()))?;
    ok(&rows.into_iter().map(|row| Tag { code: row.code, name: row.name }).collect::<Vec<_>>())
}

async fn save_tag(server: Server, caller: Caller, key: Key, row: Json<Tag>) -> Reply {
    let Json(row) = row;
    let row = tag::Tag { code: row.code, name: row.name };
    let call = caller.call("tag.save", &key);
    done(&server.app.run(call, move |tx, ctx| tag::save(tx, ctx, &row)).await?)
}

async fn block_keys(server: Server, caller: Caller, paging: Paging, query: Query<BlockQuery>) -> Reply {
    let after = paging.after::<Place>()?.map(|place| (kind_of(place.0), place.1, place.2));
    let rows = server.app.read(|conn| block_key::list(conn, caller.actor(), &query.value, after, paging.one_more()))?;
    let page = Page::cut(rows, paging.limit, |row| format!("{}\n{}\n{}", kind(row.kind), row.value, row.tag));
    let view = |row: block_key::BlockKey| BlockKey {
        kind: kind(row.kind),
        value: row.value,
        tag: row.tag,
        note: row.note,
        created_at: row.created_at,
        created_by: row.created_by,
    };
    ok(&page.map(view))
}

/// Where a page of the block list ends.
struct Place(BlockKind, String, String);

impl std::str::FromStr for Place {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(3, '\n');
        let (Some(kind), Some(value), Some(tag)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(());
        };
        Ok(Self(BlockKind::parse(kind).ok_or(())?, value.to_owned(), tag.to_owned()))
    }
}

async fn save_block_key(server: Server, caller: Caller, key: Key, row: Json<SaveBlockKey>) -> Reply {
    let Json(row) = row;
    let command = block_key::SaveBlockKey { kind: kind_of(row.kind), value: row.value, tag: row.tag, note: row.note };
    let call = caller.call("block_key.save", &key);
    done(&server.app.run(call, move |tx, ctx| block_key::save(tx, ctx, &command)).await?)
}

async fn rates(server: Server, caller: Caller) -> Reply {
    let rows = server.app.read(|conn| rate::list(conn, caller.actor()))?;
    let view = |row: rate::Rate| Rate {
        from_currency: row.from_currency,
        to_currency: row.to_currency,
        local_date: row.local_date,
        rate: row.rate,
    };
    ok(&rows.into_iter().map(view).collect::<Vec<_>>())
}

async fn save_rate(server: Server, caller: Caller, key: Key, row: Json<Rate>) -> Reply {
    let Json(row) = row;
    let row = rate::Rate {
        from_currency: row.from_currency,
        to_currency: row.to_currency,
        local_date: row.local_date,
        rate: row.rate,
    };
    let call = caller.call("exchange_rate.save", &key);
    done(&server.app.run(call, move |tx, ctx| rate::save(tx, ctx, &row)).await?)
}

pub(super) const fn kind(kind: block_key::BlockKind) -> BlockKind {
    match kind {
        block_key::BlockKind::Phone => BlockKind::Phone,
        block_key::BlockKind::Address => BlockKind::Address,
        block_key::BlockKind::Nickname => BlockKind::Nickname,
    }
}

const fn kind_of(kind: BlockKind) -> block_key::BlockKind {
    match kind {
        BlockKind::Phone => block_key::BlockKind::Phone,
        BlockKind::Address => block_key::BlockKind::Address,
        BlockKind::Nickname => block_key::BlockKind::Nickname,
    }
}
