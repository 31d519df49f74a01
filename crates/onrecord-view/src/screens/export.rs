//! Exports: the record in the formats of other programs, with a data card.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use maud::html;
use onrecord_export::{FORMATS, Format, Options, Target, export};
use onrecord_record::{Record, TABLES};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use crate::error::Fault;
use crate::params::Params;
use crate::reply::{Made, Reply};
use crate::shown;
use crate::site::{Asked, Site};
use crate::view::View;

/// Bytes handed on at once.
const PIECE: usize = 64 * 1024;

/// The form that chooses a format and what goes into it.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    if let Some(name) = view.id() {
        // Answered before, where it can be had.
        return Err(Fault::NotThere(format!("There is no export `{name}`.")));
    }
    let (one, several): (Vec<&Format>, Vec<&Format>) = FORMATS.iter().partition(is_one_file);
    let main = html! {
        h1 { "Export" }
        p { "Every list and chart of these pages gives its own rows as CSV or JSON. Here the whole record \
             leaves it, or tables of it, in the formats of other programs. Each file says how it was made \
             and how to cite it." }
        form.inline action="/export/file" {
            label { "Format " select name="format" {
                @for format in &one { option value=(format.name) { (format.name) " — " (format.what_for) } }
            } }
            label { "Table " select name="table" {
                option value="" { "all that the format takes" }
                @for table in TABLES { option value=(table.name) { (table.name) } }
            } }
            label { input type="checkbox" name="reviewed" value="yes"; " Only reviewed rows" }
            label { input type="checkbox" name="notext" value="yes"; " Without the texts of the pages" }
            button.main { "Download" }
        }
        p.quiet { "CSV and Parquet hold one table a file: choose one." }
        h2 { "Formats" }
        dl.keys.wide {
            @for format in &one {
                dt { a href={ "/export/" (format.name) } { code { (format.name) } } } dd { (shown::text(format.what_for)) }
            }
        }
        @if !several.is_empty() {
            h2 { "Of several files, at the command line" }
            ul.plain { @for format in &several {
                li { code { "onrecord export " (shown::name(&view.site.title)) " --format " (format.name) " -o FOLDER/" } " — " (shown::text(format.what_for)) }
            } }
        }
    };
    Reply::page("Export", main)
}

fn is_one_file(format: &&Format) -> bool {
    !format.needs_folder()
}

/// The file of an export, written beside and then sent, so that a broken one is never sent.
pub(crate) async fn file(site: &Arc<Site>, asked: &Asked) -> Option<Response> {
    let [screen, name] = asked.parts.as_slice() else {
        return None;
    };
    if screen != "export" {
        return None;
    }
    let named = if name == "file" {
        asked.params.get("format").unwrap_or_default()
    } else {
        name
    };
    let format = FORMATS.iter().find(|f| f.name == named && is_one_file(f))?;
    let options = options(&asked.params);
    let path = site.options.record.clone();
    let written = spawn_blocking(move || written(&path, format, &options)).await;
    let made = match written {
        Ok(made) => made,
        Err(error) => Err(Fault::Broken(error.to_string())),
    };
    Some(match made {
        Ok((folder, file)) => {
            let stem = site
                .options
                .record
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy();
            let stem: String = stem
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
                .collect();
            let table = asked
                .params
                .get("table")
                .map_or(String::new(), |table| format!("-{table}"));
            sent(
                folder,
                file,
                format,
                &format!("{stem}{table}-{}.{}", format.name, format.extension),
            )
        }
        Err(fault) => Made::of_fault(site, asked, &fault).into_response(),
    })
}

fn options(params: &Params) -> Options {
    Options {
        tables: params.get("table").map(str::to_owned).into_iter().collect(),
        reviewed: params.is("reviewed"),
        text: !params.is("notext"),
        ..Options::default()
    }
}

fn written(
    record: &std::path::Path,
    format: &Format,
    options: &Options,
) -> Result<(tempfile::TempDir, PathBuf), Fault> {
    if format.keeps_tables_apart() && options.tables.len() != 1 {
        let told = format!("A file of {} holds one table: choose one.", format.name);
        return Err(Fault::Wrong(told));
    }
    let broken = |error: std::io::Error| Fault::Broken(error.to_string());
    let folder = tempfile::tempdir().map_err(broken)?;
    let file = folder.path().join(format!("export.{}", format.extension));
    let record = Record::open_read(record)?;
    export(&record, format.name, Target::File(file.clone()), options)?;
    Ok((folder, file))
}

/// Sends a file piece by piece; the folder goes when it is sent.
fn sent(folder: tempfile::TempDir, file: PathBuf, format: &Format, name: &str) -> Response {
    let (pieces, taken) = mpsc::channel::<std::io::Result<Bytes>>(4);
    spawn_blocking(move || {
        use std::io::Read;
        let _kept = folder;
        #[allow(clippy::disallowed_methods)] // the export that was written just now
        let opened = std::fs::File::open(file);
        let mut open = match opened {
            Ok(open) => open,
            Err(error) => {
                // Who asked has gone where this fails: nothing is left to tell.
                let _ = pieces.blocking_send(Err(error));
                return;
            }
        };
        loop {
            let mut piece = vec![0; PIECE];
            let read = open.read(&mut piece);
            if let Ok(n) = read {
                piece.truncate(n);
            }
            let done = match read {
                Ok(0) => true,
                Ok(_) => pieces.blocking_send(Ok(Bytes::from(piece))).is_err(),
                Err(error) => {
                    let _ = pieces.blocking_send(Err(error));
                    true
                }
            };
            if done {
                return;
            }
        }
    });
    let mut response = Body::new(Pieces(taken)).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.media_type));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    response
}

/// A body of pieces as they come.
struct Pieces(mpsc::Receiver<std::io::Result<Bytes>>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        self.0
            .poll_recv(context)
            .map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}
