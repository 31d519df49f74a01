//! Pages added by dropping files: what came is handed to [`Outside::add`](crate::Outside::add),
//! which reads it beside the server; the pages ask how far it has come.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, Request, State};
use axum::http::header::{ACCEPT, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::task::spawn_blocking;

use crate::error::Fault;
use crate::options::{Added, Progress, Upload};
use crate::reply::Made;
use crate::site::{Asked, Site};
use crate::view::Form;

/// More than this is not taken at once.
pub(crate) const MAX_UPLOAD: usize = 64 * 1024 * 1024;
/// More files are not taken at once.
const MAX_FILES: usize = 500;
/// The field of the form that holds the files.
const FIELD: &str = "pages";

/// How the last adding stands.
#[derive(Clone, Debug, Default)]
pub(crate) enum Stage {
    /// Nothing was added since the start.
    #[default]
    Idle,
    /// Pages are read.
    Busy(Progress),
    /// It is over: what became of it.
    Over(Result<Added, String>),
}

/// How the last adding stands, shared by all pages.
#[derive(Debug, Default)]
pub(crate) struct Adding(Mutex<Stage>);

impl Adding {
    /// How it stands now.
    pub fn now(&self) -> Stage {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Stage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the one place there is.
    fn begin(&self) -> bool {
        let mut state = self.lock();
        let free = !matches!(*state, Stage::Busy(_));
        if free {
            *state = Stage::Busy(Progress::default());
        }
        free
    }

    fn set(&self, state: Stage) {
        *self.lock() = state;
    }
}

/// Takes the files of a form and has them read; the answer does not wait for that.
pub(crate) async fn post(State(site): State<Arc<Site>>, request: Request) -> Response {
    let accepts = request.headers().get(ACCEPT);
    let json = accepts.is_some_and(|v| v.to_str().is_ok_and(|v| v.contains("application/json")));
    let asked = Asked {
        parts: vec!["add".to_owned()],
        form: if json { Form::Json } else { Form::Html },
        params: crate::params::Params::default(),
        write: true,
    };
    match taken(&site, request).await {
        Ok(()) if json => StatusCode::ACCEPTED.into_response(),
        Ok(()) => {
            let mut response = StatusCode::SEE_OTHER.into_response();
            let place = HeaderValue::from_static("/add");
            response.headers_mut().insert(LOCATION, place);
            response
        }
        Err(fault) => Made::of_fault(&site, &asked, &fault).into_response(),
    }
}

async fn taken(site: &Arc<Site>, request: Request) -> Result<(), Fault> {
    if !site.options.outside.adds() {
        return Err(Fault::NotThere(
            "Pages are added with `onrecord read`.".to_owned(),
        ));
    }
    let form = Multipart::from_request(request, &()).await;
    let form = form.map_err(|error| Fault::Wrong(error.body_text()))?;
    let files = files(form).await?;
    if files.is_empty() {
        return Err(Fault::Wrong("No file was chosen.".to_owned()));
    }
    if !site.adding.begin() {
        let told = "Pages are being read already; add more when that is done.";
        return Err(Fault::Wrong(told.to_owned()));
    }
    let site = Arc::clone(site);
    // Nobody waits for it: the pages ask how far it has come.
    drop(spawn_blocking(move || {
        let told = |progress: Progress| site.adding.set(Stage::Busy(progress));
        let work = || site.options.outside.add(files, &told);
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
        let done = done.unwrap_or_else(|_| Err("the reader failed; please report it".to_owned()));
        site.adding.set(Stage::Over(done));
    }));
    Ok(())
}

async fn files(mut form: Multipart) -> Result<Vec<Upload>, Fault> {
    let wrong = |error: MultipartError| {
        let told = match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => format!(
                "More than {} MB cannot be added here at once: use `onrecord read`.",
                MAX_UPLOAD / 1024 / 1024
            ),
            _ => error.body_text(),
        };
        Fault::Wrong(told)
    };
    let mut files = Vec::new();
    while let Some(field) = form.next_field().await.map_err(wrong)? {
        let name = field.file_name().map(str::to_owned);
        if field.name() != Some(FIELD) {
            continue;
        }
        // A form sent without a file holds one without a name.
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            continue;
        };
        if files.len() == MAX_FILES {
            return Err(Fault::Wrong(format!(
                "More than {MAX_FILES} files cannot be added here at once: use `onrecord read`."
            )));
        }
        let bytes = field.bytes().await.map_err(wrong)?;
        files.push(Upload {
            name,
            bytes: bytes.to_vec(),
        });
    }
    Ok(files)
}
