//! One channel's form: what its kind needs, its secret, when it is quiet; and a trial once it is saved.

use contract::master::SavedRow;
use contract::message::{ADD_CHANNEL, ChannelRequest, SAVE_CHANNEL};
use engine::channel::{BodyType, ChannelKind, ChannelSecret, ChannelSettings, Quiet, QuietHours, Security};
use leptos::prelude::*;
use parts::api;
use parts::submit::Submit;
use ui::{
    Bind, Button, ButtonKind, Checkbox, Choice, Field, InputKind, NumberInput, Select, State, Text, TextArea,
    TextInput, Words, text, toast,
};

use super::channels::Edited;
use crate::rows::wrong;

/// What is being typed.
#[derive(Clone, Copy)]
struct Draft {
    kind: ChannelKind,
    name: RwSignal<String>,
    active: RwSignal<bool>,
    settings: RwSignal<ChannelSettings>,
    secret: RwSignal<ChannelSecret>,
    has_secret: bool,
    submit: Submit,
}

impl Draft {
    fn of(edited: &Edited) -> Self {
        let (kind, name, active, settings, has_secret) = match edited {
            Edited::Standing(channel) => {
                (channel.kind, channel.name.clone(), channel.active, channel.settings.clone(), channel.has_secret)
            }
            Edited::New(kind) => {
                let name = untrack(|| parts::said::read(&kind.title()));
                (*kind, name, true, ChannelSettings::usual(*kind), false)
            }
        };
        Self {
            kind,
            name: RwSignal::new(name),
            active: RwSignal::new(active),
            settings: RwSignal::new(settings),
            secret: RwSignal::new(ChannelSecret::default()),
            has_secret,
            submit: Submit::new(),
        }
    }

    /// A text of the settings.
    fn text(self, part: fn(&mut ChannelSettings) -> &mut String) -> Bind<String> {
        let settings = self.settings;
        Bind::new(
            move || part(&mut settings.get()).clone(),
            move |value: String| settings.update(|all| *part(all) = value),
        )
    }

    fn line(
        self,
        label: Text,
        hint: Words,
        path: &'static str,
        part: fn(&mut ChannelSettings) -> &mut String,
    ) -> AnyView {
        let (value, error) = (self.text(part), self.submit.field(path));
        view! { <Field label hint error><TextInput value attr:data-test=format!("channel-{path}")/></Field> }.into_any()
    }

    fn area(
        self,
        label: Text,
        hint: Words,
        path: &'static str,
        part: fn(&mut ChannelSettings) -> &mut String,
    ) -> AnyView {
        let (value, error) = (self.text(part), self.submit.field(path));
        view! {
            <div class="messages__code">
                <Field label hint error><TextArea value rows=4 attr:data-test=format!("channel-{path}")/></Field>
            </div>
        }
        .into_any()
    }

    fn secret(
        self,
        label: Text,
        hint: Words,
        path: &'static str,
        part: fn(&mut ChannelSecret) -> &mut String,
    ) -> AnyView {
        let (secret, error) = (self.secret, self.submit.field(path));
        let value = Bind::new(
            move || part(&mut secret.get()).clone(),
            move |value: String| secret.update(|all| *part(all) = value),
        );
        let placeholder = match self.has_secret {
            true => Words::from(text("已保存；留空不变", "kept; left empty it stays")),
            false => Words::default(),
        };
        view! {
            <Field label hint error>
                <TextInput value kind=InputKind::Password placeholder attr:data-test=format!("channel-{path}")/>
            </Field>
        }
        .into_any()
    }

    fn inside(self) -> AnyView {
        let settings = self.settings;
        let checked = Bind::new(
            move || settings.with(|all| all.inside),
            move |inside| settings.update(|all| all.inside = inside),
        );
        let hint = text("允许内网和本机地址；公网服务不要勾选", "Allows private addresses; not for services outside");
        view! {
            <div data-test="channel-inside"><Checkbox checked label=text("在自己的网络内", "In the own network") hint/></div>
        }
        .into_any()
    }

    fn authority(self) -> AnyView {
        let hint = text(
            "对方用自签证书时，粘贴它的 CA 证书（PEM）",
            "If its certificate is from an authority of its own, that authority's PEM",
        );
        self.area(text("CA 证书", "Certificate authority"), Words::from(hint), "ca_pem", |all| &mut all.ca_pem)
    }
}

fn mail(draft: Draft) -> AnyView {
    let settings = draft.settings;
    let security = Bind::new(
        move || settings.with(|all| security_word(all.security).to_owned()),
        move |word: String| settings.update(|all| all.security = security_of(&word)),
    );
    let options = Signal::stored(vec![
        Choice::new("starttls", text("STARTTLS（587）", "STARTTLS (587)")),
        Choice::new("tls", text("TLS（465）", "TLS (465)")),
        Choice::new("plain", text("不加密，仅限内网", "None, own network only")),
    ]);
    let port = Bind::new(
        move || settings.with(|all| (all.port != 0).then_some(i64::from(all.port))),
        move |port: Option<i64>| {
            settings.update(|all| all.port = port.and_then(|port| u16::try_from(port).ok()).unwrap_or(0))
        },
    );
    view! {
        <div class="messages__pair">
            {draft.line(text("服务器", "Server"), Words::from("smtp.example.com"), "host", |all| &mut all.host)}
            <Field label=text("加密", "Security") error=draft.submit.field("security")><Select value=security options/></Field>
            <Field label=text("端口", "Port") hint=text("不填用常用端口", "left empty: the usual one")><NumberInput value=port attr:data-test="channel-port"/></Field>
            {draft.line(text("帐号", "Account"), Words::default(), "user", |all| &mut all.user)}
            {draft.secret(text("密码或授权码", "Password"), Words::from(text("保存后不再显示", "never shown again")), "secret", |all| &mut all.secret)}
            {draft.line(text("发件人", "From"), Words::from(text("例如 退换货 <returns@example.com>", "such as Returns <returns@example.com>")), "from", |all| &mut all.from)}
            {draft.line(text("回复到", "Answers to"), Words::from(text("不填则回复到发件人", "left empty: to the sender")), "reply_to", |all| &mut all.reply_to)}
        </div>
        {draft.authority()}
        {draft.inside()}
    }
    .into_any()
}

fn security_word(security: Security) -> &'static str {
    match security {
        Security::Starttls => "starttls",
        Security::Tls => "tls",
        Security::Plain => "plain",
    }
}

fn security_of(word: &str) -> Security {
    match word {
        "tls" => Security::Tls,
        "plain" => Security::Plain,
        _ => Security::Starttls,
    }
}

fn sms(draft: Draft) -> AnyView {
    let settings = draft.settings;
    let body_type = Bind::new(
        move || settings.with(|all| if all.body_type == BodyType::Form { "form" } else { "json" }.to_owned()),
        move |word: String| {
            settings.update(|all| all.body_type = if word == "form" { BodyType::Form } else { BodyType::Json });
        },
    );
    let options = Signal::stored(vec![Choice::new("json", "JSON"), Choice::new("form", "x-www-form-urlencoded")]);
    let places = text(
        "可用：{{to}} {{text}} {{signature}} {{template}} {{params}} {{params_text}} {{key}} {{secret}} {{timestamp}}；除 {{params}} 外都放在引号里",
        "Places: {{to}} {{text}} {{signature}} {{template}} {{params}} {{params_text}} {{key}} {{secret}} {{timestamp}}; all but {{params}} in quotation marks",
    );
    let at = text(
        "例如 Code 或 SendStatusSet.0.Code；不填则只看 HTTP 状态",
        "such as Code or SendStatusSet.0.Code; empty: the HTTP status decides",
    );
    view! {
        {draft.line(text("短信平台网址", "The gateway's address"), Words::from("https://"), "url", |all| &mut all.url)}
        <div class="messages__pair">
            {draft.line(text("签名", "Signature"), Words::from(text("审核通过的签名，不带【】", "the registered one, without 【】")), "signature", |all| &mut all.signature)}
            {draft.secret(text("密钥", "Secret"), Words::from(text("在请求头或内容里写作 {{secret}}", "stands in headers or body as {{secret}}")), "secret", |all| &mut all.secret)}
            <Field label=text("内容格式", "Body is")><Select value=body_type options/></Field>
        </div>
        {draft.area(text("请求头", "Headers"), Words::from(text("每行一个：名称: 值", "one a line: Name: value")), "headers", |all| &mut all.headers)}
        {draft.area(text("内容", "Body"), Words::from(places), "body", |all| &mut all.body)}
        <h3>{text("怎样看懂回答", "How its answer is read")}</h3>
        <div class="messages__pair">
            {draft.line(text("代码的位置", "Where the code stands"), Words::from(at), "answer.code_at", |all| &mut all.answer.code_at)}
            {draft.line(text("表示成功的代码", "Codes that mean taken"), Words::from("OK, 0"), "answer.good", |all| &mut all.answer.good)}
            {draft.line(text("稍后重试的代码", "Codes to try later"), Words::default(), "answer.later", |all| &mut all.answer.later)}
            {draft.line(text("原因的位置", "Where the words stand"), Words::default(), "answer.words_at", |all| &mut all.answer.words_at)}
            {draft.line(text("编号的位置", "Where its number stands"), Words::default(), "answer.id_at", |all| &mut all.answer.id_at)}
        </div>
        {draft.authority()}
        {draft.inside()}
    }
    .into_any()
}

fn webhook(draft: Draft) -> AnyView {
    let how = text(
        "对方用它验证 X-ReturnDesk-Signature：sha256=HMAC-SHA256(密钥, 时间戳 + \".\" + 内容)",
        "The receiver checks X-ReturnDesk-Signature with it: sha256=HMAC-SHA256(secret, timestamp + \".\" + body)",
    );
    view! {
        {draft.line(text("网址", "Address"), Words::from("https://"), "url", |all| &mut all.url)}
        {draft.secret(text("签名密钥", "Signing secret"), Words::from(how), "secret", |all| &mut all.secret)}
        {draft.authority()}
        {draft.inside()}
    }
    .into_any()
}

fn robot(draft: Draft) -> AnyView {
    let sign = match draft.kind {
        ChannelKind::Wecom => None,
        _ => Some(draft.secret(
            text("加签密钥", "Signing secret"),
            Words::from(text("机器人安全设置选“加签”时填写", "if the robot's security is a signature")),
            "secret",
            |all| &mut all.secret,
        )),
    };
    let settings = draft.settings;
    let roles = Bind::new(
        move || settings.with(|all| all.roles.join(", ")),
        move |text: String| {
            let roles = text.split([',', '，', ' ']).map(str::trim).filter(|role| !role.is_empty()).map(str::to_owned);
            settings.update(|all| all.roles = roles.collect());
        },
    );
    view! {
        {draft.secret(text("Webhook 地址", "Webhook address"), Words::from(text("从群机器人设置复制完整地址，保存后不再显示", "the whole address from the group's settings, never shown again")), "address", |all| &mut all.address)}
        <div class="messages__pair">
            {sign}
            {draft.line(text("关键词", "Keyword"), Words::from(text("机器人安全设置选“关键词”时填写", "if the robot's security is a keyword")), "keyword", |all| &mut all.keyword)}
            <Field label=text("只给这些角色", "Only for these roles") hint=text("模板里的角色编号，用逗号分开；不填则给没有专门群的角色", "ids of roles in the template, with commas; empty: for roles without a robot of their own")>
                <TextInput value=roles attr:data-test="channel-roles"/>
            </Field>
        </div>
    }
    .into_any()
}

fn quiet(draft: Draft, label: Text, path: &'static str, part: fn(&mut ChannelSettings) -> &mut QuietHours) -> AnyView {
    let settings = draft.settings;
    let read = move || *part(&mut settings.get());
    let which = Bind::new(
        move || {
            match read().quiet {
                Quiet::Never => "never",
                Quiet::Between => "between",
                Quiet::OutsideWork => "outside_work",
            }
            .to_owned()
        },
        move |word: String| {
            settings.update(|all| {
                let hours = part(all);
                hours.quiet = match word.as_str() {
                    "between" => Quiet::Between,
                    "outside_work" => Quiet::OutsideWork,
                    _ => Quiet::Never,
                };
                if hours.quiet == Quiet::Between && hours.from_minute == hours.to_minute {
                    (hours.from_minute, hours.to_minute) = (21 * 60, 8 * 60 + 30);
                }
            });
        },
    );
    let options = Signal::stored(vec![
        Choice::new("never", text("随时可发", "Any time")),
        Choice::new("between", text("每天这段时间不发", "Not between two times")),
        Choice::new("outside_work", text("非工作时间不发（按店铺日历）", "Not outside the shop's working time")),
    ]);
    let time = move |from: bool| {
        let value = Bind::new(
            move || {
                let hours = read();
                let minute = if from { hours.from_minute } else { hours.to_minute };
                format!("{:02}:{:02}", minute / 60, minute % 60)
            },
            move |text: String| {
                let Some(minute) = minute_of(&text) else { return };
                settings.update(|all| {
                    let hours = part(all);
                    *(if from { &mut hours.from_minute } else { &mut hours.to_minute }) = minute;
                });
            },
        );
        let label =
            if from { text("从（时:分）", "From (hh:mm)") } else { text("到（时:分）", "Until (hh:mm)") };
        view! { <Field label><TextInput value/></Field> }
    };
    let times = move || (read().quiet == Quiet::Between).then(|| view! { {time(true)} {time(false)} });
    view! {
        <div class="messages__pair">
            <Field label error=draft.submit.field(path)><Select value=which options/></Field>
            {times}
        </div>
    }
    .into_any()
}

fn minute_of(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once([':', '：'])?;
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
    (hours < 24 && minutes < 60 && minutes.to_string().len() <= 2).then_some(hours * 60 + minutes)
}

fn limits(draft: Draft) -> AnyView {
    let settings = draft.settings;
    let value = Bind::new(
        move || settings.with(|all| Some(i64::from(all.per_minute))),
        move |most: Option<i64>| {
            settings.update(|all| all.per_minute = most.and_then(|most| u32::try_from(most).ok()).unwrap_or(0));
        },
    );
    let to_customers = !draft.kind.is_robot() && draft.kind != ChannelKind::Webhook;
    let customers = to_customers
        .then(|| quiet(draft, text("顾客", "Customers"), "quiet_customer", |all| &mut all.quiet_customer));
    let staff = (draft.kind != ChannelKind::Webhook)
        .then(|| quiet(draft, text("员工", "Staff"), "quiet_staff", |all| &mut all.quiet_staff));
    view! {
        <h3>{text("免打扰与限速", "Quiet hours and limits")}</h3>
        <p class="u-soft u-small">{text("规则里标为 urgent 的消息不受免打扰限制。", "Messages that a rule marks as urgent are not held.")}</p>
        {customers}
        {staff}
        <Field label=text("每分钟最多", "Most a minute") hint=text("0 为不限；机器人按平台规定", "0: no limit; robots as their platform says") error=draft.submit.field("per_minute")>
            <NumberInput value/>
        </Field>
    }
    .into_any()
}

/// The form of a channel.
#[component]
pub(super) fn ChannelForm(
    /// Which.
    edited: Edited,
    /// It was saved.
    on_saved: Callback<()>,
    /// It is to be closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let draft = Draft::of(&edited);
    let standing = match edited {
        Edited::Standing(channel) => Some(channel),
        Edited::New(_) => None,
    };
    let (id, version) = standing.as_ref().map_or((None, 0), |channel| (Some(channel.id), channel.version));
    let save = move || {
        let body = ChannelRequest {
            version,
            kind: draft.kind,
            name: draft.name.get_untracked(),
            active: draft.active.get_untracked(),
            settings: draft.settings.get_untracked(),
            secret: draft.secret.get_untracked(),
        };
        draft.submit.run(
            move |key| async move {
                match id {
                    Some(id) => api::send::<SavedRow, _>(&SAVE_CHANNEL, &[&id], &body, key).await,
                    None => api::send::<SavedRow, _>(&ADD_CHANNEL, &[], &body, key).await,
                }
            },
            move |_| {
                toast(State::Good, text("已保存", "Saved"));
                on_saved.run(());
                on_close.run(());
            },
        );
    };
    let fields = match draft.kind {
        ChannelKind::Email => mail(draft),
        ChannelKind::Sms => sms(draft),
        ChannelKind::Webhook => webhook(draft),
        ChannelKind::Dingtalk | ChannelKind::Wecom | ChannelKind::Feishu => robot(draft),
    };
    let test = standing.map(|channel| super::trial::trial(&channel));
    view! {
        <div class="u-stack">
            <form class="u-stack" data-test="channel-form" on:submit=move |event| {
                event.prevent_default();
                save();
            }>
                {wrong(draft.submit)}
                <Field label=text("名称", "Name") error=draft.submit.field("name") required=true>
                    <TextInput value=draft.name max_length=60 attr:data-test="channel-name"/>
                </Field>
                <Checkbox checked=draft.active label=text("启用", "In use")/>
                {fields}
                {limits(draft)}
                <div class="u-row">
                    <Button kind=ButtonKind::Primary submit=true busy=draft.submit.busy() attr:data-test="save-channel">{text("保存", "Save")}</Button>
                </div>
            </form>
            {test}
        </div>
    }
}
