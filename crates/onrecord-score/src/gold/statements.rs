//! Statements against an annotated page.

use std::fmt;

use onrecord_model::{ArticleReading, Span, Statement};
use serde_json::Value;

use super::{GoldPage, Places, harmonic, pair, share, strings, words};
use crate::attribution::{ENOUGH, like};

/// Figures of statements; a pair is a part and what it is a part of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatementsScore {
    /// Rows that are annotated, of all rows. What fits a marginal one counts in neither.
    pub precision: (usize, usize),
    /// Annotated ones that were found; the marginal are left out.
    pub recall: (usize, usize),
    /// With the right speaker, of those found.
    pub speaker: (usize, usize),
    /// Quoted, reported or mixed as annotated.
    pub kind: (usize, usize),
    /// With just the chain of outlets and persons that is annotated.
    pub chain: (usize, usize),
    /// With the one spoken to, of those that have one; or rightly none.
    pub addressee: (usize, usize),
}

impl StatementsScore {
    /// The harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        harmonic(self.precision, self.recall)
    }

    pub(super) fn add(
        &mut self,
        gold: &GoldPage,
        places: &Places,
        articles: &[ArticleReading],
        errors: &mut Vec<String>,
    ) {
        let all: Vec<Gold<'_>> = gold.json["statements"]
            .as_array()
            .map_or_else(Vec::new, |all| all.iter().map(Gold::of).collect());
        let mut taken = vec![false; all.len()];
        for article in articles {
            for row in &article.statements {
                let cue = row.cue.and_then(|c| places.on_page(article, c));
                let content = row.content.iter();
                let content: Vec<Span> = content
                    .filter_map(|c| places.on_page(article, *c))
                    .collect();
                let mut fits: Vec<usize> = (0..all.len())
                    .filter(|g| all[*g].fits(cue, &content))
                    .collect();
                // a row that fits a marginal one is no false positive; a full row comes first
                fits.sort_by_key(|g| (taken[*g], all[*g].marginal));
                match fits.first() {
                    Some(g) if all[*g].marginal => taken[*g] = true,
                    Some(g) if !taken[*g] => {
                        taken[*g] = true;
                        self.precision.0 += 1;
                        self.precision.1 += 1;
                        self.compare(gold, &all[*g], article, row, errors);
                    }
                    _ => {
                        self.precision.1 += 1;
                        errors.push(format!("statement wrong: {}", told(article, row)));
                    }
                }
            }
        }
        for (one, taken) in all.iter().zip(taken).filter(|(one, _)| !one.marginal) {
            self.recall.1 += 1;
            self.recall.0 += usize::from(taken);
            if !taken {
                let (cue, content) = (&one.json["cue"], &one.json["content"]);
                errors.push(format!(
                    "statement missed: [{}] {cue} {content}",
                    words(&one.json["speaker"])
                ));
            }
        }
    }

    fn compare(
        &mut self,
        gold: &GoldPage,
        one: &Gold<'_>,
        article: &ArticleReading,
        row: &Statement,
        errors: &mut Vec<String>,
    ) {
        let mut count = |pair: &mut (usize, usize), right: bool, what: &str, wanted: &Value| {
            pair.1 += 1;
            pair.0 += usize::from(right);
            if !right {
                errors.push(format!("{what} {wanted} wanted: {}", told(article, row)));
            }
        };
        let speaker = words(&one.json["speaker"]);
        let is = |id: Option<&str>, name: &str| match id {
            Some(id) => gold.is(article, id, name),
            None => name.is_empty() || name.ends_with("(unnamed)"),
        };
        let right = is(row.speaker.as_deref(), &speaker);
        count(&mut self.speaker, right, "speaker", &one.json["speaker"]);
        count(
            &mut self.kind,
            one.json["kind"] == row.kind.name(),
            "kind",
            &one.json["kind"],
        );
        let via = strings(&one.json["via"]);
        let chain = via.len() == row.via.len()
            && via
                .iter()
                .zip(&row.via)
                .all(|(name, id)| gold.is(article, id, name));
        count(&mut self.chain, chain, "via", &one.json["via"]);
        let addressee = words(&one.json["addressee"]);
        let right = match row.addressee.as_deref() {
            None => addressee.is_empty(),
            Some(id) => gold.is(article, id, &addressee),
        };
        count(
            &mut self.addressee,
            right,
            "addressee",
            &one.json["addressee"],
        );
    }
}

struct Gold<'a> {
    json: &'a Value,
    cue: Option<Span>,
    content: Vec<Span>,
    marginal: bool,
}

impl<'a> Gold<'a> {
    fn of(json: &'a Value) -> Self {
        let content = json["spans"]["content"].as_array();
        Self {
            json,
            cue: pair(&json["spans"]["cue"]),
            content: content.map_or_else(Vec::new, |all| all.iter().filter_map(pair).collect()),
            marginal: json["marginal"].as_bool().unwrap_or(false),
        }
    }

    /// The cues overlap (or both are missing), and so does at least half of the content.
    fn fits(&self, cue: Option<Span>, content: &[Span]) -> bool {
        let cues = match (self.cue, cue) {
            (None, None) => true,
            (Some(a), Some(b)) => a.overlaps(b),
            _ => false,
        };
        cues && like(&self.content, content) >= ENOUGH
    }
}

fn told(article: &ArticleReading, row: &Statement) -> String {
    let who = |id: &String| article.actor(id).map_or("?", |a| a.name.as_str());
    let said: Vec<&str> = row.content.iter().map(|c| article.words(*c)).collect();
    format!(
        "[{}] [{}] {said:?} via {:?} to {} ({})",
        row.speaker.as_ref().map_or("nobody", who),
        row.cue.map_or("no cue", |c| article.words(c)),
        row.via.iter().map(who).collect::<Vec<_>>(),
        row.addressee.as_ref().map_or("nobody", who),
        row.made_by
    )
}

impl fmt::Display for StatementsScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "statements: F1 {:.3}", self.f1())?;
        share(f, "precision", self.precision)?;
        share(f, "recall", self.recall)?;
        share(f, "speaker", self.speaker)?;
        share(f, "kind", self.kind)?;
        share(f, "chain", self.chain)?;
        share(f, "addressee", self.addressee)
    }
}
