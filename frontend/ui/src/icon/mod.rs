//! Our own line icons: one path each on a 24-unit square, drawn in the colour of the text around them.

use leptos::prelude::*;

mod drawn;

/// A picture from the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each name says what is drawn")]
pub enum Glyph {
    Alert,
    ArrowDown,
    ArrowLeft,
    ArrowRight,
    ArrowUp,
    Bell,
    Box,
    Calendar,
    Camera,
    Chart,
    Check,
    CheckCircle,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    ChevronUp,
    Clipboard,
    Clock,
    Close,
    Columns,
    Contrast,
    Copy,
    CrossCircle,
    Download,
    Edit,
    External,
    Eye,
    EyeOff,
    File,
    Filter,
    Flag,
    Globe,
    Grid,
    Help,
    Home,
    Image,
    Inbox,
    Info,
    Layers,
    Link,
    List,
    Lock,
    LogOut,
    Mail,
    Menu,
    Minus,
    Moon,
    More,
    Pause,
    People,
    Person,
    Phone,
    Play,
    Plus,
    Printer,
    Refresh,
    Route,
    Scan,
    Search,
    Settings,
    Sun,
    Swap,
    Tag,
    Trash,
    Truck,
    Undo,
    Upload,
    Wallet,
    Wrench,
}

impl Glyph {
    /// Every picture, for the gallery.
    pub fn all() -> impl Iterator<Item = Self> {
        drawn::DRAWN.iter().map(|(glyph, _)| *glyph)
    }

    /// The outline as SVG path data.
    pub fn path(self) -> &'static str {
        drawn::DRAWN.get(self as usize).map_or("", |(_, path)| path)
    }
}

/// A picture beside words; hidden from screen readers because the words say it.
#[component]
pub fn Icon(
    /// Which picture.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="ui-icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=glyph.path()></path>
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::Glyph;

    #[test]
    fn every_name_has_its_own_drawing() {
        let all: Vec<Glyph> = Glyph::all().collect();
        assert_eq!(all.last(), Some(&Glyph::Wrench), "the last name is drawn last");
        for (at, glyph) in all.iter().enumerate() {
            assert_eq!(*glyph as usize, at, "{glyph:?} is drawn out of order");
            assert!(glyph.path().starts_with('M'), "{glyph:?}");
        }
    }
}
