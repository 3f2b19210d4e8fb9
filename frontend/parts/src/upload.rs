//! A file to the server in pieces: large photos made smaller first, a broken line or a reload gone on with where the server
//! is, one that nobody wants any more taken away.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use contract::Route;
use contract::upload as route;
use contract::upload::{UploadRequest, UploadView};

use crate::api::{self, Headers, Key, Problem};

mod kept;
mod shrink;
mod wait;

/// The id of the uploaded file, or why there is none.
pub type UploadFuture = Pin<Box<dyn Future<Output = Result<String, Problem>>>>;

/// Hears how much of a file has left, in thousandths; says whether the file is still wanted.
pub type Progress = Rc<dyn Fn(u16) -> Wish>;

/// What is wanted of a file that is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// It is to arrive.
    Wanted,
    /// It was taken out of its list: the server forgets it too.
    TakenAway,
    /// Its place on the page is gone, it itself was not taken away: chosen again, it goes on where it was.
    Left,
}

impl Wish {
    /// Of a file that was looked up in its list: nothing where there is no list any more, else whether it is in it.
    pub(crate) fn of(found: Option<bool>) -> Self {
        match found {
            Some(true) => Self::Wanted,
            Some(false) => Self::TakenAway,
            None => Self::Left,
        }
    }
}

/// How a file gets to the server.
#[derive(Clone)]
pub struct Uploader {
    /// Sends a file.
    pub send: Rc<dyn Fn(web_sys::File, Progress) -> UploadFuture>,
    /// Most bytes of one file, when known.
    pub max_bytes: Option<u64>,
    /// Most bytes of all files of a case, when known.
    pub max_case_bytes: Option<u64>,
}

/// Where pieces go: the staff's way, or the customers'.
#[derive(Clone, Copy)]
pub struct Ways {
    begin: &'static Route,
    append: &'static Route,
    give_up: &'static Route,
}

/// For who is signed in.
pub const STAFF: Ways = Ways { begin: &route::BEGIN, append: &route::APPEND, give_up: &route::GIVE_UP };
/// For who has the proof of an order or the link to a case.
pub const CUSTOMER: Ways =
    Ways { begin: &route::CUSTOMER_BEGIN, append: &route::CUSTOMER_APPEND, give_up: &route::CUSTOMER_GIVE_UP };

/// All of it, in thousandths; the last one is the server's answer.
const WHOLE: f64 = 999.0;
/// Tries without a byte of progress before the reader is asked.
const TRIES: u32 = 7;

/// An uploader that goes this way.
pub fn uploader(ways: Ways, headers: Headers, max_bytes: Option<u64>, max_case_bytes: Option<u64>) -> Uploader {
    let send = move |file: web_sys::File, progress: Progress| -> UploadFuture {
        Box::pin(send(ways, headers.clone(), file, progress))
    };
    Uploader { send: Rc::new(send), max_bytes, max_case_bytes }
}

/// An uploader for who is signed in.
pub fn staff_uploader() -> Uploader {
    uploader(STAFF, Headers::new(), None, None)
}

async fn send(ways: Ways, own: Headers, file: web_sys::File, progress: Progress) -> Result<String, Problem> {
    let (content, name) = shrink::lighter(&file).await;
    let size = content.size();
    let mark = kept::mark(&content, &name).await;
    let mut token = kept::token(&mark);
    let (mut tries, mut furthest) = (0, 0);
    loop {
        let step = one(ways, &own, &token, &content, &name, &progress).await;
        match step {
            Ok(Step::Done(id)) => {
                kept::forget(&mark);
                return Ok(id);
            }
            Ok(Step::Unwanted) => return Err(unwanted(ways, own, &token, &mark, &progress).await),
            Ok(Step::More(received)) => {
                if received > furthest {
                    (tries, furthest) = (0, received);
                }
            }
            // Begun by somebody else, or as another file: it begins anew under a token of its own.
            Err(problem) if problem.is_missing() || problem.body.code == "upload_differs" => {
                tries += 1;
                if tries > 2 {
                    return Err(problem);
                }
                token = kept::new_token(&mark);
            }
            Err(problem) if is_passing(&problem) && tries < TRIES => {
                wait::before_again(tries).await;
                tries += 1;
                // Taken away while the line was down: nothing has asked since.
                if progress(permille(furthest as f64, size)) != Wish::Wanted {
                    return Err(unwanted(ways, own, &token, &mark, &progress).await);
                }
            }
            Err(problem) => {
                if problem.status == 422 {
                    kept::forget(&mark);
                }
                return Err(problem);
            }
        }
    }
}

fn permille(bytes: f64, of_bytes: f64) -> u16 {
    (bytes * WHOLE / of_bytes.max(1.0)) as u16
}

/// Nothing more is sent. Only what its reader took away is forgotten here and there: a page that is left is no such word,
/// and what has arrived stays for whoever comes back with the file.
async fn unwanted(ways: Ways, own: Headers, token: &str, mark: &str, progress: &Progress) -> Problem {
    if progress(0) == Wish::TakenAway {
        kept::forget(mark);
        // Whoever took it away does not wait for this.
        let _: Result<(), Problem> = api::act_as(ways.give_up, &[&token], Key::new(), own).await;
    }
    Problem::no_answer()
}

/// Whether trying again may help by itself: no answer, too many at once, another window, a server that starts anew.
fn is_passing(problem: &Problem) -> bool {
    matches!(problem.status, 0 | 408 | 409 | 429 | 500..=599) || problem.body.code == "broken_off"
}

enum Step {
    More(u64),
    Done(String),
    Unwanted,
}

/// Asks how far it is and sends the next piece.
async fn one(
    ways: Ways,
    own: &Headers,
    token: &str,
    content: &web_sys::Blob,
    name: &str,
    progress: &Progress,
) -> Result<Step, Problem> {
    let size_bytes = content.size() as u64;
    let body = UploadRequest { name: name.to_owned(), size_bytes, rma: None };
    let view: UploadView = api::send_as(ways.begin, &[&token], &body, Key::new(), own.clone()).await?;
    let mut at = view.received_bytes;
    if let Some(file) = view.file {
        return Ok(Step::Done(file.id.to_string()));
    }
    // Pieces one after another while the line holds: how far it is stands in each answer.
    loop {
        let end = size_bytes.min(at + view.piece_bytes.max(1));
        let piece = content.slice_with_f64_and_f64(at as f64, end as f64).map_err(|_| Problem::no_answer())?;
        let wanted = Rc::clone(progress);
        let on_progress = move |loaded: f64| wanted(permille(at as f64 + loaded, size_bytes as f64)) == Wish::Wanted;
        let headers = [own.clone(), vec![(route::UPLOAD_OFFSET, at.to_string())]].concat();
        let sent = api::send_piece::<UploadView>(ways.append, &[&token], headers, &piece, on_progress).await?;
        let Some(view) = sent else { return Ok(Step::Unwanted) };
        if let Some(file) = view.file {
            return Ok(Step::Done(file.id.to_string()));
        }
        if view.received_bytes <= at {
            return Ok(Step::More(view.received_bytes));
        }
        at = view.received_bytes;
        if progress(permille(at as f64, size_bytes as f64)) != Wish::Wanted {
            return Ok(Step::Unwanted);
        }
    }
}
