//! Made-up things to show: a small equipment loan, so that no word of the real business is needed.

use crate::{
    State,
    locale::{Text, text},
};

/// One loan.
#[derive(Clone, PartialEq)]
pub(super) struct Loan {
    pub(super) code: String,
    pub(super) person: &'static str,
    pub(super) thing: Text,
    pub(super) count: i64,
    pub(super) value_minor: i64,
    pub(super) state: State,
    pub(super) word: Text,
    /// From now, milliseconds.
    pub(super) due_in_ms: i64,
}

const MINUTE_MS: i64 = 60_000;

/// Person, thing, count, value in minor units, state and its word, minutes until due.
type Sample = (&'static str, Text, i64, i64, State, Text, i64);

const LOANS: [Sample; 7] = [
    (
        "林晓雨",
        text("全画幅相机，含电池两块与充电器", "Full-frame camera with two batteries and charger"),
        2,
        1_298_000,
        State::Waiting,
        text("待确认", "To confirm"),
        80,
    ),
    (
        "Maximilian Featherstonehaugh",
        text("三脚架", "Tripod"),
        1,
        39_800,
        State::Good,
        text("已归还", "Given back"),
        2_000,
    ),
    ("欧阳娜娜", text("投影仪", "Projector"), 1, 459_900, State::Attention, text("即将到期", "Due soon"), 25),
    (
        "王建国",
        text("无线话筒套装（一拖四）", "Wireless microphone set (four handsets)"),
        4,
        216_000,
        State::Bad,
        text("已超期", "Overdue"),
        -190,
    ),
    ("Ada Lovelace", text("笔记本电脑", "Laptop"), 1, 899_900, State::Paused, text("已暂停", "On hold"), 4_000),
    ("陈思", text("稳定器", "Gimbal"), 3, 77_700, State::Waiting, text("待确认", "To confirm"), 300),
    ("赵一鸣", text("灯光套装", "Lighting kit"), 1, 5, State::Good, text("已归还", "Given back"), 9_000),
];

/// The first `count` loans; they repeat with new codes.
pub(super) fn loans(count: usize) -> Vec<Loan> {
    let loan = |(at, sample): (usize, &Sample)| Loan {
        code: format!("EQ-{}", 2041 + at),
        person: sample.0,
        thing: sample.1,
        count: sample.2,
        value_minor: sample.3,
        state: sample.4,
        word: sample.5,
        due_in_ms: sample.6 * MINUTE_MS,
    };
    LOANS.iter().cycle().take(count).enumerate().map(loan).collect()
}
