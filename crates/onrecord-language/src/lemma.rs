//! Dictionary forms: endings by tag, and exceptions, both learnt from the treebanks
//! (`training/lemmas.py`) and kept in the weights file.

use std::collections::HashMap;

use onrecord_model::Xpos;

use crate::weights::{Weights, WeightsError};

/// Letters of the longest ending a rule has.
const LONGEST: usize = 5;

/// Rules and exceptions by tag.
pub struct Lemmas {
    /// Ending to characters to cut and text to add.
    rules: HashMap<Xpos, HashMap<Box<str>, (usize, Box<str>)>>,
    exceptions: HashMap<Xpos, HashMap<Box<str>, Box<str>>>,
}

impl Lemmas {
    /// Takes them out of a weights file.
    ///
    /// # Errors
    /// A line has too few columns.
    pub fn new(weights: &Weights) -> Result<Self, WeightsError> {
        let odd = |line: &str| WeightsError::Tensor(format!("lemma line {line:?}"));
        let mut rules: HashMap<_, HashMap<_, _>> = HashMap::new();
        for line in weights.lines("lemma.rules")?.filter(|l| !l.is_empty()) {
            let mut columns = line.split('\t');
            let mut next = || columns.next().ok_or_else(|| odd(line));
            let (tag, ending, cut, add) = (next()?, next()?, next()?, next()?);
            let cut = cut.parse().map_err(|_| odd(line))?;
            if let Some(tag) = Xpos::named(tag) {
                let rules = rules.entry(tag).or_default();
                rules.insert(ending.into(), (cut, add.into()));
            }
        }
        let mut exceptions: HashMap<_, HashMap<_, _>> = HashMap::new();
        for line in weights.lines("lemma.exceptions")?.filter(|l| !l.is_empty()) {
            let mut columns = line.split('\t');
            let mut next = || columns.next().ok_or_else(|| odd(line));
            let (tag, form, lemma) = (next()?, next()?, next()?);
            if let Some(tag) = Xpos::named(tag) {
                let exceptions = exceptions.entry(tag).or_default();
                exceptions.insert(form.into(), lemma.into());
            }
        }
        Ok(Self { rules, exceptions })
    }

    /// The lemma of a form with its tag.
    pub fn of(&self, form: &str, tag: Xpos) -> String {
        let form = if tag.is_any(&["NNP", "NNPS", "ADD", "FW"]) {
            form.to_owned()
        } else {
            form.to_lowercase()
        };
        if let Some(lemma) = self.exceptions.get(&tag).and_then(|known| known.get(form.as_str())) {
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
        for at in endings {
            let Some((cut, add)) = rules.get(&lower[at..]) else {
                continue;
            };
            // as many letters as the rule cuts must be there
            let mut kept = form.char_indices().rev();
            let end = if *cut == 0 {
                Some(form.len())
            } else {
                kept.nth(cut - 1).map(|(at, _)| at)
            };
            if let Some(end) = end {
                return format!("{}{add}", &form[..end]);
            }
        }
        form
    }
}
