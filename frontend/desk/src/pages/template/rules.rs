//! The rules in force, each with a switch.

use contract::template::{AppliedView, RULES, RuleView, SWITCH_RULE, SwitchRequest};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::said::read;
use parts::submit::Submit;
use ui::{Bind, Card, EmptyState, ErrorState, Glyph, Skeleton, State, Switch, Words, say, text, toast};

use crate::rows::wrong;

fn line(rule: RuleView, rules: Fetch<Vec<RuleView>>, on_change: Callback<()>) -> impl IntoView {
    let submit = Submit::new();
    let (id, enabled) = (rule.id.clone(), rule.enabled);
    let switch = move |enabled: bool| {
        let id = id.clone();
        submit.run(
            move |key| api::send::<AppliedView, _>(&SWITCH_RULE, &[&id], &SwitchRequest { enabled }, key),
            move |_| {
                toast(
                    State::Good,
                    if enabled {
                        text("规则已启用", "The rule is on")
                    } else {
                        text("规则已停用", "The rule is off")
                    },
                );
                rules.reload();
                on_change.run(());
            },
        );
    };
    let code = rule.id.clone();
    let (title, name, trigger) = (rule.title.clone(), rule.title, rule.trigger);
    let label = Words::from(move || read(&name));
    let when = move || {
        let trigger = read(&trigger);
        say!("当：{trigger}", "When: {trigger}")
    };
    view! {
        <li class="template__rule" data-rule=rule.id>
            <div class="u-grow">
                <p class="u-strong">{move || read(&title)}</p>
                <p class="u-soft u-small">{when} " · " <code>{code}</code></p>
                {wrong(submit)}
            </div>
            <Switch on=Bind::new(move || enabled, switch) label disabled=submit.busy()/>
        </li>
    }
}

/// The list.
#[component]
pub(super) fn Rules(
    /// A switch makes a release of its own.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let rules = Fetch::<Vec<RuleView>>::new(|| api::read(&RULES, &[]));
    let hint = text(
        "停用的规则立即不再生效，进行中的单据也一样；每次切换都留下一条发布记录",
        "A rule that is off has no effect at once, for running cases too; each switch is kept as a release",
    );
    move || match (rules.get(), rules.problem().get()) {
        (Some(all), _) if all.is_empty() => {
            view! { <EmptyState title=text("模板里没有规则", "The template has no rules") icon=Glyph::Route/> }
                .into_any()
        }
        (Some(all), _) => {
            let lines = all.into_iter().map(|rule| line(rule, rules, on_change)).collect_view();
            view! {
                <Card>
                    <p class="u-soft">{hint}</p>
                    <ul data-test="template-rules">{lines}</ul>
                </Card>
            }
            .into_any()
        }
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| rules.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=6/> }.into_any(),
    }
}
