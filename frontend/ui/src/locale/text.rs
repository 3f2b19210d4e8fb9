//! Texts that exist in both languages by construction, and the prop type every component takes its words as.

use std::borrow::Cow;

use leptos::{either::Either, prelude::*};

use super::{Lang, lang};

/// A fixed text in both languages. Made with [`text`], which refuses to compile when one side is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// A text in both languages; in a `const` a missing side is a compile error.
pub const fn text(zh: &'static str, en: &'static str) -> Text {
    assert!(!zh.is_empty() && !en.is_empty(), "a text exists in both languages");
    Text { zh, en }
}

impl Text {
    /// The text in `lang`.
    pub fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// The text in the reader's language; follows the choice when read inside a view.
    pub fn get(self) -> &'static str {
        self.in_lang(lang())
    }
}

/// Chooses between two data-driven texts (a `{zh, en}` pair from the server); an empty side falls back to the other.
pub fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh if zh.is_empty() => en,
        Lang::En if en.is_empty() => zh,
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Formats in the reader's language: `say!("共 {n} 条", "{n} in all")`. Both sides are checked by the compiler.
#[macro_export]
macro_rules! say {
    ($zh:literal, $en:literal $(, $($arg:tt)*)?) => {
        match $crate::locale::lang() {
            $crate::locale::Lang::Zh => ::std::format!($zh $(, $($arg)*)?),
            $crate::locale::Lang::En => ::std::format!($en $(, $($arg)*)?),
        }
    };
}

/// What a component takes where a person will read words: fixed, in both languages, or computed.
///
/// Converts from `&'static str`, `String`, [`Text`], closures returning any of these, and `Signal<String>`.
#[derive(Clone, Copy)]
pub enum Words {
    /// The same in every language: a number, a name, data.
    Fixed(&'static str),
    /// Follows the reader's language.
    Both(Text),
    /// Computed; follows whatever it reads.
    Live(Signal<String>),
}

impl Words {
    /// The words now; reading inside a view makes it follow changes.
    pub fn get(self) -> Cow<'static, str> {
        match self {
            Self::Fixed(words) => Cow::Borrowed(words),
            Self::Both(text) => Cow::Borrowed(text.get()),
            Self::Live(signal) => Cow::Owned(signal.get()),
        }
    }

    /// A data-driven `{zh, en}` pair.
    pub fn pair(zh: impl Into<String>, en: impl Into<String>) -> Self {
        let (zh, en) = (zh.into(), en.into());
        Self::Live(Signal::derive(move || pick(lang(), &zh, &en).to_owned()))
    }

    /// Whether there is nothing to read.
    pub fn is_empty(self) -> bool {
        self.get().is_empty()
    }
}

impl Default for Words {
    fn default() -> Self {
        Self::Fixed("")
    }
}

impl From<&'static str> for Words {
    fn from(words: &'static str) -> Self {
        Self::Fixed(words)
    }
}

impl From<String> for Words {
    fn from(words: String) -> Self {
        Self::Live(Signal::stored(words))
    }
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self::Both(text)
    }
}

impl From<Signal<String>> for Words {
    fn from(signal: Signal<String>) -> Self {
        Self::Live(signal)
    }
}

impl<F, S> From<F> for Words
where
    F: Fn() -> S + Send + Sync + 'static,
    S: Into<Cow<'static, str>>,
{
    fn from(words: F) -> Self {
        Self::Live(Signal::derive(move || words().into().into_owned()))
    }
}

impl From<Text> for Cow<'static, str> {
    fn from(text: Text) -> Self {
        Cow::Borrowed(text.get())
    }
}

/// A reactive text node.
type LiveWords = Box<dyn Fn() -> Cow<'static, str> + Send + Sync>;

impl IntoRender for Words {
    type Output = Either<&'static str, LiveWords>;

    fn into_render(self) -> Self::Output {
        match self {
            Self::Fixed(words) => Either::Left(words),
            words => Either::Right(Box::new(move || words.get())),
        }
    }
}

impl IntoRender for Text {
    type Output = LiveWords;

    fn into_render(self) -> Self::Output {
        Box::new(move || Cow::Borrowed(self.get()))
    }
}
