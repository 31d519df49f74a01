//! PolNeAR's folders: `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` in brat's format.
//!
//! Newell, Margolin and Ruths 2018, "An Attribution Relations Corpus for Political News". Of
//! several annotators the first in the order of their names counts. Lines that go on from the
//! line before, notes, and the labels `Discuss` and `Discard` are passed over.

#![allow(clippy::disallowed_methods)] // a measure reads its labelled set from disk

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use onrecord_model::Span;
use onrecord_statements::head::Attribution;

use super::GoldArticle;
use crate::ScoreError;

/// The articles of a folder, in the order of their names.
///
/// # Errors
/// The folder does not hold what it should, or a file cannot be read.
pub fn read(folder: &Path) -> Result<Vec<GoldArticle>, ScoreError> {
    let labels = folder.join("attributions");
    let mut first: BTreeMap<String, PathBuf> = BTreeMap::new();
    let entries = std::fs::read_dir(&labels).map_err(|e| ScoreError::file(&labels, e))?;
    for entry in entries {
        let path = entry.map_err(|e| ScoreError::file(&labels, e))?.path();
        if path.extension().is_none_or(|ending| ending != "ann") {
            continue;
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let name = stem.rsplit_once('_').map_or(&*stem, |(name, _)| name);
        let kept = first.entry(name.to_owned()).or_insert_with(|| path.clone());
        if path < *kept {
            *kept = path;
        }
    }
    let mut articles = Vec::new();
    for (name, path) in first {
        let page = folder.join("text").join(format!("{name}.txt"));
        let text = std::fs::read_to_string(&page).map_err(|e| ScoreError::file(&page, e))?;
        let file = std::fs::read_to_string(&path).map_err(|e| ScoreError::file(&path, e))?;
        articles.push(GoldArticle {
            attributions: attributions(&file, &text),
            name,
            text,
        });
    }
    Ok(articles)
}

/// The attributions of a brat file; offsets in code points to bytes.
pub(super) fn attributions(file: &str, text: &str) -> Vec<Attribution> {
    let bytes: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let piece = |written: &str| {
        let (start, end) = written.split_once(' ')?;
        let at = |n: &str| bytes.get(n.parse::<usize>().ok()?).copied();
        let (start, end) = (at(start)?, at(end)?);
        (start < end).then(|| Span::new(start, end).trim(text))
    };
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for line in file.lines().filter(|l| l.starts_with('T')) {
        let mut cells = line.split('\t');
        let (Some(key), Some(what)) = (cells.next(), cells.next()) else {
            continue;
        };
        let pieces = what.split_once(' ').map_or("", |(_, places)| places);
        spans.insert(key, pieces.split(';').filter_map(piece).collect());
    }
    let mut found = Vec::new();
    for line in file.lines().filter(|l| l.starts_with('E')) {
        let what = line.split_once('\t').map_or("", |(_, what)| what);
        if !what.starts_with("Attribution") {
            continue;
        }
        let mut one = Attribution::default();
        for argument in what.split_whitespace() {
            let Some((role, key)) = argument.split_once(':') else {
                continue;
            };
            let pieces = spans.get(key).cloned().unwrap_or_default();
            match role.trim_end_matches(char::is_numeric) {
                "Source" => one.source.extend(pieces),
                "Cue" => one.cue.extend(pieces),
                "Content" => one.content.extend(pieces),
                _ => {}
            }
        }
        for pieces in [&mut one.source, &mut one.cue, &mut one.content] {
            pieces.sort();
        }
        if !one.content.is_empty() {
            found.push(one);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brat_is_read() {
        let text = "“Ñ,” Ann said. “Go.”";
        let file = "T1\tSource 5 8\tAnn\nT2\tCue 9 13\tsaid\nT3\tContent 0 4;15 20\t“Ñ,” “Go.”\n\
                    a line that goes on\n#1\tAnnotatorNotes T1\tx\nT4\tDiscuss 0 1\t“\n\
                    E1\tAttribution:T9 Content:T3 Cue:T2 Source:T1\nE2\tDiscard:T4\nE3\tAttribution:T9\n";
        let found = attributions(file, text);
        assert_eq!(found.len(), 1);
        let words = |spans: &[Span]| spans.iter().map(|s| s.of(text)).collect::<Vec<_>>();
        assert_eq!(words(&found[0].source), ["Ann"]);
        assert_eq!(words(&found[0].cue), ["said"]);
        assert_eq!(words(&found[0].content), ["“Ñ,”", "“Go.”"]);
    }
}
