//! `verify_quote`: whether words stand in the record, and whose they are.

use onrecord_record::Record;
use serde_json::{Value, json};

use super::Tool;
use crate::arguments::{Argument, Arguments, Takes, may, must};
use crate::names::{line, text};
use crate::quote::{Asked, Check, Checked, Place, Step, Verdict, check};
use crate::sources::{Sources, footnote, head, object};
use crate::{Answer, Trouble};

const OWN: &[Argument] = &[
    must(
        "text",
        Takes::Text,
        "The words, without or with quotation marks. Words left out may be marked by … or [...].",
    ),
    may(
        "speaker",
        Takes::Text,
        "Who is to have said them: a name, a part of one, or an id (ac-…).",
    ),
    may("limit", Takes::Whole(1, 20, 3), "At most so many places."),
];

pub const TOOL: Tool = Tool {
    name: "verify_quote",
    title: "Check a quotation",
    what: "Checks whether words stand in the record word for word, before they are put in quotation marks. Answers `exact` \
           (differences of capitals, quotation marks, dashes and spaces are noted), `near` (with what differs) or \
           `not_on_record`, with the sentence, outlet, date, citation and the speaker as recorded, and tells if somebody else \
           than `speaker` said it. Never put words in quotation marks that this tool does not find, and never a near form: use \
           the words of the source. `may_quote_as` says as whose words they may be quoted: speaker, outlet or nobody.",
    arguments: &[OWN],
    run,
};

fn run(record: &Record, arguments: &Arguments) -> Result<Answer, Trouble> {
    let speaker = arguments
        .text("speaker")
        .map(|name| Asked::of(record, name))
        .transpose()?;
    let words = arguments.text("text").unwrap_or_default();
    let checked = check(record, words, speaker.as_ref())?;
    let teller = Teller {
        sources: Sources::of(record),
        speaker: speaker.as_ref(),
        limit: arguments.whole("limit"),
    };
    let mut told = String::new();
    let mut data = teller.tell(&checked, &mut told)?;
    if let Some(speaker) = &speaker {
        data["speaker_asked"] = json!({ "name": speaker.name, "actor_ids": speaker.actors });
        if speaker.actors.is_empty() {
            told.push_str(&format!(
                "note: no actor of the record has the name {}\n",
                speaker.name
            ));
        }
    }
    Ok(Answer { text: told, data })
}

struct Teller<'r> {
    sources: Sources<'r>,
    speaker: Option<&'r Asked>,
    limit: u64,
}

impl Teller<'_> {
    fn tell(&self, checked: &Checked, told: &mut String) -> Result<Value, Trouble> {
        told.push_str(match checked.verdict {
            Verdict::Exact => "EXACT: these words stand in the record.\n",
            Verdict::Near => {
                "NEAR: these words do not stand in the record as they are; similar ones do. \
                              Do not put them in quotation marks.\n"
            }
            Verdict::NotOnRecord => {
                "NOT ON RECORD: these words were not found. Do not put them in quotation marks. \
                                     That they are not here does not mean that nobody said them.\n"
            }
        });
        let mut places = Vec::new();
        for place in checked
            .places
            .iter()
            .take(usize::try_from(self.limit).unwrap_or(usize::MAX))
        {
            places.push(self.place(place, checked.verdict, told)?);
        }
        if checked.places.len() > places.len() || checked.more {
            let more = if checked.more { "more than " } else { "" };
            told.push_str(&format!(
                "{} of {more}{} places given\n",
                places.len(),
                checked.total
            ));
        }
        for note in &checked.notes {
            told.push_str(&format!("note: {note}\n"));
        }
        let mut pieces = Vec::new();
        for (words, piece) in &checked.pieces {
            told.push_str(&format!("\npiece: {}\n", line(words)));
            let mut told_of = self.tell(piece, told)?;
            told_of["text"] = words.as_str().into();
            pieces.push(told_of);
        }
        let best = checked.places.first();
        Ok(json!({
            "verdict": checked.verdict.name(),
            "may_quote_as": best.map_or("nobody", |place| self.may_quote(place, checked.verdict).0),
            "speaker_check": best.map(|place| place.check(self.speaker.is_some()).name()),
            "places": places,
            "total": checked.total,
            "total_is_at_least": checked.more,
            "notes": checked.notes,
            "pieces": pieces,
        }))
    }

    fn place(&self, place: &Place, verdict: Verdict, told: &mut String) -> Result<Value, Trouble> {
        let article = &place.article;
        let found: Vec<String> = place
            .parts
            .iter()
            .map(|part| article.words(*part))
            .collect();
        let mut sentences = Vec::new();
        for part in &place.parts {
            for row in article.sentences_of(*part) {
                let id = text(row, "sentence_id");
                if !sentences
                    .iter()
                    .any(|c: &onrecord_record::Citation| c.sentence_id == id)
                {
                    sentences.extend(self.sources.sentence(id)?);
                }
            }
        }
        told.push('\n');
        for sentence in &sentences {
            told.push_str(&format!(
                "> {}\n  [{}]\n",
                line(&sentence.text),
                sentence.sentence_id
            ));
        }
        let some = |name: &str| Some(text(&article.row, name)).filter(|t| !t.is_empty());
        if article.is_title {
            told.push_str(&format!(
                "> {}\n  (the title of the article)\n",
                line(&article.text)
            ));
        }
        told.push_str(&format!(
            "source: {} [{}]\n",
            head(some("publisher"), some("published"), some("title")),
            text(&article.row, "article_id")
        ));
        if let Some(sentence) = sentences.first() {
            told.push_str(&format!("citation: {}\n", footnote(sentence)));
        }
        told.push_str(&format!(
            "words of the source: {}\n",
            found
                .iter()
                .map(|w| line(w))
                .collect::<Vec<_>>()
                .join(" … ")
        ));
        if !place.differ.is_empty() {
            let kinds: Vec<&str> = place.differ.iter().map(|kind| kind.name()).collect();
            told.push_str(&format!(
                "note: differs in {}: use the words of the source\n",
                kinds.join(", ")
            ));
        }
        if place
            .steps
            .iter()
            .any(|step| !matches!(step, Step::Both(_)))
        {
            told.push_str(&format!("difference: {}\n", difference(&place.steps)));
        }
        for said in &place.said {
            let via = match said.via.is_empty() {
                true => String::new(),
                false => format!(", reported through {}", said.via.join(", ")),
            };
            told.push_str(&format!(
                "speaker as recorded: {} (said as: {}; {}{via}) [{}]\n",
                said.speaker,
                line(text(&said.row, "cue")),
                text(&said.row, "kind"),
                text(&said.row, "statement_id"),
            ));
        }
        if place.said.is_empty() {
            told.push_str("speaker as recorded: none; the words stand in no statement, so they are the outlet's\n");
        }
        let (may, why) = self.may_quote(place, verdict);
        told.push_str(&format!("{why}\n"));
        for note in &place.notes {
            told.push_str(&format!("note: {note}\n"));
        }
        Ok(json!({
            "words": found,
            "parts": place.parts,
            "sentences": sentences.iter().map(object).collect::<Vec<_>>(),
            "citation": sentences.first().map(footnote),
            "article_id": article.row["article_id"],
            "outlet": article.row["publisher"],
            "published": article.row["published"],
            "title": article.row["title"],
            "in_title": article.is_title,
            "in_quotation_marks": place.quoted,
            "statements": place.said.iter().map(|said| json!({
                "statement_id": said.row["statement_id"],
                "speaker_id": said.row["speaker_id"],
                "speaker": said.speaker,
                "speaker_text": said.row["speaker_text"],
                "cue": said.row["cue"],
                "kind": said.row["kind"],
                "via": said.via,
                "negated": said.negated,
                "date": said.row["date"],
            })).collect::<Vec<_>>(),
            "speaker_check": place.check(self.speaker.is_some()).name(),
            "may_quote_as": may,
            "why": why,
            "differs_in": place.differ.iter().map(|kind| kind.name()).collect::<Vec<_>>(),
            "difference": place.steps.iter().map(step).collect::<Vec<_>>(),
            "similarity": (place.similarity * 1000.0).round() / 1000.0,
            "notes": place.notes,
        }))
    }

    /// As whose words they may be quoted, and why.
    fn may_quote(&self, place: &Place, verdict: Verdict) -> (&'static str, String) {
        if verdict != Verdict::Exact {
            return (
                "nobody",
                "may not be quoted: use the words of the source".to_owned(),
            );
        }
        let Some(said) = place.said.first() else {
            return (
                "outlet",
                match self.speaker {
                    Some(asked) => format!(
                        "NOT recorded as said by {}: may be quoted as words of the outlet only",
                        asked.name
                    ),
                    None => "may be quoted as words of the outlet".to_owned(),
                },
            );
        };
        if said.negated {
            return (
                "nobody",
                "may not be quoted as said: the source tells that it was not said".to_owned(),
            );
        }
        if !place.one_voice {
            let why = "may not be quoted as one speaker's words: quote the pieces apart, each with its speaker";
            return ("nobody", why.to_owned());
        }
        let asked = self.speaker.map_or("", |asked| asked.name.as_str());
        let known = !text(&said.row, "speaker_id").is_empty()
            || !text(&said.row, "speaker_text").is_empty();
        match (said.check, place.quoted) {
            (Check::Other, _) => (
                "nobody",
                format!("NOT said by {asked} as recorded: said by {}", said.speaker),
            ),
            (Check::Unknown, true) => (
                "outlet",
                format!(
                    "NOT known to be said by {asked}: the record has {} as speaker; the outlet quotes it",
                    said.speaker
                ),
            ),
            (_, false) => (
                "outlet",
                format!(
                    "the source does not print these words in quotation marks: they are the outlet's wording of what {} \
                     said; do not quote them as the speaker's",
                    said.speaker
                ),
            ),
            (Check::Spokesman, true) => (
                "speaker",
                format!(
                    "may be quoted as words of {}, who speaks for {asked}",
                    said.speaker
                ),
            ),
            (_, true) if known => (
                "speaker",
                format!("may be quoted as words of {}", said.speaker),
            ),
            _ => (
                "outlet",
                "the speaker is not known: may be quoted as told by the outlet".to_owned(),
            ),
        }
    }
}

/// What differs, on a line: [-only in the quotation-] {+only in the source+}.
fn difference(steps: &[Step]) -> String {
    let told = steps.iter().map(|step| match step {
        Step::Both(words) => line(words),
        Step::Quotation(words) => format!("[-{}-]", line(words)),
        Step::Source(words) => format!("{{+{}+}}", line(words)),
    });
    told.collect::<Vec<_>>().join(" ")
}

fn step(step: &Step) -> Value {
    match step {
        Step::Both(words) => json!({ "both": words }),
        Step::Quotation(words) => json!({ "only_in_text": words }),
        Step::Source(words) => json!({ "only_in_source": words }),
    }
}
