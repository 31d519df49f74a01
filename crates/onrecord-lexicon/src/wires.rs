//! `pages/wires.toml`: news agencies whose copy others print, and where they are credited.

use serde::Deserialize;

use crate::{File, LexiconError, fold};

/// A news agency.
#[derive(Clone, Debug)]
pub struct Wire {
    /// Unique key (`reuters`).
    pub id: String,
    /// Its name in rows.
    pub name: String,
    /// What it must be found in.
    pub yes: Vec<WireExample>,
    /// What it must not be found in.
    pub no: Vec<WireExample>,
    names: Vec<String>,
    codes: Vec<String>,
}

/// A text with the place it is printed in; one of the four is given.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireExample {
    /// The first sentence of a body.
    pub dateline: Option<String>,
    /// An author line.
    pub byline: Option<String>,
    /// A last line of a body.
    pub credit: Option<String>,
    /// The name of an outlet.
    pub outlet: Option<String>,
}

/// The wires, and how lines begin that credit one.
#[derive(Clone, Debug, Default)]
pub struct Wires {
    /// In order of files and entries.
    pub list: Vec<Wire>,
    /// Beginnings of credits, folded, in lower case.
    starts: Vec<(String, Vec<String>)>,
}

impl Wires {
    /// The wires of a dateline: "KELMET (AP) —", "KELMET, May 3. /TASS/.", "Kelmet, AFP –".
    ///
    /// ```
    /// let wires = &onrecord_lexicon::Lexicon::built_in().pages.wires;
    /// let found = wires.in_dateline("KELMET (AP) — The council met.");
    /// assert_eq!(found[0].name, "Associated Press");
    /// assert!(wires.in_dateline("The council (AP) met.").is_empty());
    /// ```
    pub fn in_dateline(&self, text: &str) -> Vec<&Wire> {
        let Some(end) = dateline_end(text) else {
            return Vec::new();
        };
        let head = &text[..end];
        let parts = head.split(['(', ')', '/', ',', '.', '—', '–', '[', ']']);
        self.all(
            parts
                .flat_map(|p| p.split(" - "))
                .flat_map(|p| p.split("--")),
        )
    }

    /// The wires of an author line: "A. Writer, Associated Press", "Staff, Agencies".
    pub fn in_byline(&self, text: &str) -> Vec<&Wire> {
        self.all(parts(text))
    }

    /// The wires of a line that credits one: "Source: Reuters", "(AFP/Reuters)".
    pub fn in_credit(&self, line: &str) -> Vec<&Wire> {
        const LONGEST: usize = 30;
        let line = line.trim();
        if let Some(start) = line.rfind('(').filter(|_| line.ends_with(')')) {
            let found = self.all(parts(&line[start..]));
            if !found.is_empty() {
                return found;
            }
        }
        if line.split_whitespace().count() > LONGEST {
            return Vec::new();
        }
        let bare = line.trim_matches(|c: char| "()[]–—- ".contains(c));
        let whole: Vec<&str> = bare.split(['/', ',', '&']).collect();
        if whole.iter().all(|part| self.of(part).is_some()) {
            return self.all(whole.into_iter());
        }
        let key = fold(bare).to_lowercase();
        if self
            .starts
            .iter()
            .any(|(_, s)| s.iter().any(|s| key.starts_with(s.as_str())))
        {
            return self.all(parts(bare).flat_map(|p| p.split(' ').chain([p])));
        }
        Vec::new()
    }

    /// The wire that an outlet is.
    pub fn of_outlet(&self, name: &str) -> Option<&Wire> {
        self.of(name)
    }

    fn all<'a>(&self, parts: impl Iterator<Item = &'a str>) -> Vec<&Wire> {
        let mut found: Vec<&Wire> = Vec::new();
        for wire in parts.filter_map(|p| self.of(p)) {
            if found.iter().all(|f| f.id != wire.id) {
                found.push(wire);
            }
        }
        found
    }

    /// The wire whose name or code this is, and nothing more.
    fn of(&self, text: &str) -> Option<&Wire> {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        if text.is_empty() {
            return None;
        }
        let key = fold(text).to_lowercase();
        self.list
            .iter()
            .find(|w| w.codes.iter().any(|c| c == text) || w.names.contains(&key))
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    const WORDS: [&str; 8] = [
        " and ", " for ", " of ", " via ", " with ", " in ", " from ", " by ",
    ];
    let mut parts = vec![text];
    for word in WORDS {
        parts = parts.into_iter().flat_map(|p| p.split(word)).collect();
    }
    parts
        .into_iter()
        .flat_map(|p| p.split([',', '/', '|', ';', '&', '(', ')', ':']))
        .flat_map(|p| p.split(" - "))
}

/// Where a dateline at the beginning of a text ends, as a byte of it: behind the dash or the
/// agency in brackets; none if the text begins like any sentence.
///
/// ```
/// use onrecord_lexicon::dateline_end;
/// assert_eq!(dateline_end("KELMET (AP) - The council met."), Some(14));
/// assert_eq!(dateline_end("The council - which is new - met."), None);
/// ```
pub fn dateline_end(text: &str) -> Option<usize> {
    const LONGEST: usize = 90;
    let mut stop = text.len().min(LONGEST);
    while !text.is_char_boundary(stop) {
        stop -= 1;
    }
    let head = &text[..stop];
    let mut end = None;
    for mark in [
        ") -- ", ") - ", ") — ", ") – ", ") ", ").- ", "): ", "/. ", "/ ", " — ", " – ", " -- ",
        " - ",
    ] {
        for (at, _) in head.match_indices(mark) {
            let before = &head[..at];
            let behind = at + mark.len();
            // without a dash only behind a day: a name may have brackets behind it as well
            let sure = mark != ") " || before.contains(|c: char| c.is_ascii_digit());
            if sure && place_and_source(before, mark.starts_with([')', '/'])) {
                end = Some(end.map_or(behind, |e: usize| e.max(behind)));
            }
        }
    }
    end
}

/// "KELMET, May 3 (Xinhua": at most eight words, all of them names, numbers or codes; without
/// an agency in brackets at most four.
fn place_and_source(text: &str, bracketed: bool) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || "()[]/,.–—-".contains(c))
        .filter(|w| !w.is_empty())
        .collect();
    let is_name = |w: &&str| {
        w.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
            || (bracketed && w.chars().count() <= 3 && Some(w) == words.last())
    };
    let common = words.first().is_some_and(|w| {
        matches!(
            w.to_lowercase().as_str(),
            "the" | "a" | "an" | "leaders" | "he" | "she" | "it"
        ) && w.chars().any(char::is_lowercase)
    });
    let most = if bracketed { 8 } else { 5 };
    !common && !words.is_empty() && words.len() <= most && words.iter().all(is_name)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireEntry {
    id: String,
    name: String,
    names: Vec<String>,
    codes: Vec<String>,
    yes: Vec<WireExample>,
    no: Vec<WireExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreditEntry {
    id: String,
    starts: Vec<String>,
}

/// Lays the entries of one file over those before it.
pub(crate) fn add(
    to: &mut Wires,
    file: &File,
    wires: Vec<WireEntry>,
    credits: Vec<CreditEntry>,
) -> Result<(), LexiconError> {
    let key = |text: &String| fold(text).to_lowercase();
    for entry in wires {
        if entry.names.is_empty() && entry.codes.is_empty() {
            let line = file.line_of(&format!("\"{}\"", entry.id));
            return Err(file.wrong(line, format!("`{}` needs names or codes", entry.id)));
        }
        let wire = Wire {
            names: entry.names.iter().map(key).collect(),
            id: entry.id,
            name: entry.name,
            codes: entry.codes,
            yes: entry.yes,
            no: entry.no,
        };
        match to.list.iter().position(|w| w.id == wire.id) {
            Some(at) => to.list[at] = wire,
            None => to.list.push(wire),
        }
    }
    for entry in credits {
        let starts = entry.starts.iter().map(key).collect();
        to.starts.retain(|(id, _)| *id != entry.id);
        to.starts.push((entry.id, starts));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    fn found<'a>(wires: &'a Wires, example: &WireExample) -> Vec<&'a Wire> {
        let of = |text: &Option<String>, find: &dyn Fn(&str) -> Vec<&'a Wire>| {
            text.as_deref().map(find).unwrap_or_default()
        };
        [
            of(&example.dateline, &|t| wires.in_dateline(t)),
            of(&example.byline, &|t| wires.in_byline(t)),
            of(&example.credit, &|t| wires.in_credit(t)),
            of(&example.outlet, &|t| {
                wires.of_outlet(t).into_iter().collect()
            }),
        ]
        .concat()
    }

    #[test]
    fn every_wire_takes_its_yes_and_leaves_its_no() {
        let wires = &Lexicon::built_in().pages.wires;
        assert!(wires.list.len() > 20);
        for wire in &wires.list {
            assert!(!wire.yes.is_empty() && !wire.no.is_empty(), "{}", wire.id);
            for example in &wire.yes {
                let ids: Vec<_> = found(wires, example).iter().map(|w| &w.id).collect();
                assert!(ids.contains(&&wire.id), "{} in {example:?}", wire.id);
            }
            for example in &wire.no {
                let ids: Vec<_> = found(wires, example).iter().map(|w| &w.id).collect();
                assert!(!ids.contains(&&wire.id), "{} not in {example:?}", wire.id);
            }
        }
    }

    #[test]
    fn datelines_and_what_is_none() {
        for (text, rest) in [
            ("KELMET (AP) — The council met.", "The council met."),
            (
                "KELMET, May 3. /TASS/. The council met.",
                "The council met.",
            ),
            ("Kelmet – The council met.", "The council met."),
            (
                "PORT HESSIM, Talvaria, May 3 (Xinhua) -- A boat sank.",
                "A boat sank.",
            ),
        ] {
            assert_eq!(
                dateline_end(text).map(|end| &text[end..]),
                Some(rest),
                "{text}"
            );
        }
        for text in [
            "The council – which is new – met.",
            "Talks (in the capital) failed.",
            "Taymar Oskel (Ulush Brigades) said no.",
            "",
            "()",
            "— — —",
        ] {
            assert_eq!(dateline_end(text), None, "{text}");
        }
    }
}
