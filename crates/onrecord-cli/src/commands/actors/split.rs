//! `onrecord actors split`: mentions of a written form are an actor of their own.

use anyhow::Result;
use clap::Args;
use onrecord_record::{Change, Filter};

use super::super::tell;
use super::find;
use crate::commands::RecordPath;
use crate::commands::signed::{Open, Signed};
use crate::exit::{Exit, usage};

/// What is asked for.
#[derive(Args, Debug)]
pub struct Split {
    #[command(flatten)]
    record: RecordPath,
    /// Whose mentions they are now: a name, a part of one, or an id
    actor: String,
    /// The written form, exactly as `actors show` lists it
    #[arg(long, value_name = "FORM")]
    form: String,
    /// Name of the actor they become; two forms with the same name become one [default: the form]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Only in this article: its id or the beginning of it
    #[arg(long, value_name = "ID")]
    article: Option<String>,
    #[command(flatten)]
    signed: Signed,
}

/// Adds the correction.
pub fn run(args: &Split) -> Result<Exit> {
    let open = Open::at(&args.record)?;
    let Some(actor) = find::one(&open.record, &args.actor)? else {
        return Ok(Exit::Nothing);
    };
    let article = match &args.article {
        None => None,
        Some(id) => match open.record.row(id)? {
            Some((table, row)) if table == "articles" => {
                row["article_id"].as_str().map(str::to_owned)
            }
            Some((table, _)) => {
                return Err(usage(format!("`{id}` is of {table}, not of articles")));
            }
            None => {
                tell(&format!("onrecord: no article has the id `{id}`\n"));
                return Ok(Exit::Nothing);
            }
        },
    };
    let mut filter = Filter::default()
        .actor(find::id(&actor))
        .equal("kind", "name");
    filter.article.clone_from(&article);
    let mut found = false;
    open.record.for_each("mentions", &filter, None, |row| {
        found |= row["text"].as_str() == Some(&args.form);
        Ok::<(), anyhow::Error>(())
    })?;
    if !found {
        let place = if article.is_some() {
            " in this article"
        } else {
            ""
        };
        tell(&format!(
            "onrecord: no mention of {} reads `{}`{place}; `onrecord actors show {} {}` lists the \
             forms\n",
            find::name(&actor),
            args.form,
            args.record.path().display(),
            find::id(&actor)
        ));
        return Ok(Exit::Nothing);
    }
    let change = Change::Split {
        actor: find::id(&actor).to_owned(),
        form: args.form.clone(),
        article,
        name: args.name.clone().unwrap_or_else(|| args.form.clone()),
    };
    open.correct(change, &args.signed)
}
