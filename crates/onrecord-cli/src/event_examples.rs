//! `onrecord score events --examples` and its like: what the head of events is trained on.

use std::path::Path;

use anyhow::Result;
use onrecord::Kit;
use onrecord_events::head::{Examples, Gold, Pair, examples};
use onrecord_model::{Article, EventType};

use crate::tables;

/// Tables in the making.
#[derive(Default)]
pub struct EventExamples {
    found: Examples,
    names: String,
}

impl EventExamples {
    /// Sentences with their name, text and, where both parties are marked, pair.
    pub fn of_pairs<'r>(
        rows: impl Iterator<Item = (&'r str, &'r str, Option<Pair>)>,
        kit: Kit<'_>,
    ) -> Self {
        let mut all = Self::default();
        for (name, text, pair) in rows {
            all.add(name, text, &[], Some(pair.as_slice()), kit);
        }
        all
    }

    /// Adds a sentence with its events, or with pairs of parties only.
    pub fn add(
        &mut self,
        name: &str,
        text: &str,
        events: &[Gold],
        pairs: Option<&[Pair]>,
        kit: Kit<'_>,
    ) {
        let article = Article::new("pg-text".into(), 1, text.to_owned());
        let reading = onrecord::parsed_whole(article, kit);
        examples(&reading, kit.lexicon, events, pairs, &mut self.found);
        self.names.push_str(name);
        self.names.push('\n');
    }

    /// Writes the tables into a folder; `training/events.py` and, of the words and labels alone,
    /// `training/train.py` read them.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let types: Vec<_> = EventType::ALL.iter().map(|e| e.name()).collect();
        let labels = format!("O {}\tactor recipient\n", types.join(" "));
        let found = &self.found;
        tables::write(
            folder,
            &[
                ("vectors.f32", tables::floats(&found.vectors)),
                ("words.i32", tables::numbers(found.words.as_flattened())),
                ("pairs.i32", tables::numbers(found.pairs.as_flattened())),
                ("features.u16", tables::small(&found.features)),
                ("labels.txt", labels.into_bytes()),
                ("articles.txt", self.names.clone().into_bytes()),
                ("forms.txt", (found.forms.join("\n") + "\n").into_bytes()),
            ],
        )
    }
}
