//! A stored content as an answer: whole, not changed since, or the range that a player asks for.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use actix_web::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    HeaderMap, HeaderName, IF_NONE_MATCH, IF_RANGE, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::stream;
use operations::Error;
use operations::attachment::read::Readable;

use crate::answer::Reply;

/// Read from the disk at once.
const PIECE_BYTES: u64 = 256 * 1024;
/// Opened in a tab of its own, a content may show itself and do nothing else.
const POLICY: &str =
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/// What a `Range` header asks for of `length` bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// All of it: nothing was asked for, or what we need not understand.
    Whole,
    /// From the first byte to the last, both counted.
    Part(u64, u64),
    /// Nothing that is there.
    Nothing,
}

/// Answers with a content.
pub(super) async fn serve(request: &HttpRequest, found: &Readable) -> Reply {
    let path = found.path.clone();
    let opened = web::block(move || open(&path)).await.map_err(|error| Error::internal(error.to_string()))?;
    let (file, length) = opened.map_err(|_| Error::NotFound("attachment"))?;
    // The content's name is its hash: what has this tag never changes.
    let tag = format!("\"{}\"", found.hash);
    let headers = request.headers();
    if text(headers, IF_NONE_MATCH).is_some_and(|tags| tags.split(',').any(|one| one.trim() == tag)) {
        return Ok(dressed(HttpResponse::NotModified(), found, &tag).finish());
    }
    // A part of what it was is worth nothing when it is something else now.
    let same = text(headers, IF_RANGE).is_none_or(|wanted| wanted.trim() == tag);
    match asked(text(headers, RANGE).filter(|_| same), length) {
        Asked::Nothing => {
            let mut response = dressed(HttpResponse::RangeNotSatisfiable(), found, &tag);
            Ok(response.insert_header((CONTENT_RANGE, format!("bytes */{length}"))).finish())
        }
        Asked::Whole => Ok(body(dressed(HttpResponse::Ok(), found, &tag), file, 0, length)),
        Asked::Part(first, last) => {
            let mut response = dressed(HttpResponse::PartialContent(), found, &tag);
            response.insert_header((CONTENT_RANGE, format!("bytes {first}-{last}/{length}")));
            Ok(body(response, file, first, last - first + 1))
        }
    }
}

fn open(path: &Path) -> std::io::Result<(File, u64)> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    Ok((file, length))
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// One range counts; several, or another unit, are answered with the whole.
fn asked(range: Option<&str>, length: u64) -> Asked {
    let Some(spec) = range.and_then(|range| range.trim().strip_prefix("bytes=")) else { return Asked::Whole };
    let Some((from, to)) = spec.split_once('-').filter(|_| !spec.contains(',')) else {
        return if spec.contains(',') { Asked::Whole } else { Asked::Nothing };
    };
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let (first, last) = match (from.trim().is_empty(), to.trim().is_empty()) {
        (true, true) => return Asked::Nothing,
        // The last so many bytes.
        (true, false) => match number(to) {
            Some(0) | None => return Asked::Nothing,
            Some(count) => (length.saturating_sub(count), length.saturating_sub(1)),
        },
        (false, true) => match number(from) {
            Some(first) => (first, length.saturating_sub(1)),
            None => return Asked::Nothing,
        },
        (false, false) => match (number(from), number(to)) {
            (Some(first), Some(last)) => (first, last.min(length.saturating_sub(1))),
            _ => return Asked::Nothing,
        },
    };
    if first > last || first >= length { Asked::Nothing } else { Asked::Part(first, last) }
}

fn dressed(mut response: HttpResponseBuilder, found: &Readable, tag: &str) -> HttpResponseBuilder {
    // Shown in the page, never run: the type is the sniffed one. What is neither picture nor film is kept, not shown.
    let shown = found.media_type.starts_with("image/") || found.media_type.starts_with("video/");
    let how = if shown { "inline" } else { "attachment" };
    response
        .insert_header((CONTENT_TYPE, found.media_type.clone()))
        .insert_header((CONTENT_DISPOSITION, disposition(how, &found.name)))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header(("cross-origin-resource-policy", "same-origin"))
        // Kept by the browser, asked for anew each time: whoever lost the right to see it gets it no more.
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .insert_header((ACCEPT_RANGES, "bytes"))
        .insert_header((ETAG, tag.to_owned()));
    response
}

/// How to save it. Everything but plain letters is percent-encoded, so that a name cannot add to the header.
fn disposition(how: &str, name: &str) -> String {
    if name.is_empty() {
        return how.to_owned();
    }
    let name = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    format!("{how}; filename*=UTF-8''{name}")
}

fn body(mut response: HttpResponseBuilder, file: File, first: u64, count: u64) -> HttpResponse {
    let pieces = stream::try_unfold((file, first, count), |(file, at, left)| async move {
        if left == 0 {
            return Ok(None);
        }
        let read = web::block(move || piece(file, at, left.min(PIECE_BYTES))).await;
        let (file, piece) = read.map_err(actix_web::error::ErrorInternalServerError)??;
        let read_bytes = piece.len() as u64;
        Ok::<_, actix_web::Error>(Some((piece, (file, at + read_bytes, left.saturating_sub(read_bytes)))))
    });
    response.no_chunking(count).streaming(Box::pin(pieces))
}

fn piece(mut file: File, at: u64, count: u64) -> std::io::Result<(File, Bytes)> {
    file.seek(SeekFrom::Start(at))?;
    let mut piece = Vec::with_capacity(usize::try_from(count).unwrap_or(0));
    (&mut file).take(count).read_to_end(&mut piece)?;
    // Shorter than it was said to be: the disk's fault, and no body is better than half of one.
    if piece.len() as u64 != count {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok((file, Bytes::from(piece)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(range: &str, expect: Asked) {
        assert_eq!(asked(Some(range), 100), expect, "{range}");
    }

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        check("bytes=0-9", Asked::Part(0, 9));
        check("bytes=90-", Asked::Part(90, 99));
        check("bytes=-10", Asked::Part(90, 99));
        check("bytes=-1000", Asked::Part(0, 99));
        check("bytes=50-1000", Asked::Part(50, 99));
        check("bytes=100-", Asked::Nothing);
        check("bytes=9-0", Asked::Nothing);
        check("bytes=-0", Asked::Nothing);
        check("bytes=-", Asked::Nothing);
        check("bytes=a-b", Asked::Nothing);
        check("bytes=0-1,5-6", Asked::Whole);
        check("items=0-9", Asked::Whole);
        assert_eq!(asked(None, 100), Asked::Whole);
        assert_eq!(asked(Some("bytes=0-"), 0), Asked::Nothing);
    }

    #[test]
    fn names_cannot_leave_their_place() {
        assert_eq!(disposition("inline", "a\"; x=y.jpg"), "inline; filename*=UTF-8''a%22%3B%20x%3Dy%2Ejpg");
        assert_eq!(disposition("attachment", ""), "attachment");
    }
}
