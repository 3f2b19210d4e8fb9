//! The sweep can fail: each of its checks is shown a page with that fault, and the same page without it.

use serde_json::{Value, json};

use super::lap::{ride_along, walk_once};
use super::words;
use crate::browser::Browser;
use crate::shop::Shop;

/// Puts `html` in the place of a page's body, in a language; `script` does what markup may not.
fn show(page: &Browser, lang: &str, html: &str, script: &str) {
    let put = format!(
        "document.documentElement.lang = arguments[0]; document.title = 'T'; document.body.innerHTML = arguments[1];
         const it = id => document.getElementById(id); {script}"
    );
    page.asks(&put, &json!([lang, html]));
}

#[track_caller]
fn says(found: &Value, expect: &[&str]) {
    let all: Vec<&str> = found.as_array().expect("findings").iter().filter_map(Value::as_str).collect();
    for wanted in expect {
        assert!(all.iter().any(|one| one.contains(wanted)), "`{wanted}` is not in {all:?}");
    }
    assert!(!expect.is_empty() || all.is_empty(), "{all:?}");
}

#[test]
fn each_check_finds_its_fault_and_nothing_on_a_sound_page() {
    let shop = Shop::open(&[]);
    let page = Browser::open(&shop.server.url, "en-US", 800);
    ride_along(&page);
    page.go("/portal");
    page.evaluate("return __sweep.settled()");
    words_are_found(&page);
    width_is_found(&page);
    page.evaluate("document.body.replaceChildren()");
    keyboard_is_found(&page);
    states_are_found(&page);
    axe_finds(&page);
    fault_is_found(&page);
}

fn words_are_found(page: &Browser) {
    let words = || page.asks("return __sweep.words(arguments[0])", &json!([words::KNOWN]));
    show(page, "en", "<main><p>Goods <b>退款</b></p></main>", "");
    says(&words(), &["Chinese: “退款”"]);
    show(page, "en", "<main><p aria-label='退款'>Goods</p></main>", "");
    says(&words(), &["Chinese: “退款”"]);
    show(page, "zh-CN", "<main><p>这里 something stays</p></main>", "");
    says(&words(), &["Latin: “这里 something stays”"]);
    show(page, "en", "<main><p>undefined</p><p>{count} in all</p><p>return_refund</p></main>", "");
    says(&words(), &["a program's word: “undefined”", "a program's word: “{count} in all”", "a key: “return_refund”"]);
    show(page, "en", "<main><p>Goods <span lang='zh'>退款</span></p><code>return_refund</code></main>", "");
    says(&words(), &[]);
    show(page, "en", "<main><p>From 张三</p></main>", "__sweep.data.add('张三')");
    says(&words(), &[]);
    show(page, "zh-CN", "<main><p>登录 ReturnDesk，SKU 12</p></main>", "");
    says(&words(), &[]);
}

fn width_is_found(page: &Browser) {
    let sideways = || page.evaluate("return __sweep.sideways()");
    show(page, "en", "<main><div id='wide'>wide</div></main>", "it('wide').style.width = '2000px'");
    says(&sideways(), &["scrolls sideways by", "div “wide”"]);
    let inner = "it('box').style.overflowX = 'auto'; it('box').style.width = '200px'; it('wide').style.width = '900px'";
    show(page, "en", "<main id='box'><div id='wide'>wide</div></main>", inner);
    says(&sideways(), &["scrolls sideways inside: main"]);
    show(page, "en", "<main><div id='box'><div id='wide'>wide</div></div></main>", inner);
    says(&sideways(), &[]);
}

fn keyboard_is_found(page: &Browser) {
    show(page, "en", "<main><button>a</button><div role='button'>b</div></main>", "");
    says(&walk_once(page), &["not reached by Tab: div"]);
    show(page, "en", "<main><button id='a'>a</button></main>", "it('a').tabIndex = 3");
    says(&walk_once(page), &["a positive tabindex: button"]);
    show(page, "en", "<main><button id='a'>a</button></main>", "it('a').style.outline = 'none'");
    says(&walk_once(page), &["no focus ring: button"]);
    let trap = "it('a').onkeydown = event => event.preventDefault()";
    show(page, "en", "<main><button id='a'>a</button><button>b</button></main>", trap);
    says(&walk_once(page), &["not reached by Tab: button"]);
    let last = "it('b').onkeydown = event => event.preventDefault()";
    show(page, "en", "<main><button>a</button><button id='b'>b</button></main>", last);
    says(&walk_once(page), &["does not let the keyboard go: button"]);
    let row = |second: &str| {
        format!(
            "<main><table><tr><td><a href='/a'>a</a></td><td><a tabindex='-1' href='{second}'>1</a></td></tr></table></main>"
        )
    };
    show(page, "en", &row("/b"), "");
    says(&walk_once(page), &["not reached by Tab: a"]);
    show(page, "en", &row("/a"), "");
    says(&walk_once(page), &[]);
    let dates = "<main><input type='date'><input type='date'><input type='date'><button>a</button></main>";
    show(page, "en", dates, "");
    says(&walk_once(page), &[]);
    let roving = "<main><div role='tablist'><button role='tab'>a</button><button role='tab' tabindex='-1'>b</button></div></main>";
    show(page, "en", roving, "");
    says(&walk_once(page), &[]);
}

fn states_are_found(page: &Browser) {
    let settled = || page.evaluate("return __sweep.settled(300)");
    show(page, "en", "<main><p>a</p><div class='ui-skeleton' aria-label='Loading'>…</div></main>", "");
    says(&json!([settled()]), &["still loads"]);
    show(page, "en", "<main></main>", "");
    says(&json!([settled()]), &["is empty"]);
    show(page, "en", "<main><p id='a'>a</p></main>", "setInterval(() => it('a') && (it('a').textContent += 'a'), 5)");
    says(&json!([settled()]), &["keeps changing"]);
    show(page, "en", "<main><p>a</p></main>", "");
    assert_eq!(settled(), Value::Null);
    let empty = || page.evaluate("return __sweep.empty()");
    show(
        page,
        "en",
        "<main><div class='ui-empty'><p>Nothing</p></div><div><table><tbody></tbody></table>x</div></main>",
        "",
    );
    says(&empty(), &["does not say what will appear", "an empty table"]);
    let told = "<main><div class='ui-empty'><p>None</p><p class='ui-empty__hint'>Orders appear here</p></div></main>";
    show(page, "en", told, "");
    says(&empty(), &[]);
}

fn axe_finds(page: &Browser) {
    let axe = || page.evaluate("return __sweep.axe()");
    show(
        page,
        "en",
        "<main><h1>T</h1><button></button><input><p id='a'>pale</p></main>",
        "it('a').style.color = '#ddd'",
    );
    says(&axe(), &["button-name", "label", "color-contrast"]);
    show(page, "en", "<main><h1>T</h1><button>Go</button><label>Name <input></label></main>", "");
    says(&axe(), &[]);
}

fn fault_is_found(page: &Browser) {
    page.evaluate(
        "sessionStorage.setItem('sweep.fault', '1'); return fetch('/api/rmas').then(answer => answer.status)",
    );
    show(page, "en", "<main><p>Nothing here</p></main>", "");
    let fault = || page.evaluate("return __sweep.fault()");
    says(&fault(), &["does not say that it could not be loaded", "offers no way to try again"]);
    show(page, "en", "<main><div role='alert'>Failed <button data-test='retry'>Again</button></div></main>", "");
    says(&fault(), &[]);
}
