//! What a form sent, done and answered.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use onrecord_record::{Change, Record, Verdict, rule_of};
use serde_json::{Map, Value, json};
use tokio::task::spawn_blocking;

use crate::error::Fault;
use crate::fields;
use crate::reply::Made;
use crate::site::{Asked, MAX_BODY, Site};
use crate::write::correct;

/// Rows judged at once: those of a page that is looked at.
const AT_ONCE: usize = 50;
/// A name or reason is no longer.
const MAX_TEXT: usize = 1000;

/// The fields of a form.
struct Sent(Vec<(String, String)>);

impl Sent {
    fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, value)| value.trim())
    }

    fn needed(&self, name: &str) -> Result<String, Fault> {
        match self.get(name) {
            "" => Err(Fault::Wrong(format!("`{name}` is missing."))),
            long if long.chars().count() > MAX_TEXT => Err(Fault::Wrong(format!(
                "`{name}` is longer than {MAX_TEXT} characters."
            ))),
            value => Ok(value.to_owned()),
        }
    }
}

/// Does what a form asks for: `/correct` is the one address that writes.
pub(crate) async fn post(site: Arc<Site>, asked: Asked, request: Request) -> Response {
    let json = header(&request, ACCEPT).contains("application/json");
    if !header(&request, CONTENT_TYPE).starts_with("application/x-www-form-urlencoded") {
        return (
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Only forms are taken.\n",
        )
            .into_response();
    }
    if asked.parts != ["correct"] {
        let fault = Fault::NotThere("Nothing is written there.".to_owned());
        return Made::of_fault(&site, &asked, &fault).into_response();
    }
    let Ok(body) = to_bytes(request.into_body(), MAX_BODY).await else {
        return (StatusCode::PAYLOAD_TOO_LARGE, "The form is too large.\n").into_response();
    };
    let sent = Sent(
        form_urlencoded::parse(&body)
            .into_owned()
            .take(500)
            .collect(),
    );
    let back = back(sent.get("back"));
    let of = Arc::clone(&site);
    let done = spawn_blocking(move || {
        let why = Some(sent.get("why")).filter(|why| !why.is_empty());
        correct(&of, |record| changes(&of, record, &sent), why)
    })
    .await;
    match done.unwrap_or_else(|error| Err(Fault::Broken(error.to_string()))) {
        Err(fault) => {
            let form = if json {
                crate::view::Form::Json
            } else {
                asked.form
            };
            Made::of_fault(&site, &Asked { form, ..asked }, &fault).into_response()
        }
        Ok(ids) if json => axum_json(&json!({ "corrections": ids })),
        Ok(ids) => see(&back, ids.last().map_or("", String::as_str)),
    }
}

fn header(request: &Request, name: HeaderName) -> String {
    let value = request
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

fn axum_json(value: &Value) -> Response {
    let kind = [(CONTENT_TYPE, "application/json")];
    (kind, format!("{value}\n")).into_response()
}

/// The page that the form stood on, which shows what was done.
fn see(back: &str, done: &str) -> Response {
    let (path, query) = back.split_once('?').unwrap_or((back, ""));
    let params = crate::params::Params::read(query).with("done", done);
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("{path}{}", params.query())) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

/// An address of ours, else the review queue.
fn back(given: &str) -> String {
    let ours = given.starts_with('/')
        && !given.starts_with("//")
        && given.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let address = if ours { given } else { "/review" };
    address.split('#').next().unwrap_or_default().to_owned()
}

/// The changes that a form asks for.
fn changes(site: &Site, record: &Record, sent: &Sent) -> Result<Vec<Change>, Fault> {
    let what = sent.get("what");
    let rows: Vec<&str> = sent
        .0
        .iter()
        .filter(|(name, _)| name == "row")
        .map(|(_, id)| id.as_str())
        .collect();
    if rows.len() > AT_ONCE {
        return Err(Fault::Wrong(format!("At most {AT_ONCE} rows at once.")));
    }
    Ok(match what {
        "accept" | "reject" | "suppress" => {
            let verdict = match what {
                "accept" => Verdict::Accepted,
                "reject" => Verdict::Rejected,
                _ => Verdict::Suppressed,
            };
            if rows.is_empty() {
                return Err(Fault::Wrong("No row is named.".to_owned()));
            }
            let judge = |id: &&str| {
                let row = anchor(record, id)?;
                Ok(Change::Judge { row, verdict })
            };
            rows.iter().map(judge).collect::<Result<_, Fault>>()?
        }
        "set" => vec![set(site, record, sent)?],
        "undo" => vec![Change::Undo {
            correction: sent.needed("correction")?,
        }],
        "merge" => vec![Change::Merge {
            from: fields::actor(record, &sent.needed("actor")?)?,
            to: fields::actor(record, &sent.needed("to")?)?,
        }],
        "apart" => vec![Change::Apart {
            // One that was joined to another is no actor of the record.
            actor: sent.needed("actor")?,
            other: fields::actor(record, &sent.needed("to")?)?,
        }],
        "rename" => {
            let actor = fields::actor(record, &sent.needed("actor")?)?;
            vec![Change::Rename {
                was: record.actor_name(&actor)?,
                actor,
                name: sent.needed("name")?,
            }]
        }
        "split" => vec![Change::Split {
            actor: fields::actor(record, &sent.needed("actor")?)?,
            form: sent.needed("form")?,
            article: Some(sent.get("article").to_owned()).filter(|id| !id.is_empty()),
            name: sent.needed("name")?,
        }],
        "forget" => vec![Change::Forget {
            actor: fields::actor(record, &sent.needed("actor")?)?,
        }],
        other => return Err(Fault::Wrong(format!("There is no change `{other}`."))),
    })
}

fn anchor(record: &Record, id: &str) -> Result<onrecord_record::Anchor, Fault> {
    let gone = || Fault::NotThere(format!("No row that can be corrected has the id {id}."));
    record.anchor(id)?.ok_or_else(gone)
}

/// A cell of a row with another value.
fn set(site: &Site, record: &Record, sent: &Sent) -> Result<Change, Fault> {
    let row = anchor(record, &sent.needed("row")?)?;
    let field = sent.needed("field")?;
    let rule = rule_of(&row.table, &field).map_err(Fault::Wrong)?;
    let words = fields::ids(record, rule, sent.get("value"))?;
    let value = rule
        .read(&words)
        .map_err(|what| Fault::Wrong(format!("`{field}` {what}.")))?;
    let with = match field.as_str() {
        "event_type" | "mode" => {
            let follows = site.options.outside.follows(&row.row, &field, &value);
            follows.map_err(Fault::Wrong)?
        }
        _ => Map::new(),
    };
    Ok(Change::Set {
        row,
        field,
        value,
        with,
    })
}

#[cfg(test)]
mod tests {
    use super::back;

    #[test]
    fn one_comes_back_to_pages_of_ours_only() {
        assert_eq!(back("/row/st-1?a=b#c"), "/row/st-1?a=b");
        for other in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil",
            "/a b",
            "/\r\nx",
        ] {
            assert_eq!(back(other), "/review", "{other}");
        }
    }
}
