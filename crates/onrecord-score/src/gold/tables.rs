//! Positions, outlooks and framings against an annotated page.

use std::collections::BTreeMap;
use std::fmt;

use onrecord_model::{ArticleReading, Id, Span};
use serde_json::Value;

use super::{GoldPage, Places, harmonic, share, words};

/// Figures of one of the three tables; a pair is a part and what it is a part of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableScore {
    /// Rows that an annotated one matches, of all rows.
    pub precision: (usize, usize),
    /// Annotated ones that were found; the marginal are left out.
    pub recall: (usize, usize),
    /// Of those found, with the right stance or type.
    pub kind: (usize, usize),
}

/// What is known of a row of either side.
struct Row<'a> {
    /// Issue, for positions.
    issue: String,
    kind: &'a str,
    label: &'a str,
    at: Span,
    actor: &'a Id,
    told: String,
}

impl TableScore {
    /// The harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        harmonic(self.precision, self.recall)
    }

    /// Positions: a row is found if actor, issue and sentence are those annotated.
    pub(super) fn positions(
        &mut self,
        page: (&GoldPage, &Places),
        articles: &[ArticleReading],
        issues: &BTreeMap<String, String>,
        errors: &mut Vec<String>,
    ) {
        let (gold, places) = page;
        for article in articles {
            let rows = article.positions.iter().filter_map(|p| {
                let sentence = article.sentences[p.sentence].span;
                Some(Row {
                    issue: p.issue.clone(),
                    kind: p.stance.name(),
                    label: "",
                    at: places.on_page(article, sentence)?,
                    actor: &p.actor,
                    told: format!("{} {} ({})", p.issue, p.stance.name(), p.made_by),
                })
            });
            let rows: Vec<Row<'_>> = rows.collect();
            let fits = |row: &Row<'_>, one: &Value| {
                let name = words(&one["issue"]);
                row.issue == *issues.get(&name).unwrap_or(&name)
            };
            self.add("positions", "stance", gold, article, &rows, fits, errors);
        }
    }

    /// Outlooks: a row is found if actor and sentence are those annotated.
    pub(super) fn outlooks(
        &mut self,
        page: (&GoldPage, &Places),
        articles: &[ArticleReading],
        errors: &mut Vec<String>,
    ) {
        let (gold, places) = page;
        for article in articles {
            let rows = article.outlooks.iter().filter_map(|o| {
                Some(Row {
                    issue: String::new(),
                    kind: o.outlook_type.name(),
                    label: "",
                    at: places.on_page(article, o.content)?,
                    actor: &o.actor,
                    told: format!("{} `{}`", o.outlook_type.name(), article.words(o.content)),
                })
            });
            let rows: Vec<Row<'_>> = rows.collect();
            self.add(
                "outlooks",
                "type",
                gold,
                article,
                &rows,
                |_, _| true,
                errors,
            );
        }
    }

    /// Framings: a row is found if actor and sentence are those annotated and one label holds
    /// the other.
    pub(super) fn framings(
        &mut self,
        page: (&GoldPage, &Places),
        articles: &[ArticleReading],
        errors: &mut Vec<String>,
    ) {
        let (gold, places) = page;
        for article in articles {
            let rows = article.framings.iter().filter_map(|f| {
                Some(Row {
                    issue: String::new(),
                    kind: "",
                    label: article.words(f.label),
                    at: places.on_page(article, f.label)?,
                    actor: &f.actor,
                    told: format!("`{}`", article.words(f.label)),
                })
            });
            let rows: Vec<Row<'_>> = rows.collect();
            let fits = |row: &Row<'_>, one: &Value| {
                let label = words(&one["label"]).trim_matches(['[', ']']).to_lowercase();
                let ours = row.label.to_lowercase();
                label.contains(&ours) || ours.contains(&label)
            };
            self.add("framings", "", gold, article, &rows, fits, errors);
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn add(
        &mut self,
        table: &str,
        kind: &str,
        gold: &GoldPage,
        article: &ArticleReading,
        rows: &[Row<'_>],
        fits: impl Fn(&Row<'_>, &Value) -> bool,
        errors: &mut Vec<String>,
    ) {
        let all = gold.json[table].as_array().map_or(&[][..], Vec::as_slice);
        let mut taken = vec![false; all.len()];
        for row in rows {
            let found = (0..all.len()).filter(|g| {
                let one = &all[*g];
                let at = gold.sentences(&words(&one["sentence_id"]));
                at.is_some_and(|at| at.overlaps(row.at))
                    && gold.is(article, row.actor, &words(&one["actor"]))
                    && fits(row, one)
            });
            let marginal = |g: usize| all[g]["marginal"] == true;
            let best = found.min_by_key(|g| {
                let wrong_kind = !kind.is_empty() && words(&all[*g][kind]) != row.kind;
                (taken[*g], wrong_kind, marginal(*g))
            });
            let who = article.actor(row.actor).map_or("?", |a| a.name.as_str());
            match best {
                Some(g) if marginal(g) => taken[g] = true,
                Some(g) if !taken[g] => {
                    taken[g] = true;
                    self.precision.0 += 1;
                    self.precision.1 += 1;
                    self.kind.1 += 1;
                    let right = kind.is_empty() || words(&all[g][kind]) == row.kind;
                    self.kind.0 += usize::from(right);
                    if !right {
                        let wanted = &all[g][kind];
                        errors.push(format!("{table}: {wanted} wanted: {who}: {}", row.told));
                    }
                }
                _ => {
                    self.precision.1 += 1;
                    errors.push(format!("{table} wrong: {who}: {}", row.told));
                }
            }
        }
        for (one, taken) in all.iter().zip(taken) {
            if one["marginal"] == true {
                continue;
            }
            self.recall.1 += 1;
            self.recall.0 += usize::from(taken);
            if !taken {
                let what = ["evidence", "content", "label"].map(|key| words(&one[key]));
                let what = what.iter().find(|w| !w.is_empty()).cloned();
                errors.push(format!(
                    "{table} missed: {} {} {}: {}",
                    words(&one["actor"]),
                    words(&one["stance"]),
                    words(&one["type"]),
                    what.unwrap_or_default()
                ));
            }
        }
    }

    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>, name: &str, kind: &str) -> fmt::Result {
        writeln!(f, "\n{name}: F1 {:.3}", self.f1())?;
        share(f, "precision", self.precision)?;
        share(f, "recall", self.recall)?;
        if !kind.is_empty() {
            share(f, kind, self.kind)?;
        }
        Ok(())
    }
}
