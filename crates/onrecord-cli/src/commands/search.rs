//! `onrecord search`: sentences and titles, or the rows that rest on them.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord_record::{COMPARED, Found, Hit, Map, OF_SENTENCES, Record, Spelling, table_named};
use serde_json::{Value, json};

use super::filters::Filters;
use super::{RecordPath, list, tell};
use crate::exit::{Exit, usage};
use crate::output::{self, Format, FormatOption, Grid, in_bold, in_stars};
use crate::people::{one_line, short};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord search 'convoy -\"aid convoy\"' pages.db
  onrecord search '\"by force\"' pages.db --actor Oskel --since 2018 --context 1
  onrecord search 'troops OR bases' pages.db --table positions --stance oppose
  onrecord search \"Ulush Brigades\" pages.db --newest --format jsonl

WORDS: all of them, `\"a phrase\"`, `begin*`, `-without`, and `OR` between two sides. The name of
an actor finds its other names too; the note on standard error says which.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Search {
    /// What to look for: all words, `"a phrase"`, `begin*`, `-without`, `OR`
    words: String,
    #[command(flatten)]
    record: RecordPath,
    /// Rows of this table that rest on the sentences found, in place of the sentences
    #[arg(long, value_name = "TABLE", value_parser = PossibleValuesParser::new(OF_SENTENCES))]
    table: Option<String>,
    #[command(flatten)]
    filters: Filters,
    /// The words only, not the other names of the actors they name
    #[arg(long)]
    exact: bool,
    /// The newest first, in place of the best
    #[arg(long)]
    newest: bool,
    /// So many sentences before and after each
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "table")]
    context: u32,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u64,
    /// Print only how many there are
    #[arg(long)]
    count: bool,
    #[command(flatten)]
    format: FormatOption,
}

/// Writes what was found.
pub fn run(args: &Search) -> Result<Exit> {
    let record = args.record.open()?;
    let state = record.snapshot()?;
    let searched = args.table.as_deref().unwrap_or("sentences");
    let Some(table) = table_named(searched) else {
        return Err(usage(format!("no table `{searched}`")));
    };
    let filter = args
        .filters
        .of(table, &record)
        .map_err(|error| match args.table {
            None => error.context("sentences are searched; --table searches rows"),
            Some(_) => error,
        })?;
    let Some(filter) = filter else {
        return Ok(Exit::Nothing);
    };
    if args.table.is_none() && filter.reviewed.is_some() {
        return Err(usage(
            "sentences are not reviewed, rows are: name them with --table",
        ));
    }
    let search = onrecord_record::Search {
        words: args.words.clone(),
        exact: args.exact,
        newest: args.newest,
        filter,
        limit: Some(args.limit),
    };
    let exit = if args.count {
        let found = record.search_count(args.table.as_deref(), &search)?;
        note(&found.spellings);
        let mut out = output::out();
        writeln!(out, "{}", found.all)?;
        out.flush()?;
        if found.all > 0 {
            Exit::Well
        } else {
            Exit::Nothing
        }
    } else if args.table.is_some() {
        let found = record.search_rows(table.name, &search)?;
        args.tell(&found, found.all.len());
        list::write(&record, table, &found.all, args.format.get())?
    } else {
        let found = record.search(&search)?;
        args.tell(&found, found.all.len());
        args.write(&record, &found.all)?
    };
    drop(state);
    Ok(exit)
}

/// Says which names are looked for besides those typed.
fn note(spellings: &[Spelling]) {
    for spelling in spellings {
        let typed = &spelling.typed;
        let names = |names: &mut dyn Iterator<Item = &String>| {
            let quoted: Vec<String> = names.map(|name| format!("“{}”", one_line(name))).collect();
            quoted.join(", ")
        };
        tell(&match spelling.actors.as_slice() {
            [(id, name)] => format!(
                "onrecord: “{typed}” is {name} ({}): found as {} too; --exact keeps to the words\n",
                short(id),
                names(&mut spelling.also.iter())
            ),
            several => format!(
                "onrecord: “{typed}” may be any of {}: found as typed only; --actor chooses one\n",
                names(&mut several.iter().map(|(_, name)| name))
            ),
        });
    }
}

impl Search {
    /// Says what the result alone does not.
    fn tell<T>(&self, found: &Found<T>, count: usize) {
        note(&found.spellings);
        if found.too_many {
            tell(&format!(
                "onrecord: more than {COMPARED} texts hold the words: the newest come first\n"
            ));
        }
        if count as u64 >= self.limit {
            tell(&format!(
                "onrecord: the first {count}; --limit gives more, --count their number\n"
            ));
        }
    }

    fn write(&self, record: &Record, hits: &[Hit]) -> Result<Exit> {
        let format = self.format.get();
        let mut out = output::out();
        let around = |hit: &Hit| match (self.context, hit.n) {
            (0, _) => Ok(Default::default()),
            (lines, n) => record.around(&hit.article_id, n.unwrap_or(-1), lines),
        };
        match format {
            Format::Table => {
                for (n, hit) in hits.iter().enumerate() {
                    if n > 0 {
                        writeln!(out)?;
                    }
                    write_hit(&mut out, hit, around(hit)?)?;
                }
            }
            Format::Md => {
                let heads = [
                    "sentence", "date", "outlet", "title", "before", "text", "after",
                ];
                let mut grid = Grid::new(heads);
                for hit in hits {
                    let (before, after) = around(hit)?;
                    grid.rows.push(vec![
                        short(&hit.row_id).to_owned(),
                        hit.published.clone().unwrap_or_default(),
                        hit.publisher.clone().unwrap_or_default(),
                        hit.title.clone().unwrap_or_default(),
                        before.join(" "),
                        in_stars(&hit.text, &hit.marks),
                        after.join(" "),
                    ]);
                }
                grid.drop_empty_columns();
                if !hits.is_empty() {
                    grid.write_markdown(&mut out)?;
                }
            }
            Format::Jsonl | Format::Csv => {
                let rows = hits
                    .iter()
                    .map(|hit| Ok(self.row(hit, around(hit)?)))
                    .collect::<Result<Vec<Map>>>()?;
                let all = self.row(&Hit::default(), Default::default());
                let columns: Vec<String> = all.keys().cloned().collect();
                output::write_rows(&mut out, &columns, &rows, format)?;
            }
        }
        out.flush()?;
        if hits.is_empty() {
            tell("onrecord: nothing found\n");
            return Ok(Exit::Nothing);
        }
        Ok(Exit::Well)
    }

    /// A hit as formats for machines have it.
    fn row(&self, hit: &Hit, (before, after): (Vec<String>, Vec<String>)) -> Map {
        let mut row = json!({
            "sentence_id": hit.n.map(|_| &hit.row_id),
            "article_id": hit.article_id,
            "n": hit.n,
            "text": hit.text,
            "marks": hit.marks,
            "start": hit.start,
            "end": hit.end,
            "page_start": hit.page_start,
            "page_end": hit.page_end,
            "title": hit.title,
            "author": hit.author,
            "publisher": hit.publisher,
            "published": hit.published,
            "page_id": hit.page_id,
            "uri": hit.uri,
        });
        if self.context > 0 {
            row["before"] = Value::from(before);
            row["after"] = Value::from(after);
        }
        row.as_object().cloned().unwrap_or_default()
    }
}

/// A hit for people: where it stands, then its words between those around it.
fn write_hit(
    out: &mut impl Write,
    hit: &Hit,
    (before, after): (Vec<String>, Vec<String>),
) -> Result<()> {
    let of_article = [&hit.published, &hit.publisher, &hit.title];
    let mut head: Vec<String> = vec![short(&hit.row_id).to_owned()];
    let known = of_article.into_iter().flatten().map(|text| one_line(text));
    head.extend(known.filter(|text| hit.n.is_some() || *text != one_line(&hit.text)));
    let width = output::width();
    for line in output::wrap(&head.join("  "), width) {
        writeln!(out, "{line}")?;
    }
    let narrow = width.saturating_sub(4);
    let mut lines = Vec::new();
    lines.extend(before.iter().flat_map(|text| output::wrap(text, narrow)));
    let marks: &[(usize, usize)] = if output::bold() { &hit.marks } else { &[] };
    lines.extend(in_bold(&one_line_kept(&hit.text), marks, narrow));
    lines.extend(after.iter().flat_map(|text| output::wrap(text, narrow)));
    for line in lines {
        writeln!(out, "    {line}")?;
    }
    Ok(())
}

/// A text without line ends, as long as it was, so that places in it stay.
fn one_line_kept(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
