//! The template as text, its releases and rules, and what of it every page needs.

mod clocks;

use contract::filing::ShopBrief;
use contract::template::{
    APPLY, AppliedView, CHECK, CheckView, ChecklistView, EXPORT, ExportQuery, GradeView, KindView, META, MetaView,
    NamedView, RELEASES, RULES, ReleaseView, RuleView, SWITCH_RULE, StageView, SwitchRequest, TemplateText,
};
use domain::{LineKind, Permission};
use engine::facts::kind_title;
use operations::definitions::Release;
use operations::template::{apply, check, export, releases, switch_rule};

use crate::answer::{Reply, changed, ok};
use crate::doc::Doc;
use crate::event_words;
use crate::extract::{Caller, Json, Key, Query, Segments};
use crate::filing;
use crate::registry::Area;
use crate::state::Server;

/// Largest template text.
const MAX_TEXT_BYTES: usize = 5 * 1_048_576;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&META, Doc::view::<MetaView>(200), meta);
    area.add(&EXPORT, Doc::view::<TemplateText>(200).query::<ExportQuery>(), export_template);
    area.add(&CHECK, Doc::view::<CheckView>(200).body::<TemplateText>(), check_template);
    area.add(&APPLY, Doc::view::<AppliedView>(200).body::<TemplateText>(), apply_template);
    area.add(&RELEASES, Doc::list::<ReleaseView>(), list_releases);
    area.add(&RULES, Doc::list::<RuleView>(), list_rules);
    clocks::routes(area);
    area.add(&SWITCH_RULE, Doc::view::<AppliedView>(200).body::<SwitchRequest>(), switch);
}

async fn meta(server: Server, caller: Caller) -> Reply {
    let definitions = server.app.definitions();
    let masters = &definitions.masters;
    let now = server.app.now();
    let release = definitions.current().ok();
    let template = release.map(|release| release.template.template());
    let warehouses = masters.warehouses().iter().map(|row| NamedView {
        id: row.id,
        code: row.code.clone(),
        title: row.name.clone(),
    });
    let carriers = masters.carriers().iter().filter(|row| row.active).map(|row| NamedView {
        id: row.id,
        code: row.code.clone(),
        title: row.name.clone(),
    });
    let grades = masters.grades().iter().filter(|row| row.active).map(|row| GradeView {
        id: row.id,
        code: row.code.clone(),
        title: row.name.clone(),
        money_percent: row.money_percent,
        accepted: row.accepted,
        disposition: row.disposition.clone(),
    });
    let sees_boards = caller.actor().may_somewhere(Permission::BoardView);
    let boards = template.filter(|_| sees_boards).map(|template| {
        template.boards.iter().map(|board| StageView { id: board.id.clone(), title: board.title.clone() })
    });
    let view = MetaView {
        release: release.map(|release| release.id),
        title: template.map(|template| template.title.clone()).unwrap_or_default(),
        now,
        shops: visible_shops(&definitions, &caller, now),
        warehouses: warehouses.collect(),
        carriers: carriers.collect(),
        grades: grades.collect(),
        stages: release.map(|release| stages(release)).unwrap_or_default(),
        kinds: LineKind::ALL.iter().map(|kind| KindView { kind: *kind, title: kind_title(*kind) }).collect(),
        reasons: filing::reasons(&definitions),
        boards: boards.map(Iterator::collect).unwrap_or_default(),
        checklists: template.map(checklists).unwrap_or_default(),
        undo_seconds: template.map_or(0, |template| template.settings.undo_seconds),
    };
    ok(&view)
}

fn visible_shops(
    definitions: &operations::definitions::Definitions,
    caller: &Caller,
    now: domain::Timestamp,
) -> Vec<ShopBrief> {
    let masters = &definitions.masters;
    let works = |shop: &operations::masters::ShopRow| {
        caller.actor().grants.iter().any(|grant| grant.shop.is_none_or(|own| own == shop.id))
    };
    let own = masters.shops().iter().filter(|shop| works(shop));
    own.map(|shop| ShopBrief {
        id: shop.id,
        code: shop.code.clone(),
        title: shop.name.clone(),
        offset_minutes: masters.offset_minutes(shop.id, now),
    })
    .collect()
}

fn stages(release: &Release) -> Vec<StageView> {
    let Some(flow) = release.template.case_flow() else { return Vec::new() };
    let named = release.template.stages().into_iter().map(|id| {
        let title = flow.title(&id).cloned().unwrap_or_default();
        StageView { id, title }
    });
    named.collect()
}

fn checklists(template: &engine::template::Template) -> Vec<ChecklistView> {
    let view = |list: &engine::template::Checklist| ChecklistView {
        id: list.id.clone(),
        title: list.title.clone(),
        categories: list.categories.clone(),
        items: list.items.clone(),
    };
    template.checklists.iter().map(view).collect()
}

async fn export_template(server: Server, caller: Caller, query: Query<ExportQuery>) -> Reply {
    let definitions = server.app.definitions();
    let text = server.app.read(|conn| export::export(conn, caller.actor(), &definitions, query.release))?;
    ok(&TemplateText { text, note: String::new() })
}

async fn check_template(caller: Caller, text: Json<TemplateText, MAX_TEXT_BYTES>) -> Reply {
    let checked = check::check(caller.actor(), &text.0.text)?;
    let applicable = checked.template.is_some() && !domain::diagnostic::blocks(&checked.problems);
    ok(&CheckView { applicable, problems: checked.problems })
}

async fn apply_template(server: Server, caller: Caller, key: Key, text: Json<TemplateText, MAX_TEXT_BYTES>) -> Reply {
    let Json(TemplateText { text, note }) = text;
    let command = apply::Apply { text, note };
    let call = caller.call("template.apply", &key);
    let answer = server.app.run(call, move |tx, ctx| apply::apply(tx, ctx, &command)).await?;
    changed(&answer, &AppliedView { release: answer.value.release, changed: answer.value.changed })
}

async fn list_releases(server: Server, caller: Caller) -> Reply {
    let rows = server.app.read(|conn| releases::list(conn, caller.actor()))?;
    let current = server.app.definitions().current().ok().map(|release| release.id);
    let views: Vec<ReleaseView> = rows
        .into_iter()
        .map(|(row, name)| ReleaseView {
            current: Some(row.id) == current,
            id: row.id,
            hash: row.hash,
            applied_at: row.applied_at,
            applied_by: row.applied_by.zip(name).map(|(id, name)| contract::rma::PersonName { id, name }),
            note: row.note,
        })
        .collect();
    ok(&views)
}

async fn list_rules(server: Server, _caller: Caller) -> Reply {
    let definitions = server.app.definitions();
    let release = definitions.current()?;
    let rules = &release.template.template().rules;
    let node = |rule: &engine::rule::Rule| {
        let flow = release.template.case_flow()?;
        flow.title(rule.node.as_deref()?).cloned()
    };
    let views: Vec<RuleView> = rules
        .iter()
        .map(|rule| RuleView {
            id: rule.id.clone(),
            title: rule.title.clone(),
            on: rule.on.as_str().to_owned(),
            trigger: event_words::words(rule.on, &node(rule).unwrap_or_default()),
            enabled: rule.enabled,
        })
        .collect();
    ok(&views)
}

async fn switch(
    server: Server,
    caller: Caller,
    key: Key,
    Segments((id,)): Segments<(String,)>,
    wanted: Json<SwitchRequest>,
) -> Result<actix_web::HttpResponse, crate::error::Failure> {
    let command = switch_rule::SwitchRule { rule: id, enabled: wanted.0.enabled };
    let call = caller.call("template.switch_rule", &key);
    let answer = server.app.run(call, move |tx, ctx| switch_rule::switch_rule(tx, ctx, &command)).await?;
    changed(&answer, &AppliedView { release: answer.value.release, changed: answer.value.changed })
}
