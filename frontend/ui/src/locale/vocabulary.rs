//! The few words the components themselves say; everything else comes in as props.

use super::{Text, text};

#[expect(missing_docs, reason = "each constant is its own documentation")]
mod words {
    use super::*;

    pub const ACTIONS: Text = text("操作", "Actions");
    pub const ADD: Text = text("增加", "Add");
    pub const ALL: Text = text("全部", "All");
    pub const BACK: Text = text("返回", "Back");
    pub const CANCEL: Text = text("取消", "Cancel");
    pub const CHANGED_FROM: Text = text("原为", "Before");
    pub const CHANGED_TO: Text = text("改为", "After");
    pub const CLEAR: Text = text("清除", "Clear");
    pub const CLOSE: Text = text("关闭", "Close");
    pub const COLUMNS: Text = text("显示列", "Columns");
    pub const COMFORTABLE: Text = text("宽松", "Comfortable");
    pub const COMPACT: Text = text("紧凑", "Compact");
    pub const CONFIRM: Text = text("确定", "Confirm");
    pub const COPIED: Text = text("已复制", "Copied");
    pub const COPY: Text = text("复制", "Copy");
    pub const DARK: Text = text("深色", "Dark");
    pub const DECREASE: Text = text("减少", "Decrease");
    pub const DENSITY: Text = text("密度", "Density");
    pub const DOWNLOAD: Text = text("下载", "Download");
    pub const DUE: Text = text("截止", "Due");
    pub const FILTER: Text = text("筛选", "Filter");
    pub const INCREASE: Text = text("增加", "Increase");
    pub const LANGUAGE: Text = text("语言", "Language");
    pub const LIGHT: Text = text("浅色", "Light");
    pub const LOADING: Text = text("正在加载", "Loading");
    pub const LOAD_FAILED: Text = text("没有加载成功", "This could not be loaded");
    pub const LOAD_MORE: Text = text("加载更多", "Load more");
    pub const MENU: Text = text("菜单", "Menu");
    pub const MORE: Text = text("更多", "More");
    pub const NEAR: Text = text("即将超时", "Due soon");
    pub const NEXT: Text = text("下一个", "Next");
    pub const NONE: Text = text("无", "None");
    pub const NOTHING_HERE: Text = text("暂无内容", "Nothing here yet");
    pub const NOTIFICATIONS: Text = text("通知", "Notifications");
    pub const NO_MATCH: Text = text("没有匹配的结果", "No matches");
    pub const OVERDUE: Text = text("已超时", "Overdue");
    pub const PREVIOUS: Text = text("上一个", "Previous");
    pub const QUANTITY: Text = text("数量", "Quantity");
    pub const REMOVE: Text = text("移除", "Remove");
    pub const REQUIRED: Text = text("必填", "Required");
    pub const RETRY: Text = text("重试", "Try again");
    pub const SEARCH: Text = text("搜索", "Search");
    pub const SELECT_ALL: Text = text("全选", "Select all");
    pub const SELECT_ROW: Text = text("选择此行", "Select row");
    pub const SKIP_TO_CONTENT: Text = text("跳到正文", "Skip to content");
    pub const SYSTEM: Text = text("跟随系统", "System");
    pub const THEME: Text = text("外观", "Appearance");
    pub const UNDO: Text = text("撤销", "Undo");
    pub const WHY: Text = text("为什么", "Why");
    pub const ZOOM: Text = text("查看大图", "View larger");
}

pub use words::*;
