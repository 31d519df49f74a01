//! `onrecord compare`: how outlets tell it, side by side.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use clap::Args;
use onrecord_record::{Filter, Map, Record};
use serde_json::json;

use super::{RecordPath, one_actor, tell};
use crate::exit::Exit;
use crate::output::{self, Format, FormatOption, Grid, Out};
use crate::people::{Names, list, one_line, text};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord compare --outlets pages.db
  onrecord compare pages.db --outlets=Herald,\"Daily Star\"
  onrecord compare --outlets pages.db --actor \"Hill Front\" --format jsonl

An article that repeats another's text is counted once, for the outlet that has it first in the
record. Framings are the outlets' own words, not those of whom they quote. A story is one event
or utterance that several articles tell.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Compare {
    #[command(flatten)]
    record: RecordPath,
    /// Compare outlets: all, or these (names or parts of them, parted by commas)
    #[arg(
        long, value_name = "NAMES", num_args = 0..=1, require_equals = true,
        default_missing_value = "", required = true
    )]
    outlets: String,
    /// Only what concerns this actor: a name, a part of one, or an id
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// At most so many lines a section
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    format: FormatOption,
}

/// What one outlet tells.
#[derive(Debug, Default)]
struct Outlet {
    articles: usize,
    statements: usize,
    unnamed: usize,
    events: usize,
    /// How often it lets whom speak.
    sources: BTreeMap<String, usize>,
    /// Its own words for whom, with tone and how often.
    framings: BTreeMap<(String, String, String), usize>,
}

/// Writes the sections, a table each; in formats for machines a line for each fact.
pub fn run(args: &Compare) -> Result<Exit> {
    let record = args.record.open()?;
    let actor = match &args.actor {
        None => None,
        Some(name) => match one_actor(&record, name)? {
            Some(id) => Some(id),
            None => return Ok(Exit::Nothing),
        },
    };
    let wanted: Vec<String> = args
        .outlets
        .split(',')
        .map(|name| name.trim().to_lowercase())
        .filter(|name| !name.is_empty())
        .collect();
    let names = Names::of(&record);
    let of_article = outlets_of_articles(&record, &wanted)?;
    let mut outlets: BTreeMap<String, Outlet> = BTreeMap::new();
    for outlet in of_article.values() {
        outlets.entry(outlet.clone()).or_default().articles += 1;
    }
    if outlets.is_empty() {
        tell("onrecord: no article of the record names such an outlet\n");
        return Ok(Exit::Nothing);
    }
    let filter = Filter {
        actor: actor.clone(),
        ..Filter::default()
    };
    let outlet_of = |row: &Map| of_article.get(text(row, "article_id")).cloned();
    record.for_each("statements", &filter, None, |row| -> Result<()> {
        if let Some(outlet) = outlet_of(&row).and_then(|o| outlets.get_mut(&o)) {
            outlet.statements += 1;
            let speaker = text(&row, "speaker_id");
            if text(&row, "source_kind") == "anonymous" || speaker.is_empty() {
                outlet.unnamed += 1;
            } else {
                *outlet.sources.entry(names.actor(speaker)?).or_default() += 1;
            }
        }
        Ok(())
    })?;
    record.for_each("events", &filter, None, |row| -> Result<()> {
        if let Some(outlet) = outlet_of(&row).and_then(|o| outlets.get_mut(&o)) {
            outlet.events += 1;
        }
        Ok(())
    })?;
    let of_narrator = filter.equal("voice", "narrator");
    record.for_each("framings", &of_narrator, None, |row| -> Result<()> {
        let about = actor.as_ref().is_none_or(|id| text(&row, "actor_id") == id);
        if let Some(outlet) = outlet_of(&row)
            .filter(|_| about)
            .and_then(|o| outlets.get_mut(&o))
        {
            let key = (
                names.actor(text(&row, "actor_id"))?,
                text(&row, "label").to_lowercase(),
                text(&row, "tone").to_owned(),
            );
            *outlet.framings.entry(key).or_default() += 1;
        }
        Ok(())
    })?;
    let stories = stories(&record, &of_article, actor.as_deref())?;
    let format = args.format.get();
    let mut out = output::out();
    if matches!(format, Format::Table | Format::Md) {
        tables(&mut out, &outlets, &stories, args.limit, format)?;
    } else {
        let lines = lines(&outlets, &stories);
        output::write_rows(&mut out, &COLUMNS.map(str::to_owned), &lines, format)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

/// The outlet of each article that has one and repeats no other.
fn outlets_of_articles(record: &Record, wanted: &[String]) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    record.for_each("articles", &Filter::default(), None, |row| -> Result<()> {
        let outlet = text(&row, "publisher");
        let lower = outlet.to_lowercase();
        let asked = wanted.is_empty() || wanted.iter().any(|name| lower.contains(name));
        if !outlet.is_empty() && asked && text(&row, "same_text_as").is_empty() {
            found.insert(text(&row, "article_id").to_owned(), outlet.to_owned());
        }
        Ok(())
    })?;
    Ok(found)
}

/// A story: what it is, when, and which outlets tell it.
struct Story {
    id: String,
    kind: String,
    first: String,
    title: String,
    by: BTreeSet<String>,
}

fn stories(
    record: &Record,
    of_article: &BTreeMap<String, String>,
    actor: Option<&str>,
) -> Result<Vec<Story>> {
    let mut of_actor: BTreeSet<String> = BTreeSet::new();
    if let Some(id) = actor {
        let filter = Filter::default().actor(id);
        for table in ["statements", "events"] {
            record.for_each(table, &filter, None, |row| -> Result<()> {
                of_actor.insert(text(&row, "story_id").to_owned());
                Ok(())
            })?;
        }
    }
    let mut found = Vec::new();
    record.for_each("stories", &Filter::default(), None, |row| -> Result<()> {
        let id = text(&row, "story_id");
        let by: BTreeSet<String> = list(&row, "article_ids")
            .filter_map(|article| of_article.get(article).cloned())
            .collect();
        if !by.is_empty() && (actor.is_none() || of_actor.contains(id)) {
            found.push(Story {
                id: id.to_owned(),
                kind: text(&row, "kind").to_owned(),
                first: text(&row, "first").to_owned(),
                title: one_line(text(&row, "title")),
                by,
            });
        }
        Ok(())
    })?;
    found.sort_by(|a, b| (b.by.len(), &a.first, &a.id).cmp(&(a.by.len(), &b.first, &b.id)));
    Ok(found)
}

fn tables(
    out: &mut Out,
    outlets: &BTreeMap<String, Outlet>,
    stories: &[Story],
    limit: usize,
    format: Format,
) -> Result<()> {
    let heads = [
        "outlet",
        "articles",
        "statements",
        "of no named source",
        "events",
        "speaks most",
    ];
    let mut grid = Grid::new(heads);
    for (name, outlet) in outlets {
        let mut sources: Vec<(&String, &usize)> = outlet.sources.iter().collect();
        sources.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), name.as_str()));
        let most: Vec<String> = sources
            .iter()
            .take(5)
            .map(|(name, n)| format!("{name} ({n})"))
            .collect();
        grid.rows.push(vec![
            name.clone(),
            outlet.articles.to_string(),
            outlet.statements.to_string(),
            outlet.unnamed.to_string(),
            outlet.events.to_string(),
            most.join("; "),
        ]);
    }
    output::write_grid(out, &grid, format)?;

    let columns: Vec<&String> = outlets
        .iter()
        .filter(|(_, o)| !o.framings.is_empty())
        .map(|(name, _)| name)
        .collect();
    let mut labels: BTreeMap<&str, BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    for (name, outlet) in outlets {
        for ((actor, label, _), n) in &outlet.framings {
            let told = match n {
                1 => label.clone(),
                n => format!("{label} ({n})"),
            };
            labels
                .entry(actor)
                .or_default()
                .entry(name)
                .or_default()
                .push(told);
        }
    }
    if !labels.is_empty() {
        writeln!(out, "\nTheir own words for actors\n")?;
        let heads = std::iter::once("actor".to_owned()).chain(columns.iter().map(|c| (*c).clone()));
        let mut grid = Grid::new(heads);
        for (actor, by_outlet) in labels.iter().take(limit) {
            let mut row = vec![(*actor).to_owned()];
            for column in &columns {
                row.push(
                    by_outlet
                        .get(column.as_str())
                        .map_or(String::new(), |l| l.join("; ")),
                );
            }
            grid.rows.push(row);
        }
        output::write_grid(out, &grid, format)?;
    }

    let shared: Vec<&Story> = stories.iter().filter(|s| s.by.len() > 1).collect();
    if !shared.is_empty() {
        writeln!(out, "\nTold by several\n")?;
        let mut grid = Grid::new(["first told", "story", "told by", "not by"]);
        for story in shared.iter().take(limit) {
            let absent: Vec<&str> = outlets
                .keys()
                .filter(|name| !story.by.contains(*name))
                .map(String::as_str)
                .collect();
            grid.rows.push(vec![
                story.first.clone(),
                story.title.clone(),
                story.by.iter().cloned().collect::<Vec<_>>().join("; "),
                absent.join("; "),
            ]);
        }
        output::write_grid(out, &grid, format)?;
    }
    Ok(())
}

/// What a line tells, in formats for machines: `outlet` with its numbers; `source`, whom it lets
/// speak; `framing`, its words for an actor; `story`, who tells it.
const COLUMNS: [&str; 12] = [
    "section",
    "outlet",
    "articles",
    "statements",
    "unnamed",
    "events",
    "actor",
    "label",
    "tone",
    "times",
    "story_id",
    "title",
];

fn lines(outlets: &BTreeMap<String, Outlet>, stories: &[Story]) -> Vec<Map> {
    let mut all = Vec::new();
    for (name, outlet) in outlets {
        all.push(json!({
            "section": "outlet", "outlet": name, "articles": outlet.articles,
            "statements": outlet.statements, "unnamed": outlet.unnamed, "events": outlet.events,
        }));
        for (actor, times) in &outlet.sources {
            all.push(json!({
                "section": "source", "outlet": name, "actor": actor, "times": times,
            }));
        }
        for ((actor, label, tone), times) in &outlet.framings {
            all.push(json!({
                "section": "framing", "outlet": name, "actor": actor, "label": label,
                "tone": tone, "times": times,
            }));
        }
    }
    for story in stories {
        for outlet in &story.by {
            all.push(json!({
                "section": "story", "outlet": outlet, "story_id": story.id, "kind": story.kind,
                "first": story.first, "title": story.title,
            }));
        }
    }
    all.into_iter()
        .filter_map(|line| line.as_object().cloned())
        .collect()
}
