//! In which language, appearance and width a page is looked at.

/// One look.
#[derive(Clone, Copy)]
pub(super) struct Look {
    /// `zh` or `en`.
    pub(super) lang: &'static str,
    /// `light` or `dark`.
    pub(super) theme: &'static str,
    /// Where axe, which takes the longest, looks: each language and each appearance is seen by it at both widths.
    pub(super) axe_width: u32,
}

/// All four, each one press of a switch or two from the one before.
pub(super) const LOOKS: [Look; 4] = [
    Look { lang: "zh", theme: "light", axe_width: WIDE },
    Look { lang: "zh", theme: "dark", axe_width: NARROW },
    Look { lang: "en", theme: "dark", axe_width: WIDE },
    Look { lang: "en", theme: "light", axe_width: NARROW },
];

/// Widths in pixels: a desk's and a phone's.
pub(super) const WIDE: u32 = 1360;
pub(super) const NARROW: u32 = 360;
