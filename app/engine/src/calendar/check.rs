//! What is wrong with a calendar.

use domain::{Diagnostic, Text};

use super::{Calendar, Frame, MAX_FRAMES, MAX_SPECIAL_DAYS};

/// Every problem of a calendar.
#[must_use]
pub fn check(calendar: &Calendar) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if !(-14 * 60..=14 * 60).contains(&calendar.offset_minutes) {
        let message = Text::new("与 UTC 的偏移应在 ±14 小时之内", "the offset from UTC is within 14 hours");
        problems.push(Diagnostic::error("offset_out_of_range", "offset_minutes", message));
    }
    let week = &calendar.week;
    let days = [
        ("mon", &week.mon),
        ("tue", &week.tue),
        ("wed", &week.wed),
        ("thu", &week.thu),
        ("fri", &week.fri),
        ("sat", &week.sat),
        ("sun", &week.sun),
    ];
    for (name, frames) in days {
        check_frames(frames, &format!("week.{name}"), &mut problems);
    }
    for (date, special) in &calendar.days {
        check_frames(&special.frames, &format!("days.{date}"), &mut problems);
    }
    if calendar.days.len() > MAX_SPECIAL_DAYS {
        let message = Text::new(
            format!("特殊日期最多 {MAX_SPECIAL_DAYS} 个"),
            format!("at most {MAX_SPECIAL_DAYS} special days"),
        );
        problems.push(Diagnostic::error("too_many_days", "days", message));
    }
    if days.iter().all(|(_, frames)| frames.is_empty()) {
        let message = Text::new(
            "一周没有任何工作时段：以工作时间计的期限无法计算",
            "no weekday has working time: deadlines in working time cannot be computed",
        );
        problems.push(Diagnostic::warning("no_working_time", "week", message));
    }
    problems
}

fn check_frames(frames: &[Frame], path: &str, problems: &mut Vec<Diagnostic>) {
    if frames.len() > MAX_FRAMES {
        let message =
            Text::new(format!("一天最多 {MAX_FRAMES} 个时段"), format!("a day has at most {MAX_FRAMES} frames"));
        problems.push(Diagnostic::error("too_many_frames", path, message));
    }
    for (earlier, later) in frames.iter().zip(frames.iter().skip(1)) {
        if later.from_ms() < earlier.to_ms() {
            let message = Text::new(
                format!("时段 {later} 与 {earlier} 重叠或顺序颠倒"),
                format!("the frame {later} overlaps {earlier} or stands behind it"),
            );
            problems.push(Diagnostic::error("frames_overlap", path, message));
        }
    }
}
