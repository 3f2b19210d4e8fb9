//! Backups on schedule. The rows say what was done; each minute looks whether one is due, so that a machine that slept
//! through the night makes up for it in the morning.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::{Lang, Timestamp};
use jiff::Zoned;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jobs::EachMinute;
use operations::App;

use crate::admin::Place;
use crate::backup::{Lock, record, write};
use crate::config::Config;
use crate::fault::Fault;

/// When, unless told otherwise.
const DEFAULT_AT: Time = Time::constant(3, 10, 0, 0);
/// How many are kept unless told otherwise.
const DEFAULT_KEEP: usize = 14;
/// After a failure it is tried again so much later.
const RETRY_MS: i64 = 3_600_000;
/// What our archives are called, so that no other file is ever removed.
const PREFIX: &str = "returndesk-";
const SUFFIX: &str = ".age";

/// When backups are written, and where to.
#[derive(Clone, Debug)]
pub(crate) struct Schedule {
    folder: PathBuf,
    at: Time,
    keep: usize,
    lock: Lock,
}

impl Schedule {
    /// Reads the schedule; `None` without a folder.
    pub(crate) fn of(config: &Config) -> Result<Option<Self>, Fault> {
        let Some(folder) = config.backup_folder.clone() else {
            let alone = [
                ("backup_at", config.backup_at.is_some()),
                ("backup_keep", config.backup_keep.is_some()),
                ("backup_recipients", config.backup_recipients.is_some()),
                ("backup_passphrase", config.backup_passphrase.is_some()),
            ];
            return match alone.iter().find(|(_, set)| *set) {
                Some((name, _)) => Err(refused(&format!("{name} stands without backup_folder"))),
                None => Ok(None),
            };
        };
        if !folder.is_absolute() {
            return Err(refused("backup_folder is a whole path, from /"));
        }
        let at = match &config.backup_at {
            Some(text) => {
                Time::strptime("%H:%M", text).map_err(|_| refused(&format!("backup_at: `{text}` is not HH:MM")))?
            }
            None => DEFAULT_AT,
        };
        let keep = config.backup_keep.unwrap_or(DEFAULT_KEEP);
        if keep == 0 {
            return Err(refused("backup_keep is at least 1"));
        }
        let lock = match (&config.backup_recipients, &config.backup_passphrase) {
            (Some(list), None) => Lock::Recipients(list.split(',').map(|key| key.trim().to_owned()).collect()),
            (None, Some(passphrase)) => Lock::Passphrase(passphrase.clone()),
            (Some(_), Some(_)) => return Err(refused("either backup_recipients or backup_passphrase")),
            (None, None) => {
                return Err(refused("who opens the backups? give backup_recipients (age1…) or backup_passphrase"));
            }
        };
        lock.check()?;
        Ok(Some(Self { folder, at, keep, lock }))
    }

    /// What is done each minute.
    pub(crate) fn watch(self, app: &App, dir: &Path) -> EachMinute {
        let (app, dir) = (app.clone(), dir.to_owned());
        Arc::new(move || match self.is_due(&app) {
            Ok(true) => self.run(&app, &dir),
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "whether a backup is due cannot be told"),
        })
    }

    fn is_due(&self, app: &App) -> Result<bool, operations::Error> {
        let now = app.now();
        let (good, any) =
            app.read(|conn| Ok((store::backup_run::last(conn, true)?, store::backup_run::last(conn, false)?)))?;
        let tried = any.filter(|run| !run.error.is_empty()).map(|run| run.started_at);
        Ok(due(now, self.latest(now), good.map(|run| run.started_at), tried))
    }

    /// The latest time on the schedule, by the machine's clock and zone.
    fn latest(&self, now: Timestamp) -> Timestamp {
        let zoned = jiff::Timestamp::from_millisecond(now.ms()).unwrap_or_default().to_zoned(TimeZone::system());
        let on = |day: &Zoned| day.date().to_datetime(self.at).to_zoned(TimeZone::system()).ok();
        let today = on(&zoned).filter(|at| *at <= zoned);
        let at = today.or_else(|| on(&zoned.yesterday().ok()?));
        Timestamp::from_ms(at.map_or(0, |at| at.timestamp().as_millisecond()))
    }

    fn run(&self, app: &App, dir: &Path) {
        let started_at = app.now();
        let stamp = jiff::Timestamp::from_millisecond(started_at.ms()).unwrap_or_default().strftime("%Y%m%dT%H%M%SZ");
        let to = self.folder.join(format!("{PREFIX}{stamp}{SUFFIX}"));
        let place = Place {
            app: app.clone(),
            dir: dir.to_owned(),
            lang: Lang::En,
            certificate: None,
            served: true,
            progress: Arc::new(|_| {}),
        };
        let made =
            fs::create_dir_all(&self.folder).map_err(|error| Fault::io(&self.folder.display().to_string(), &error));
        let written = made.and_then(|()| write(&place, &to, &self.lock));
        match &written {
            Ok(written) => tracing::info!(file = %to.display(), bytes = written.bytes, "backed up"),
            Err(fault) => tracing::error!(file = %to.display(), error = fault.message, "the backup failed"),
        }
        let good = written.is_ok();
        record(&place, &to, started_at, true, &written);
        if good && let Err(error) = self.thin_out() {
            tracing::warn!(%error, "old backups could not be removed");
        }
    }

    /// Removes the oldest of our archives beyond those that are kept.
    fn thin_out(&self) -> std::io::Result<()> {
        let mut ours: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.strip_prefix(PREFIX).and_then(|name| name.strip_suffix(SUFFIX)).is_some_and(is_stamp) {
                ours.push(path);
            }
        }
        // The stamp in the name sorts by age.
        ours.sort();
        let old = ours.len().saturating_sub(self.keep);
        ours.iter().take(old).try_for_each(fs::remove_file)
    }
}

/// `20260315T021000Z`.
fn is_stamp(text: &str) -> bool {
    let shape = |(place, byte): (usize, u8)| match place {
        8 => byte == b'T',
        15 => byte == b'Z',
        _ => byte.is_ascii_digit(),
    };
    text.len() == 16 && text.bytes().enumerate().all(shape)
}

/// Due when none succeeded since the schedule's latest time, and none failed within the last hour.
fn due(now: Timestamp, latest: Timestamp, good: Option<Timestamp>, failed: Option<Timestamp>) -> bool {
    let since = good.is_none_or(|good| good < latest);
    since && failed.is_none_or(|failed| now.ms() - failed.ms() >= RETRY_MS)
}

fn refused(what: &str) -> Fault {
    Fault::usage("backup_schedule", what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        Config {
            backup_folder: Some("/backups".into()),
            backup_passphrase: Some("a long enough phrase".to_owned()),
            ..Config::default()
        }
    }

    #[test]
    fn a_schedule_is_whole_or_refused() {
        assert!(Schedule::of(&Config::default()).unwrap().is_none());
        let schedule = Schedule::of(&config()).unwrap().unwrap();
        assert_eq!((schedule.at, schedule.keep), (DEFAULT_AT, DEFAULT_KEEP));
        let bad = [
            Config { backup_folder: None, ..config() },
            Config { backup_folder: Some("here".into()), ..config() },
            Config { backup_at: Some("25:00".to_owned()), ..config() },
            Config { backup_keep: Some(0), ..config() },
            Config { backup_passphrase: None, ..config() },
            Config { backup_passphrase: Some("short".to_owned()), ..config() },
            Config { backup_recipients: Some("age1x".to_owned()), ..config() },
            Config { backup_passphrase: None, backup_recipients: Some("age1x".to_owned()), ..config() },
        ];
        for config in bad {
            assert!(Schedule::of(&config).is_err(), "{config:?}");
        }
    }

    #[test]
    fn one_is_due_once_a_day_and_again_an_hour_after_a_failure() {
        let at = Timestamp::from_ms;
        let hour = RETRY_MS;
        assert!(due(at(10 * hour), at(9 * hour), None, None), "never yet");
        assert!(due(at(10 * hour), at(9 * hour), Some(at(8 * hour)), None), "slept through it");
        assert!(!due(at(10 * hour), at(9 * hour), Some(at(9 * hour)), None), "done");
        assert!(!due(at(10 * hour), at(9 * hour), None, Some(at(10 * hour - 1))), "failed just now");
        assert!(due(at(10 * hour), at(9 * hour), None, Some(at(9 * hour))), "an hour ago");
    }

    #[test]
    fn only_our_own_oldest_archives_are_removed() {
        let place = tempfile::tempdir().unwrap();
        let schedule =
            Schedule { folder: place.path().to_owned(), keep: 2, ..Schedule::of(&config()).unwrap().unwrap() };
        let names =
            ["returndesk-20260101T000000Z.age", "returndesk-20260102T000000Z.age", "returndesk-20260103T000000Z.age"];
        for name in names.iter().chain(&["returndesk-before-upgrade.age", "letter.txt"]) {
            fs::write(place.path().join(name), "x").unwrap();
        }
        schedule.thin_out().unwrap();
        let mut left: Vec<_> = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["letter.txt", names[1], names[2], "returndesk-before-upgrade.age"]);
    }
}
