//! Places: which words name one, and how far from it what was found lies.

mod read;

use std::fmt::{self, Display};

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, MentionKind, Span, TokenKind, kilometres};
pub use read::read;
use serde_json::{Value, json};

/// An article with the places it names.
#[derive(Clone, Debug, PartialEq)]
pub struct GoldPlaces {
    /// Number or address.
    pub name: String,
    /// The text as it is annotated.
    pub text: String,
    /// The places, in order; spans are bytes of the text.
    pub places: Vec<PlaceAt>,
}

/// Words that name a place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceAt {
    /// Where they stand.
    pub span: Span,
    /// The place's usual name; empty where it is not known.
    pub name: String,
    /// Degrees north and east; none where the place is not known.
    pub at: Option<(f64, f64)>,
    /// GeoNames number.
    pub geonames: Option<i64>,
    /// Whether the words are no place in the record: a government that acts, an adjective.
    pub actor: bool,
}

/// The places that a reading names, the countries that it holds as governments, and those of
/// adjectives and peoples. A country
/// stands for its middle here, which no row of the record has.
pub fn found(reading: &ArticleReading, lexicon: &Lexicon) -> Vec<PlaceAt> {
    let middle = |country: Option<&str>| {
        let country = lexicon.gazetteer?.country(country?)?;
        Some((country.lat, country.lon))
    };
    let mut found: Vec<PlaceAt> = Vec::new();
    for mention in &reading.place_mentions {
        let Some(place) = reading.places.iter().find(|p| p.id == mention.place) else {
            continue;
        };
        let at = place.lat.zip(place.lon);
        found.push(PlaceAt {
            span: mention.span,
            name: place.name.clone(),
            at: at.or_else(|| middle(place.country.as_deref())),
            geonames: place.geonames,
            actor: false,
        });
    }
    let names = reading.mentions.iter();
    for mention in names.filter(|m| m.kind == MentionKind::Name) {
        let key = onrecord_lexicon::Actors::key(reading.words(mention.span));
        let entries = lexicon.places.by_form(&key).iter();
        let mut countries = entries
            .map(|at| &lexicon.places.entries[*at])
            .filter(|e| e.kind == "country");
        let actor = mention.actor.as_ref();
        let actor = actor.and_then(|id| reading.actors.iter().find(|a| a.id == *id));
        let country = actor.and_then(|a| a.country.as_deref());
        if let Some(entry) = countries.find(|e| e.country.as_deref() == country) {
            found.push(PlaceAt {
                span: mention.span,
                name: entry.name.clone(),
                at: middle(country),
                geonames: None,
                actor: true,
            });
        }
    }
    // "Iraqi", "Iraqis": no rows, and counted by the sets
    let words = reading.sentences.iter().flat_map(|s| &s.tokens);
    for token in words.filter(|t| t.kind == TokenKind::Word) {
        let country = lexicon.words.demonyms.get(reading.words(token.span));
        if let Some(country) = country
            && found.iter().all(|p| !p.span.overlaps(token.span))
        {
            found.push(PlaceAt {
                span: token.span,
                name: country.clone(),
                at: middle(Some(country)),
                geonames: None,
                actor: true,
            });
        }
    }
    found.sort_by_key(|p| p.span);
    found
}

/// The places found in an article, a line of JSON each; offsets count characters.
pub fn lines(gold: &GoldPlaces, found: &[PlaceAt]) -> String {
    let mut lines = String::new();
    for place in found {
        let start = gold.text[..place.span.start].chars().count();
        let text = place.span.of(&gold.text);
        let row: Value = json!({
            "document": gold.name,
            "start": start,
            "end": start + text.chars().count(),
            "text": text,
            "name": place.name,
            "lat": place.at.map(|at| at.0),
            "lon": place.at.map(|at| at.1),
            "geonames": place.geonames,
            "actor": place.actor,
        });
        lines += &row.to_string();
        lines.push('\n');
    }
    lines
}

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlacesScore {
    /// How many articles.
    pub articles: usize,
    /// Places of the gold with coordinates that are an adjective or a people ("French"), which
    /// the record leaves out, and were not found.
    pub adjectives: usize,
    /// Places of the gold, without and with coordinates.
    pub gold: (usize, usize),
    /// Names found, and those that share a letter with one of the gold.
    pub found: (usize, usize),
    /// For each place of the gold with coordinates that was found with some, how far off in
    /// kilometres.
    pub errors: Vec<f64>,
    /// Places of the gold with coordinates that were found, with coordinates or not.
    pub matched: usize,
}

impl PlacesScore {
    /// Counts an article; tells what was missed, what is far off, and what is no place.
    pub fn add(&mut self, gold: &GoldPlaces, found: &[PlaceAt], lexicon: &Lexicon) -> String {
        let mut told = String::new();
        self.articles += 1;
        let mut tell = |what: &str, place: &PlaceAt, more: &str| {
            let around = around(&gold.text, place.span);
            told += &format!("{}: {what} {around}{more}\n", gold.name);
        };
        let mut taken = vec![false; found.len()];
        for place in &gold.places {
            let fits = |at: &usize| !taken[*at] && found[*at].span.overlaps(place.span);
            let same = |at: &usize| fits(at) && found[*at].span == place.span;
            let numbers = 0..found.len();
            let at = numbers
                .clone()
                .find(same)
                .or_else(|| numbers.clone().find(fits));
            if let Some(at) = at {
                taken[at] = true;
            }
            self.gold.0 += usize::from(place.at.is_none());
            let Some(point) = place.at else {
                continue;
            };
            self.gold.1 += 1;
            let Some(at) = at else {
                let words = place.span.of(&gold.text);
                let lists = [&lexicon.words.demonyms, &lexicon.words.peoples];
                self.adjectives += usize::from(lists.iter().any(|l| l.contains_key(words)));
                tell("missed", place, "");
                continue;
            };
            self.matched += 1;
            let Some(other) = found[at].at else {
                tell("nowhere", place, "");
                continue;
            };
            let off = kilometres(point, other);
            self.errors.push(off);
            if off > FAR {
                let more = format!(
                    " is {} ({:.1} {:.1}), found {} ({:.1} {:.1}), {off:.0} km off",
                    place.name, point.0, point.1, found[at].name, other.0, other.1
                );
                tell("far", place, &more);
            }
        }
        for place in found {
            self.found.0 += 1;
            let mut fits = gold.places.iter().filter(|g| g.span.overlaps(place.span));
            if fits.next().is_some() {
                self.found.1 += 1;
            } else {
                tell("no place", place, &format!(" found {}", place.name));
            }
        }
        told
    }

    fn within(&self, most: f64) -> usize {
        self.errors.iter().filter(|e| **e <= most).count()
    }
}

/// 100 miles, the usual bound.
const FAR: f64 = 161.0;

fn around(text: &str, span: Span) -> String {
    let mut start = span.start.saturating_sub(40);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (span.end + 30).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let (before, after) = (&text[start..span.start], &text[span.end..end]);
    format!("{before}[{}]{after}", span.of(text)).replace('\n', " ")
}

impl Display for PlacesScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
        let (gold, matched) = (self.gold.1, self.matched);
        let precision = share(self.found.1, self.found.0);
        let recall = share(matched, gold);
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::EPSILON);
        let mut errors = self.errors.clone();
        errors.sort_by(f64::total_cmp);
        let mean = errors.iter().sum::<f64>() / errors.len().max(1) as f64;
        let median = errors.get(errors.len() / 2).copied().unwrap_or_default();
        writeln!(
            f,
            "  mentions     P {precision:.3}  R {recall:.3}  F1 {f1:.3}   ({} found, {gold} in the gold)",
            self.found.0
        )?;
        writeln!(
            f,
            "  of those matched, within 161 km {:.3}, within 50 km {:.3}; off by {mean:.0} km in the mean, {median:.0} in the median",
            share(self.within(FAR), matched),
            share(self.within(50.0), matched),
        )?;
        writeln!(
            f,
            "  of all places, found and within 161 km  {:.3}; {:.3} without {} adjectives and peoples",
            share(self.within(FAR), gold),
            share(self.within(FAR), gold - self.adjectives),
            self.adjectives,
        )
    }
}

/// What others reach, by the stored outputs of EUPEG (overlap match): precision, recall,
/// share of those matched within 161 km, share of all places found and within 161 km.
const PUBLISHED: [(&str, [[f64; 4]; 2]); 5] = [
    (
        "Edinburgh",
        [[0.76, 0.59, 0.55, 0.33], [0.90, 0.86, 0.54, 0.47]],
    ),
    (
        "CamCoder",
        [[0.83, 0.56, 0.71, 0.40], [0.95, 0.81, 0.77, 0.62]],
    ),
    (
        "CLAVIN",
        [[0.84, 0.46, 0.69, 0.32], [0.94, 0.66, 0.78, 0.51]],
    ),
    (
        "Stanford, population",
        [[0.80, 0.67, 0.57, 0.39], [0.94, 0.92, 0.65, 0.60]],
    ),
    (
        "Yahoo",
        [[0.75, 0.67, 0.71, 0.47], [0.78, 0.77, 0.69, 0.53]],
    ),
];

/// Published figures, a line each.
pub fn published() -> String {
    let mut told = String::from(
        "Published (outputs stored by EUPEG): P, R, within 161 km of those matched, of all\n\
         \x20                        LGL                    GeoVirus\n",
    );
    for (name, [lgl, virus]) in PUBLISHED {
        let row = |r: [f64; 4]| r.map(|n| format!("{n:.2}")).join("  ");
        told += &format!("  {name:<20} {}   {}\n", row(lgl), row(virus));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::read::tests::{TOPONYMS, gold};
    use super::*;

    #[test]
    fn near_is_right_and_far_is_not() {
        let gold = &gold(TOPONYMS)[0];
        let mut found = gold.places.clone();
        found[0].at = Some((10.5, 20.5));
        let mut score = PlacesScore::default();
        let lexicon = Lexicon::built_in();
        assert_eq!(score.add(gold, &found, lexicon), "");
        assert_eq!(
            (score.gold, score.found, score.matched),
            ((1, 1), (2, 2), 1)
        );
        assert!((score.errors[0] - 78.0).abs() < 1.0, "{:?}", score.errors);
        found[0].at = Some((40.0, 20.0));
        found[1].span = Span::new(0, 5);
        let told = score.add(gold, &found, lexicon);
        assert!(
            told.contains("far") && told.contains("no place [Café]"),
            "{told}"
        );
        assert!(
            score.to_string().contains("within 161 km  0.500"),
            "{score}"
        );
        assert!(
            lines(gold, &found)
                .lines()
                .next()
                .is_some_and(|l| l.contains("\"start\":14"))
        );
    }
}
