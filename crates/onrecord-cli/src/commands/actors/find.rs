//! The actor that is meant.

use anyhow::Result;
use onrecord_record::{Map, Record};

use super::super::tell;

/// The one actor that a name or id means; of one that was joined, the one that stays. `None` where there is none or several fit; then
/// standard error says which.
pub fn one(record: &Record, words: &str) -> Result<Option<Map>> {
    let mut found = record.find_actors(words)?;
    if found.is_empty() {
        // The id of an actor that was joined to another means that one.
        for id in record.joined_to(words)? {
            found.extend(record.find_actors(&id)?);
        }
    }
    match found.len() {
        0 => {
            tell(&format!(
                "onrecord: no actor of the record has the name or id `{words}`\n"
            ));
            Ok(None)
        }
        1 => Ok(found.pop()),
        _ => {
            let mut text = format!("onrecord: several actors fit `{words}`; give the id:\n");
            for actor in &found {
                let kind = actor["kind"].as_str().unwrap_or("");
                text.push_str(&format!("  {}  {} ({kind})\n", id(actor), name(actor)));
            }
            tell(&text);
            Ok(None)
        }
    }
}

/// The id of an actor's row.
pub fn id(actor: &Map) -> &str {
    actor["actor_id"].as_str().unwrap_or_default()
}

/// The name in an actor's row.
pub fn name(actor: &Map) -> &str {
    actor["name"].as_str().unwrap_or_default()
}
