//! `onrecord actors show`: an actor, its offices and its written forms.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use onrecord_record::{FormOf, Map};
use serde_json::{Value, json};

use super::find;
use crate::commands::RecordPath;
use crate::exit::Exit;
use crate::output::{self, Format, FormatOption, Grid, Out};
use crate::people::Names;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Show {
    #[command(flatten)]
    record: RecordPath,
    /// The actor: a name, a part of one, or an id
    actor: String,
    #[command(flatten)]
    format: FormatOption,
}

/// Writes what the record knows of the actor.
pub fn run(args: &Show) -> Result<Exit> {
    let record = args.record.open()?;
    let Some(mut actor) = find::one(&record, &args.actor)? else {
        return Ok(Exit::Nothing);
    };
    let names = Names::of(&record);
    for role in actor
        .get_mut("roles")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        let sentence = role["sentence_id"].as_str().unwrap_or_default();
        role["sentence"] = match sentence {
            "" => Value::Null,
            id => json!(names.sentence(id)?),
        };
    }
    let forms = record.forms_of(find::id(&actor))?;
    let format = args.format.get();
    let mut out = output::out();
    if matches!(format, Format::Table | Format::Md) {
        for_people(&mut out, &actor, &forms, format)?;
    } else {
        let forms: Vec<Value> = forms.iter().map(object).collect();
        actor.insert("forms".to_owned(), Value::from(forms));
        let columns: Vec<String> = actor.keys().cloned().collect();
        output::write_rows(&mut out, &columns, [&actor], format)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

fn object(form: &FormOf) -> Value {
    let joined = form.joined.iter();
    let joined: Vec<Value> = joined
        .map(|j| json!({"made_by": j.made_by, "reason": j.reason}))
        .collect();
    json!({
        "form": form.form, "mentions": form.mentions, "articles": form.articles,
        "made_by": form.made_by, "joined": joined,
    })
}

fn for_people(out: &mut Out, actor: &Map, forms: &[FormOf], format: Format) -> Result<()> {
    let text = |column: &str| actor[column].as_str().unwrap_or_default();
    let mut about = vec![text("kind").to_owned()];
    if actor["named"] == json!(false) {
        about.push("known by description only".to_owned());
    }
    let codes = actor["sectors"].as_array().into_iter().flatten();
    let codes: Vec<&str> = codes.filter_map(Value::as_str).collect();
    about.extend([
        text("country").to_owned(),
        codes.join(" "),
        text("wikidata").to_owned(),
    ]);
    about.retain(|part| !part.is_empty());
    writeln!(out, "{} ({})", text("name"), about.join(", "))?;
    writeln!(out, "{}\n", text("actor_id"))?;

    let roles = actor["roles"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    if !roles.is_empty() {
        let mut grid = Grid::new(["office", "of", "from", "to", "sentence"]);
        for role in roles {
            let of = |key: &str| role[key].as_str().unwrap_or_default();
            let mut cells: Vec<String> = ["title", "of", "from", "to"]
                .map(of)
                .map(str::to_owned)
                .into();
            cells.push(match of("sentence") {
                "" => "(from the lexicon)".to_owned(),
                words => words.split_whitespace().collect::<Vec<_>>().join(" "),
            });
            grid.rows.push(cells);
        }
        grid.drop_empty_columns();
        output::write_grid(out, &grid, format)?;
        writeln!(out)?;
    }
    let mut grid = Grid::new(["form", "mentions", "articles", "made by", "joined by"]);
    for form in forms {
        let joined = form.joined.iter();
        let joined: Vec<String> = joined
            .map(|j| format!("{} ({})", j.reason, j.made_by))
            .collect();
        grid.rows.push(vec![
            form.form.clone(),
            form.mentions.to_string(),
            form.articles.to_string(),
            form.made_by.join("; "),
            joined.join("; "),
        ]);
    }
    grid.drop_empty_columns();
    output::write_grid(out, &grid, format)?;
    Ok(())
}
