//! Each rule on its own: what a gun sends in every way guns are set to, and what people do that looks like it.

use super::layout::key_of;
use super::*;

const FIELD: bool = true;
const PAGE: bool = false;

/// A keyboard with a field: what keys come to, as in a browser.
pub(super) struct Desk {
    gun: Gun,
    pub(super) now_ms: f64,
    pub(super) editable: bool,
    pub(super) held: Held,
    /// An input method takes the keys and puts their characters in.
    pub(super) by_input_method: bool,
    pub(super) field: String,
    pub(super) scans: Vec<String>,
    /// Keys the page got while no field had the focus, or that are no text.
    pub(super) page: Vec<String>,
}

impl Desk {
    pub(super) fn new(settings: Settings) -> Self {
        Self {
            gun: Gun::new(settings),
            now_ms: 1_000.0,
            editable: true,
            held: Held::default(),
            by_input_method: false,
            field: String::new(),
            scans: Vec::new(),
            page: Vec::new(),
        }
    }

    /// Time passes, and the clock ticks as often as the browser lets it.
    pub(super) fn wait(&mut self, ms: f64) {
        self.now_ms += ms;
        if let Some(due_ms) = self.gun.due_ms().filter(|due_ms| *due_ms <= self.now_ms) {
            self.scans.extend(self.gun.tick(due_ms));
        }
    }

    fn send(&mut self, code: &str, key: &str, held: Held, repeat: bool) {
        let hidden = self.by_input_method && !matches!(key, "Shift" | "Control");
        let (editable, at_ms) = (self.editable, self.now_ms);
        let (shown, key_code) = if hidden { ("Process", 229) } else { (key, 0) };
        let press = Press { code, key: shown, key_code, held, repeat, composing: hidden, editable, at_ms };
        let answer = self.gun.press(&press);
        for _ in 0..answer.take_back {
            self.field.pop().expect("what slipped in is there");
        }
        self.scans.extend(answer.scan);
        if answer.swallow {
            return;
        }
        let is_text = key.chars().count() == 1 && !held.ctrl && !held.alt;
        match key {
            _ if is_text && editable => self.field.push_str(key),
            "Backspace" if editable => drop(self.field.pop()),
            _ => self.page.push(key.to_owned()),
        }
    }

    /// A key that is no character.
    pub(super) fn key(&mut self, name: &str) {
        self.send(name, name, self.held, false);
    }

    /// A character as a keyboard sends it: Shift first where it needs it, and Caps Lock turning letters.
    pub(super) fn letter(&mut self, letter: char) {
        let (code, shift) = key_of(letter);
        let held = Held { shift, ..self.held };
        if shift {
            self.send("ShiftLeft", "Shift", held, false);
        }
        let turned =
            if letter.is_ascii_uppercase() { letter.to_ascii_lowercase() } else { letter.to_ascii_uppercase() };
        let typed = if held.caps { turned } else { letter };
        self.send(&code, &typed.to_string(), held, false);
    }

    /// The group separator, as Control and the closing bracket.
    pub(super) fn separator(&mut self) {
        let held = Held { ctrl: true, ..self.held };
        self.send("ControlLeft", "Control", held, false);
        self.send("BracketRight", "]", held, false);
    }

    /// A burst: a key every `gap_ms`; `\r` is Enter, `\t` Tab, `\u{1d}` Control and bracket, `\u{8}` F8.
    pub(super) fn burst(&mut self, sent: &str, gap_ms: f64) {
        for (at, letter) in sent.chars().enumerate() {
            if at > 0 {
                self.wait(gap_ms);
            }
            match letter {
                '\r' => self.key("Enter"),
                '\t' => self.key("Tab"),
                '\u{1d}' => self.separator(),
                '\u{8}' => self.key("F8"),
                letter => self.letter(letter),
            }
        }
    }
}

#[track_caller]
fn check(desk: &mut Desk, sent: &str, gap_ms: f64, scans: &[&str], left: &str) {
    let before = desk.scans.len();
    desk.burst(sent, gap_ms);
    desk.wait(500.0);
    let scanned = desk.scans.get(before..).unwrap_or_default();
    assert_eq!(scanned, scans, "scans of {sent:?} at {gap_ms} ms");
    assert_eq!(desk.field, left, "what {sent:?} at {gap_ms} ms leaves in the field");
}

fn desk() -> Desk {
    Desk::new(Settings::default())
}

#[test]
fn every_pace_end_and_focus_of_a_gun_is_a_scan() {
    for gap_ms in [5.0, 10.0, 15.0, 20.0, 30.0, 37.0] {
        for end in ["\r", "\t", "", "\r\t"] {
            for editable in [FIELD, PAGE] {
                let mut desk = Desk { editable, field: "note ".to_owned(), ..desk() };
                check(&mut desk, &format!("SF1234567890{end}"), gap_ms, &["SF1234567890"], "note ");
                let seen = if editable { 0 } else { 1 };
                let shown = desk.page.iter().filter(|key| *key != "Shift").count();
                assert_eq!(shown, seen, "only the first key may reach the page: {:?}", desk.page);
            }
        }
    }
}

#[test]
fn a_scan_that_no_key_ends_is_over_after_the_pause() {
    let mut desk = desk();
    desk.burst("6901234567892", 10.0);
    let last_ms = desk.now_ms;
    assert_eq!(desk.gun.due_ms(), Some(last_ms + 100.0));
    assert_eq!(desk.gun.tick(last_ms + 99.0), None, "more may come");
    assert_eq!(desk.gun.tick(last_ms + 100.0).as_deref(), Some("6901234567892"));
    assert_eq!((desk.gun.due_ms(), desk.gun.tick(last_ms + 500.0)), (None, None), "once");
}

#[test]
fn scans_back_to_back_are_two() {
    check(&mut desk(), "SF1234567890\rSF1234567891\r", 5.0, &["SF1234567890", "SF1234567891"], "");
    check(&mut desk(), "SF1234567890\tYT0000000001\t", 30.0, &["SF1234567890", "YT0000000001"], "");
    // The end of the first is a pause: the next one comes after it, whether the clock has ticked or not.
    for pause_ms in [70.0, 99.0, 150.0] {
        let mut desk = desk();
        desk.burst("SF1234567890", 10.0);
        desk.wait(pause_ms);
        desk.burst("SF1234567891", 10.0);
        desk.wait(500.0);
        assert_eq!(desk.scans, ["SF1234567890", "SF1234567891"], "after {pause_ms} ms");
    }
    // The same parcel twice is two scans; what they mean is not decided here.
    check(&mut desk(), "SF1234567890\rSF1234567890\r", 5.0, &["SF1234567890", "SF1234567890"], "");
}

#[test]
fn an_end_that_comes_late_belongs_to_its_scan() {
    let mut desk = desk();
    desk.burst("SF1234567890", 10.0);
    desk.wait(90.0);
    desk.key("Enter");
    assert_eq!((desk.scans.len(), desk.page.contains(&"Enter".to_owned())), (1, false));
    desk.wait(90.0);
    desk.key("Enter");
    assert!(desk.page.contains(&"Enter".to_owned()), "the next one is a person's");
}

#[test]
fn what_guns_are_set_to_add_is_taken_off() {
    let settings = Settings {
        prefixes: vec!["#~".to_owned(), "#".to_owned(), "\u{1d}G".to_owned()],
        suffixes: vec![";;".to_owned()],
        ..Settings::default()
    };
    for (sent, code) in [
        ("#~SF1234567;;\r", "SF1234567"),
        ("#SF1234567\r", "SF1234567"),
        ("SF1234567;;", "SF1234567"),
        ("SF12#;;34567\r", "SF12#;;34567"),
        ("A\u{1d}GSF1234567\r", "A\u{1d}GSF1234567"),
        ("#  SF1234567  ;;\r", "SF1234567"),
    ] {
        check(&mut Desk::new(settings.clone()), sent, 10.0, &[code], "");
    }
    assert_eq!(settings.code("\u{1d}GSF1"), Some("SF1".to_owned()), "a prefix with a control character");
    assert_eq!(settings.code("\u{2}#SF1;;\u{3}"), Some("SF1".to_owned()), "around it");
    check(&mut Desk::new(settings), "#~  ;;\r", 10.0, &[], "");
}

#[test]
fn caps_lock_and_input_methods_change_nothing() {
    for (caps, by_input_method) in [(true, false), (false, true), (true, true)] {
        for (sent, code) in [
            ("sf-Ab_9:Z/12\r", "sf-Ab_9:Z/12"),
            ("LP0042(x)", "LP0042(x)"),
            ("0101\u{1d}21abC7\u{1d}\r", "0101\u{1d}21abC7"),
        ] {
            let mut desk = Desk { held: Held { caps, ..Held::default() }, by_input_method, ..desk() };
            check(&mut desk, sent, 10.0, &[code], "");
        }
    }
}

#[test]
fn the_layout_tells_characters_the_physical_key_does_not() {
    // German keys, as a gun set to German sends them: Y lies on KeyZ.
    let press = |code, key, caps| Press {
        code,
        key,
        key_code: 0,
        held: Held { caps, ..Held::default() },
        repeat: false,
        composing: false,
        editable: true,
        at_ms: 0.0,
    };
    assert_eq!(press("KeyZ", "y", false).meaning(true, contract::gun::GunEnd::Either), Meaning::Char('y'));
    assert_eq!(press("KeyZ", "Y", true).meaning(true, contract::gun::GunEnd::Either), Meaning::Char('y'));
    // Cyrillic and full-width keys carry no code: the physical key does.
    assert_eq!(press("KeyA", "ф", false).meaning(true, contract::gun::GunEnd::Either), Meaning::Char('a'));
    assert_eq!(press("Comma", "，", false).meaning(true, contract::gun::GunEnd::Either), Meaning::Char(','));
    assert_eq!(press("Numpad7", "7", false).meaning(true, contract::gun::GunEnd::Either), Meaning::Char('7'));
    // A program that types sends capitals without Shift.
    assert_eq!(press("KeyA", "A", false).meaning(true, contract::gun::GunEnd::Either), Meaning::Char('A'));
    // Each of the three signs of an input method is enough; what it makes of the key is not the gun's.
    let hidden = press("Digit1", "¡", false);
    let full = Press { key: "!", ..hidden };
    assert_eq!(Press { key_code: 229, ..full }.meaning(true, contract::gun::GunEnd::Either), Meaning::Char('1'));
    assert_eq!(Press { composing: true, ..full }.meaning(true, contract::gun::GunEnd::Either), Meaning::Char('1'));
    assert_eq!(Press { key: "Process", ..hidden }.meaning(true, contract::gun::GunEnd::Either), Meaning::Char('1'));
    assert_eq!(full.meaning(true, contract::gun::GunEnd::Either), Meaning::Char('!'));
    // A keyboard on glass names no key at all.
    assert_eq!(press("", "Unidentified", false).meaning(true, contract::gun::GunEnd::Either), Meaning::Other);
    let third = Held { ctrl: true, alt: true, alt_graph: true, ..Held::default() };
    assert_eq!(
        Press { held: third, ..press("KeyQ", "@", false) }.meaning(true, contract::gun::GunEnd::Either),
        Meaning::Char('@')
    );
}

#[test]
fn group_separators_stay_inside_and_go_at_the_ends() {
    for (sent, code) in [
        ("0106901234567892\u{1d}10LOT7\u{1d}21SER9\r", "0106901234567892\u{1d}10LOT7\u{1d}21SER9"),
        ("0106901234567892\u{8}10LOT7\r", "0106901234567892\u{1d}10LOT7"),
        ("01\u{1d}10LOT7\u{8}21S\r", "01\u{1d}10LOT7\u{1d}21S"),
        ("\u{1d}SF1234567\u{1d}\r", "SF1234567"),
        ("\u{8}SF1234567\u{8}", "SF1234567"),
        (" SF1234567 \r", "SF1234567"),
    ] {
        check(&mut desk(), sent, 10.0, &[code], "");
    }
    let mut desk = Desk::new(Settings { f8_separates: false, ..Settings::default() });
    desk.burst("0106901234567892", 10.0);
    desk.key("F8");
    assert!(desk.page.contains(&"F8".to_owned()), "where F8 is a key, it is one");
}

#[test]
fn a_short_run_is_typing() {
    for (sent, left) in [("1", "1"), ("123", "123"), ("ab1", "ab1"), ("test5", "test5"), ("1234\r", "1234")] {
        check(&mut desk(), sent, 5.0, &[], left);
    }
    check(&mut desk(), "12345\r", 5.0, &["12345"], "");
    check(&mut desk(), "123456", 5.0, &["123456"], "");
    let mut desk = desk();
    desk.burst("12\r", 5.0);
    assert_eq!(desk.page, ["Enter"], "a quantity and its Enter are a person's");
}

#[test]
fn rolls_of_fast_fingers_are_typing() {
    let mut desk = desk();
    let words = "the quick brown fox goes there and this ";
    for (at, letter) in words.chars().enumerate() {
        desk.letter(letter);
        // Four keys in 12 ms each, then the time of a slower one.
        desk.wait(if at % 4 == 3 { 41.0 } else { 12.0 });
    }
    desk.wait(500.0);
    assert_eq!((desk.field.as_str(), desk.scans.len()), (words, 0));
}

#[test]
fn a_steady_fast_typist_is_no_gun() {
    check(&mut desk(), "abcdefghijklmnopqrstuvwxyz0123456789", 40.0, &[], "abcdefghijklmnopqrstuvwxyz0123456789");
}

#[test]
fn a_held_key_is_a_person() {
    let mut desk = desk();
    desk.letter('a');
    for _ in 0..40 {
        desk.wait(30.0);
        desk.send("KeyA", "a", Held::default(), true);
    }
    desk.wait(500.0);
    assert_eq!((desk.field.len(), desk.scans.len()), (41, 0));
    // Shift held and repeating neither helps nor hurts.
    for _ in 0..20 {
        desk.wait(30.0);
        desk.send("ShiftLeft", "Shift", Held { shift: true, ..Held::default() }, true);
    }
    assert!(desk.scans.is_empty());
}

#[test]
fn modifiers_count_for_the_pace_but_not_for_the_length() {
    // Five letters with five Shifts are ten keys, and no scan.
    check(&mut desk(), "ABCDE", 10.0, &[], "ABCDE");
    // A slow gun takes a report for Shift and one for the letter.
    let mut desk = desk();
    for letter in "ABCDEFGH".chars() {
        let held = Held { shift: true, ..Held::default() };
        desk.send("ShiftLeft", "Shift", held, false);
        desk.wait(25.0);
        desk.send(&format!("Key{letter}"), &letter.to_string(), held, false);
        desk.wait(25.0);
    }
    desk.wait(500.0);
    assert_eq!((desk.scans.as_slice(), desk.field.as_str()), (["ABCDEFGH".to_owned()].as_slice(), ""));
}

#[test]
fn shortcuts_and_other_keys_are_the_pages() {
    let mut desk = desk();
    let ctrl = Held { ctrl: true, ..Held::default() };
    for (code, key) in [("KeyC", "c"), ("KeyV", "v"), ("KeyJ", "j"), ("BracketRight", "]")] {
        desk.send("ControlLeft", "Control", ctrl, false);
        desk.send(code, key, ctrl, false);
    }
    for key in ["F5", "F8", "F9", "Escape", "ArrowDown", "Tab", "Enter", "Backspace", "Home"] {
        desk.wait(10.0);
        desk.key(key);
    }
    let expected = [
        "Control",
        "c",
        "Control",
        "v",
        "Control",
        "j",
        "Control",
        "]",
        "F5",
        "F8",
        "F9",
        "Escape",
        "ArrowDown",
        "Tab",
        "Enter",
        "Home",
    ];
    assert_eq!(desk.page, expected);
    // A shortcut between them parts two short runs.
    desk.burst("abcd", 10.0);
    desk.send("KeyS", "s", ctrl, false);
    check(&mut desk, "efgh", 10.0, &[], "abcdefgh");
}

#[test]
fn control_characters_of_a_gun_do_not_reach_the_browser() {
    let mut desk = desk();
    let ctrl = Held { ctrl: true, ..Held::default() };
    desk.burst("SF12345678", 10.0);
    desk.wait(10.0);
    desk.send("KeyD", "d", ctrl, false);
    desk.burst("90\r", 10.0);
    desk.wait(10.0);
    // A line feed is the browser's way to the downloads.
    desk.send("KeyJ", "j", ctrl, false);
    assert_eq!(desk.scans, ["SF1234567890"]);
    assert!(!desk.page.iter().any(|key| key == "j" || key == "d"), "{:?}", desk.page);
}

#[test]
fn a_key_that_is_late_does_not_cut_a_scan_in_two() {
    let mut desk = desk();
    desk.burst("SF123456", 10.0);
    desk.wait(55.0);
    check(&mut desk, "7890\r", 10.0, &["SF1234567890"], "");
}

#[test]
fn what_a_person_types_after_a_scan_stays() {
    let mut desk = desk();
    desk.burst("SF1234567890", 10.0);
    desk.wait(61.0);
    desk.letter('x');
    assert_eq!((desk.field.as_str(), desk.scans.len()), ("x", 1), "the key ends the scan and stays");
    desk.wait(90.0);
    desk.key("Enter");
    assert!(desk.page.contains(&"Enter".to_owned()));
}

#[test]
fn nobody_waiting_is_nothing_kept() {
    let mut desk = desk();
    desk.burst("SF1234567890", 10.0);
    desk.gun.forget();
    desk.wait(500.0);
    assert!(desk.scans.is_empty());
    check(&mut desk, "YT1234567890\r", 10.0, &["YT1234567890"], "");
}

#[test]
fn only_the_key_that_is_set_ends_a_scan() {
    use contract::gun::GunEnd;
    let sends = |end: GunEnd, key: &str| {
        let mut desk = Desk::new(Settings { end, ..Settings::default() });
        for letter in "SF123456".chars() {
            desk.wait(10.0);
            let (code, shift) = key_of(letter);
            desk.send(&code, &letter.to_string(), Held { shift, ..Held::default() }, false);
        }
        desk.wait(10.0);
        desk.send(key, key, Held::default(), false);
        (desk.scans, desk.page)
    };
    let scan = vec!["SF123456".to_owned()];
    for (end, key) in [(GunEnd::Either, "Tab"), (GunEnd::Enter, "Enter"), (GunEnd::Tab, "Tab")] {
        assert_eq!(sends(end, key), (scan.clone(), vec![]), "{end:?} {key}");
    }
    // Another key ends it too, and is the page's.
    for (end, key) in [(GunEnd::Enter, "Tab"), (GunEnd::Tab, "Enter"), (GunEnd::Silence, "Enter")] {
        assert_eq!(sends(end, key), (scan.clone(), vec![key.to_owned()]), "{end:?} {key}");
    }
}
