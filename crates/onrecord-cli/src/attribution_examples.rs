//! `onrecord score attribution --examples`: what the attribution head is trained on.

use std::path::Path;

use anyhow::Result;
use onrecord::Kit;
use onrecord_score::attribution::GoldArticle;
use onrecord_statements::head::{Examples, examples};

use crate::tables;

/// The labels in their order and, after a tab, the kind of links.
const LABELS: &str = "O B-source I-source B-cue I-cue B-content I-content\tlinks\n";

/// Adds an article: its words as the engine reads them, with the attributions annotated.
pub fn add(gold: &GoldArticle, kit: Kit<'_>, to: &mut Examples) {
    let (article, back) = gold.article();
    let reading = onrecord::parsed(article, kit);
    examples(&reading, kit.lexicon, &gold.in_article(&back), to);
}

/// Writes the tables into a folder; `training/tagger.py` and, of the words and labels
/// alone, `training/train.py` read them.
///
/// # Errors
/// The folder cannot be written.
pub fn write(found: &Examples, articles: &[GoldArticle], folder: &Path) -> Result<()> {
    let names: String = articles.iter().map(|a| a.name.clone() + "\n").collect();
    tables::write(
        folder,
        &[
            ("vectors.f32", tables::floats(&found.vectors)),
            ("words.i32", tables::numbers(found.words.as_flattened())),
            ("features.u16", tables::small(&found.features)),
            ("labels.txt", LABELS.into()),
            ("articles.txt", names.into_bytes()),
            ("forms.txt", (found.forms.join("\n") + "\n").into_bytes()),
        ],
    )
}
