//! A content on its way to the disk: what it is, whether the template takes it, and what it says besides its picture taken
//! out. All before the writer, outside any transaction.

use std::fs::{self, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

use super::sniff::{HEAD_BYTES, HEIC, sniff};
use crate::app::App;
use crate::error::{Error, Refusal};
use crate::media::{self, Spoiled};

/// Longest name kept, in characters.
const MAX_NAME_CHARS: usize = 120;

/// A content that is on the disk.
#[derive(Clone, Debug)]
pub struct Stored {
    pub(crate) hash: String,
    pub(crate) size_bytes: i64,
    pub(crate) media_type: &'static str,
    pub(crate) name: String,
}

/// Largest file that the template takes, in bytes.
///
/// # Errors
/// `Conflict` before the first template was applied.
pub fn max_bytes(app: &App) -> Result<u64, Error> {
    let definitions = app.definitions();
    Ok(u64::from(definitions.current()?.template.template().settings.uploads.max_megabytes) * 1_048_576)
}

/// Refuses a file of this size, or of none.
///
/// # Errors
/// `Invalid`.
pub fn check_size(app: &App, size_bytes: u64) -> Result<(), Error> {
    if size_bytes == 0 {
        return Err(Error::invalid(Refusal::new("file_empty", "文件是空的", "the file is empty").at("file")));
    }
    let max_bytes = max_bytes(app)?;
    if size_bytes <= max_bytes {
        return Ok(());
    }
    let most = max_bytes >> 20;
    let (zh, en) = (format!("文件最大 {most} MB"), format!("a file has at most {most} MB"));
    let refusal = Refusal::new("file_too_large", zh, en)
        .help("视频可以截短或降低清晰度后再上传", "cut a video shorter or lower its quality, then upload it");
    Err(Error::invalid(refusal.at("file")))
}

/// Checks a content and writes it to the disk.
///
/// # Errors
/// `Invalid` for a type or a size the template does not take, and for a file that is not what it says; `DiskFull`.
pub fn store(app: &App, content: &[u8], name: &str) -> Result<Stored, Error> {
    check_size(app, content.len() as u64)?;
    let media_type = taken(app, content)?;
    if media_type.starts_with("video/") {
        // Films are cleaned where they lie.
        let path = app.store().dir().join(format!(".film-{}", app.ids().next(app.now())));
        let stored = fs::write(&path, content).map_err(|error| fault(&error));
        let stored = stored.and_then(|()| store_file(app, &path, name));
        let _ = fs::remove_file(&path);
        return stored;
    }
    let kept = stripped(media_type, content)?;
    put(app, kept.as_deref().unwrap_or(content), media_type, name)
}

/// The same with a file in the data folder: kept or refused, it is gone afterwards; when the disk fails it stays.
///
/// # Errors
/// As `store`.
pub fn store_file(app: &App, path: &Path, name: &str) -> Result<Stored, Error> {
    let stored = from_file(app, path, name);
    if matches!(stored, Ok(_) | Err(Error::Invalid(_))) {
        // Moved away already, when it was kept as it is.
        let _ = fs::remove_file(path);
    }
    stored
}

fn from_file(app: &App, path: &Path, name: &str) -> Result<Stored, Error> {
    let mut file = OpenOptions::new().read(true).write(true).open(path).map_err(|error| fault(&error))?;
    let size_bytes = file.metadata().map_err(|error| fault(&error))?.len();
    check_size(app, size_bytes)?;
    let mut head = Vec::with_capacity(HEAD_BYTES);
    (&mut file).take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(|error| fault(&error))?;
    let media_type = taken(app, &head)?;
    if media_type.starts_with("image/") {
        let content = fs::read(path).map_err(|error| fault(&error))?;
        let kept = stripped(media_type, &content)?;
        return put(app, kept.as_deref().unwrap_or(&content), media_type, name);
    }
    if matches!(media_type, "video/mp4" | "video/quicktime") {
        media::blank(&mut file).map_err(|error| fault(&error))?;
    }
    file.sync_all().map_err(|error| fault(&error))?;
    drop(file);
    let hash = ::store::files::put_file(app.store().dir(), path).map_err(|error| fault(&error))?;
    Ok(stored(hash, size_bytes, media_type, name))
}

fn put(app: &App, content: &[u8], media_type: &'static str, name: &str) -> Result<Stored, Error> {
    let hash = ::store::files::put(app.store().dir(), content).map_err(|error| fault(&error))?;
    Ok(stored(hash, content.len() as u64, media_type, name))
}

fn stored(hash: String, size_bytes: u64, media_type: &'static str, name: &str) -> Stored {
    let size_bytes = i64::try_from(size_bytes).unwrap_or(i64::MAX);
    Stored { hash, size_bytes, media_type, name: short_name(name) }
}

/// A file's name as it is kept: no path, no control characters, not too long.
#[must_use]
pub fn short_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).take(MAX_NAME_CHARS).collect()
}

/// The media type, when the template takes it.
fn taken(app: &App, head: &[u8]) -> Result<&'static str, Error> {
    let definitions = app.definitions();
    let limits = &definitions.current()?.template.template().settings.uploads;
    let found = sniff(head);
    if found == Some(HEIC) {
        let refusal = Refusal::new(
            "file_heic",
            "HEIC 照片会带上拍摄地点，不能上传",
            "a HEIC photo tells where it was taken and is not taken",
        )
        .help(
            "请在手机“设置 › 相机 › 格式”里选“兼容性最佳”后重拍，或先转成 JPEG",
            "set the phone's camera format to “Most Compatible” and take it again, or convert it to JPEG",
        );
        return Err(Error::invalid(refusal.at("file")));
    }
    found.filter(|found| limits.types.iter().any(|allowed| allowed == found)).ok_or_else(|| {
        let list = words_of(&limits.types);
        let refusal = Refusal::new("file_type", "不支持这种文件", "this type of file is not taken");
        let help = (
            format!("可以上传：{list}；看的是内容，改后缀没有用"),
            format!("these are taken: {list}; it is the content that counts, not the name"),
        );
        Error::invalid(refusal.help(help.0, help.1).at("file"))
    })
}

/// `image/jpeg` as people say it.
fn words_of(types: &[String]) -> String {
    let word = |kind: &String| match kind.as_str() {
        "video/quicktime" => "MOV".to_owned(),
        "image/webp" => "WebP".to_owned(),
        "video/webm" => "WebM".to_owned(),
        other => other.rsplit('/').next().unwrap_or_default().to_uppercase(),
    };
    types.iter().filter(|kind| *kind != HEIC).map(word).collect::<Vec<_>>().join(", ")
}

fn stripped(media_type: &'static str, content: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    media::strip(media_type, content).map_err(|spoiled| match spoiled {
        Spoiled::Broken => {
            let refusal = Refusal::new("file_broken", "照片不完整或已损坏", "the picture is incomplete or damaged")
                .help("请重新拍摄，或换一张", "take it again, or choose another");
            Error::invalid(refusal.at("file"))
        }
        Spoiled::TooManyPixels { width, height } => {
            let refusal = Refusal::new(
                "picture_too_large",
                format!("图片尺寸过大（{width} × {height} 像素）"),
                format!("the picture is too large ({width} × {height} pixels)"),
            )
            .help("请缩小到 8000 × 8000 像素以内", "scale it down to at most 8000 × 8000 pixels");
            Error::invalid(refusal.at("file"))
        }
    })
}

pub(crate) fn fault(error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull,
        _ => Error::internal(format!("a file: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_paths_and_controls() {
        assert_eq!(short_name("../../etc/pass\nwd"), "passwd");
        assert_eq!(short_name("C:\\照片\\箱子.jpg"), "箱子.jpg");
        assert_eq!(short_name(&"长".repeat(300)).chars().count(), MAX_NAME_CHARS);
    }

    #[test]
    fn types_are_said_in_words() {
        let types = ["image/jpeg", "image/heic", "video/quicktime"].map(str::to_owned);
        assert_eq!(words_of(&types), "JPEG, MOV");
    }
}
