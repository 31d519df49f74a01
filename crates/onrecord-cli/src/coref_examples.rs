//! `onrecord score coref --examples`: what the coreference head is trained on.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use onrecord::Kit;
use onrecord::actors::coref::{Examples, examples};
use onrecord::model::Article;
use onrecord_score::coref::GoldDocument;

use crate::tables;

/// Adds a document: its words as the engine reads them, with the chains that are annotated.
pub fn add(document: &GoldDocument, kit: Kit<'_>, to: &mut Examples) {
    let article = Article::new("pg-text".into(), 1, document.text.clone());
    let reading = onrecord::parsed(article, kit);
    let mut chains = BTreeMap::new();
    for (chain, mentions) in document.entities.iter().enumerate() {
        for mention in mentions {
            chains.entry(*mention).or_insert(chain);
        }
    }
    examples(&reading, kit.lexicon, |byte| chains.get(&byte).copied(), to);
}

/// Writes the tables into a folder; `training/coref.py` reads them.
///
/// # Errors
/// The folder cannot be written.
pub fn write(found: &Examples, folder: &Path) -> Result<()> {
    tables::write(
        folder,
        &[
            ("vectors.f32", tables::floats(&found.vectors)),
            ("spots.i32", tables::numbers(found.spots.as_flattened())),
            ("pairs.i32", tables::numbers(found.pairs.as_flattened())),
            ("features.u16", tables::small(&found.features)),
            ("pair-features.u16", tables::small(&found.pair_features)),
        ],
    )
}
