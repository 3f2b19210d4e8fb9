//! How guns are set.

use contract::gun::{GunProblem, GunSettings, SAVE_SETTINGS, SETTINGS};
use operations::Error;
use operations::error::{FieldProblem, Refusal};
use operations::gun;

use crate::answer::{Reply, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Json, Key};
use crate::registry::Area;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&SETTINGS, Doc::view::<GunSettings>(200), read);
    area.add(&SAVE_SETTINGS, Doc::nothing().body::<GunSettings>(), save);
}

async fn read(server: Server, _: Caller) -> Reply {
    let stored = server.app.read(gun::read)?;
    // What an earlier version wrote and this one cannot read is as good as never set.
    let settings = stored.and_then(|stored| serde_json::from_str::<GunSettings>(&stored).ok());
    ok(&settings.unwrap_or_default())
}

async fn save(server: Server, caller: Caller, key: Key, Json(wanted): Json<GunSettings>) -> Reply {
    let problems = wanted.problems();
    if !problems.is_empty() {
        let field = |problem: GunProblem| FieldProblem {
            field: problem.field.to_owned(),
            code: problem.code.to_owned(),
            message: problem.message,
        };
        let mut refusal = Refusal::new("settings_refused", "请修正标出的内容", "correct the marked fields");
        refusal.fields = problems.into_iter().map(field).collect();
        return Err(Error::invalid(refusal).into());
    }
    let document = serde_json::to_string(&wanted.in_order()).map_err(|error| Error::internal(error.to_string()))?;
    let call = caller.call("gun.save", &key);
    done(&server.app.run(call, move |tx, ctx| gun::save(tx, ctx, &document)).await?)
}
