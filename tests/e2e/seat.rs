//! A person at the desk: a window of their own, and the steps of a return as they take them there.

use support::picture::noise_png;

use crate::browser::Browser;
use crate::parcel::until;
use crate::shop::{PASSWORD, Shop};

/// What a unit turned out to be: question by question as the general list asks, the grade and who is liable.
pub(crate) struct Finding {
    /// Which of the package's answers, from 1.
    pub(crate) package: usize,
    /// Which grade, from 1 in the order of the master data.
    pub(crate) grade: usize,
    /// Who is liable, as the page orders them, from 1.
    pub(crate) liable: usize,
    /// How many of the group; all when there is no choice.
    pub(crate) units: Option<i64>,
    /// A photo goes with it.
    pub(crate) photo: bool,
}

/// Somebody signed in at the desk.
pub(crate) struct Seat {
    pub(crate) browser: Browser,
}

/// What is wrong with the inputs of a page: ids there are twice, labels that lead nowhere, inputs nobody can name.
const INPUTS: &str = r#"
    const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map(id => 'twice: ' + id);
    const lost = [...document.querySelectorAll('label[for]')].filter(label => !document.getElementById(label.htmlFor));
    const inputs = [...document.querySelectorAll('main input, main select, main textarea')];
    const named = input => input.labels.length > 0 || input.getAttribute('aria-label') || input.getAttribute('aria-labelledby');
    const nameless = inputs.filter(input => !named(input)).map(input => 'nameless: ' + input.outerHTML);
    return twice.concat(lost.map(label => 'lost: ' + label.outerHTML), nameless);
"#;

impl Seat {
    /// Opens a window in a language and signs in.
    pub(crate) fn take(shop: &Shop, who: &str, lang: &str) -> Self {
        Self::take_at(Browser::open(&shop.server.url, lang, 1360), who)
    }

    /// Signs in in a window.
    pub(crate) fn take_at(browser: Browser, who: &str) -> Self {
        browser.go("/desk/");
        browser.type_into("input[autocomplete=username]", who);
        browser.type_into("input[type=password]", PASSWORD);
        browser.click("[data-test=sign-in]");
        browser.waits_for("[data-test=user-menu]");
        Self { browser }
    }

    /// Changes to a language, as the reader does, unless the account has it; waits until the account keeps it: the next page
    /// opens in it.
    pub(crate) fn reads(&self, lang: &str) {
        let page = &self.browser;
        let (own, other) = if lang.starts_with("en") { ("en", "zh") } else { ("zh", "en") };
        page.waits_for("button[lang^=en], button[lang^=zh]");
        let offers = page.evaluate(&format!("return document.querySelector('button[lang^={own}]') !== null"));
        if offers == serde_json::json!(true) {
            page.click(&format!("button[lang^={own}]"));
        }
        page.waits_for(&format!("button[lang^={other}]"));
        let kept = format!(
            "for (let asked = 0; asked < 500; asked += 1) {{ \
             const ask = new XMLHttpRequest(); ask.open('GET', '/api/session', false); ask.send(); \
             if (JSON.parse(ask.responseText).lang === '{own}') return true; }} return false"
        );
        assert_eq!(page.evaluate(&kept), serde_json::json!(true), "the account keeps the language");
    }

    /// Files a return of `units` of an order in the filing form; the case's id.
    pub(crate) fn files(&self, order: &str, units: i64) -> String {
        let page = &self.browser;
        page.go("/desk/file");
        page.type_into("[data-field=order] input", order);
        page.click("[data-test=order-lookup]");
        page.waits_for(".goods__row");
        page.type_into("[data-field=customer] input[type=tel]", "13800001234");
        page.type_into("[data-field=customer] input[type=text]", "张三");
        page.click(".goods__row .ui-check");
        page.choose(".goods__kind select", "return_refund");
        page.type_into(".goods__controls input", &units.to_string());
        page.choose("[data-field=reason] select", "no_reason");
        page.choose("[data-field=reason]", "dislike");
        page.type_into("[data-field=return_phone] input", "13800001234");
        page.waits_for("[data-verdict=auto_agree]");
        let wrong = page.evaluate(INPUTS);
        assert_eq!(wrong, serde_json::json!([]), "inputs that share an id or have no name");
        page.click("[data-test=file-submit]");
        page.waits_for("[data-test=case-now]");
        let at = page.evaluate("return location.pathname.split('/').pop()");
        at.as_str().expect("an address").to_owned()
    }

    /// Agrees to the open step of a case.
    pub(crate) fn agrees(&self, id: &str) {
        let page = &self.browser;
        page.go(&format!("/desk/rmas/{id}"));
        page.click("[data-test=decide-agree]");
        page.waits_for("[data-test=decide-form]");
        page.click("dialog[open] footer button:last-child");
        page.waits_without("[data-test=decide-agree]");
    }

    /// Announces a waybill on the case, as the customer told it.
    pub(crate) fn announces(&self, id: &str, waybill: &str) {
        let page = &self.browser;
        page.go(&format!("/desk/rmas/{id}"));
        page.type_into("[data-test=tracking-form] input", waybill);
        page.click("[data-test=tracking-form] button");
        page.waits_for("[data-test=case-parcel]");
    }

    /// Signs for a parcel by its waybill, opens it and counts `units` of its one line.
    pub(crate) fn receives(&self, waybill: &str, units: i64) {
        let page = &self.browser;
        page.go("/desk/receiving");
        page.press("[data-test=code-box] input", &format!("{waybill}\u{e007}"));
        page.click("[data-test=scan-open]");
        page.waits_for("[data-test=bench]");
        page.type_into("[data-test=count-arrived] input", &units.to_string());
        page.click("[data-test=count-send]");
        page.waits_without("[data-test=count-send]:not([aria-disabled=true])");
    }

    /// Inspects the first group that waits, and sends it where its grade says.
    pub(crate) fn inspects(&self, id: &str, finding: &Finding) {
        let page = &self.browser;
        page.go(&format!("/desk/inspecting/{id}"));
        let group = "[data-test=unit-group][data-step=inspect]";
        if let Some(units) = finding.units {
            page.type_into(&format!("{group} [data-test=inspect-quantity] input"), &units.to_string());
        }
        for question in ["right_item", "complete"] {
            page.click(&format!("{group} [data-question={question}] button, {group} [data-question={question}] label"));
        }
        page.click(&format!("{group} [data-question=package] label.ui-check:nth-of-type({})", finding.package));
        page.click(&format!("{group} [data-test=inspect-grade] label.ui-check:nth-of-type({})", finding.grade));
        page.click(&format!("{group} [data-test=inspect-liability] label.ui-check:nth-of-type({})", finding.liable));
        // Kept until the page has read it.
        let _photo = finding.photo.then(|| {
            let file = tempfile::Builder::new().suffix(".png").tempfile().expect("a file");
            std::fs::write(file.path(), noise_png(2, 1)).expect("a photo");
            page.press(&format!("{group} input[type=file]"), file.path().to_str().expect("a path"));
            page.waits_for(&format!("{group} .ui-upload.is-good"));
            file
        });
        let done = "document.querySelectorAll('[data-test=unit-group][data-step=done]').length";
        let before = page.evaluate(&format!("return {done}"));
        page.click(&format!("{group} [data-test=inspect-send]"));
        until(page, &format!("return {done} > {before}"));
    }

    /// Keys the refund that the page suggests, to be paid by hand.
    pub(crate) fn proposes(&self, id: &str) {
        let page = &self.browser;
        page.go(&format!("/desk/settling/{id}"));
        page.choose("[data-test=settlement-means] select", "manual");
        page.click("[data-test=settlement-propose]");
        page.waits_for("[data-test=settlement]");
    }

    /// Asks the customer for something.
    pub(crate) fn asks(&self, id: &str, question: &str) {
        let page = &self.browser;
        page.go(&format!("/desk/rmas/{id}"));
        page.click("[data-test=decide-ask]");
        page.type_into("dialog[open] [data-test=decide-form] textarea", question);
        page.click("dialog[open] footer button:last-child");
        page.waits_without("dialog[open]");
    }

    /// Signs for a parcel, opens it, and finds in it what was announced.
    pub(crate) fn receives_as_announced(&self, waybill: &str) {
        let page = &self.browser;
        page.go("/desk/receiving");
        page.press("[data-test=code-box] input", &format!("{waybill}\u{e007}"));
        page.click("[data-test=scan-open]");
        page.click("[data-test=count-as-announced]");
        page.click("[data-test=count-send]");
        page.waits_without("[data-test=count-arrived]");
    }

    /// Ships the one order that waits to go out for a case.
    pub(crate) fn ships(&self, id: &str, waybill: &str) {
        let page = &self.browser;
        page.go(&format!("/desk/outbound/cases/{id}"));
        page.type_into("[data-test=ship-form] input", waybill);
        page.click("[data-test=ship-send]");
        page.waits_for("[data-test=deliver-send]");
    }

    /// Ends what was sent out and came back, from the case.
    pub(crate) fn gives_up_sending(&self, id: &str, why: &str) {
        let page = &self.browser;
        page.go(&format!("/desk/rmas/{id}"));
        page.click("[data-test=case-outbound] [data-test=outbound-waive]");
        page.type_into("dialog[open] [data-test=ask-reason] textarea", why);
        page.click("dialog[open] footer button:last-child");
        page.waits_without("[data-test=outbound-waive]");
    }

    /// Approves what a colleague keyed.
    pub(crate) fn approves(&self, id: &str) {
        let page = &self.browser;
        page.go(&format!("/desk/settling/{id}"));
        page.click("[data-test=settlement-approve]");
        page.waits_for("[data-test=settlement][data-state=approved]");
    }

    /// Records that the money was paid, with its proof.
    pub(crate) fn pays(&self, id: &str, proof: &str) {
        let page = &self.browser;
        page.go(&format!("/desk/settling/{id}"));
        page.click("[data-test=settlement-by-hand]");
        page.type_into("dialog[open] [data-test=pay-by-hand] input", proof);
        page.click("dialog[open] footer button:last-child");
        page.waits_for("[data-test=settlement][data-state=settled]");
        page.waits_without("[data-test=settlement-by-hand]");
    }

    /// Whether the pages complained of nothing.
    pub(crate) fn leaves(self) {
        assert_eq!(self.browser.complaints(), Vec::<String>::new());
    }
}
