//! What a clerk hears who looks at the parcel and not at the screen.

use wasm_bindgen::JsValue;
use web_sys::{AudioContext, OscillatorType};

/// Two falling tones: seconds from now and pitch in hertz.
const REFUSED: [(f64, f32); 2] = [(0.0, 392.0), (0.16, 262.0)];
/// How long a tone lasts, in seconds.
const TONE_S: f64 = 0.14;
/// Of the loudest there is.
const LOUDNESS: f32 = 0.25;

thread_local! {
    static CONTEXT: Option<AudioContext> = AudioContext::new().ok();
}

fn play(tones: &[(f64, f32)]) -> Result<(), JsValue> {
    CONTEXT.with(|context| {
        let Some(context) = context else { return Ok(()) };
        let (now_s, gain) = (context.current_time(), context.create_gain()?);
        gain.gain().set_value(LOUDNESS);
        gain.connect_with_audio_node(&context.destination())?;
        for (at_s, pitch) in tones {
            let tone = context.create_oscillator()?;
            tone.set_type(OscillatorType::Triangle);
            tone.frequency().set_value(*pitch);
            tone.connect_with_audio_node(&gain)?;
            tone.start_with_when(now_s + at_s)?;
            tone.stop_with_when(now_s + at_s + TONE_S)?;
        }
        Ok(())
    })
}

/// A scan was not used.
pub(super) fn refused() {
    // A machine without sound shows it all the same.
    let _ = play(&REFUSED);
}
