//! Bearer tokens of other systems, for whoever manages persons.

use contract::Page;
use contract::token::{ADD, AddToken, LIST, NewToken, REVOKE, TokenView};
use domain::TokenId;
use operations::error::Refusal;
use operations::token::{add, read, revoke};
use operations::{Error, secret};

use crate::answer::{Reply, created, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key, Paging};
use crate::registry::Area;
use crate::state::Server;
use crate::view;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&LIST, Doc::page::<TokenView>(), list);
    area.add(&ADD, Doc::view::<NewToken>(201).body::<AddToken>(), add_token);
    area.add(&REVOKE, Doc::nothing(), revoke_token);
}

async fn list(server: Server, caller: Caller, paging: Paging) -> Reply {
    let after = paging.after()?;
    let found = server.app.read(|conn| read::page(conn, caller.actor(), after, paging.one_more()))?;
    ok(&Page::cut(found, paging.limit, |token| token.row.id.to_string()).map(view::token))
}

async fn add_token(server: Server, caller: Caller, key: Key, new: Json<AddToken>) -> Reply {
    let secret = secret::generate(secret::BEARER_PREFIX)?;
    let Json(new) = new;
    let command = add::AddToken {
        name: new.name,
        token_hash: secret::hash(&secret).ok_or_else(|| Error::internal("a new token cannot be hashed"))?,
        roles: new.roles.into_iter().map(view::role_row).collect(),
        expires_at: new.expires_at,
    };
    let call = caller.call("token.add", &key);
    let answer = server.app.run(call, move |tx, ctx| add::add(tx, ctx, &command)).await?;
    if answer.replayed {
        return Err(already_shown().into());
    }
    let token = server.app.read(|conn| read::find(conn, caller.actor(), answer.value.id))?;
    created(&answer, &NewToken { token: view::token(token), secret })
}

// The secret of the first answer is nowhere any more: it is not stored, and must not be.
fn already_shown() -> Error {
    Error::conflict(
        Refusal::new(
            "secret_shown_once",
            "该令牌已创建，密钥只显示一次",
            "this token was made already; its secret is shown once",
        )
        .help("如果没有收到密钥，请停用它并新建一个", "if the secret was lost, revoke the token and make another"),
    )
}

async fn revoke_token(server: Server, caller: Caller, key: Key, Id(id): Id<TokenId>) -> Reply {
    let call = caller.call("token.revoke", &key);
    done(&server.app.run(call, move |tx, ctx| revoke::revoke(tx, ctx, id)).await?)
}
