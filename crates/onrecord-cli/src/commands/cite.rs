//! `onrecord cite`: the sentences a row rests on.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use onrecord_export::references;
use onrecord_record::{Citation, Map};
use serde_json::{Value, json};

use super::{RecordPath, tell};
use crate::exit::Exit;
use crate::output;
use crate::raw::RawPages;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord cite st-3f2a91b04c pages.db
  onrecord cite ev-77 pages.db --format md
  onrecord cite ev-77 pages.db --format bibtex >> sources.bib

The beginning of an id is enough where only one id begins so.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Cite {
    /// The row: its id or the beginning of it
    id: String,
    #[command(flatten)]
    record: RecordPath,
    /// How to write it
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "plain")]
    format: Style,
    /// A folder in which the raw pages may lie
    #[arg(long, value_name = "DIR")]
    pages: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Style {
    /// Text for people
    Plain,
    /// A block quotation with its source, in Markdown
    Md,
    /// One JSON object a sentence
    Jsonl,
    /// BibTeX entries of the articles, with the sentences as notes
    Bibtex,
    /// A CSL-JSON array of the articles, with the sentences as notes
    CslJson,
    /// Entries of a bibliography after the Chicago Manual of Style
    Chicago,
}

/// Writes the sentences with all that is needed to find them.
pub fn run(args: &Cite) -> Result<Exit> {
    let record = args.record.open()?;
    let Some((table, row)) = record.row(&args.id)? else {
        tell(&format!("onrecord: no row has the id `{}`\n", args.id));
        return Ok(Exit::Nothing);
    };
    let citations = record.citation(&args.id)?;
    if let Some(references) = args.format.references(&citations) {
        let mut out = output::out();
        out.write_all(references.as_bytes())?;
        out.flush()?;
        return Ok(told_if_none(&table, &args.id, &citations));
    }
    let id = row
        .values()
        .next()
        .and_then(Value::as_str)
        .unwrap_or(&args.id)
        .to_owned();
    let mut pages = Pages {
        raw: RawPages::of(args.record.path(), args.pages.as_deref()),
        known: BTreeMap::new(),
    };
    let mut out = output::out();
    for (n, citation) in citations.iter().enumerate() {
        let line = pages.line_of(citation);
        match args.format {
            Style::Plain => {
                if n > 0 {
                    writeln!(out)?;
                }
                write_plain(&mut out, citation, line)?;
            }
            Style::Md => write_markdown(&mut out, citation, line)?,
            Style::Jsonl => {
                let value = to_json(&table, &id, &row, citation, line);
                writeln!(out, "{value}")?;
            }
            // Written above, an entry an article.
            Style::Bibtex | Style::CslJson | Style::Chicago => {}
        }
    }
    if args.format != Style::Jsonl && !citations.is_empty() {
        if args.format == Style::Plain {
            writeln!(out)?;
        }
        writeln!(out, "Row {id} of {table}{}", made_by(&row))?;
    }
    out.flush()?;
    Ok(told_if_none(&table, &id, &citations))
}

fn told_if_none(table: &str, id: &str, citations: &[Citation]) -> Exit {
    if citations.is_empty() {
        tell(&format!("onrecord: {id} of {table} rests on no sentence\n"));
        return Exit::Nothing;
    }
    Exit::Well
}

impl Style {
    /// The articles as bibliographies have them, in formats for these.
    fn references(self, citations: &[Citation]) -> Option<String> {
        let sources = references::sources(citations);
        let entries = |entry: fn(&references::Source<'_>) -> String| -> Vec<String> {
            sources.iter().map(entry).collect()
        };
        match self {
            Style::Plain | Style::Md | Style::Jsonl => None,
            Style::Bibtex => Some(entries(references::bibtex).join("\n")),
            Style::Chicago => {
                let entries = entries(references::chicago);
                Some(entries.iter().map(|entry| format!("{entry}\n")).collect())
            }
            Style::CslJson => {
                let items: Vec<Value> = sources.iter().map(references::csl).collect();
                Some(format!("{:#}\n", Value::from(items)))
            }
        }
    }
}

/// How a row was made, as far as its table tells.
fn made_by(row: &Map) -> String {
    match (
        row.get("made_by").and_then(Value::as_str),
        row.get("confidence").and_then(Value::as_f64),
    ) {
        (Some(made_by), Some(sure)) => format!(", made by {made_by}, confidence {sure:.2}"),
        (Some(made_by), None) => format!(", made by {made_by}"),
        _ => String::new(),
    }
}

fn write_plain(out: &mut impl Write, citation: &Citation, line: Line) -> Result<()> {
    for text in output::wrap(&citation.text, output::width().saturating_sub(4)) {
        writeln!(out, "    {text}")?;
    }
    writeln!(out)?;
    let print = |out: &mut dyn Write, head: &str, value: Option<&str>| -> std::io::Result<()> {
        writeln!(
            out,
            "{head:<9} {}",
            value.unwrap_or("not printed on the page")
        )
    };
    print(out, "outlet", citation.publisher.as_deref())?;
    print(out, "author", citation.author.as_deref())?;
    print(out, "title", citation.title.as_deref())?;
    print(out, "date", citation.published.as_deref())?;
    print(out, "page", Some(&citation.uri))?;
    print(out, "place", Some(&place(citation, line)))?;
    print(out, "sha256", Some(&citation.sha256))?;
    print(out, "sentence", Some(&citation.sentence_id))?;
    Ok(())
}

fn write_markdown(out: &mut impl Write, citation: &Citation, line: Line) -> Result<()> {
    writeln!(
        out,
        "> {}\n",
        citation
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    )?;
    let known = [&citation.publisher, &citation.author, &citation.published];
    let mut source: Vec<String> = known.into_iter().flatten().cloned().collect();
    if let Some(title) = &citation.title {
        source.insert(source.len().min(2), format!("*{title}*"));
    }
    source.push(format!("`{}`, {}", citation.uri, place(citation, line)));
    writeln!(out, "{} (`{}`)\n", source.join(", "), citation.sentence_id)?;
    Ok(())
}

fn to_json(table: &str, id: &str, row: &Map, citation: &Citation, line: Line) -> Value {
    json!({
        "row_id": id,
        "table": table,
        "made_by": row.get("made_by"),
        "confidence": row.get("confidence"),
        "sentence_id": citation.sentence_id,
        "text": citation.text,
        "outlet": citation.publisher,
        "author": citation.author,
        "title": citation.title,
        "published": citation.published,
        "article_id": citation.article_id,
        "n": citation.n,
        "start": citation.start,
        "end": citation.end,
        "page_id": citation.page_id,
        "uri": citation.uri,
        "sha256": citation.sha256,
        "page_start": citation.page_start,
        "page_end": citation.page_end,
        "line": match line { Line::At(line) => Some(line), _ => None },
    })
}

/// Where on its page a sentence stands.
fn place(citation: &Citation, line: Line) -> String {
    let Some((start, end)) = citation.page_start.zip(citation.page_end) else {
        return format!(
            "characters {} to {} of the article's text (tags lie between them on the page)",
            citation.start, citation.end
        );
    };
    match line {
        Line::At(line) => format!("line {line}, characters {start} to {end}"),
        Line::Changed => {
            format!("characters {start} to {end} of the page as it was read; it has changed since")
        }
        Line::Unknown => format!("characters {start} to {end}"),
    }
}

/// The line on which a sentence begins.
#[derive(Clone, Copy, Debug)]
enum Line {
    At(usize),
    /// The page is not what was read.
    Changed,
    /// The page cannot be found, or has no lines.
    Unknown,
}

/// Raw pages, each looked up once.
struct Pages {
    raw: RawPages,
    known: BTreeMap<String, Found>,
}

enum Found {
    /// Code points of the page before each line end.
    Lines(Vec<i64>),
    Changed,
    Nothing,
}

impl Pages {
    fn line_of(&mut self, citation: &Citation) -> Line {
        let Some(start) = citation.page_start else {
            return Line::Unknown;
        };
        if !self.known.contains_key(&citation.page_id) {
            let found = self.look(citation);
            self.known.insert(citation.page_id.clone(), found);
        }
        match self.known.get(&citation.page_id) {
            Some(Found::Lines(ends)) => Line::At(ends.partition_point(|end| *end < start) + 1),
            Some(Found::Changed) => Line::Changed,
            _ => Line::Unknown,
        }
    }

    fn look(&mut self, citation: &Citation) -> Found {
        let Some(Ok(raw)) = self.raw.read(&citation.uri) else {
            return Found::Nothing;
        };
        if raw.sha256 != citation.sha256 {
            return Found::Changed;
        }
        let Ok((page, _)) = onrecord_pages::decode(&raw) else {
            return Found::Nothing;
        };
        let ends = page.text.chars().enumerate().filter(|(_, c)| *c == '\n');
        Found::Lines(ends.filter_map(|(n, _)| i64::try_from(n).ok()).collect())
    }
}
