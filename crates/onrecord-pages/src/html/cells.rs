//! Pages laid out with tables: the article stands in one cell, menus and side columns in
//! others, and a body extractor takes the text of them all.

use std::collections::BTreeMap;

use super::outline::Block;
use super::paragraphs::{self, Kind};
use super::select::{Chosen, is_prose};

/// A cell with less running text, in letters and digits, is no article's.
const LEAST: usize = 200;

/// What was chosen, kept to the table cell that holds most of the page's running text, with
/// the paragraphs of that cell that were not chosen. Untouched where the running text
/// stands outside of tables or in no one cell.
pub(crate) fn keep_to_cell(blocks: &[Block], chosen: Vec<Chosen>) -> Vec<Chosen> {
    let Some(cell) = main_cell(blocks) else {
        return chosen;
    };
    let running = |at: &usize| blocks[*at].cell == cell && is_prose(&blocks[*at]);
    let taken: Vec<usize> = chosen.iter().filter_map(|line| line.block).collect();
    let inside = taken.iter().filter(|at| blocks[**at].cell == cell);
    let Some(first) = (0..blocks.len()).find(running) else {
        return chosen;
    };
    let last_running = (0..blocks.len()).rev().find(running).unwrap_or(first);
    // Where the extractor has seen the article it is believed about its end.
    let found = taken.iter().filter(|at| running(at)).count();
    let all = (first..=last_running).filter(running).count();
    let last = if found * 2 >= all {
        inside.max().copied().unwrap_or(last_running).max(first)
    } else {
        last_running
    };
    let strayed = taken.iter().any(|at| blocks[*at].cell != cell);
    if !strayed && found == all {
        return chosen;
    }
    let known: BTreeMap<usize, Kind> = chosen
        .iter()
        .filter_map(|line| Some((line.block?, line.kind)))
        .collect();
    let kind = |at: usize| {
        let own = || paragraphs::kind(blocks[at].element.as_str());
        known.get(&at).copied().or_else(own).unwrap_or(Kind::Plain)
    };
    (first..=last)
        .filter(|at| {
            let block = &blocks[*at];
            let own = block.cell == cell && known.contains_key(at);
            own || is_prose(block)
        })
        .map(|at| Chosen {
            block: Some(at),
            kind: kind(at),
            text: blocks[at].text.clone(),
        })
        .collect()
}

/// The cell with more running text than all the rest of the page.
fn main_cell(blocks: &[Block]) -> Option<usize> {
    let mut weights: BTreeMap<usize, usize> = BTreeMap::new();
    for block in blocks.iter().filter(|block| is_prose(block)) {
        *weights.entry(block.cell).or_default() += super::outline::weight(&block.text);
    }
    let all: usize = weights.values().sum();
    let (cell, weight) = weights.into_iter().max_by_key(|(_, weight)| *weight)?;
    (cell != 0 && weight >= LEAST && weight * 2 > all).then_some(cell)
}
