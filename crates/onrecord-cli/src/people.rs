//! Tables of the record as people read them: names in place of ids, the sentence beside
//! the row. Formats for machines do not go through here; they give all columns as they are.

mod cells;
mod names;
mod views;

use anyhow::Result;
use onrecord_record::{Map, Record};
use serde_json::Value;

use crate::output::{Grid, cell};

pub use cells::{list, text};
pub use names::Names;

/// How much of an id is shown; commands take the beginning of an id for the whole.
const SHORT: usize = 13;

/// The columns that people see of a table.
#[derive(Clone, Copy, Debug)]
pub struct View {
    columns: &'static [(&'static str, Show)],
}

/// What a column for people shows.
#[derive(Clone, Copy, Debug)]
enum Show {
    /// The beginning of the row's id, in the column of this name.
    Id(&'static str),
    /// The value as it is.
    Value(&'static str),
    /// The name of the actor with this id.
    Actor(&'static str),
    /// The names of the actors with these ids.
    Actors(&'static str),
    /// The name of the place with this id.
    Place(&'static str),
    /// The words of the sentence with this id.
    Sentence(&'static str),
    /// The words of the sentences with these ids.
    Sentences(&'static str),
    /// Pieces of text.
    Pieces(&'static str),
    /// A list of words.
    Words(&'static str),
    /// How many there are in a list.
    Count(&'static str),
    /// The outlet of the row's article.
    Outlet,
    /// The row's date; in brackets that of its article, where the row has none.
    Date(&'static str),
    /// Who speaks: the actor's name, else the words that name him.
    Speaker,
    /// The word of saying, with a mark where it was not said.
    Cue,
    /// Event type and mode.
    Event,
    /// `narrator`, or the actor whose words they are.
    Voice,
    /// Titles of offices.
    Roles,
    /// Kinds of notes.
    Notes,
}

impl View {
    /// The columns that people see of a table.
    pub fn of(table: &str) -> View {
        View {
            columns: views::columns(table),
        }
    }

    /// The rows of a table as people read them.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn grid<'a>(
        self,
        record: &Record,
        rows: impl IntoIterator<Item = &'a Map>,
    ) -> Result<Grid> {
        let names = Names::of(record);
        let mut grid = Grid::new(self.columns.iter().map(|(head, _)| *head));
        for row in rows {
            let cells = self.columns.iter().map(|(_, show)| show.cell(row, &names));
            grid.rows.push(cells.collect::<Result<_>>()?);
        }
        grid.drop_empty_columns();
        Ok(grid)
    }
}

/// A text without its line ends, which are those of the page and mean nothing here.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of an id, enough to name the row.
pub fn short(id: &str) -> &str {
    id.get(..SHORT).unwrap_or(id)
}

impl Show {
    /// The cell of a row, on one line; of several sentences each on its own.
    fn cell(self, row: &Map, names: &Names<'_>) -> Result<String> {
        let told = self.told(row, names)?;
        Ok(match self {
            Show::Sentences(_) => told,
            _ => one_line(&told),
        })
    }

    fn told(self, row: &Map, names: &Names<'_>) -> Result<String> {
        let value = |name: &str| row.get(name).unwrap_or(&Value::Null);
        let text = |name: &str| value(name).as_str().unwrap_or_default();
        let list = |name: &str| -> Vec<&str> {
            value(name)
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect()
        };
        Ok(match self {
            Show::Id(name) => short(text(name)).to_owned(),
            Show::Value(name) => cell(value(name)),
            Show::Actor(name) => names.actor(text(name))?,
            Show::Actors(name) => {
                let actors = list(name).into_iter().map(|id| names.actor(id));
                actors.collect::<Result<Vec<_>>>()?.join("; ")
            }
            Show::Place(name) => names.place(text(name))?,
            Show::Sentence(name) => names.sentence(text(name))?,
            Show::Sentences(name) => {
                let sentences = list(name)
                    .into_iter()
                    .map(|id| Ok(one_line(&names.sentence(id)?)));
                sentences.collect::<Result<Vec<_>>>()?.join("\n")
            }
            Show::Pieces(name) => list(name).join(" … "),
            Show::Words(name) => list(name).join("; "),
            Show::Count(name) => list(name).len().to_string(),
            Show::Outlet => names.outlet(row)?,
            Show::Date(name) => match text(name) {
                "" => names
                    .published(row)?
                    .map(|date| format!("({date})"))
                    .unwrap_or_default(),
                date => date.to_owned(),
            },
            Show::Speaker => match text("speaker_id") {
                "" if text("speaker_text").is_empty() => "unknown".to_owned(),
                "" => text("speaker_text").to_owned(),
                id => names.actor(id)?,
            },
            Show::Cue => match value("negated").as_bool() {
                Some(true) => format!("{} (not said)", text("cue")),
                _ => text("cue").to_owned(),
            },
            Show::Event => match text("mode") {
                "" => text("event_type").to_owned(),
                mode => format!("{} ({mode})", text("event_type")),
            },
            Show::Voice => match text("voice") {
                id if id.starts_with("ac-") => names.actor(id)?,
                narrator => narrator.to_owned(),
            },
            Show::Roles => objects(value("roles"), "title").join("; "),
            Show::Notes => {
                let mut codes = objects(value("notes"), "code");
                codes.sort_unstable();
                codes.dedup();
                codes.join("; ")
            }
        })
    }
}

/// One field of all objects of a list.
fn objects<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(|object| object[field].as_str())
        .collect()
}
