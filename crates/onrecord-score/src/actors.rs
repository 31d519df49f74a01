//! Who is who over pages: written forms, each with the actor it stands for.
//!
//! The gold is a table of three columns: `page`, `form`, `actor`. An item is one written form
//! on one page; that of the system has the actor that most of the page's name mentions with
//! this text have. Clusters of items are compared by B-cubed (Bagga and Baldwin 1998).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::ScoreError;
use crate::coref::{Clusters, CorefScore};

/// A written form of an actor on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldForm {
    /// The page's file name.
    pub page: String,
    /// The words, without title, article and possessive.
    pub form: String,
    /// Which occurrence of the words on the page is meant, counted from 1; `None` if all.
    pub occurrence: Option<usize>,
    /// The actor's key.
    pub actor: String,
}

/// A name mention that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundName {
    /// The page's file name.
    pub page: String,
    /// Where it stands on the page, in code points.
    pub start: Option<usize>,
    /// The words.
    pub text: String,
    /// The actor's id.
    pub actor: String,
}

/// How well the forms were brought together.
#[derive(Clone, Debug, Default)]
pub struct ActorsScore {
    /// Gold forms.
    pub forms: usize,
    /// Pages.
    pub pages: usize,
    /// Actors of the gold.
    pub actors: usize,
    /// Gold forms that are no name mention.
    pub missed: Vec<GoldForm>,
    /// B-cubed over all forms, one without a mention alone.
    pub all: CorefScore,
    /// B-cubed over the forms that are mentions.
    pub found: CorefScore,
    /// Actors of the gold that are several actors here: the actor, and the forms of each part.
    pub split: Vec<(String, Vec<Vec<String>>)>,
    /// Actors here that are several in the gold: the id, and the forms of each part.
    pub merged: Vec<(String, Vec<Vec<String>>)>,
}

/// Reads the gold. Empty lines and lines that begin with `#` are left out; `#3` at the end of
/// a form is the third occurrence of the words on the page.
///
/// ```
/// let gold = "# page, form, actor\n01.txt\tKavash#2\ti-kavash\n";
/// let gold = onrecord_score::actors::read(gold, "gold.tsv")?;
/// assert_eq!((gold[0].form.as_str(), gold[0].occurrence), ("Kavash", Some(2)));
/// # Ok::<(), onrecord_score::ScoreError>(())
/// ```
///
/// # Errors
/// If a line has not three cells, naming it.
pub fn read(text: &str, file: &str) -> Result<Vec<GoldForm>, ScoreError> {
    let mut gold = Vec::new();
    for (n, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let [page, form, actor] = cells[..] else {
            let what = format!(
                "{} cells; expected three, parted by tabs: page, form, actor",
                cells.len()
            );
            return Err(ScoreError::line(file, n + 1, what));
        };
        let numbered = form
            .rsplit_once('#')
            .and_then(|(form, n)| Some((form, n.parse().ok()?)));
        let (form, occurrence) = match numbered {
            Some((form, n)) => (form, Some(n)),
            None => (form, None),
        };
        gold.push(GoldForm {
            page: page.to_owned(),
            form: form.to_owned(),
            occurrence,
            actor: actor.to_owned(),
        });
    }
    Ok(gold)
}

/// Compares found names with the gold. `text` gives the decoded text of a page: it is asked for
/// only where the gold means one occurrence of a form.
pub fn actors(
    gold: &[GoldForm],
    found: &[FoundName],
    mut text: impl FnMut(&str) -> Option<String>,
) -> ActorsScore {
    let mut by_form: BTreeMap<(&str, String), Vec<&FoundName>> = BTreeMap::new();
    for name in found {
        let key = (name.page.as_str(), plain(&name.text));
        by_form.entry(key).or_default().push(name);
    }
    let mut texts: BTreeMap<&str, Option<Vec<char>>> = BTreeMap::new();
    let mut score = ActorsScore {
        forms: gold.len(),
        ..ActorsScore::default()
    };
    let mut system: Vec<Option<&str>> = Vec::new();
    for item in gold {
        let names = by_form.get(&(item.page.as_str(), plain(&item.form)));
        let mut names: Vec<&FoundName> = names.cloned().unwrap_or_default();
        if let Some(n) = item.occurrence {
            let text = texts
                .entry(&item.page)
                .or_insert_with(|| Some(text(&item.page)?.chars().collect()));
            let at = text.as_ref().and_then(|text| nth(text, &item.form, n));
            let length = item.form.chars().count();
            let there = |name: &&FoundName| {
                let (Some(start), Some(at)) = (name.start, at) else {
                    return false;
                };
                start < at + length && at < start + name.text.chars().count()
            };
            names.retain(there);
        }
        let actor = most(&names);
        if actor.is_none() {
            score.missed.push(item.clone());
        }
        system.push(actor);
    }
    let of_gold = |keep: &dyn Fn(usize) -> bool| {
        let mut clusters: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (n, item) in gold.iter().enumerate().filter(|(n, _)| keep(*n)) {
            clusters.entry(&item.actor).or_default().push(n);
        }
        clusters
    };
    let mut of_system: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut alone: Clusters = Vec::new();
    for (n, actor) in system.iter().enumerate() {
        match actor {
            Some(actor) => of_system.entry(actor).or_default().push(n),
            None => alone.push(vec![n]),
        }
    }
    let all_gold = of_gold(&|_| true);
    let found_gold: Clusters = of_gold(&|n| system[n].is_some()).into_values().collect();
    let found_system: Clusters = of_system.values().cloned().collect();
    let all_system: Clusters = found_system.iter().cloned().chain(alone).collect();
    let all: Clusters = all_gold.values().cloned().collect();
    score.all.add(&all, &all_system, true);
    score.found.add(&found_gold, &found_system, true);
    score.actors = all_gold.len();
    score.pages = gold.iter().map(|g| &g.page).collect::<BTreeSet<_>>().len();

    let forms = |items: &[usize]| -> Vec<String> {
        let forms: BTreeSet<&str> = items.iter().map(|n| gold[*n].form.as_str()).collect();
        forms.into_iter().map(str::to_owned).collect()
    };
    for (actor, items) in &all_gold {
        let parts = parts(items, |n| system[n]);
        if parts.len() > 1 {
            let parts = parts.iter().map(|part| forms(part)).collect();
            score.split.push(((*actor).to_owned(), parts));
        }
    }
    for (actor, items) in &of_system {
        let parts = parts(items, |n| Some(gold[n].actor.as_str()));
        if parts.len() > 1 {
            let parts = parts.iter().map(|part| forms(part)).collect();
            score.merged.push(((*actor).to_owned(), parts));
        }
    }
    score
}

/// Items by what they are on the other side, the largest part first; those that are nothing
/// there left out.
fn parts<'a>(items: &[usize], other: impl Fn(usize) -> Option<&'a str>) -> Vec<Vec<usize>> {
    let mut parts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for n in items {
        if let Some(key) = other(*n) {
            parts.entry(key).or_default().push(*n);
        }
    }
    let mut parts: Vec<Vec<usize>> = parts.into_values().collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts
}

/// The words without article and possessive, as they are compared.
fn plain(text: &str) -> String {
    let text = text.replace('’', "'");
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = match words.as_slice() {
        [first, rest @ ..] if first.eq_ignore_ascii_case("the") && !rest.is_empty() => {
            rest.join(" ")
        }
        words => words.join(" "),
    };
    text.strip_suffix("'s").map_or(text.clone(), str::to_owned)
}

/// The actor that most of the names have, of several the first in order.
fn most<'a>(names: &[&'a FoundName]) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(&name.actor).or_default() += 1;
    }
    let most = *counts.values().max()?;
    counts
        .into_iter()
        .find(|(_, count)| *count == most)
        .map(|(actor, _)| actor)
}

/// Where the `n`th occurrence of the words begins, whole words only.
fn nth(text: &[char], words: &str, n: usize) -> Option<usize> {
    let words: Vec<char> = words.chars().collect();
    let border = |c: Option<&char>| c.is_none_or(|c| !c.is_alphanumeric());
    (0..text.len())
        .filter(|at| text[*at..].starts_with(&words))
        .filter(|at| {
            let before = at.checked_sub(1).and_then(|i| text.get(i));
            border(before) && border(text.get(at + words.len()))
        })
        .nth(n.checked_sub(1)?)
}

impl ActorsScore {
    /// What is split, merged and missed, a line each.
    pub fn errors(&self) -> String {
        let mut out = String::new();
        for (what, actors) in [("split", &self.split), ("merged", &self.merged)] {
            for (actor, parts) in actors {
                let parts: Vec<String> = parts.iter().map(|part| part.join(", ")).collect();
                out.push_str(&format!("{what}   {actor}: {}\n", parts.join(" | ")));
            }
        }
        for item in &self.missed {
            let n = item.occurrence.map_or(String::new(), |n| format!("#{n}"));
            out.push_str(&format!(
                "missed  {}: {}{n} ({})\n",
                item.page, item.form, item.actor
            ));
        }
        out
    }
}

/// Learned coreference across documents (xCoRe 2025 on ECB+), CoNLL F1: other data, other
/// measure, no names to hold on to.
const PUBLISHED: (&str, &str) = ("xCoRe (2025), ECB+, CoNLL F1, other data", "0.424");

impl fmt::Display for ActorsScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "Actors over pages, B-cubed, {} written forms of {} actors on {} pages\n",
            self.forms, self.actors, self.pages
        )?;
        writeln!(
            f,
            "{:<42} {:>6} {:>9} {:>7}",
            "", "F1", "precision", "recall"
        )?;
        for (name, score) in [
            (concat!("onrecord ", env!("CARGO_PKG_VERSION")), &self.all),
            ("  of the forms that are name mentions", &self.found),
        ] {
            let b = &score.b_cubed;
            writeln!(
                f,
                "{name:<42} {:>6.3} {:>9.3} {:>7.3}",
                b.f1(),
                b.p(),
                b.r()
            )?;
        }
        writeln!(f, "{:<42} {:>6}", PUBLISHED.0, PUBLISHED.1)?;
        writeln!(
            f,
            "\n{} forms are no name mention; {} actors split, {} merged",
            self.missed.len(),
            self.split.len(),
            self.merged.len()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(page: &str, start: usize, text: &str, actor: &str) -> FoundName {
        FoundName {
            page: page.into(),
            start: Some(start),
            text: text.into(),
            actor: actor.into(),
        }
    }

    #[test]
    fn forms_are_items_and_one_without_a_mention_is_alone() {
        let gold =
            "a.txt\tIlian Kavash\ti\na.txt\tKavash\ti\nb.txt\tIlyan Qavash\ti\nb.txt\tHSM\th\n";
        let gold = read(gold, "gold.tsv").expect("four rows");
        let found = [
            name("a.txt", 0, "Ilian Kavash", "ac-1"),
            name("a.txt", 30, "Kavash’s", "ac-1"),
            name("b.txt", 0, "Ilyan Qavash", "ac-2"),
        ];
        let score = actors(&gold, &found, |_| None);
        assert!((score.all.b_cubed.p() - 1.0).abs() < 1e-9);
        // (2/3 + 2/3 + 1/3 + 1) of 4
        assert!((score.all.b_cubed.r() - (5.0 / 3.0 + 1.0) / 4.0).abs() < 1e-9);
        assert_eq!((score.missed.len(), score.split.len()), (1, 1));
        assert!(
            score
                .errors()
                .contains("split   i: Ilian Kavash, Kavash | Ilyan Qavash")
        );
    }

    #[test]
    fn one_occurrence_is_meant() {
        let gold = read("a\tKavash#2\tm\na\tKavash#3\ti\n", "gold.tsv").expect("two rows");
        let text = "Ilian Kavash met Kavash. Kavash left.";
        let found = [
            name("a", 0, "Ilian Kavash", "ac-1"),
            name("a", 17, "Kavash", "ac-2"),
            name("a", 25, "Kavash", "ac-1"),
        ];
        let score = actors(&gold, &found, |_| Some(text.to_owned()));
        assert!((score.all.b_cubed.f1() - 1.0).abs() < 1e-9);
        assert!(score.missed.is_empty() && score.merged.is_empty());
    }

    #[test]
    fn a_line_without_three_cells_is_named() {
        let error = read("a\tb\tc\nd\te\n", "gold.tsv").expect_err("two cells");
        assert!(
            error.to_string().starts_with("gold.tsv:2: 2 cells"),
            "{error}"
        );
    }
}
