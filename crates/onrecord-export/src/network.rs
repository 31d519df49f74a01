//! The record as a network: actors and issues, and what goes on between them.

use std::collections::BTreeSet;

use onrecord_model::PartialDate;
use onrecord_record::{Filter, Map};

use crate::source::Source;
use crate::written::Written;
use crate::{ExportError, row};

/// The tables a network is made of.
pub(crate) const TAKES: &[&str] = &["actors", "relations", "statements", "events", "positions"];

/// An actor, or an issue on which actors have positions.
#[derive(Debug)]
pub(crate) struct Node {
    pub id: String,
    pub label: String,
    /// Name and value, in the order of [`NODE_FIELDS`]; what is missing is left out.
    pub fields: Vec<(&'static str, String)>,
}

/// Something that goes on from one node to another.
#[derive(Debug)]
pub(crate) struct Edge {
    /// The row's id; with the numbers of the pair where an event has several.
    pub id: String,
    pub from: String,
    pub to: String,
    pub date: Option<PartialDate>,
    /// Name and value, in the order of [`EDGE_FIELDS`]; what is missing is left out.
    pub fields: Vec<(&'static str, String)>,
}

/// Name and type (`string`, `double`, `boolean`) of what a node can have.
pub(crate) const NODE_FIELDS: &[(&str, &str)] = &[
    ("class", "string"),
    ("kind", "string"),
    ("country", "string"),
    ("sectors", "string"),
    ("named", "boolean"),
    ("wikidata", "string"),
];

/// The same of an edge.
pub(crate) const EDGE_FIELDS: &[(&str, &str)] = &[
    ("row_id", "string"),
    ("class", "string"),
    ("type", "string"),
    ("mode", "string"),
    ("status", "string"),
    ("stance", "string"),
    ("intensity", "double"),
    ("confidence", "double"),
    ("date", "string"),
    ("date_precision", "string"),
    ("publisher", "string"),
    ("published", "string"),
    ("sentence_id", "string"),
    ("sentence", "string"),
];

/// Gives all nodes: the actors, then the issues. Formats of networks want them before the
/// edges.
pub(crate) fn nodes(
    source: &Source<'_>,
    written: &mut Written,
    mut take: impl FnMut(Node) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    source.each("actors", &Filter::default(), |actor| {
        let mut fields = vec![("class", "actor".to_owned())];
        for name in ["kind", "country"] {
            fields.extend(row::text(&actor, name).map(|text| (name, text.to_owned())));
        }
        let sectors = row::list(&actor, "sectors").join(" ");
        fields.extend((!sectors.is_empty()).then_some(("sectors", sectors)));
        let named = actor.get("named").and_then(serde_json::Value::as_bool);
        fields.extend(named.map(|named| ("named", named.to_string())));
        fields.extend(row::text(&actor, "wikidata").map(|id| ("wikidata", id.to_owned())));
        written.row("actors");
        take(Node {
            id: row::word(&actor, "actor_id").to_owned(),
            label: row::word(&actor, "name").to_owned(),
            fields,
        })
    })?;
    for issue in issues(source)? {
        take(Node {
            id: issue_id(&issue),
            fields: vec![("class", "issue".to_owned())],
            label: issue,
        })?;
    }
    Ok(())
}

/// The issues, which are as many as there are issue files in the lexicon.
fn issues(source: &Source<'_>) -> Result<BTreeSet<String>, ExportError> {
    let mut issues = BTreeSet::new();
    if source.wants("positions") {
        source.each("positions", &Filter::default(), |position| {
            issues.insert(row::word(&position, "issue").to_owned());
            Ok(())
        })?;
    }
    Ok(issues)
}

fn issue_id(issue: &str) -> String {
    format!("issue:{issue}")
}

/// Gives all edges, table by table: relations, statements from speaker to addressee, events
/// from actor to recipient, positions from actor to issue.
pub(crate) fn edges(
    source: &Source<'_>,
    written: &mut Written,
    mut take: impl FnMut(Edge) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    for table in ["relations", "statements", "events", "positions"] {
        if !source.wants(table) {
            continue;
        }
        source.each(table, &Filter::default(), |row| {
            let pairs = pairs(table, &row);
            if pairs.is_empty() {
                written.left_out(match table {
                    "statements" => "statements without a known speaker and addressee",
                    _ => "events without a known actor and recipient",
                });
                return Ok(());
            }
            written.row(table);
            let date = row::date(&row, "date");
            if date.is_none() {
                written.left_out(match table {
                    "relations" => "dates of relations, which are undated",
                    "statements" => "dates of statements, which are undated",
                    "events" => "dates of events, which are undated",
                    _ => "dates of positions, which are undated",
                });
            }
            let fields = fields(source, table, &row)?;
            let id = id(&row);
            for (at, (from, to)) in pairs.iter().enumerate() {
                let several = pairs.len() > 1;
                take(Edge {
                    id: if several {
                        format!("{id}.{}", at + 1)
                    } else {
                        id.clone()
                    },
                    from: from.clone(),
                    to: to.clone(),
                    date,
                    fields: fields.clone(),
                })?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn id(row: &Map) -> String {
    let first = row.values().next().and_then(serde_json::Value::as_str);
    first.unwrap_or_default().to_owned()
}

fn pairs(table: &str, row: &Map) -> Vec<(String, String)> {
    let lists = |from: Vec<&str>, to: Vec<&str>| {
        let mut pairs = Vec::new();
        for from in &from {
            for to in &to {
                pairs.push(((*from).to_owned(), (*to).to_owned()));
            }
        }
        pairs
    };
    let one = |column: &str| row::text(row, column).into_iter().collect::<Vec<_>>();
    match table {
        "relations" => lists(one("subject_id"), one("object_id")),
        "statements" => lists(one("speaker_id"), one("addressee_id")),
        "events" => lists(row::list(row, "actor_ids"), row::list(row, "recipient_ids")),
        _ => {
            let issue = issue_id(row::word(row, "issue"));
            lists(one("actor_id"), vec![&issue])
        }
    }
}

fn fields(
    source: &Source<'_>,
    table: &'static str,
    row: &Map,
) -> Result<Vec<(&'static str, String)>, ExportError> {
    let sentence_id = match table {
        "statements" => row::list(row, "sentence_ids").first().copied(),
        _ => row::text(row, "sentence_id"),
    };
    let sentence = match sentence_id {
        Some(id) => source.one("sentences", id)?,
        None => None,
    };
    let article = match &sentence {
        Some(sentence) => source.named("articles", sentence, "article_id")?,
        None => None,
    };
    let text = |column: &str| row::text(row, column).map(str::to_owned);
    let number = |column: &str| row::real(row, column).map(|n| n.to_string());
    let of_article = |column: &str| {
        let article = article.as_deref()?;
        row::text(article, column).map(str::to_owned)
    };
    let (class, kind) = match table {
        "relations" => ("relation", text("predicate")),
        "statements" => ("statement", text("kind")),
        "events" => ("event", text("event_type")),
        _ => ("position", text("stance")),
    };
    let all = [
        ("row_id", Some(id(row))),
        ("class", Some(class.to_owned())),
        ("type", kind),
        ("mode", text("mode")),
        ("status", text("status")),
        ("stance", text("stance")),
        ("intensity", number("intensity")),
        ("confidence", number("confidence")),
        ("date", text("date")),
        ("date_precision", text("date_precision")),
        ("publisher", of_article("publisher")),
        ("published", of_article("published")),
        ("sentence_id", sentence_id.map(str::to_owned)),
        (
            "sentence",
            sentence
                .as_deref()
                .and_then(|s| row::text(s, "text"))
                .map(str::to_owned),
        ),
    ];
    let there = all
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    Ok(there.collect())
}

/// Text as it may stand in XML 1.0: the characters it forbids become U+FFFD.
pub(crate) fn xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // A reader turns these into spaces or line feeds unless they are written so.
            '\t' | '\n' | '\r' => safe.push_str(&format!("&#{};", u32::from(c))),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

/// Text as it may stand in an XML comment.
pub(crate) fn comment(text: &str) -> String {
    let plain = xml(text);
    plain.replace("--", "- -").replace("--", "- -")
}
