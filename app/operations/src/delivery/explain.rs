//! Why a message did not go through, in words, and what would help.

use domain::Text;

/// The reason and the remedy of a code.
#[must_use]
pub fn explain(code: &str) -> (Text, Text) {
    let (reason, remedy) = words(code);
    (Text::new(reason.0, reason.1), Text::new(remedy.0, remedy.1))
}

type Pair = (&'static str, &'static str);

fn words(code: &str) -> (Pair, Pair) {
    match code.split_once('.') {
        Some(("smtp", rest)) => smtp(rest),
        Some(("robot", rest)) => robot(rest),
        Some(("sms", rest)) => sms(rest),
        Some(("http", status)) => http(status),
        _ => line(code),
    }
}

fn line(code: &str) -> (Pair, Pair) {
    match code {
        "no_receiver" => (
            ("没有可用的手机号或邮箱", "there is no phone or address to send it to"),
            ("在单据或人员资料里补上联系方式，再重发", "add the contact on the case or the person, then send again"),
        ),
        "dns" => (
            ("找不到对方的服务器名称", "the server's name is not found"),
            ("检查网址或服务器名称的拼写，以及本机的 DNS", "check the spelling of the name and this machine's DNS"),
        ),
        "connect" => (
            ("连不上对方的服务器", "the server cannot be reached"),
            (
                "检查端口、防火墙和对方服务是否在运行；会自动重试",
                "check port, firewall and whether it runs; it is tried again",
            ),
        ),
        "tls" | "tls.ca" => (
            ("对方的证书不被信任", "the server's certificate is not trusted"),
            (
                "对方用自签证书时，把它的 CA 证书填到渠道设置里",
                "if it has an authority of its own, put its certificate into the channel's settings",
            ),
        ),
        "timeout" => (
            ("对方没有按时回答，不知道是否收到", "no answer in time: nobody knows whether it was taken"),
            ("先到对方查看是否已收到，再决定重发", "look at the other side whether it arrived before sending again"),
        ),
        "lost" => (
            ("连接中途断开，不知道是否收到", "the line broke: nobody knows whether it was taken"),
            ("先到对方查看是否已收到，再决定重发", "look at the other side whether it arrived before sending again"),
        ),
        "redirect" => (
            ("对方要求转到别的网址，这里不跟随", "the other side sends on to another address, which is not followed"),
            ("把渠道的网址改成最终的网址", "set the channel to the final address"),
        ),
        "inside" => (
            (
                "网址指向自己的网络，未经允许不调用",
                "the address lies in the own network, which is not called unless allowed",
            ),
            ("确认无误后勾选“在自己的网络内”", "if that is meant, tick that it stands in the own network"),
        ),
        "rate" => (
            ("发送太快，对方要求稍等", "sent too fast: the other side asks to wait"),
            ("会自动重试；可调低渠道的每分钟上限", "it is tried again; the channel's limit a minute can be lowered"),
        ),
        "secret" => (
            (
                "渠道的密码或密钥打不开：数据来自备份或别的机器",
                "the channel's secret cannot be opened: the data come from a backup or another machine",
            ),
            ("在渠道设置里重新填写密码或密钥", "type the secret again in the channel's settings"),
        ),
        "not_an_answer" => (
            ("对方的回答看不懂，不知道是否收到", "the answer is not understood: nobody knows whether it was taken"),
            ("检查网址是否正确，以及短信渠道的“回答”规则", "check the address, and the rule for answers of a gateway"),
        ),
        "address" => {
            (("网址不正确", "the address is malformed"), ("在渠道设置里修正", "correct it in the channel's settings"))
        }
        _ => (
            ("没有发出", "it did not go through"),
            ("查看对方的原话；改正后重发", "read what the other side said; send again once that is mended"),
        ),
    }
}

fn smtp(rest: &str) -> (Pair, Pair) {
    match rest {
        "auth" => (
            ("邮件服务器不接受帐号或密码", "the mail server refuses the account or password"),
            (
                "检查帐号；多数邮箱要用“授权码”而不是登录密码。改好后自动继续",
                "check the account; many providers want an app password. It goes on once that is mended",
            ),
        ),
        "refused" => (
            ("邮件服务器拒收：多半是没有这个邮箱", "the mail server refuses it: most likely there is no such mailbox"),
            ("核对收件地址后重发", "check the address, then send again"),
        ),
        "later" => (
            ("邮件服务器暂时不收", "the mail server does not take it for now"),
            ("会自动重试，不用处理", "it is tried again by itself"),
        ),
        "no_starttls" => (
            (
                "邮件服务器不提供加密，未发送密码和内容",
                "the mail server offers no TLS; neither password nor mail was sent",
            ),
            ("换成 TLS 端口（465），或请管理员打开 STARTTLS", "use the TLS port (465), or have STARTTLS switched on"),
        ),
        "no_auth" => (
            ("邮件服务器不支持用密码登录", "the mail server takes no password"),
            ("去掉帐号，或换一种加密方式", "leave the account out, or secure the line another way"),
        ),
        "bad_address" => (
            ("收件地址不是邮箱", "the receiver is not a mail address"),
            ("修正地址后重发", "correct it, then send again"),
        ),
        "bad_from" => (
            ("发件人地址不正确", "the sender's address is malformed"),
            ("在渠道设置里修正发件人", "correct it in the channel's settings"),
        ),
        "ca" => (
            ("渠道里的 CA 证书读不出来", "the authority's certificate in the channel's settings cannot be read"),
            ("重新粘贴完整的 PEM 证书", "paste the whole PEM certificate again"),
        ),
        "too_large" => (
            ("邮件太大，或对方信箱已满", "the mail is too large, or the mailbox is full"),
            ("缩短内容，或请对方清理信箱", "shorten it, or have the mailbox cleared"),
        ),
        _ => line(""),
    }
}

fn robot(rest: &str) -> (Pair, Pair) {
    match rest {
        "rate" => (
            ("机器人发送太快，被暂停", "the robot sent too much and is blocked for a while"),
            ("会自动等待后重试；可调低每分钟上限", "it waits and is tried again; the limit a minute can be lowered"),
        ),
        "busy" => (("对方平台繁忙", "the platform is busy"), ("会自动重试，不用处理", "it is tried again by itself")),
        "sign" => (
            ("签名不对：加签密钥与群里的不一致", "the signature is wrong: the secret is not the group's"),
            ("从机器人设置里重新复制加签密钥（SEC…）", "copy the signing secret from the robot's settings again"),
        ),
        "keyword" => (
            ("消息里没有机器人要求的关键词", "the message lacks the robot's keyword"),
            ("把同样的关键词填到渠道设置里", "put the same keyword into the channel's settings"),
        ),
        "ip" => (
            ("本机的出口 IP 不在机器人的白名单里", "this machine's address is not on the robot's list"),
            ("在机器人设置里加上出口 IP，或改用加签", "add the address to the robot's list, or use a signature"),
        ),
        "clock" => (
            ("时间戳超出一小时：本机时间不准", "the time is more than an hour off: this machine's clock is wrong"),
            ("校准本机时间（NTP）后重发", "set this machine's clock by NTP, then send again"),
        ),
        "token" => (
            ("机器人不存在或已被移除", "the robot does not exist or was removed"),
            (
                "在群里重新添加机器人，把新的地址填到渠道设置里",
                "add the robot again and set the channel to its new address",
            ),
        ),
        "other" => (
            ("对方平台拒绝了这条消息", "the platform refuses this message"),
            ("查看对方的原话；改正后重发", "read what the platform said; send again once that is mended"),
        ),
        _ => line(""),
    }
}

fn sms(rest: &str) -> (Pair, Pair) {
    match rest {
        "refused" => (
            ("短信平台拒绝了这条短信", "the gateway refuses this text"),
            (
                "按它的原话处理：签名、模板和内容都要先审核通过",
                "do as it says: signature, template and content must be approved there",
            ),
        ),
        "later" => (
            ("短信平台暂时不收：超过频率或余额不足", "the gateway does not take it for now: too many, or no balance"),
            ("会自动重试；余额不足时先充值", "it is tried again; top up if the balance is out"),
        ),
        "no_template" => (
            ("这条消息没有短信平台的模板编号", "this message has no approved text's number"),
            ("在“文案”里为它填写模板编号和参数", "give it the number and parameters under Texts"),
        ),
        "body_not_json" => (
            ("填好之后的内容不是 JSON", "the body with its places filled is not JSON"),
            (
                "修正渠道的内容模板：除 {{params}} 外都放在引号里",
                "correct the channel's body: all places but {{params}} stand in quotation marks",
            ),
        ),
        _ => line(""),
    }
}

fn http(status: &str) -> (Pair, Pair) {
    match status {
        "401" | "403" => (
            ("对方不接受密钥", "the other side refuses the secret"),
            ("在渠道设置里重新填写密钥", "type the secret again in the channel's settings"),
        ),
        "404" | "410" => (
            ("对方没有这个网址", "the other side has no such address"),
            ("检查渠道的网址", "check the channel's address"),
        ),
        "400" | "422" => (
            ("对方认为内容不对", "the other side finds the content wrong"),
            ("对照它的说明检查内容模板", "compare the body with its manual"),
        ),
        status if status.starts_with('5') => (
            ("对方的服务出错，不知道是否收到", "the other side failed: nobody knows whether it was taken"),
            (
                "能识别重复的渠道会自动重试；否则先到对方查看",
                "a channel that knows twins tries again; otherwise look there first",
            ),
        ),
        _ => line(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words_of_its_own() {
        let codes = [
            "no_receiver",
            "dns",
            "connect",
            "tls",
            "timeout",
            "lost",
            "redirect",
            "inside",
            "rate",
            "secret",
            "not_an_answer",
            "address",
            "smtp.auth",
            "smtp.refused",
            "smtp.later",
            "smtp.no_starttls",
            "smtp.no_auth",
            "smtp.bad_address",
            "smtp.bad_from",
            "smtp.ca",
            "smtp.too_large",
            "robot.rate",
            "robot.busy",
            "robot.sign",
            "robot.keyword",
            "robot.ip",
            "robot.clock",
            "robot.token",
            "robot.other",
            "sms.refused",
            "sms.later",
            "sms.no_template",
            "sms.body_not_json",
            "http.401",
            "http.404",
            "http.400",
            "http.502",
        ];
        let nothing = explain("");
        for code in codes {
            let (reason, remedy) = explain(code);
            assert_ne!((&reason, &remedy), (&nothing.0, &nothing.1), "{code}");
            assert!(!reason.zh.is_empty() && !reason.en.is_empty() && !remedy.zh.is_empty() && !remedy.en.is_empty());
        }
    }
}
