//! Writes the report on a record, to look at it:
//!
//!     cargo run -p onrecord-report --example write -- RECORD [--actor NAME] [--issue ID]
//!         [--since D] [--until D] [--md] [--no-text] > FILE
#![allow(clippy::print_stdout)] // it is what it does

use onrecord_record::Record;
use onrecord_report::{Form, Meta, Scope, near_actors, write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("give a record")?;
    let record = Record::open_read(path.as_ref())?;
    let (mut scope, mut form) = (Scope::default(), Form::Html);
    while let Some(option) = args.next() {
        match option.as_str() {
            "--md" => form = Form::Markdown,
            "--no-text" => scope.text = false,
            "--actor" => {
                let name = args.next().ok_or("give a name")?;
                let found = record.find_actors(&name)?;
                let Some(actor) = found.first() else {
                    let near = near_actors(&record, &name, 5)?;
                    return Err(format!("no actor `{name}`; near: {near:?}").into());
                };
                scope.actor = actor["actor_id"].as_str().map(str::to_owned);
            }
            "--issue" => scope.issue = args.next(),
            "--since" => scope.since = args.next(),
            "--until" => scope.until = args.next(),
            "--limit" => scope.limit = args.next().ok_or("give a number")?.parse()?,
            other => return Err(format!("unknown option {other}").into()),
        }
    }
    let meta = Meta {
        record: path.rsplit('/').next().unwrap_or_default().to_owned(),
        version: "0.1.0".to_owned(),
        ..Meta::default()
    };
    print!("{}", write(&record, &scope, form, &meta)?);
    Ok(())
}
