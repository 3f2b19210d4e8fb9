//! Our own line icons: one path each on a 24-unit square, drawn in the colour of the text around them.

use leptos::prelude::*;

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
    pub const ALL: [Self; 69] = [
        Self::Alert,
        Self::ArrowDown,
        Self::ArrowLeft,
        Self::ArrowRight,
        Self::ArrowUp,
        Self::Bell,
        Self::Box,
        Self::Calendar,
        Self::Camera,
        Self::Chart,
        Self::Check,
        Self::CheckCircle,
        Self::ChevronDown,
        Self::ChevronLeft,
        Self::ChevronRight,
        Self::ChevronUp,
        Self::Clipboard,
        Self::Clock,
        Self::Close,
        Self::Columns,
        Self::Contrast,
        Self::Copy,
        Self::CrossCircle,
        Self::Download,
        Self::Edit,
        Self::External,
        Self::Eye,
        Self::EyeOff,
        Self::File,
        Self::Filter,
        Self::Flag,
        Self::Globe,
        Self::Grid,
        Self::Help,
        Self::Home,
        Self::Image,
        Self::Inbox,
        Self::Info,
        Self::Layers,
        Self::Link,
        Self::List,
        Self::Lock,
        Self::LogOut,
        Self::Mail,
        Self::Menu,
        Self::Minus,
        Self::Moon,
        Self::More,
        Self::Pause,
        Self::People,
        Self::Person,
        Self::Phone,
        Self::Play,
        Self::Plus,
        Self::Printer,
        Self::Refresh,
        Self::Route,
        Self::Scan,
        Self::Search,
        Self::Settings,
        Self::Sun,
        Self::Swap,
        Self::Tag,
        Self::Trash,
        Self::Truck,
        Self::Undo,
        Self::Upload,
        Self::Wallet,
        Self::Wrench,
    ];

    /// The outline as SVG path data.
    pub fn path(self) -> &'static str {
        match self {
            Self::Alert => "M12 4l9 16H3zM12 10v4M12 17h.01",
            Self::ArrowDown => "M12 5v14M6 13l6 6 6-6",
            Self::ArrowLeft => "M20 12H4M10 6l-6 6 6 6",
            Self::ArrowRight => "M4 12h16M14 6l6 6-6 6",
            Self::ArrowUp => "M12 19V5M6 11l6-6 6 6",
            Self::Bell => "M6 17v-6a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4",
            Self::Box => "M4 8l8-4.5L20 8v8.5L12 21l-8-4.5zM4 8l8 4.5L20 8M12 12.5V21M8 5.8l8 4.4",
            Self::Calendar => "M4 6h16v14H4zM4 10.5h16M8 3.5V8M16 3.5V8",
            Self::Camera => {
                "M4 8h3l1.8-2.7h6.4L17 8h3a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1z\
                 M12 16.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6z"
            }
            Self::Chart => "M4 20h16M7 16.5v-5M12 16.5V5M17 16.5v-8",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::CheckCircle => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.3l2.8 2.8L16 9.6",
            Self::ChevronDown => "M6 9l6 6 6-6",
            Self::ChevronLeft => "M15 6l-6 6 6 6",
            Self::ChevronRight => "M9 6l6 6-6 6",
            Self::ChevronUp => "M6 15l6-6 6 6",
            Self::Clipboard => {
                "M9 5H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1V6a1 1 0 0 0-1-1h-3M9 3.5h6v3.5H9zM9 14l2 2 4-4.5"
            }
            Self::Clock => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.2l3.4 2",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Columns => "M4 5h16v14H4zM9.3 5v14M14.7 5v14",
            Self::Contrast => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 3v18M12 7.5h7.8M12 12h9M12 16.5h7.8",
            Self::Copy => "M9 9h11v11H9zM15 9V4H4v11h5",
            Self::CrossCircle => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9 9l6 6M15 9l-6 6",
            Self::Download => "M12 4v11M7 10.5l5 5 5-5M4 16.5V19a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-2.5",
            Self::Edit => "M4 20l.9-4.2L16 4.7l3.3 3.3L8.2 19.1zM13.5 7.2l3.3 3.3",
            Self::External => "M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5",
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z"
            }
            Self::EyeOff => {
                "M9.5 5.9A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-2.7 3.4M6.2 7.4A15 15 0 0 0 2.5 12S6 18.5 12 18.5\
                 a9 9 0 0 0 4.6-1.3M10 10a3 3 0 0 0 4 4M4 4l16 16"
            }
            Self::File => "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
            Self::Filter => "M4 5h16l-6.2 7.5v6l-3.6-2v-4z",
            Self::Flag => "M6 21V4h12l-2.5 4L18 12H6",
            Self::Globe => {
                "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3.4 3.6 3.4 14.4 0 18M12 3c-3.4 3.6-3.4 14.4 0 18"
            }
            Self::Grid => "M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z",
            Self::Help => {
                "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.6 9.6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.2.9-1.2 1.9M12 16.8h.01"
            }
            Self::Home => "M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4.5v-6h-5v6H5a1 1 0 0 1-1-1z",
            Self::Image => "M4 5h16v14H4zM4 16l5-5 4.2 4.2L15.5 13l4.5 4.2M15.5 9.2h.01",
            Self::Inbox => "M4 13l2.6-8h10.8L20 13v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM4 13h4.8a3.2 3.2 0 0 0 6.4 0H20",
            Self::Info => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11.2v5M12 7.8h.01",
            Self::Layers => "M12 4l8.5 4.2L12 12.4 3.5 8.2zM3.5 12.2l8.5 4.2 8.5-4.2M3.5 16l8.5 4.2 8.5-4.2",
            Self::Link => {
                "M10 14a4 4 0 0 0 5.8.2l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-5.8-.2l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2"
            }
            Self::List => "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
            Self::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2",
            Self::LogOut => "M10 4H5a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h5M15.5 8l4 4-4 4M19.5 12H9",
            Self::Mail => "M3 6h18v12H3zM3.5 7l8.5 6 8.5-6",
            Self::Menu => "M4 7h16M4 12h16M4 17h16",
            Self::Minus => "M5 12h14",
            Self::Moon => "M20 14.4A8.2 8.2 0 1 1 9.6 4a6.6 6.6 0 0 0 10.4 10.4z",
            Self::More => "M5 12h.01M12 12h.01M19 12h.01",
            Self::Pause => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM10 9v6M14 9v6",
            Self::People => {
                "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.8 20a6.2 6.2 0 0 1 12.4 0M15.8 4.3a3.5 3.5 0 0 1 0 6.4\
                 M17.6 14.6a6.2 6.2 0 0 1 3.6 5.4"
            }
            Self::Person => "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.8 20.5a7.2 7.2 0 0 1 14.4 0",
            Self::Phone => {
                "M5 4h4l1.6 4.6-2.4 1.6a12 12 0 0 0 5.6 5.6l1.6-2.4L20 15v4a1 1 0 0 1-1 1A15.5 15.5 0 0 1 4 5a1 1 0 0 1 1-1z"
            }
            Self::Play => "M8 5l11 7-11 7z",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Printer => "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
            Self::Refresh => "M20 11a8 8 0 0 0-14.2-4.4L4 9M4 4v5h5M4 13a8 8 0 0 0 14.2 4.4L20 15M20 20v-5h-5",
            Self::Route => {
                "M6 8.5A2.2 2.2 0 1 0 6 4a2.2 2.2 0 0 0 0 4.5zM18 20a2.2 2.2 0 1 0 0-4.5 2.2 2.2 0 0 0 0 4.5z\
                 M6 8.5v5.3a4 4 0 0 0 4 4h5.8M15 6h5M17.5 3.5v5"
            }
            Self::Scan => {
                "M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3\
                 M8 8.5v7M11 8.5v7M13.5 8.5v7M16 8.5v7"
            }
            Self::Search => "M10.8 17.6a6.8 6.8 0 1 0 0-13.6 6.8 6.8 0 0 0 0 13.6zM20 20l-4.4-4.4",
            Self::Settings => {
                "M4 7h8M17 7h3M14.5 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM4 17h3M12 17h8M9.5 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"
            }
            Self::Sun => {
                "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v1.8M12 19.2V21M3 12h1.8M19.2 12H21M5.6 5.6l1.3 1.3M17.1 17.1l1.3 1.3\
                 M5.6 18.4l1.3-1.3M17.1 6.9l1.3-1.3"
            }
            Self::Swap => "M4 8.5h15M15 4.5l4 4-4 4M20 15.5H5M9 11.5l-4 4 4 4",
            Self::Tag => "M4 4h7.5l8.5 8.5-7.5 7.5L4 11.5zM8.2 8.2h.01",
            Self::Trash => "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5.5M14 11v5.5",
            Self::Truck => {
                "M5 17H3V6h11v11H9M14 10h4l3 3.5V17h-2M14 17h1M7 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z"
            }
            Self::Undo => "M4 9h10.5a5.5 5.5 0 0 1 0 11H10M8.5 4.5L4 9l4.5 4.5",
            Self::Upload => "M12 15.5V4M7 9l5-5 5 5M4 16.5V19a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-2.5",
            Self::Wallet => "M4 7.5h15a1 1 0 0 1 1 1V19a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM4 7.5L16 4v3.5M16.2 13.8h.01",
            Self::Wrench => {
                "M20.3 7.2a4.6 4.6 0 0 1-6.1 5.6L8 19a2.1 2.1 0 0 1-3-3l6.2-6.2a4.6 4.6 0 0 1 5.6-6.1l-2.9 2.9.5 2.6 2.6.5z"
            }
        }
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
