//! What a clerk hears who looks at the parcel and not at the screen.

use ui::State;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, OscillatorType};

/// Seconds from now and pitch in hertz, tone by tone.
type Tune = &'static [(f64, f32)];

/// Two falling tones.
const REFUSED: Tune = &[(0.0, 392.0), (0.16, 262.0)];
/// One high and short.
const GOOD: Tune = &[(0.0, 1_047.0)];
/// Two of the same.
const ATTENTION: Tune = &[(0.0, 659.0), (0.18, 659.0)];
/// Three low ones.
const BAD: Tune = &[(0.0, 220.0), (0.18, 220.0), (0.36, 175.0)];
/// How long a tone lasts, in seconds.
const TONE_S: f64 = 0.14;
/// Of the loudest there is.
const LOUDNESS: f32 = 0.25;

thread_local! {
    static CONTEXT: Option<AudioContext> = AudioContext::new().ok();
}

fn play(tones: Tune) -> Result<(), JsValue> {
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
    let _ = play(REFUSED);
}

/// What came of a scan, told apart without looking: all is well, somebody must look, it did not work.
pub(crate) fn result(state: State) {
    let _ = match state {
        State::Good | State::Waiting => play(GOOD),
        State::Attention => play(ATTENTION),
        State::Bad => play(BAD),
        State::Paused => return,
    };
}
