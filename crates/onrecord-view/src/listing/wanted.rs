//! Which rows an address asks for.

use onrecord_model::PartialDate;
use onrecord_record::{Filter, TABLES, Table, table_named};
use serde_json::json;

use crate::error::Fault;
use crate::view::{View, text};

/// The rows that are wanted, as an address says.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub table: &'static Table,
    pub words: Option<String>,
    /// Ids of actors who have a part in the row.
    pub actors: Vec<String>,
    /// Names of outlets as they are in the record; `Some` and empty where none fits.
    pub outlets: Option<Vec<String>>,
    /// As typed.
    pub outlet: Option<String>,
    pub since: Option<String>,
    pub until: Option<String>,
    pub sure: Option<f64>,
    pub reviewed: Option<bool>,
    pub article: Option<String>,
    /// Columns of the table and their values.
    pub equal: Vec<(&'static str, String)>,
}

/// Parameters that are no columns of a table.
const KNOWN: &[&str] = &[
    "q", "table", "actor", "with", "outlet", "since", "until", "sure", "reviewed", "article",
    "page", "size", "order", "exact", "done", "skip", "of", "most", "actors", "outlets", "width",
];

impl Wanted {
    /// All rows of a table.
    pub fn all(table: &'static Table) -> Wanted {
        Wanted {
            table,
            words: None,
            actors: Vec::new(),
            outlets: None,
            outlet: None,
            since: None,
            until: None,
            sure: None,
            reviewed: None,
            article: None,
            equal: Vec::new(),
        }
    }

    /// As the parameters of the address say. `table` is that of the address, or this one.
    ///
    /// # Errors
    /// A parameter that cannot be, with the way out.
    pub fn read(view: &View<'_>, table: &str) -> Result<Wanted, Fault> {
        let Some(table) = table_named(table) else {
            let names: Vec<&str> = TABLES.iter().map(|t| t.name).collect();
            let told = format!(
                "There is no table `{table}`; there are {}.",
                names.join(", ")
            );
            return Err(Fault::Wrong(told));
        };
        let mut wanted = Wanted::all(table);
        let params = view.params;
        wanted.words = params.text("q");
        for name in ["actor", "with"] {
            if let Some(asked) = params.get(name) {
                wanted.actors.push(actor(view, asked)?);
            }
        }
        wanted.outlet = params.text("outlet");
        if let Some(outlet) = &wanted.outlet {
            wanted.outlets = Some(outlets(view, outlet)?);
        }
        for (name, place) in [("since", &mut wanted.since), ("until", &mut wanted.until)] {
            if let Some(date) = params.get(name) {
                if PartialDate::parse(date).is_none() {
                    let told = format!("`{date}` is no date: write 2014, 2014-09 or 2014-09-20.");
                    return Err(Fault::Wrong(told));
                }
                *place = Some(date.to_owned());
            }
        }
        if let Some(sure) = params.get("sure") {
            let number: f64 = sure.parse().unwrap_or(f64::NAN);
            if !(0.0..=1.0).contains(&number) {
                return Err(Fault::Wrong(format!("`{sure}` is no number from 0 to 1.")));
            }
            if table.column("confidence").is_none() {
                let told = format!("Rows of {} have no confidence (`sure`).", table.name);
                return Err(Fault::Wrong(told));
            }
            wanted.sure = Some(number);
        }
        wanted.reviewed = params.get("reviewed").map(|value| value != "no");
        wanted.article = params.text("article");
        for (name, value) in params.pairs() {
            match table.column(name) {
                Some(column) => wanted.equal.push((column.name, value.to_owned())),
                None if KNOWN.contains(&name) => {}
                None => {
                    let columns: Vec<&str> = table.columns.iter().map(|c| c.name).collect();
                    return Err(Fault::Wrong(format!(
                        "Rows of {} cannot be chosen by `{name}`; they can by {}, {}.",
                        table.name,
                        KNOWN[2..10].join(", "),
                        columns.join(", ")
                    )));
                }
            }
        }
        Ok(wanted)
    }

    /// The same for the record's own search.
    pub fn filter(&self) -> Filter {
        let mut filter = Filter {
            actor: self.actors.first().cloned(),
            with: self.actors.get(1).cloned(),
            outlet: self.outlet.clone(),
            since: self.since.clone(),
            until: self.until.clone(),
            min_confidence: self.sure,
            reviewed: self.reviewed,
            article: self.article.clone(),
            ..Filter::default()
        };
        for (column, value) in &self.equal {
            let value = if value == "none" { "" } else { value };
            filter = filter.equal(*column, value);
        }
        filter
    }
}

/// The id of the actor that a parameter means: an id, or a name that only one has.
fn actor(view: &View<'_>, asked: &str) -> Result<String, Fault> {
    if asked.starts_with("ac-") && asked.len() > 20 {
        return Ok(asked.to_owned());
    }
    let found = view.record.find_actors(asked)?;
    match found.as_slice() {
        [one] => Ok(text(one, "actor_id").to_owned()),
        [] => Err(Fault::Wrong(format!(
            "No actor of the record has the name `{asked}`."
        ))),
        several => {
            let names: Vec<&str> = several
                .iter()
                .take(8)
                .map(|row| text(row, "name"))
                .collect();
            Err(Fault::Wrong(format!(
                "Several actors fit `{asked}`: {}. Choose one on the page of actors.",
                names.join("; ")
            )))
        }
    }
}

/// The outlet of this name, else those whose name holds it.
fn outlets(view: &View<'_>, asked: &str) -> Result<Vec<String>, Fault> {
    // From one name to the next in the index: as many steps as there are names.
    const NAMES: &str = "
        with recursive name(it) as (
            select min(publisher) from articles
            union all
            select (select min(publisher) from articles where publisher > it) from name
            where it is not null)
        select it from name where it is not null";
    let rows = view.ask(NAMES, &[])?;
    let names: Vec<&str> = rows.iter().map(|row| text(row, "it")).collect();
    if names.contains(&asked) {
        return Ok(vec![asked.to_owned()]);
    }
    let key = asked.to_lowercase();
    let near = names
        .into_iter()
        .filter(|name| name.to_lowercase().contains(&key));
    Ok(near.map(str::to_owned).collect())
}

/// How many rows of a table an actor has a part in, counted up to `most`.
pub(crate) fn whole_of_actor(
    view: &View<'_>,
    prefix: &str,
    actor: &str,
    most: u64,
) -> Result<u64, Fault> {
    // Ids begin with two letters and a hyphen; a full stop is the sign after the hyphen.
    view.count(
        "select count(*) from (select 1 from _row_actors
         where actor_id = ?1 and row_id >= ?2 || '-' and row_id < ?2 || '.' limit ?3)",
        &[json!(actor), json!(prefix), json!(most)],
    )
}
