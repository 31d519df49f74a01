//! Runs every `cases/<room>/<name>.md`: prose, a text block, a table of the rows it must give.
//!
//! A file may hold several cases: each text block is followed by one or more tables. Lines
//! before a block may say `date: 2019-03-04` (the article's date) and `charset: ...`; a line
//! `table: NAME` before a table says which rows it lists (else those of the room). A row
//! missing or extra fails; `UPDATE=1 cargo test -p onrecord --test cases` rewrites the tables.

#![allow(clippy::disallowed_methods)] // reads its pages from disk

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::lexicon::Lexicon;
use onrecord::model::{Article, ArticleReading, MediaType, Page, PartialDate, Voice};
use onrecord::{Kit, pages};

type Row = BTreeMap<&'static str, String>;

#[test]
fn every_case_gives_its_rows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut files = Vec::new();
    collect(&root, &mut files);
    assert!(files.len() > 10, "cases are found");
    let update = std::env::var_os("UPDATE").is_some();
    let mut failures = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a readable case");
        let room = file
            .parent()
            .and_then(|p| p.file_name())
            .and_then(|n| n.to_str())
            .expect("a room");
        let (rewritten, wrong) = run(&text, room);
        if update && rewritten != text {
            fs::write(&file, rewritten).expect("a writable case");
        } else if !wrong.is_empty() {
            failures.push(format!("{}\n{}", file.display(), wrong.join("\n")));
        }
    }
    assert!(
        failures.is_empty(),
        "{} cases fail:\n\n{}",
        failures.len(),
        failures.join("\n\n")
    );
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|e| e.path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "md")
            && path.file_name().is_some_and(|n| n != "README.md")
        {
            files.push(path);
        }
    }
}

/// Runs the cases of a file: its text with the tables as they are now, and what differs.
fn run(text: &str, room: &str) -> (String, Vec<String>) {
    let mut out = String::new();
    let mut wrong = Vec::new();
    let mut lines = text.lines().peekable();
    let mut date = None;
    let mut table = room.to_owned();
    let mut block = String::new();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if let Some(value) = line.strip_prefix("date: ") {
            date = PartialDate::parse(value.trim());
        } else if let Some(value) = line.strip_prefix("table: ") {
            table = value.trim().to_owned();
        } else if line.trim() == "```text" {
            block.clear();
            table = room.to_owned();
            for inner in lines.by_ref() {
                out.push_str(inner);
                out.push('\n');
                if inner.trim() == "```" {
                    break;
                }
                block.push_str(inner);
                block.push('\n');
            }
        } else if line.starts_with('|') {
            let columns = cells(line);
            let mut expected = Vec::new();
            while lines.peek().is_some_and(|l| l.starts_with('|')) {
                let row = lines.next().unwrap_or_default();
                if !row.contains("---") {
                    expected.push(cells(row));
                }
            }
            let rows = rows(block.trim_end(), &table, date);
            let got: Vec<Vec<String>> = rows
                .iter()
                .map(|r| {
                    let cell = |c: &String| match r.get(c.as_str()) {
                        Some(value) => value.clone(),
                        None => panic!("no column `{c}` in {table}; there are {:?}", r.keys()),
                    };
                    columns.iter().map(cell).collect()
                })
                .collect();
            if got != expected {
                wrong.push(format!(
                    "expected {table}:\n{}\ngot:\n{}",
                    markdown(&columns, &expected),
                    markdown(&columns, &got)
                ));
            }
            let fresh = markdown(&columns, &got);
            out.push_str(fresh.split_once('\n').map_or("", |(_, rest)| rest));
        }
    }
    (out, wrong)
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
    let clean = |cell: &str| match cell.trim() {
        "-" | "null" | "none" => String::new(),
        other => other.trim_matches('`').to_owned(),
    };
    inner.split('|').map(clean).collect()
}

fn markdown(columns: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<&str> = cells
            .iter()
            .map(|c| if c.is_empty() { "-" } else { c })
            .collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule: Vec<String> = columns.iter().map(|_| "---".to_owned()).collect();
    let mut table = line(columns) + &line(&rule);
    for row in rows {
        table.push_str(&line(row));
    }
    table
}

fn rows(text: &str, table: &str, date: Option<PartialDate>) -> Vec<Row> {
    let kit = Kit::new(Lexicon::built_in());
    if matches!(table, "articles" | "lines" | "bodies") {
        return page_rows(text, table, kit);
    }
    let mut article = Article::new("pg-case".to_owned(), 1, text.to_owned());
    article.published = date;
    let reading = onrecord::read_article(article, kit);
    article_rows(&reading, table)
}

fn page_rows(text: &str, table: &str, kit: Kit<'_>) -> Vec<Row> {
    let page = Page {
        id: "pg-case".to_owned(),
        uri: "case".to_owned(),
        sha256: String::new(),
        media_type: MediaType::Text,
        bytes: text.len() as u64,
        encoding: "UTF-8".to_owned(),
        text: text.to_owned(),
        declared: Default::default(),
    };
    let found = pages::articles(&page, &Default::default(), kit.lexicon);
    match table {
        "lines" => found
            .lines
            .iter()
            .filter(|l| l.role.name() != "blank")
            .map(|l| {
                row([
                    ("line", l.n.to_string()),
                    ("role", l.role.name().to_owned()),
                    ("article", text_of(l.article)),
                ])
            })
            .collect(),
        "bodies" => found
            .articles
            .iter()
            .flat_map(|a| {
                a.text.split("\n\n").map(move |p| {
                    row([
                        ("article", a.n.to_string()),
                        ("paragraph", p.replace("\r\n", " ⏎ ").replace('\n', " ⏎ ")),
                    ])
                })
            })
            .collect(),
        _ => found
            .articles
            .into_iter()
            .map(|a| {
                row([
                    ("n", a.n.to_string()),
                    ("title", text_of(a.title)),
                    ("author", text_of(a.author)),
                    ("publisher", text_of(a.publisher)),
                    ("published", text_of(a.published)),
                    (
                        "published_precision",
                        text_of(a.published.map(|d| d.precision().name())),
                    ),
                    (
                        "published_from",
                        text_of(a.published_from.map(|d| d.name())),
                    ),
                    ("dated_within", text_of(a.dated_within)),
                    ("not_before", text_of(a.not_before)),
                    ("repeats", a.repeats.to_string()),
                    ("paragraphs", a.text.split("\n\n").count().to_string()),
                ])
            })
            .collect(),
    }
}

fn text_of<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

fn row<const N: usize>(cells: [(&'static str, String); N]) -> Row {
    cells.into_iter().collect()
}

fn article_rows(r: &ArticleReading, table: &str) -> Vec<Row> {
    let name = |id: &String| r.actor(id).map_or_else(|| id.clone(), |a| a.name.clone());
    let names = |ids: &[String]| ids.iter().map(name).collect::<Vec<_>>().join("; ");
    let words = |span| r.words(span).to_owned();
    let all = |spans: &[onrecord::model::Span]| {
        spans
            .iter()
            .map(|s| r.words(*s))
            .collect::<Vec<_>>()
            .join(" / ")
    };
    let sentence = |n: usize| r.words(r.sentences[n].span).to_owned();
    match table {
        "sentences" => r
            .sentences
            .iter()
            .map(|s| row([("text", words(s.span))]))
            .collect(),
        "quotations" => r
            .quotations
            .iter()
            .map(|q| {
                row([
                    ("inner", words(q.inner)),
                    ("opened", q.opened.to_string()),
                    ("closed", q.closed.to_string()),
                    ("nested", q.nested.to_string()),
                ])
            })
            .collect(),
        "mentions" => r
            .mentions
            .iter()
            .map(|m| {
                row([
                    ("text", words(m.span)),
                    ("kind", m.kind.name().to_owned()),
                    ("actor", m.actor.as_ref().map(name).unwrap_or_default()),
                    ("made_by", m.made_by.clone()),
                ])
            })
            .collect(),
        "actors" => r
            .actors
            .iter()
            .map(|a| {
                row([
                    ("name", a.name.clone()),
                    ("kind", a.kind.name().to_owned()),
                    ("country", text_of(a.country.clone())),
                    ("sectors", a.sectors.join("; ")),
                    ("aliases", a.aliases.join("; ")),
                ])
            })
            .collect(),
        "relations" => r
            .relations
            .iter()
            .map(|x| {
                row([
                    ("subject", name(&x.subject)),
                    ("predicate", x.predicate.name().to_owned()),
                    ("object", name(&x.object)),
                ])
            })
            .collect(),
        "dates" => r
            .dates
            .iter()
            .map(|d| {
                row([
                    ("text", words(d.span)),
                    ("date", d.date.to_string()),
                    ("anchor", d.anchor.clone()),
                ])
            })
            .collect(),
        "places" => r
            .place_mentions
            .iter()
            .map(|m| {
                let place = r.places.iter().find(|p| p.id == m.place);
                row([
                    ("text", words(m.span)),
                    ("name", text_of(place.map(|p| p.name.clone()))),
                    ("country", text_of(place.and_then(|p| p.country.clone()))),
                    ("kind", text_of(place.map(|p| p.kind.clone()))),
                ])
            })
            .collect(),
        "statements" => r
            .statements
            .iter()
            .map(|s| {
                row([
                    ("speaker", s.speaker.as_ref().map(name).unwrap_or_default()),
                    ("speaker_text", text_of(s.speaker_span.map(words))),
                    ("cue", text_of(s.cue.map(words))),
                    ("content", all(&s.content)),
                    ("kind", s.kind.name().to_owned()),
                    (
                        "addressee",
                        s.addressee.as_ref().map(name).unwrap_or_default(),
                    ),
                    ("via", names(&s.via)),
                    ("negated", s.negated.to_string()),
                    ("source_kind", s.source_kind.name().to_owned()),
                    ("nested", s.nested_in.is_some().to_string()),
                    ("date", text_of(s.date)),
                    ("made_by", s.made_by.clone()),
                ])
            })
            .collect(),
        "events" => r
            .events
            .iter()
            .map(|e| {
                let place = e
                    .place
                    .as_ref()
                    .and_then(|p| r.places.iter().find(|q| q.id == *p));
                row([
                    ("event_type", e.event_type.name().to_owned()),
                    ("mode", text_of(e.mode.clone())),
                    ("actors", names(&e.actors)),
                    ("recipients", names(&e.recipients)),
                    ("trigger", words(e.trigger)),
                    ("status", e.status.name().to_owned()),
                    ("place", text_of(place.map(|p| p.name.clone()))),
                    ("date", text_of(e.date)),
                    (
                        "attributed_to",
                        e.attributed_to.as_ref().map(name).unwrap_or_default(),
                    ),
                    ("made_by", e.made_by.clone()),
                ])
            })
            .collect(),
        "positions" => r
            .positions
            .iter()
            .map(|p| {
                row([
                    ("actor", name(&p.actor)),
                    ("stance", p.stance.name().to_owned()),
                    ("issue", p.issue.clone()),
                    ("scope", text_of(p.scope.clone())),
                    (
                        "according_to",
                        p.according_to.as_ref().map(name).unwrap_or_default(),
                    ),
                    ("date", text_of(p.date)),
                    ("sentence", sentence(p.sentence)),
                ])
            })
            .collect(),
        "outlooks" => r
            .outlooks
            .iter()
            .map(|o| {
                row([
                    ("actor", name(&o.actor)),
                    ("type", o.outlook_type.name().to_owned()),
                    ("content", words(o.content)),
                    ("horizon", text_of(o.horizon.map(words))),
                    ("made", text_of(o.made)),
                ])
            })
            .collect(),
        "framings" => r
            .framings
            .iter()
            .map(|f| {
                let voice = match &f.voice {
                    Voice::Narrator => "narrator".to_owned(),
                    Voice::Actor(id) => name(id),
                };
                row([
                    ("actor", name(&f.actor)),
                    ("label", words(f.label)),
                    ("voice", voice),
                    ("tone", f.tone.name().to_owned()),
                ])
            })
            .collect(),
        other => panic!("no table `{other}` in cases"),
    }
}
