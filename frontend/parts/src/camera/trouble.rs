//! Why a camera cannot be used, and what to do about it.

use ui::{Text, text};

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The page did not come by a connection that the browser trusts.
    Insecure,
    /// The person, or a rule of the device, said no.
    Refused,
    /// The page lies in a frame that does not allow it.
    Forbidden,
    /// The device has none.
    Absent,
    /// Another program has it.
    Busy,
    /// It was there and was taken away.
    Ended,
    /// What reads codes did not come through the line.
    Unloaded,
    /// Anything else.
    Failed,
}

impl From<&str> for Trouble {
    fn from(name: &str) -> Self {
        let all = [
            Self::Insecure,
            Self::Refused,
            Self::Forbidden,
            Self::Absent,
            Self::Busy,
            Self::Ended,
            Self::Unloaded,
            Self::Failed,
        ];
        all.into_iter().find(|one| one.name() == name).unwrap_or(Self::Failed)
    }
}

impl Trouble {
    /// Its name in the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Insecure => "insecure",
            Self::Refused => "refused",
            Self::Forbidden => "forbidden",
            Self::Absent => "absent",
            Self::Busy => "busy",
            Self::Ended => "ended",
            Self::Unloaded => "unloaded",
            Self::Failed => "failed",
        }
    }

    /// What is wrong.
    #[must_use]
    pub fn title(self) -> Text {
        match self {
            Self::Insecure => text("这个页面不是通过 https 打开的", "This page did not come over https"),
            Self::Refused => text("没有得到使用相机的许可", "The camera was not allowed"),
            Self::Forbidden => text("外层页面不许用相机", "The page around this one allows no camera"),
            Self::Absent => text("没有找到相机", "No camera found"),
            Self::Busy => text("相机正被别的程序占用", "Another program is using the camera"),
            Self::Ended => text("相机断开了", "The camera is gone"),
            Self::Unloaded => text("扫码组件没有下载下来", "The part that reads codes did not load"),
            Self::Failed => text("相机打不开", "The camera does not open"),
        }
    }

    /// What to do.
    #[must_use]
    pub fn hint(self) -> Text {
        match self {
            Self::Insecure => text(
                "浏览器只在 https 页面上给相机；请换成 https 网址，或手动输入",
                "Browsers give a camera to https pages only: use the https address, or type the number",
            ),
            Self::Refused => text(
                "在浏览器的网站设置里允许相机后重试，或手动输入",
                "Allow it in the browser's settings for this site and try again, or type the number",
            ),
            Self::Forbidden => {
                text("请在单独的窗口打开本页，或手动输入", "Open this page in a window of its own, or type the number")
            }
            Self::Absent => text("接上相机后重试，或手动输入", "Connect one and try again, or type the number"),
            Self::Busy => text("关掉占用它的程序后重试，或手动输入", "Close it and try again, or type the number"),
            Self::Ended => text("重新接好后重试，或手动输入", "Connect it and try again, or type the number"),
            Self::Unloaded => text("联网后重试，或手动输入", "Try again once the line is back, or type the number"),
            Self::Failed => text("请重试，或手动输入", "Try again, or type the number"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_each_trouble_as_the_browser_side_does() {
        for name in ["insecure", "refused", "forbidden", "absent", "busy", "ended", "unloaded", "failed"] {
            assert_eq!(Trouble::from(name).name(), name);
        }
        assert_eq!(Trouble::from("something new"), Trouble::Failed);
    }
}
