//! Events against an annotated page.

use std::fmt;

use onrecord_model::{ArticleReading, Event, Id, Span};
use serde_json::Value;

use super::{GoldPage, Places, harmonic, pair, share, strings, words};

/// Figures of events; a pair is a part and what it is a part of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventsScore {
    /// Rows with an annotated trigger's sentence and, if there is one, its type, of all rows.
    pub precision: (usize, usize),
    /// Annotated ones that were found; the marginal are left out.
    pub recall: (usize, usize),
    /// With the right type, of those found.
    pub kind: (usize, usize),
    /// With type, actor and recipient right, of all rows ...
    pub full_precision: (usize, usize),
    /// ... and of all annotated ones.
    pub full_recall: (usize, usize),
    /// With the right status, of those found.
    pub status: (usize, usize),
    /// With the right date or rightly none, of those found.
    pub date: (usize, usize),
}

impl EventsScore {
    /// The harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        harmonic(self.precision, self.recall)
    }

    /// The same where type, actor and recipient must be right.
    pub fn full_f1(&self) -> f64 {
        harmonic(self.full_precision, self.full_recall)
    }

    pub(super) fn add(
        &mut self,
        gold: &GoldPage,
        places: &Places,
        articles: &[ArticleReading],
        errors: &mut Vec<String>,
    ) {
        let all: Vec<Gold<'_>> = gold.json["events"]
            .as_array()
            .map_or_else(Vec::new, |all| all.iter().filter_map(Gold::of).collect());
        let mut taken = vec![false; all.len()];
        for article in articles {
            for row in &article.events {
                let Some(trigger) = places.on_page(article, row.trigger) else {
                    continue;
                };
                let parties = |g: usize| {
                    holds(gold, article, &row.actors, &all[g].sources)
                        && holds(gold, article, &row.recipients, &all[g].targets)
                };
                let mut fits: Vec<usize> = (0..all.len())
                    .filter(|g| all[*g].fits(trigger, row))
                    .collect();
                fits.sort_by_key(|g| {
                    let one = &all[*g];
                    (taken[*g], !one.has_type(row), one.marginal, !parties(*g))
                });
                match fits.first() {
                    Some(g) if all[*g].marginal => taken[*g] = true,
                    Some(g) if !taken[*g] => {
                        taken[*g] = true;
                        self.precision.0 += 1;
                        self.precision.1 += 1;
                        self.full_precision.1 += 1;
                        let one = &all[*g];
                        let kind = one.has_type(row);
                        let full = kind && parties(*g);
                        self.full_precision.0 += usize::from(full);
                        self.full_recall.0 += usize::from(full);
                        let count = |pair: &mut (usize, usize), right: bool| {
                            pair.1 += 1;
                            pair.0 += usize::from(right);
                        };
                        count(&mut self.kind, kind);
                        count(&mut self.status, one.json["status"] == row.status.name());
                        let date = row.date.map(|d| d.to_string()).unwrap_or_default();
                        let wanted = words(&one.json["date"]);
                        count(&mut self.date, wanted == date);
                        if wanted != date {
                            let told = told(article, row);
                            errors.push(format!("event date: {date:?} for {wanted:?}: {told}"));
                        }
                        if !full {
                            errors.push(format!(
                                "event in part: {}; wanted {} {} > {}",
                                told(article, row),
                                one.json["plover"],
                                one.json["source"],
                                one.json["target"]
                            ));
                        }
                    }
                    _ => {
                        self.precision.1 += 1;
                        self.full_precision.1 += 1;
                        errors.push(format!("event wrong: {}", told(article, row)));
                    }
                }
            }
        }
        for (one, taken) in all.iter().zip(taken).filter(|(one, _)| !one.marginal) {
            self.recall.1 += 1;
            self.full_recall.1 += 1;
            self.recall.0 += usize::from(taken);
            if !taken {
                let j = one.json;
                errors.push(format!(
                    "event missed: {} {} {} > {}",
                    j["plover"], j["trigger"], j["source"], j["target"]
                ));
            }
        }
    }
}

struct Gold<'a> {
    json: &'a Value,
    sentence: Span,
    trigger: Option<Span>,
    types: Vec<String>,
    sources: Vec<String>,
    targets: Vec<String>,
    marginal: bool,
}

impl<'a> Gold<'a> {
    fn of(json: &'a Value) -> Option<Self> {
        let with = |main: &str, more: &str| {
            let mut all = strings(&json[main]);
            all.extend(strings(&json[more]));
            all
        };
        Some(Self {
            json,
            sentence: pair(&json["spans"]["sentence"])?,
            trigger: pair(&json["spans"]["trigger"]),
            types: with("plover", "plover_alt"),
            sources: with("source", "source_also"),
            targets: with("target", "target_also"),
            marginal: json["marginal"].as_bool().unwrap_or(false),
        })
    }

    /// The triggers touch, or the sentence is the same and so is the type.
    fn fits(&self, trigger: Span, row: &Event) -> bool {
        let touch = self.trigger.is_some_and(|t| t.overlaps(trigger));
        touch || (self.sentence.contains(trigger) && self.has_type(row))
    }

    fn has_type(&self, row: &Event) -> bool {
        self.types.iter().any(|t| t == row.event_type.name())
    }
}

/// Whether the first party annotated is among those found, or none is asked for.
fn holds(gold: &GoldPage, article: &ArticleReading, ids: &[Id], names: &[String]) -> bool {
    match names.first() {
        None => ids.is_empty(),
        Some(first) => ids.iter().any(|id| gold.is(article, id, first)),
    }
}

fn told(article: &ArticleReading, row: &Event) -> String {
    let names = |ids: &[Id]| -> Vec<String> {
        let name = |id: &Id| article.actor(id).map_or("?".to_owned(), |a| a.name.clone());
        ids.iter().map(name).collect()
    };
    format!(
        "{} [{}] {:?} > {:?} {} ({})",
        row.event_type.name(),
        article.words(row.trigger),
        names(&row.actors),
        names(&row.recipients),
        row.status.name(),
        row.made_by
    )
}

impl fmt::Display for EventsScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "events: F1 {:.3}; with type, actor and recipient {:.3}",
            self.f1(),
            self.full_f1()
        )?;
        share(f, "precision", self.precision)?;
        share(f, "recall", self.recall)?;
        share(f, "type", self.kind)?;
        share(f, "full, precision", self.full_precision)?;
        share(f, "full, recall", self.full_recall)?;
        share(f, "status", self.status)?;
        share(f, "date", self.date)
    }
}
