//! `onrecord issues`: try an issue file on a record, find issues in one.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use onrecord::Kit;
use onrecord::positions::{sightings, takings};
use onrecord_lexicon::{Lexicon, Toward};
use onrecord_model::{Article, ArticleReading, PartialDate, Position};
use onrecord_record::{Filter, Map, Record};
use serde_json::json;

use super::{RecordPath, tell};
use crate::examples;
use crate::exit::Exit;
use crate::output::{self, Format, FormatOption, Grid};
use crate::people::{one_line, text};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord issues try dam.toml pages.db
  onrecord issues try dam.toml pages.db --left
  onrecord issues suggest pages.db --limit 10

`try` reads the articles of the record once more with the file over the built-in issues; the
record stays as it is. To keep the rows, put the file into a folder issues/ and give its parent
to `onrecord read --lexicon`.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Issues {
    #[command(subcommand)]
    task: Task,
}

/// The table of tasks.
#[derive(Debug, Subcommand)]
enum Task {
    /// Show what an issue file would take on the pages of a record, and why
    #[command(after_help = EXAMPLES)]
    Try {
        /// The issue file (TOML), its name without the ending being the issue's id
        file: PathBuf,
        #[command(flatten)]
        record: RecordPath,
        /// Also list the sentences that name the thing and show no stand
        #[arg(long)]
        left: bool,
        #[command(flatten)]
        format: FormatOption,
    },
    /// Propose issues: what several actors of a record are for or against
    ///
    /// Things that an issue of the lexicon covers already are left out.
    #[command(after_help = EXAMPLES)]
    Suggest {
        #[command(flatten)]
        record: RecordPath,
        /// At most so many proposals
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
        #[command(flatten)]
        format: FormatOption,
    },
}

/// Writes what was found.
pub fn run(args: &Issues) -> Result<Exit> {
    match &args.task {
        Task::Try {
            file,
            record,
            left,
            format,
        } => {
            let lexicon = Lexicon::with_issue(file)?;
            let id = file.file_stem().unwrap_or_default().to_string_lossy();
            try_issue(&id, &lexicon, &record.open()?, *left, format.get())
        }
        Task::Suggest {
            record,
            limit,
            format,
        } => suggest(&record.open()?, *limit, format.get()),
    }
}

/// Each article of a record, read again with a lexicon.
fn each_article(
    record: &Record,
    lexicon: &Lexicon,
    mut take: impl FnMut(&Map, ArticleReading),
) -> Result<()> {
    let kit = Kit::new(lexicon);
    record.for_each("articles", &Filter::default(), None, |row| -> Result<()> {
        let page = text(&row, "page_id").to_owned();
        let mut article = Article::new(page, 1, text(&row, "text").to_owned());
        article.published = PartialDate::parse(text(&row, "published"));
        let title = text(&row, "title");
        article.title = (!title.is_empty()).then(|| title.to_owned());
        take(&row, onrecord::read_article(article, kit));
        Ok(())
    })?;
    Ok(())
}

fn try_issue(
    id: &str,
    lexicon: &Lexicon,
    record: &Record,
    left: bool,
    format: Format,
) -> Result<Exit> {
    let mut lines: Vec<Map> = Vec::new();
    let mut without = 0;
    each_article(record, lexicon, |row, reading| {
        let seen = sightings(&reading, lexicon, id);
        let ids: BTreeSet<&str> = seen.iter().map(|s| s.2.as_str()).collect();
        let of_issue = |p: &&Position| ids.contains(p.issue.as_str());
        let mut taken = BTreeSet::new();
        for position in reading.positions.iter().filter(of_issue) {
            taken.insert(position.sentence);
            lines.push(line(
                row,
                &reading,
                Some(position),
                position.sentence,
                &seen,
            ));
        }
        let mut others: BTreeSet<usize> = seen.iter().map(|s| s.0).collect();
        others.retain(|n| !taken.contains(n));
        without += others.len();
        if left {
            lines.extend(
                others
                    .into_iter()
                    .map(|n| line(row, &reading, None, n, &seen)),
            );
        }
    })?;
    let outcome = examples::issues(lexicon, id);
    for wrong in &outcome.wrong {
        tell(&format!("onrecord: {id}: {}: {}\n", wrong.text, wrong.what));
    }
    let taken = lines
        .iter()
        .filter(|l| !text(l, "stance").is_empty())
        .count();
    tell(&format!(
        "onrecord: {taken} positions; {without} more sentences name the thing without a stand; \
         {} of {} examples of the file go wrong\n",
        outcome.wrong.len(),
        outcome.run
    ));
    if lines.is_empty() {
        return Ok(Exit::Nothing);
    }
    let heads = [
        "date", "actor", "stance", "scope", "outlet", "thing", "rule", "sentence",
    ];
    write(&heads, &lines, format)?;
    Ok(Exit::Well)
}

fn line(
    row: &Map,
    reading: &ArticleReading,
    position: Option<&Position>,
    sentence: usize,
    seen: &[(usize, onrecord_model::Span, String)],
) -> Map {
    let things: Vec<&str> = seen
        .iter()
        .filter(|s| s.0 == sentence)
        .map(|s| reading.words(s.1))
        .collect();
    let actor = position.and_then(|p| reading.actor(&p.actor));
    let line = json!({
        "issue": position.map(|p| &p.issue),
        "date": position.and_then(|p| p.date).map(|d| d.to_string()),
        "actor": actor.map(|a| &a.name),
        "stance": position.map(|p| p.stance.name()),
        "scope": position.and_then(|p| p.scope.as_ref()),
        "outlet": text(row, "publisher"),
        "thing": things.join("; "),
        "rule": position.map(|p| &p.made_by),
        "sentence": one_line(reading.words(reading.sentences[sentence].span)),
        "article_id": text(row, "article_id"),
    });
    line.as_object().cloned().unwrap_or_default()
}

fn suggest(record: &Record, limit: usize, format: Format) -> Result<Exit> {
    let lexicon = Lexicon::built_in();
    #[derive(Default)]
    struct Thing {
        actors: BTreeSet<String>,
        for_it: usize,
        against: usize,
        articles: BTreeSet<String>,
        sentence: String,
    }
    let mut things: BTreeMap<String, Thing> = BTreeMap::new();
    each_article(record, lexicon, |row, reading| {
        for taking in takings(&reading, lexicon) {
            let name = reading.actor(&taking.holder).map(|a| a.name.clone());
            let thing = things.entry(taking.thing).or_default();
            thing.actors.extend(name);
            match taking.toward {
                Toward::For => thing.for_it += 1,
                Toward::Against => thing.against += 1,
            }
            thing.articles.insert(text(row, "article_id").to_owned());
            if thing.sentence.is_empty() {
                let span = reading.sentences[taking.sentence].span;
                thing.sentence = one_line(reading.words(span));
            }
        }
    })?;
    let mut several: Vec<(String, Thing)> = things
        .into_iter()
        .filter(|(_, thing)| thing.actors.len() > 1)
        .collect();
    // those on which actors differ are issues above all
    several.sort_by_key(|(name, thing)| {
        let divided = thing.for_it.min(thing.against);
        (
            std::cmp::Reverse((
                divided.min(1),
                thing.actors.len(),
                thing.for_it + thing.against,
            )),
            name.clone(),
        )
    });
    several.truncate(limit);
    if several.is_empty() {
        tell(
            "onrecord: no thing that two actors are for or against, beyond the issues of the lexicon\n",
        );
        return Ok(Exit::Nothing);
    }
    let lines: Vec<Map> = several
        .into_iter()
        .map(|(name, thing)| {
            let line = json!({
                "thing": name,
                "for": thing.for_it,
                "against": thing.against,
                "actors": thing.actors,
                "articles": thing.articles.len(),
                "sentence": thing.sentence,
            });
            line.as_object().cloned().unwrap_or_default()
        })
        .collect();
    let heads = ["thing", "for", "against", "actors", "articles", "sentence"];
    write(&heads, &lines, format)?;
    Ok(Exit::Well)
}

fn write(heads: &[&str], lines: &[Map], format: Format) -> Result<()> {
    let mut out = output::out();
    if matches!(format, Format::Table | Format::Md) {
        let mut grid = Grid::new(heads.iter().copied());
        for line in lines {
            let cell = |head: &&str| match &line[*head] {
                serde_json::Value::Array(all) => {
                    let words = all.iter().filter_map(|v| v.as_str());
                    words.collect::<Vec<_>>().join("; ")
                }
                other => output::cell(other),
            };
            grid.rows.push(heads.iter().map(cell).collect());
        }
        grid.drop_empty_columns();
        output::write_grid(&mut out, &grid, format)?;
    } else {
        let columns: Vec<String> = match lines.first() {
            Some(first) => first.keys().cloned().collect(),
            None => Vec::new(),
        };
        output::write_rows(&mut out, &columns, lines, format)?;
    }
    out.flush()?;
    Ok(())
}
