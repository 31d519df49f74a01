//! `onrecord score relations`: what one party does to another, on the PLV set.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onrecord::Kit;
use onrecord_events::head::{head_of, label, pair};
use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, EventType};
use onrecord_net::Tagger;
use onrecord_score::events::{Relation, RelationsScore, relations, root};
use serde_json::json;

use super::{SetOption, text_of, write_text};
use crate::event_examples::EventExamples;
use crate::exit::Exit;
use crate::output;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Relations {
    /// The labelled set: tab-separated, with the columns marked_sentence, gold_penta, gold_root
    file: PathBuf,
    #[command(flatten)]
    set: SetOption,
}

/// Prints the figures.
pub fn run(args: &Relations) -> Result<Exit> {
    let reader = args.set.engine.reader()?;
    let kit = reader.kit(Lexicon::built_in());
    let rows = relations(&args.file.display().to_string(), &text_of(&args.file)?)?;
    if rows.is_empty() {
        return Ok(Exit::Nothing);
    }
    if let Some(folder) = &args.set.examples {
        let pairs = rows
            .iter()
            .map(|row| (row.name.as_str(), row.text.as_str(), row.pair()));
        EventExamples::of_pairs(pairs, kit).write(folder)?;
        return Ok(Exit::Well);
    }
    let Some(head) = kit.events else {
        anyhow::bail!("these weights come without a head of events: give one by --events");
    };
    let mut out = output::out();
    let (mut score, mut predictions) = (RelationsScore::default(), String::new());
    for row in &rows {
        let (found, share) = likeliest(row, head, kit);
        score.add(row, found);
        let name = found.map(root);
        let line = json!({"row": row.name, "root": name, "share": share});
        predictions += &format!("{line}\n");
        if args.set.errors && name != Some(row.root.as_str()) {
            writeln!(
                out,
                "{} for {}: {}",
                name.unwrap_or("none"),
                row.root,
                row.text
            )?;
        }
    }
    if let Some(path) = &args.set.predictions {
        write_text(path, &predictions)?;
    }
    writeln!(out, "Relations, {} rows\n\n{score}", rows.len())?;
    out.flush()?;
    Ok(Exit::Well)
}

/// The likeliest type of the event between the two parties of a row, with its share of all
/// types.
fn likeliest(row: &Relation, head: &Tagger, kit: Kit<'_>) -> (Option<EventType>, f32) {
    let article = Article::new("pg-text".into(), 1, row.text.clone());
    let reading = onrecord::parsed_whole(article, kit);
    let Some(sentence) = reading.sentences.first() else {
        return (None, 0.0);
    };
    let labelled = label(&reading, kit.lexicon, head, sentence);
    let at = |span: Option<_>| span.and_then(|span| head_of(sentence, span));
    let shares = pair(head, sentence, &labelled, at(row.actor), at(row.recipient));
    // the set has one class for both
    let mut classes: BTreeMap<&str, (EventType, f32)> = BTreeMap::new();
    for (event, share) in EventType::ALL.into_iter().zip(shares) {
        classes.entry(root(event)).or_insert((event, 0.0)).1 += share;
    }
    let best = classes
        .into_values()
        .reduce(|a, b| if b.1 > a.1 { b } else { a });
    let total: f32 = shares.iter().sum();
    match best.filter(|_| total > 0.0) {
        Some((event, share)) => (Some(event), share / total),
        None => (None, 0.0),
    }
}
