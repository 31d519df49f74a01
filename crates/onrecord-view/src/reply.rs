//! What a screen answers with, made into bytes.

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use onrecord_record::Map;
use serde_json::{Value, json};

use crate::error::Fault;
use crate::layout::{self, Frame};
use crate::shown;
use crate::site::{Asked, Site};
use crate::view::{Form, View};

/// A drawing may carry its own styles, and nothing else.
const POLICY_OF_DRAWINGS: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// What a screen answers with.
pub(crate) enum Reply {
    /// A page for people.
    Page { title: String, main: Markup },
    /// A page for people about what is no longer there.
    Gone { title: String, main: Markup },
    /// Rows, for the endings `.json` and `.csv`.
    Rows {
        columns: Vec<String>,
        rows: Vec<Map>,
        /// Where the rows after these are.
        next: Option<String>,
    },
    /// Anything, for the ending `.json`.
    Json(Value),
    /// A drawing that stands alone.
    Drawing(String),
    /// Another address.
    See(String),
}

impl Reply {
    pub fn page(title: impl Into<String>, main: Markup) -> Result<Reply, Fault> {
        Ok(Reply::Page {
            title: title.into(),
            main,
        })
    }
}

/// A finished answer.
pub(crate) struct Made {
    status: StatusCode,
    kind: &'static str,
    body: String,
    /// The name under which a browser keeps it, where it is a file.
    file: Option<String>,
    see: Option<String>,
}

impl Made {
    fn new(kind: &'static str, body: String) -> Made {
        Made {
            status: StatusCode::OK,
            kind,
            body,
            file: None,
            see: None,
        }
    }

    /// The bytes of an answer, in the form that was asked for.
    pub fn of(view: &View<'_>, reply: Reply) -> Result<Made, Fault> {
        let file = || {
            let parts: Vec<&str> = view.parts.iter().map(String::as_str).collect();
            let name = parts.join("-");
            let plain = |c: char| {
                if c.is_ascii_alphanumeric() || c == '-' {
                    c
                } else {
                    '_'
                }
            };
            let name: String = name.chars().map(plain).take(80).collect();
            Some(format!("{name}{}", view.form.ending()))
        };
        Ok(match reply {
            Reply::Page { title, main } => {
                if view.form != Form::Html {
                    let told = format!("This page has no form `{}`.", view.form.ending());
                    return Err(Fault::NotThere(told));
                }
                let page = layout::page(&Frame::of(view, &title), &main);
                Made::new("text/html; charset=utf-8", page.into_string())
            }
            Reply::Gone { title, main } => {
                let page = layout::page(&Frame::of(view, &title), &main);
                Made {
                    status: StatusCode::NOT_FOUND,
                    ..Made::new("text/html; charset=utf-8", page.into_string())
                }
            }
            Reply::Rows {
                columns,
                rows,
                next,
            } => match view.form {
                Form::Csv => Made {
                    file: file(),
                    ..Made::new("text/csv; charset=utf-8", csv_of(&columns, &rows)?)
                },
                _ => {
                    let rows: Vec<Map> = rows.iter().map(|row| only(&columns, row)).collect();
                    let all = json!({ "columns": columns, "rows": rows, "next": next });
                    Made::new("application/json", format!("{all:#}\n"))
                }
            },
            Reply::Json(value) => Made::new("application/json", format!("{value:#}\n")),
            Reply::Drawing(svg) => Made {
                file: file(),
                ..Made::new("image/svg+xml", svg)
            },
            Reply::See(address) => Made {
                status: StatusCode::SEE_OTHER,
                see: Some(address),
                ..Made::new("text/plain; charset=utf-8", String::new())
            },
        })
    }

    /// The page that says why there is none.
    pub fn of_fault(site: &Site, asked: &Asked, fault: &Fault) -> Made {
        let (status, title, told) = match fault {
            Fault::NotThere(told) => (StatusCode::NOT_FOUND, "Not there", told.clone()),
            Fault::Wrong(told) => (StatusCode::BAD_REQUEST, "That cannot be", told.clone()),
            Fault::Record(error) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The record cannot be read",
                error.to_string(),
            ),
            Fault::Slow => (
                StatusCode::SERVICE_UNAVAILABLE,
                "It took too long",
                format!(
                    "The record did not answer within {} seconds. Ask for less: name an actor, \
                     an outlet or a span of time.",
                    site.options.patience.as_secs()
                ),
            ),
            Fault::Broken(what) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something broke",
                format!("This is a fault of onrecord: {what}"),
            ),
        };
        if asked.form != Form::Html {
            let value = json!({ "error": told });
            return Made {
                status,
                ..Made::new("application/json", format!("{value:#}\n"))
            };
        }
        let main = html! {
            h1 { (title) }
            p.told { (shown::text(&told)) }
            p { a href="/" { "To the start" } " · " a href="/search" { "To the search" } }
        };
        let frame = Frame {
            site,
            title,
            screen: asked.parts.first().map_or("", String::as_str),
            words: asked.params.get("q").unwrap_or_default(),
            write: asked.write,
        };
        Made {
            status,
            ..Made::new(
                "text/html; charset=utf-8",
                layout::page(&frame, &main).into_string(),
            )
        }
    }
}

impl IntoResponse for Made {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
        if self.kind == "image/svg+xml" {
            let policy = HeaderValue::from_static(POLICY_OF_DRAWINGS);
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        let named = self
            .file
            .map(|name| format!("attachment; filename=\"{name}\""));
        for (header, value) in [(CONTENT_DISPOSITION, named), (LOCATION, self.see)] {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
                headers.insert(header, value);
            }
        }
        response
    }
}

fn only(columns: &[String], row: &Map) -> Map {
    let value = |name: &String| row.get(name).cloned().unwrap_or(Value::Null);
    columns
        .iter()
        .map(|name| (name.clone(), value(name)))
        .collect()
}

/// Rows as CSV after RFC 4180. Like exports, it puts an apostrophe before what a spreadsheet
/// would run as a formula.
fn csv_of(columns: &[String], rows: &[Map]) -> Result<String, Fault> {
    let broken = |error: String| Fault::Broken(error);
    let mut out = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    out.write_record(columns)
        .map_err(|e| broken(e.to_string()))?;
    for row in rows {
        let cells = columns.iter().map(|name| match row.get(name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
                format!("'{text}")
            }
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        });
        out.write_record(cells).map_err(|e| broken(e.to_string()))?;
    }
    let bytes = out.into_inner().map_err(|e| broken(e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| broken(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_runs_nothing() {
        let row = json!({ "a": "=1+1", "b": ["x\"y"], "c": null, "d": -2 });
        let rows = [row.as_object().cloned().unwrap_or_default()];
        let columns = ["a", "b", "c", "d"].map(str::to_owned);
        let csv = csv_of(&columns, &rows).ok();
        assert_eq!(
            csv.as_deref(),
            Some("a,b,c,d\r\n'=1+1,\"[\"\"x\\\"\"y\"\"]\",,-2\r\n")
        );
    }
}
