//! Pages annotated by hand, every layer in one JSON file: statements and events against what
//! was read. Offsets of the annotation are code points of the decoded page.

mod events;
mod statements;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use onrecord_model::{ActorKind, ArticleReading, Span};
use serde_json::Value;

pub use events::EventsScore;
pub use statements::StatementsScore;
pub use tables::TableScore;

use crate::ScoreError;

/// How well statements and events were read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GoldScore {
    /// Pages.
    pub pages: usize,
    /// Who said what.
    pub statements: StatementsScore,
    /// Who did what to whom.
    pub events: EventsScore,
    /// Who stands where.
    pub positions: TableScore,
    /// What was announced.
    pub outlooks: TableScore,
    /// Which words were used for whom.
    pub framings: TableScore,
    /// What was missed and what is wrong, a line each.
    pub errors: Vec<String>,
}

/// An annotated page.
#[derive(Clone, Debug)]
pub struct GoldPage {
    json: Value,
    /// The names each actor may go by.
    names: BTreeMap<String, Vec<String>>,
    /// Those that are known by description only.
    described: BTreeSet<String>,
}

impl GoldPage {
    /// Reads an annotation; `file` is named in errors.
    ///
    /// # Errors
    /// It is no JSON, or lacks the page's name, statements or events.
    pub fn read(file: &std::path::Path, text: &str) -> Result<Self, ScoreError> {
        let wrong = |what: String| ScoreError::content(file, what);
        let json: Value = serde_json::from_str(text).map_err(|e| wrong(e.to_string()))?;
        for (key, there) in [
            ("seed", json["seed"].is_string()),
            ("statements", json["statements"].is_array()),
            ("events", json["events"].is_array()),
        ] {
            if !there {
                return Err(wrong(format!("no `{key}`, as an annotated page has it")));
            }
        }
        let actors = json["actors"].as_array().map_or(&[][..], Vec::as_slice);
        let names = actors.iter().map(|a| {
            let mut names = strings(&a["name"]);
            names.extend(strings(&a["aliases"]));
            names.extend(strings(&a["place_aliases"]));
            (words(&a["name"]), names)
        });
        let described = actors.iter().filter(|a| a["named"] == false);
        Ok(Self {
            names: names.collect(),
            described: described.map(|a| words(&a["name"])).collect(),
            json,
        })
    }

    /// The file name of the page that is annotated.
    pub fn page(&self) -> &str {
        self.json["seed"].as_str().unwrap_or_default()
    }

    /// Where the sentence or the sentences (`20.0-20.3`) of an annotation stand.
    fn sentences(&self, ids: &str) -> Option<Span> {
        let (first, last) = ids.split_once('-').unwrap_or((ids, ids));
        let all = self.json["sentences"].as_array()?;
        let at = |id: &str, key: &str| {
            let found = all.iter().find(|s| s["id"] == id)?;
            usize::try_from(found[key].as_u64()?).ok()
        };
        Some(Span::new(at(first, "char_start")?, at(last, "char_end")?))
    }

    /// Whether an actor that was found is the one annotated.
    fn is(&self, article: &ArticleReading, id: &str, gold: &str) -> bool {
        let Some(actor) = article.actor(id) else {
            return false;
        };
        let american = |name: &str| {
            name.ends_with("the United States") || name == "United States Armed Forces"
        };
        // the United States as planner or soldiers: one party, as the guidelines say
        let one_party = american(gold)
            && actor.country.as_deref() == Some("USA")
            && matches!(actor.kind, ActorKind::Government | ActorKind::Military);
        let called = self
            .names
            .get(gold)
            .is_some_and(|names| names.contains(&actor.name));
        let unnamed = gold.ends_with("(unnamed)") && !actor.named;
        // a party known by description only goes by any part of the words that describe it
        let described = self.described.contains(gold)
            && !actor.named
            && self.names.get(gold).is_some_and(|names| {
                let ours = actor.name.to_lowercase();
                names.iter().any(|name| name.to_lowercase().contains(&ours))
            });
        actor.name == gold || called || unnamed || described || one_party
    }
}

impl GoldScore {
    /// Adds a page: its annotation, its decoded text, and what was read. `issues` gives the id of
    /// an issue that the annotation calls otherwise.
    pub fn add(
        &mut self,
        gold: &GoldPage,
        text: &str,
        articles: &[ArticleReading],
        issues: &BTreeMap<String, String>,
    ) {
        self.pages += 1;
        let places = Places::of(text);
        self.statements
            .add(gold, &places, articles, &mut self.errors);
        self.events.add(gold, &places, articles, &mut self.errors);
        let page = (gold, &places);
        self.positions
            .positions(page, articles, issues, &mut self.errors);
        self.outlooks.outlooks(page, articles, &mut self.errors);
        self.framings.framings(page, articles, &mut self.errors);
    }
}

/// Bytes of a page to code points.
struct Places(Vec<usize>);

impl Places {
    fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).collect())
    }

    fn on_page(&self, article: &ArticleReading, span: Span) -> Option<Span> {
        let span = article.article.on_page(span)?;
        let point = |byte: usize| self.0.partition_point(|at| *at < byte);
        Some(Span::new(point(span.start), point(span.end)))
    }
}

fn words(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A word or a list of words.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(word) => vec![word.clone()],
        Value::Array(all) => all
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

/// A pair of offsets.
fn pair(value: &Value) -> Option<Span> {
    let at = |n: usize| usize::try_from(value[n].as_u64()?).ok();
    let (start, end) = (at(0)?, at(1)?);
    (start <= end).then(|| Span::new(start, end))
}

/// A share, told with its numbers.
fn share(f: &mut fmt::Formatter<'_>, what: &str, (part, of): (usize, usize)) -> fmt::Result {
    let value = part as f64 / of.max(1) as f64;
    writeln!(f, "  {what:<22} {value:.3}  ({part} of {of})")
}

fn harmonic(p: (usize, usize), r: (usize, usize)) -> f64 {
    let value = |(part, of): (usize, usize)| part as f64 / of.max(1) as f64;
    let (p, r) = (value(p), value(r));
    if p + r > 0.0 {
        2.0 * p * r / (p + r)
    } else {
        0.0
    }
}

impl fmt::Display for GoldScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} annotated pages\n", self.pages)?;
        write!(f, "{}\n{}", self.statements, self.events)?;
        self.positions.write(f, "positions", "stance")?;
        self.outlooks.write(f, "outlooks", "type")?;
        self.framings.write(f, "framings", "")
    }
}
