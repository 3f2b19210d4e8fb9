//! Words drawn in the browser's letters, as black and white dots.

use leptos::prelude::document;
use wasm_bindgen::JsCast;

use super::zpl::Picture;

/// A word darker than this is black.
const MIDDLE: u16 = 128 * 3;
/// The height of a line in its letters.
const LEADING: f64 = 1.3;

/// A paragraph: its words, the size of its letters in dots, whether they are heavy.
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) size: f64,
    pub(super) heavy: bool,
}

/// Draws paragraphs below each other; `None` where the browser cannot draw.
pub(super) fn draw(paragraphs: &[Paragraph], width: u32) -> Option<Picture> {
    let canvas: web_sys::HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    let measure = pen(&canvas)?;
    let mut lines: Vec<(String, &Paragraph)> = Vec::new();
    for paragraph in paragraphs {
        measure.set_font(&font(paragraph));
        lines.extend(wrapped(&measure, &paragraph.text, f64::from(width))?.into_iter().map(|line| (line, paragraph)));
    }
    let height: f64 = lines.iter().map(|(_, paragraph)| paragraph.size * LEADING).sum();
    let rows = height.ceil().max(1.0);
    canvas.set_height(rows as u32);
    let pen = pen(&canvas)?;
    pen.set_fill_style_str("white");
    pen.fill_rect(0.0, 0.0, f64::from(width), rows);
    pen.set_fill_style_str("black");
    let mut y = 0.0;
    for (line, paragraph) in &lines {
        pen.set_font(&font(paragraph));
        pen.fill_text(line, 0.0, y + paragraph.size).ok()?;
        y += paragraph.size * LEADING;
    }
    let pixels = pen.get_image_data(0.0, 0.0, f64::from(width), rows).ok()?.data().0;
    Some(dots(&pixels, width as usize))
}

fn pen(canvas: &web_sys::HtmlCanvasElement) -> Option<web_sys::CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

fn font(paragraph: &Paragraph) -> String {
    let weight = if paragraph.heavy { 600 } else { 400 };
    format!("{weight} {}px system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif", paragraph.size)
}

/// Broken where the line is full: between letters, as Chinese is.
fn wrapped(pen: &web_sys::CanvasRenderingContext2d, text: &str, width: f64) -> Option<Vec<String>> {
    let mut lines = vec![String::new()];
    for letter in text.chars() {
        let last = lines.last_mut()?;
        last.push(letter);
        if pen.measure_text(last).ok()?.width() > width && last.chars().count() > 1 {
            last.pop();
            lines.push(letter.to_string());
        }
    }
    Some(lines)
}

fn dots(pixels: &[u8], width: usize) -> Picture {
    let row_bytes = width.div_ceil(8);
    let mut bytes = Vec::with_capacity(pixels.len() / 32);
    for row in pixels.chunks_exact(width * 4) {
        let black = |pixel: &[u8]| pixel.iter().take(3).map(|part| u16::from(*part)).sum::<u16>() < MIDDLE;
        let bits: Vec<bool> = row.chunks_exact(4).map(black).collect();
        bytes.extend(
            bits.chunks(8)
                .map(|eight| eight.iter().enumerate().fold(0_u8, |byte, (at, bit)| byte | u8::from(*bit) << (7 - at))),
        );
    }
    Picture { row_bytes, bytes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_packed_from_the_left() {
        let (black, white) = ([0, 0, 0, 255], [255, 255, 255, 255]);
        let row = [black, white, white, white, white, white, white, black, black, white].concat();
        assert_eq!(dots(&row, 10), Picture { row_bytes: 2, bytes: vec![0b1000_0001, 0b1000_0000] });
    }
}
