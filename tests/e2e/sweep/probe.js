// Rides along with every page under the sweep: counts what is being asked, learns which texts are data, answers reads with
// a fault when told to, and looks at the page as readers, keyboards and narrow screens do.
(() => {
  if (window.__sweep) return;
  const FAULT = JSON.stringify({
    code: "internal", message: navigator.language.startsWith("zh") ? "服务器出错" : "The server failed", fields: [], request_id: "sweep",
  });
  // What the frame itself asks; it is not the page's.
  const FRAME = ["/api/session", "/api/meta", "/api/inbox/count", "/api/notices", "/api/gun-settings", "/api/health"];
  // Code-like leaves are data only under names that people choose.
  const NAMES = /^(name|display_name|code|sku|sku_code|number|file_name|barcode|serial|waybill|address|value|label|category|reference|key|raw|text|email|form|platform|external_number|zone|currency|carrier)$/;
  const CODE = /^[a-z][a-z0-9_.:-]*$/;
  const probe = { flying: 0, failed: 0, data: new Set(), pairs: [], stops: [] };
  window.__sweep = probe;

  const learn = (value, name) => {
    if (Array.isArray(value)) {
      value.forEach(one => learn(one, name));
    } else if (value !== null && typeof value === "object") {
      const { zh, en } = value;
      if (typeof zh === "string" && typeof en === "string") {
        probe.pairs.push([zh, en]);
      } else {
        Object.entries(value).forEach(([key, one]) => {
          if (/[^a-z_]/.test(key)) probe.data.add(key);
          learn(one, key);
        });
      }
    } else if (typeof value === "string" && (!CODE.test(value) || NAMES.test(name ?? ""))) {
      probe.data.add(value);
    }
  };

  const own = window.fetch;
  window.fetch = async (what, how) => {
    const address = new URL(what instanceof Request ? what.url : what, location.href);
    const method = what instanceof Request ? what.method : how?.method ?? "GET";
    const reads = address.pathname.startsWith("/api/") && method === "GET";
    if (reads && sessionStorage.getItem("sweep.fault") && !FRAME.includes(address.pathname)) {
      probe.failed += 1;
      return new Response(FAULT, { status: 500, headers: { "content-type": "application/json" } });
    }
    probe.flying += 1;
    try {
      const answer = await own.call(window, what, how);
      if (reads) {
        const text = await answer.clone().text();
        try { learn(JSON.parse(text)); } catch { probe.data.add(text); }
      }
      return answer;
    } finally {
      probe.flying -= 1;
    }
  };

  const shown = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const name = element => {
    const test = element.closest("[data-test]")?.dataset.test;
    const own = element.tagName.toLowerCase() + [...element.classList].slice(0, 3).map(one => "." + one).join("");
    const text = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 30);
    return `${own}${test ? ` in [${test}]` : ""}${text ? ` “${text}”` : ""}`;
  };
  const frame = () => new Promise(go => requestAnimationFrame(go));
  const body = () => document.querySelector("main, .portal, .station") ?? document.body;
  const waits = () => {
    if (probe.flying > 0) return "asks the server";
    if (!document.querySelector("main, [data-test^=station]")) return "has no main part";
    if (body().innerText.trim() === "") return "is empty";
    const busy = [...document.querySelectorAll(".ui-skeleton, table[aria-busy=true]")].filter(one => shown(one) && !one.closest(".ui-specimen"));
    return busy.length > 0 ? `still loads ${name(busy[0])}` : null;
  };

  // The page has come to rest: nothing is asked, nothing loads, and nothing was drawn anew for some frames.
  probe.settled = async (patience_ms = 20000) => {
    const end = performance.now() + patience_ms;
    let calm = 0;
    let drawn = true;
    const watch = new MutationObserver(() => { drawn = true; });
    watch.observe(document.documentElement, { childList: true, subtree: true, characterData: true });
    let reason = "";
    while (performance.now() < end) {
      reason = waits() ?? (drawn ? "keeps changing" : null);
      drawn = false;
      calm = reason === null ? calm + 1 : 0;
      if (calm >= 4) break;
      await frame();
    }
    watch.disconnect();
    await Promise.all(document.getAnimations().filter(one => one.effect?.getTiming().iterations !== Infinity).map(one => one.finished.catch(() => {})));
    return calm >= 4 ? null : `never comes to rest: ${reason}`;
  };

  const lang = () => (document.documentElement.lang.startsWith("zh") ? "zh" : "en");
  // Brings the page into a language and an appearance by the switches a reader has; true when there are such switches.
  probe.look = async (wanted, theme) => {
    const press = async (test, done) => {
      for (let times = 0; times < 3 && !done(); times += 1) {
        const button = [...document.querySelectorAll(`[data-test=${test}]`)].find(shown);
        if (!button) return false;
        button.click();
        await frame();
      }
      return done();
    };
    const speaks = await press("lang-switch", () => lang() === wanted);
    const appears = await press("theme-switch", () => document.documentElement.dataset.theme === theme);
    return speaks && appears;
  };

  // A customer proves that the order is theirs, where the page asks for it.
  probe.prove = async tail => {
    const input = document.querySelector("[data-test=portal-tail] input");
    if (!input) return;
    input.value = tail;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    await frame();
    document.querySelector("[data-test=portal-find]").click();
    await frame();
  };

  const SILENT = "script, style, noscript, code, pre, kbd, samp, textarea, [translate=no], svg title";
  const foreign = element => {
    const marked = element.closest("[lang]");
    return marked !== null && marked !== document.documentElement && !marked.lang.startsWith(lang());
  };
  function* texts() {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const element = node.parentElement;
      if (node.data.trim() && !element.closest(SILENT) && element.checkVisibility() && !foreign(element)) yield [node.data.trim(), element];
    }
    for (const element of document.body.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
      if (element.closest(SILENT) || !element.checkVisibility() || foreign(element)) continue;
      for (const attribute of ["aria-label", "title", "placeholder", "alt"]) {
        const text = element.getAttribute(attribute);
        if (text?.trim()) yield [text.trim(), element];
      }
    }
  }

  // Words of the other language, of programs, or of nobody. Data speak as they were written.
  probe.words = vocabulary => {
    const wrong = new Set();
    const here = lang();
    const known = new Set(vocabulary.map(word => word.toLowerCase()));
    const sides = probe.pairs.map(([zh, en]) => (here === "zh" ? zh || en : en || zh));
    const data = [...probe.data].concat(sides).join("\n").toLowerCase();
    const isData = text => data.includes(text.toLowerCase());
    for (const [whole, element] of texts()) {
      // Addresses of the web belong to no language.
      const text = whole.replace(/https?:\/\/[\w.:/?=&%#-]+|[?&]\w+=/g, " ");
      const told = what => wrong.add(`${what} “${text.slice(0, 80)}” (${name(element)})`);
      if (/\bundefined\b|\bNaN\b|\[object |\{[A-Za-z_]\w*\}|\bSome\(/.test(text) && !isData(text)) told("a program's word:");
      for (const [key] of text.matchAll(/\b[a-z]+(?:_[a-z0-9]+)+\b/g)) if (!isData(key) && !known.has(key)) told("a key:");
      const strays = here === "en" ? text.matchAll(/\p{Script=Han}+/gu) : text.matchAll(/[A-Za-z][A-Za-z_'’]*[a-z][A-Za-z_'’]*/g);
      for (const [word] of strays) {
        if (here === "zh" && (word.length < 3 || known.has(word.toLowerCase()))) continue;
        if (!isData(word)) told(here === "en" ? "Chinese:" : "Latin:");
      }
    }
    return [...wrong];
  };

  // Too wide for the window, or a part that scrolls sideways without being made for it.
  probe.sideways = () => {
    const root = document.scrollingElement;
    const made = ".ui-table__pane, pre";
    const cut = element => {
      for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
        if (getComputedStyle(up).overflowX !== "visible") return true;
      }
      return false;
    };
    const wrong = [];
    if (root.scrollWidth > root.clientWidth) {
      const wide = [...document.body.querySelectorAll("*")].filter(one => shown(one) && !cut(one));
      const right = one => {
        const box = one.getBoundingClientRect();
        return getComputedStyle(one).overflowX === "visible" ? Math.max(box.right, box.left + one.scrollWidth) : box.right;
      };
      const widest = wide.reduce((best, one) => (best === null || right(one) >= right(best) ? one : best), null);
      wrong.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth} px: ${widest ? name(widest) : "?"} reaches ${widest ? Math.round(right(widest)) : "?"}`);
    }
    // What has an edge holds what is in it.
    for (const element of document.querySelectorAll(".ui-stat, .ui-card, .ui-notice, .ui-button, .ui-chip, .ui-tab, .ui-nav__link, dialog[open]")) {
      if (shown(element) && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "visible") {
        wrong.push(`sticks out of its box by ${element.scrollWidth - element.clientWidth} px: ${name(element)}`);
      }
    }
    // A strip may be made to scroll sideways; what holds a whole page or dialog may not.
    for (const element of document.querySelectorAll("main, body > div, dialog[open], dialog[open] > *")) {
      if (element.scrollWidth <= element.clientWidth + 1 || element.clientWidth === 0 || element.closest(made) || !shown(element)) continue;
      if (["auto", "scroll"].includes(getComputedStyle(element).overflowX)) wrong.push(`scrolls sideways inside: ${name(element).slice(0, 80)}`);
    }
    return wrong;
  };

  const REACHED = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true], [role=button], [role=link], [role=checkbox], [role=switch], [role=tab], [role=option], [role=menuitem]";
  // Groups of which Tab reaches one and arrows the others.
  const GROUPS = "[role=tablist], [role=grid], [role=menu], [role=listbox], [role=radiogroup], [role=toolbar], fieldset";
  const operable = () => {
    const open = [...document.querySelectorAll("dialog[open]")].filter(one => one.matches(":modal")).at(-1);
    return [...(open ?? document.body).querySelectorAll(REACHED)].filter(one =>
      one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.type !== "hidden" && !one.closest("[inert]") && !one.matches("main[tabindex='-1'], dialog, [aria-hidden=true]"));
  };
  const tabbable = one => one.tabIndex >= 0;
  const group = one => (one.type === "radio" ? `radio ${one.name}` : one.closest(GROUPS));

  // Notes every stop of the keyboard from here on, and tells how many there may be.
  probe.walk = () => {
    probe.stops = [];
    probe.ends?.();
    document.activeElement?.blur();
    getSelection()?.removeAllRanges();
    window.scrollTo(0, 0);
    const ring = element => {
      const look = one => { const style = getComputedStyle(one); return `${style.outlineStyle}|${style.outlineWidth}|${style.boxShadow}|${style.borderColor}|${style.backgroundColor}`; };
      const near = [element, element.parentElement, element.parentElement?.parentElement, element.nextElementSibling, element.previousElementSibling, ...[...element.children].slice(0, 2)];
      return near.filter(Boolean).map(look);
    };
    const before = new Map(operable().map(one => [one, ring(one)]));
    const hear = event => {
      const element = event.target;
      const then = before.get(element);
      const now = ring(element);
      const style = getComputedStyle(element);
      const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
      probe.stops.push({ element, seen: outlined || then === undefined || now.some((look, at) => look !== then[at]) });
    };
    document.addEventListener("focusin", hear);
    probe.ends = () => document.removeEventListener("focusin", hear);
    // A date is walked through by its parts and its calendar: stops of its own inside, of which the page hears nothing.
    const inner = one => ({ date: 3, "datetime-local": 5, time: 2, month: 2 })[one.type] ?? 0;
    return operable().filter(tabbable).reduce((stops, one) => stops + 1 + inner(one), 0);
  };

  // What the keyboard could not reach, could not see, or could not leave.
  probe.walked = () => {
    probe.ends();
    const wrong = new Set();
    const reached = new Set(probe.stops.map(stop => stop.element));
    const groups = new Set([...reached].map(group).filter(Boolean));
    // A link taken out of the way on purpose, where another stop of the same row leads to the same place.
    const ledTo = element => element.matches("tr a[href][tabindex='-1']") && [...element.closest("tr").querySelectorAll("a[href]")].some(one => reached.has(one) && one.href === element.href);
    for (const element of operable()) {
      if (element.tabIndex > 0) wrong.add(`a positive tabindex: ${name(element)}`);
      if (reached.has(element) || groups.has(group(element))) continue;
      const within = element.matches("[tabindex='-1']") && element.closest("a[href], button, label, [role=grid], [role=combobox], [role=group]");
      if ((!within || within === element) && !ledTo(element)) wrong.add(`not reached by Tab: ${name(element)}`);
    }
    // After the end the way begins anew: six presses more than there are stops come by the first again.
    const last = probe.stops.at(-1)?.element;
    const first = probe.stops[0]?.element;
    if (last && reached.size > 1 && probe.stops.filter(stop => stop.element === first).length < 2 && last.isConnected) {
      wrong.add(`does not let the keyboard go: ${name(last)}`);
    }
    for (const { element, seen } of probe.stops) {
      if (!seen && element.isConnected) wrong.add(`no focus ring: ${name(element)}`);
    }
    return [...wrong];
  };

  // A page whose reads failed: it says so, offers to try again, and does neither load for ever nor stand empty.
  probe.fault = () => {
    const wrong = [];
    if (probe.failed === 0) return wrong;
    const said = [...document.querySelectorAll("[role=alert], .ui-empty.is-bad, .ui-notice")].filter(shown);
    if (said.length === 0) wrong.push("does not say that it could not be loaded");
    const again = [...document.querySelectorAll("[data-test=retry]")].filter(shown);
    if (again.length === 0) wrong.push("offers no way to try again");
    return wrong;
  };
  probe.mended = () => (probe.failed > 0 && document.querySelector("[data-test=retry]") ? ["still says that it could not be loaded"] : []);
  probe.again = () => [...document.querySelectorAll("[data-test=retry]")].filter(shown).forEach(one => one.click());

  // What stands where nothing is yet: every table and every place for something says what will appear.
  probe.empty = () => {
    const wrong = [];
    const words = one => one.querySelector(".ui-empty__hint")?.textContent.trim() || one.querySelector(".ui-empty__action")?.textContent.trim();
    for (const one of document.querySelectorAll(".ui-empty")) {
      if (!shown(one) || one.closest(".ui-specimen")) continue;
      if (one.matches(".is-bad")) wrong.push(`fails: ${name(one)}`);
      else if (!words(one)) wrong.push(`an empty place that does not say what will appear: ${name(one)}`);
    }
    for (const table of document.querySelectorAll("[role=grid], main table")) {
      if (!shown(table) || table.closest(".ui-specimen") || table.querySelector("tbody tr, tbody [role=row]")) continue;
      if (!table.parentElement.querySelector(".ui-empty")) wrong.push(`an empty table without words: ${name(table).slice(0, 60)}`);
    }
    return wrong;
  };

  // What axe finds that keeps people out.
  probe.axe = async rules => {
    const asked = rules ? { runOnly: { type: "rule", values: rules } } : {};
    const done = await window.axe.run(document, { ...asked, resultTypes: ["violations"], iframes: false });
    const grave = done.violations.filter(one => one.impact === "serious" || one.impact === "critical");
    return grave.flatMap(one => one.nodes.slice(0, 4).map(node => `${one.id}: ${node.target.join(" ")} — ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? one.help} — ${node.html.slice(0, 120)}`));
  };
})();
