//! What is to be said about a scan that somebody tried: its pace, its end, what stands around the code.

use contract::gun::GunSettings;

/// One key of a trial, as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// What it means in the layout in use.
    pub key: String,
    /// When, in ms.
    pub at_ms: f64,
    /// An input method took it.
    pub by_input_method: bool,
    /// Caps Lock is on.
    pub caps: bool,
    /// Alt is down, as guns hold it that type numbers of characters.
    pub alt: bool,
}

/// What a trial tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// Keys that stand for something, the end among them.
    pub keys: usize,
    /// The shortest, the usual and the longest time between two keys, in ms; `None` with fewer than two.
    pub gaps_ms: Option<(f64, f64, f64)>,
    /// The key that ended it, when one did.
    pub end: Option<String>,
    /// What is to be said.
    pub advice: Vec<Advice>,
}

/// One thing to be said about a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// All is well.
    Fine,
    /// Too few keys: somebody typed, or the code is short.
    Short,
    /// The pauses between keys are longer than allowed.
    Slow,
    /// Just quick enough: a busy machine may cut a scan in two.
    NearlySlow,
    /// No key ended it: two scans need a pause between them.
    NoEnd,
    /// It ends with a key that is set not to end scans.
    WrongEnd,
    /// An input method is on; the keys are read all the same.
    InputMethod,
    /// Caps Lock is on; the keys are read all the same.
    CapsLock,
    /// The gun types with Alt and the number pad: that cannot be read.
    AltNumbers,
    /// The mark of the code's kind stands before it and is not taken off.
    Mark,
}

/// How much room under the limit is comfortable, as a share of it.
const COMFORTABLE: f64 = 0.8;

fn is_modifier(key: &str) -> bool {
    matches!(key, "Shift" | "Control" | "Alt" | "AltGraph" | "Meta" | "CapsLock" | "NumLock" | "Process")
}

fn gaps(strokes: &[Stroke]) -> Option<(f64, f64, f64)> {
    let mut gaps: Vec<f64> =
        strokes.windows(2).filter_map(|pair| Some(pair.get(1)?.at_ms - pair.first()?.at_ms)).collect();
    gaps.sort_by(f64::total_cmp);
    Some((*gaps.first()?, *gaps.get(gaps.len() / 2)?, *gaps.last()?))
}

/// Looks at the keys of one trial; `read` is what came out of them.
#[must_use]
pub fn judge(strokes: &[Stroke], read: Option<&str>, settings: &GunSettings) -> Trial {
    let gaps_ms = gaps(strokes);
    // An input method hides which key it was; its key counts all the same.
    let counted = |stroke: &&Stroke| stroke.by_input_method || !is_modifier(&stroke.key);
    let keys = strokes.iter().filter(counted).count();
    let last = strokes.iter().rfind(counted).map(|stroke| stroke.key.clone());
    let end = last.filter(|key| matches!(key.as_str(), "Enter" | "Tab"));
    let mut advice = Vec::new();
    let mut say = |holds: bool, what: Advice| {
        if holds {
            advice.push(what);
        }
    };
    let limit = f64::from(settings.max_gap_ms);
    let longest = gaps_ms.map_or(0.0, |(_, _, longest)| longest);
    say(keys < settings.min_keys as usize, Advice::Short);
    say(longest > limit, Advice::Slow);
    say(longest <= limit && longest > limit * COMFORTABLE, Advice::NearlySlow);
    let ends = |key: &str| {
        use contract::gun::GunEnd;
        match settings.end {
            GunEnd::Either => true,
            GunEnd::Enter => key == "Enter",
            GunEnd::Tab => key == "Tab",
            GunEnd::Silence => false,
        }
    };
    say(end.is_none(), Advice::NoEnd);
    say(end.as_deref().is_some_and(|key| !ends(key)), Advice::WrongEnd);
    say(strokes.iter().any(|stroke| stroke.alt), Advice::AltNumbers);
    say(read.is_some_and(has_mark), Advice::Mark);
    let well = advice.is_empty();
    let mut say = |holds: bool, what: Advice| {
        if holds {
            advice.push(what);
        }
    };
    say(strokes.iter().any(|stroke| stroke.by_input_method), Advice::InputMethod);
    say(strokes.iter().any(|stroke| stroke.caps), Advice::CapsLock);
    if well {
        advice.insert(0, Advice::Fine);
    }
    Trial { keys, gaps_ms, end, advice }
}

/// Whether a mark such as `]C1` stands first.
fn has_mark(code: &str) -> bool {
    let mut letters = code.chars();
    letters.next() == Some(']')
        && letters.next().is_some_and(|letter| letter.is_ascii_alphabetic())
        && letters.next().is_some_and(|letter| letter.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use contract::gun::GunEnd;

    use super::*;

    fn typed(text: &str, gap_ms: f64, end: Option<&str>) -> Vec<Stroke> {
        let keys = text.chars().map(|letter| letter.to_string()).chain(end.map(str::to_owned));
        let stroke = |(at, key): (usize, String)| Stroke {
            key,
            at_ms: at as f64 * gap_ms,
            by_input_method: false,
            caps: false,
            alt: false,
        };
        keys.enumerate().map(stroke).collect()
    }

    #[track_caller]
    fn check(strokes: &[Stroke], settings: &GunSettings, expect: &[Advice]) {
        let code: String =
            strokes.iter().filter(|one| one.key.chars().count() == 1).map(|one| one.key.as_str()).collect();
        assert_eq!(judge(strokes, Some(&code), settings).advice, expect);
    }

    #[test]
    fn a_trial_tells_what_to_change() {
        let set = GunSettings::default();
        check(&typed("SF1234567890", 10.0, Some("Enter")), &set, &[Advice::Fine]);
        check(&typed("SF1234567890", 35.0, Some("Enter")), &set, &[Advice::NearlySlow]);
        check(&typed("SF1234567890", 45.0, Some("Enter")), &set, &[Advice::Slow]);
        check(&typed("SF1234567890", 10.0, None), &set, &[Advice::NoEnd]);
        check(&typed("123", 10.0, Some("Enter")), &set, &[Advice::Short]);
        check(&typed("]C10106901234", 10.0, Some("Tab")), &set, &[Advice::Mark]);
        let by_enter = GunSettings { end: GunEnd::Enter, ..GunSettings::default() };
        check(&typed("SF1234567890", 10.0, Some("Tab")), &by_enter, &[Advice::WrongEnd]);
        let mut hidden = typed("SF1234567890", 10.0, Some("Enter"));
        hidden[3].by_input_method = true;
        hidden[3].key = "Process".to_owned();
        hidden[4].caps = true;
        check(&hidden, &set, &[Advice::Fine, Advice::InputMethod, Advice::CapsLock]);
        hidden[5].alt = true;
        check(&hidden, &set, &[Advice::AltNumbers, Advice::InputMethod, Advice::CapsLock]);
    }

    #[test]
    fn the_pace_is_told() {
        let mut strokes = typed("ABCD", 10.0, None);
        strokes[3].at_ms = 45.0;
        let trial = judge(&strokes, None, &GunSettings::default());
        assert_eq!((trial.keys, trial.gaps_ms, trial.end), (4, Some((10.0, 10.0, 25.0)), None));
        assert_eq!(judge(&strokes[..1], None, &GunSettings::default()).gaps_ms, None);
    }
}
