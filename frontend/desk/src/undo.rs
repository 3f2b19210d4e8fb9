//! What can be taken back for some seconds: the news says what was done and offers the way back.

use std::time::Duration;

use contract::inbox::{UNDO, UndoRequest};
use contract::rma::RmaView;
use domain::RmaId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Key};
use ui::{State, Text, Words, say, text, toast, toast_with_undo_for};

/// A decision that was made here.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Made {
    pub(crate) rma: RmaId,
    pub(crate) node: String,
    pub(crate) round: u32,
}

impl Made {
    fn request(&self) -> UndoRequest {
        UndoRequest { what: "decision".to_owned(), node: Some(self.node.clone()), round: Some(self.round) }
    }
}

/// For how long something can be taken back, as the template says. Copy freely.
#[derive(Clone, Copy)]
pub(crate) struct Window(u32);

/// Takes the window as it is now; called where a page or dialog is set up, or when something was done.
pub(crate) fn window_of(meta: parts::meta::Meta) -> Window {
    Window(untrack(|| meta.with(|meta| meta.undo_seconds)))
}

const BACK: Text = text("已撤销，单据回到待处理", "Taken back; the case waits again");

/// Says that a decision was made, with a way back.
pub(crate) fn decided(window: Window, words: impl Into<Words>, made: Made) {
    offer(window, words, vec![made]);
}

/// Says that many decisions were made, with one way back for all.
pub(crate) fn decided_many(window: Window, words: impl Into<Words>, made: Vec<Made>) {
    offer(window, words, made);
}

fn offer(window: Window, words: impl Into<Words>, made: Vec<Made>) {
    if window.0 == 0 {
        return toast(State::Good, words);
    }
    let time = Duration::from_secs(u64::from(window.0));
    toast_with_undo_for(time, words, move || take_back(made.clone()));
}

fn take_back(made: Vec<Made>) {
    spawn_local(async move {
        let (asked, mut done) = (made.len(), 0_usize);
        let mut refused = None;
        for one in &made {
            match api::send::<RmaView, _>(&UNDO, &[&one.rma], &one.request(), Key::new()).await {
                Ok(_) => done += 1,
                Err(problem) => refused = Some(problem),
            }
        }
        match refused {
            None if asked == 1 => toast(State::Good, BACK),
            None => toast(State::Good, move || say!("已撤销 {done} 条", "Took {done} back")),
            Some(problem) if asked == 1 => toast(State::Attention, problem.words_in_full()),
            Some(problem) => {
                let why = problem.words_in_full();
                toast(State::Attention, move || {
                    say!("撤销了 {done} / {asked} 条：{why}", "Took {done} of {asked} back: {why}")
                });
            }
        }
    });
}

/// Says that a message to the customer was sent, with a way back.
pub(crate) fn sent(window: Window, words: impl Into<Words>, rma: RmaId) {
    if window.0 == 0 {
        return toast(State::Good, words);
    }
    toast_with_undo_for(Duration::from_secs(u64::from(window.0)), words, move || {
        spawn_local(async move {
            let request = UndoRequest { what: "message".to_owned(), node: None, round: None };
            match api::send::<RmaView, _>(&UNDO, &[&rma], &request, Key::new()).await {
                Ok(_) => toast(State::Good, text("已撤回，顾客不会收到", "Taken back; the customer will not get it")),
                Err(problem) => toast(State::Attention, problem.words_in_full()),
            }
        });
    });
}
