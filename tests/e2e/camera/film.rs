//! What the browser's camera is shown: codes as the product prints them, as a film of grey frames.

use std::path::PathBuf;

#[path = "../../../frontend/parts/src/label/code128/bars.rs"]
mod bars;
#[path = "../../../frontend/parts/src/label/qr.rs"]
#[expect(unreachable_pub, reason = "it is public where it lives")]
mod qr;

const WIDTH: usize = 640;
const HEIGHT: usize = 480;
/// Frames a second.
const RATE: usize = 10;
const WHITE: u8 = 235;
const BLACK: u8 = 16;

/// A frame's brightness, row by row.
type Frame = Vec<u8>;

fn drawn(black: impl Fn(usize, usize) -> bool) -> Frame {
    let at = |y| (0..WIDTH).map(move |x| (x, y));
    (0..HEIGHT).flat_map(at).map(|(x, y)| if black(x, y) { BLACK } else { WHITE }).collect()
}

/// Nothing to read.
fn blank() -> Frame {
    drawn(|_, _| false)
}

/// A bar code in the middle.
fn bar_code(text: &str) -> Frame {
    let bars = bars::modules(text).expect("a text for Code 128");
    let scale = (WIDTH * 4 / 5) / bars.len();
    let left = (WIDTH - bars.len() * scale) / 2;
    drawn(|x, y| {
        let at = x.checked_sub(left).map(|x| x / scale);
        (HEIGHT / 3..HEIGHT * 2 / 3).contains(&y) && at.is_some_and(|at| bars.get(at) == Some(&true))
    })
}

/// A QR code in the middle.
fn qr_code(text: &str) -> Frame {
    let qr = qr::Qr::of(text).expect("a text for a QR code");
    let scale = (HEIGHT / 2) / qr.size();
    let (left, top) = ((WIDTH - qr.size() * scale) / 2, (HEIGHT - qr.size() * scale) / 2);
    drawn(|x, y| match (x.checked_sub(left), y.checked_sub(top)) {
        (Some(x), Some(y)) => qr.at(x / scale, y / scale),
        _ => false,
    })
}

/// A QR code as a page draws it: squares of one module's height, `M4 4h7v1h-7z`, in a picture so many modules wide.
fn drawn_code(path: &str, width: usize) -> Frame {
    let scale = HEIGHT * 2 / 3 / width;
    let runs: Vec<(usize, usize, usize)> = path
        .split('M')
        .skip(1)
        .map(|run| {
            let (at, length) = run.split_once('h').expect("a run");
            let (x, y) = at.split_once(' ').expect("a place");
            let (length, _) = length.split_once('v').expect("a length");
            let number = |text: &str| text.parse().expect("a number");
            (number(x), number(y), number(length))
        })
        .collect();
    let (left, top) = ((WIDTH - width * scale) / 2, (HEIGHT - width * scale) / 2);
    drawn(|x, y| {
        let (Some(x), Some(y)) = (x.checked_sub(left), y.checked_sub(top)) else { return false };
        let (x, y) = (x / scale, y / scale);
        runs.iter().any(|(from, row, length)| *row == y && (*from..from + length).contains(&x))
    })
}

/// A film that a camera plays again and again.
pub(crate) struct Film {
    dir: tempfile::TempDir,
}

impl Film {
    pub(crate) fn new() -> Self {
        let film = Self { dir: tempfile::tempdir().expect("a folder") };
        film.shows(&[(blank(), 1)]);
        film
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("film.y4m")
    }

    /// The switches that give a browser this film for a camera, and the leave to use it.
    pub(crate) fn switches(&self) -> Vec<String> {
        vec![
            "--use-fake-device-for-media-stream".to_owned(),
            "--use-fake-ui-for-media-stream".to_owned(),
            format!("--use-file-for-fake-video-capture={}", self.path().display()),
        ]
    }

    /// What a camera that is opened from now on sees: frames, each for so many turns.
    fn shows(&self, frames: &[(Frame, usize)]) {
        let mut film = format!("YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420jpeg\n").into_bytes();
        let grey = vec![128; WIDTH * HEIGHT / 2];
        for (frame, turns) in frames {
            for _ in 0..*turns {
                film.extend(b"FRAME\n");
                film.extend(frame);
                film.extend(&grey);
            }
        }
        std::fs::write(self.path(), film).expect("a film");
    }

    pub(crate) fn shows_bar_code(&self, text: &str) {
        self.shows(&[(bar_code(text), 1)]);
    }

    pub(crate) fn shows_qr_code(&self, text: &str) {
        self.shows(&[(qr_code(text), 1)]);
    }

    pub(crate) fn shows_drawn_code(&self, path: &str, width: usize) {
        self.shows(&[(drawn_code(path, width), 1)]);
    }

    /// A bar code for a second, then nothing for longer than it takes to be forgotten.
    pub(crate) fn shows_bar_code_now_and_then(&self, text: &str) {
        self.shows(&[(bar_code(text), RATE), (blank(), RATE * 5 / 2)]);
    }
}
