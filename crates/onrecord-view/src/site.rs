//! The addresses.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use onrecord_record::Record;

use crate::adding::{self, Adding, MAX_UPLOAD};
use crate::error::{Fault, ServeError};
use crate::guard::{Rights, guard};
use crate::params::{Params, read_part};
use crate::pool::Pool;
use crate::reply::Made;
use crate::view::{Form, View};
use crate::{Options, assets, screens, sent};

/// More is not taken of a request.
pub(crate) const MAX_BODY: usize = 64 * 1024;

/// What all pages share.
pub(crate) struct Site {
    pub options: Options,
    /// The record's file name.
    pub title: String,
    pub pool: Pool,
    pub adding: Adding,
}

/// The pages as a service that can be served or asked in tests.
///
/// # Errors
/// If the record cannot be read.
pub fn site(options: Options) -> Result<Router, ServeError> {
    // A wrong file is told at the start, not on the first page.
    drop(Record::open_read(&options.record)?);
    let name = options.record.file_name().unwrap_or_default();
    let site = Arc::new(Site {
        title: name.to_string_lossy().into_owned(),
        pool: Pool::new(options.record.clone(), options.patience),
        adding: Adding::default(),
        options,
    });
    let router = Router::new()
        .route("/assets/{name}", get(asset))
        .route("/favicon.ico", get(icon))
        .route(
            "/add",
            get(page)
                .post(adding::post)
                .layer(DefaultBodyLimit::max(MAX_UPLOAD)),
        )
        .fallback(page)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(Arc::clone(&site), guard));
    Ok(router.with_state(site))
}

async fn asset(Path(name): Path<String>) -> Response {
    assets::reply(&name)
}

async fn icon() -> Response {
    let address = assets::address("icon.svg");
    assets::reply(address.trim_start_matches("/assets/"))
}

/// Makes the page of an address.
async fn page(State(site): State<Arc<Site>>, request: Request) -> Response {
    let write = request
        .extensions()
        .get::<Rights>()
        .is_some_and(|r| r.write);
    let (path, form) = Form::of(request.uri().path());
    let params = Params::read(request.uri().query().unwrap_or_default());
    let parts: Option<Vec<String>> = path
        .split('/')
        .filter(|part| !part.is_empty())
        .map(|part| read_part(part).map(|part| part.into_owned()))
        .collect();
    let asked = Asked {
        parts: parts.unwrap_or_else(|| vec!["\u{fffd}".to_owned()]),
        form,
        params,
        write,
    };
    if request.method() == Method::POST {
        return sent::post(site, asked, request).await;
    }
    if let Some(reply) = screens::streamed(&site, &asked).await {
        return reply;
    }
    let of = Arc::clone(&site);
    let told = asked.clone();
    let made = site.pool.ask(move |record| show(&of, record, &told)).await;
    match made {
        Ok(made) => made.into_response(),
        Err(fault) => Made::of_fault(&site, &asked, &fault).into_response(),
    }
}

/// An address, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub parts: Vec<String>,
    pub form: Form,
    pub params: Params,
    pub write: bool,
}

fn show(site: &Site, record: &Record, asked: &Asked) -> Result<Made, Fault> {
    let view = View::new(site, record, asked);
    let reply = screens::show(&view)?;
    Made::of(&view, reply)
}
