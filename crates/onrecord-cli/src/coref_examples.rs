//! `onrecord score coref --examples`: what the coreference head is trained on.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use onrecord::Kit;
use onrecord::actors::coref::{Examples, examples};
use onrecord::model::{Article, ArticleReading};
use onrecord_score::coref::GoldDocument;

/// Adds a document: its words as the engine reads them, with the chains that are annotated.
pub fn add(document: &GoldDocument, kit: Kit<'_>, to: &mut Examples) {
    let article = Article::new("pg-text".into(), 1, document.text.clone());
    let mut reading = ArticleReading::new(article);
    (reading.sentences, reading.quotations) =
        onrecord::language::sentences(&reading.article, kit.lexicon);
    onrecord::language::parse(
        &reading.article.text,
        &mut reading.sentences,
        kit.engine,
        kit.lexicon,
    );
    let mut chains = BTreeMap::new();
    for (chain, mentions) in document.entities.iter().enumerate() {
        for mention in mentions {
            chains.entry(*mention).or_insert(chain);
        }
    }
    examples(&reading, kit.lexicon, |byte| chains.get(&byte).copied(), to);
}

/// Writes the tables into a folder, little-endian, one file each; `training/coref.py` reads
/// them.
///
/// # Errors
/// The folder cannot be written.
pub fn write(found: &Examples, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let words = |rows: &[[i32; 4]]| -> Vec<u8> {
        rows.iter()
            .flatten()
            .flat_map(|n| n.to_le_bytes())
            .collect()
    };
    let features =
        |found: &[u16]| -> Vec<u8> { found.iter().flat_map(|n| n.to_le_bytes()).collect() };
    let vectors: Vec<u8> = found.vectors.iter().flat_map(|x| x.to_le_bytes()).collect();
    for (name, bytes) in [
        ("vectors.f32", vectors),
        ("spots.i32", words(&found.spots)),
        ("pairs.i32", words(&found.pairs)),
        ("features.u16", features(&found.features)),
        ("pair-features.u16", features(&found.pair_features)),
    ] {
        let path = folder.join(name);
        std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
