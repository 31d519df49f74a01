//! Dictionary forms: endings by tag, and exceptions, both learnt from the treebanks
//! (`training/lemmas.py`) and kept in the weights file.

use std::collections::HashMap;

use onrecord_model::Xpos;

use crate::weights::{Weights, WeightsError};

/// Letters of the longest ending a rule has.
const LONGEST: usize = 5;

/// Tag and text to what is known of them.
type Table<T> = HashMap<Xpos, HashMap<Box<str>, T>>;

/// Rules and exceptions by tag.
pub struct Lemmas {
    /// Ending to characters to cut and text to add.
    rules: Table<(usize, Box<str>)>,
    /// Form to lemma.
    exceptions: Table<Box<str>>,
}

impl Lemmas {
    /// Takes them out of a weights file.
    ///
    /// # Errors
    /// A line has too few columns.
    pub fn new(weights: &Weights) -> Result<Self, WeightsError> {
        let odd = |line: &str| WeightsError::Tensor(format!("lemma line {line:?}"));
        let mut rules = Table::new();
        for line in weights.lines("lemma.rules")?.filter(|l| !l.is_empty()) {
            let mut columns = line.split('\t');
            let mut next = || columns.next().ok_or_else(|| odd(line));
            let (tag, ending, cut, add) = (next()?, next()?, next()?, next()?);
            let cut = cut.parse().map_err(|_| odd(line))?;
            if let Some(tag) = Xpos::named(tag) {
                let rules: &mut HashMap<_, _> = rules.entry(tag).or_default();
                rules.insert(ending.into(), (cut, add.into()));
            }
        }
        let mut exceptions = Table::new();
        for line in weights.lines("lemma.exceptions")?.filter(|l| !l.is_empty()) {
            let mut columns = line.split('\t');
            let mut next = || columns.next().ok_or_else(|| odd(line));
            let (tag, form, lemma) = (next()?, next()?, next()?);
            if let Some(tag) = Xpos::named(tag) {
                let exceptions: &mut HashMap<_, _> = exceptions.entry(tag).or_default();
                exceptions.insert(form.into(), lemma.into());
            }
        }
        Ok(Self { rules, exceptions })
    }

    /// The lemma of a form with its tag: an exception, or by the longest ending that makes a
    /// `known` word, or by the longest.
    pub fn of(&self, form: &str, tag: Xpos, known: impl Fn(&str) -> bool) -> String {
        let form = if tag.is_any(&["NNP", "NNPS", "ADD", "FW"]) {
            form.to_owned()
        } else {
            form.to_lowercase()
        };
        if let Some(lemma) = self
            .exceptions
            .get(&tag)
            .and_then(|known| known.get(form.as_str()))
        {
            return lemma.to_string();
        }
        let Some(rules) = self.rules.get(&tag) else {
            return form;
        };
        let lower = form.to_lowercase();
        let starts = lower.char_indices().rev().take(LONGEST).map(|(at, _)| at);
        let mut endings: Vec<usize> = starts.collect();
        endings.reverse();
        endings.push(lower.len());
        let mut first = None;
        for at in endings {
            let Some((cut, add)) = rules.get(&lower[at..]) else {
                continue;
            };
            // as many letters as the rule cuts must be there
            let end = match cut.checked_sub(1) {
                None => Some(form.len()),
                Some(n) => form.char_indices().rev().nth(n).map(|(at, _)| at),
            };
            if let Some(end) = end {
                let lemma = format!("{}{add}", &form[..end]);
                if known(&lemma.to_lowercase()) {
                    return lemma;
                }
                first = first.or(Some(lemma));
            }
        }
        first.filter(|lemma| !lemma.is_empty()).unwrap_or(form)
    }
}
