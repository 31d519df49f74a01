//! Rows compared with their article.

use anyhow::Result;
use onrecord_record::{Map, Record};
use serde_json::Value;

use super::words::Points;
use super::{Report, number, text};

/// Compares every piece of text of an article's rows with the span it is said to stand at.
pub fn check_rows(
    record: &Record,
    uri: &str,
    article: &str,
    body: &Points<'_>,
    report: &mut Report,
) -> Result<()> {
    let ask = |columns: &str, table: &str| {
        record.sql(&format!(
            "select {columns} from {table} where article_id = '{article}'"
        ))
    };
    let mut check = Check { uri, body, report };
    for row in &ask("mention_id, start, \"end\", text", "mentions")? {
        check.columns(row, "mention_id", "text");
    }
    for row in &ask("framing_id, start, \"end\", label", "framings")? {
        check.columns(row, "framing_id", "label");
    }
    for row in &ask(
        "statement_id, speaker_text, cue, content, spans",
        "statements",
    )? {
        let spans = json(row, "spans");
        check.piece(row, "statement_id", "speaker_text", &spans["speaker"]);
        check.piece(row, "statement_id", "cue", &spans["cue"]);
        let content = json(row, "content");
        let pieces = content.as_array().map_or(&[][..], Vec::as_slice);
        let places = spans["content"].as_array().map_or(&[][..], Vec::as_slice);
        if pieces.len() != places.len() {
            check.broken(
                row,
                "statement_id",
                "has another number of pieces than of spans",
            );
        }
        for (piece, place) in pieces.iter().zip(places) {
            check.at(
                row,
                "statement_id",
                piece.as_str().unwrap_or_default(),
                place,
            );
        }
    }
    for row in &ask("event_id, \"trigger\", spans", "events")? {
        let spans = json(row, "spans");
        check.piece(row, "event_id", "trigger", &spans["trigger"]);
        let parts =
            ["actor", "recipient"].map(|name| spans[name].as_array().cloned().unwrap_or_default());
        for place in parts.iter().flatten() {
            check.report.pieces += 1;
            if check.words(place).is_none() {
                check.broken(row, "event_id", "names a party outside of the article");
            }
        }
    }
    let outlooks = record.sql(&format!(
        "select o.outlook_id, o.content, o.horizon from outlooks o
         join sentences s using (sentence_id) where s.article_id = '{article}'"
    ))?;
    for row in &outlooks {
        check.somewhere(row, "outlook_id", "content");
        check.somewhere(row, "outlook_id", "horizon");
    }
    Ok(())
}

struct Check<'a> {
    uri: &'a str,
    body: &'a Points<'a>,
    report: &'a mut Report,
}

impl Check<'_> {
    /// A piece whose span stands in the columns `start` and `end`.
    fn columns(&mut self, row: &Map, key: &str, column: &str) {
        self.report.pieces += 1;
        let found = self.body.get(number(row, "start"), number(row, "end"));
        if found != Some(text(row, column).as_str()) {
            self.broken(
                row,
                key,
                &format!("its {column} does not stand at its span"),
            );
        }
    }

    /// A piece that may be missing, as may its span.
    fn piece(&mut self, row: &Map, key: &str, column: &str, place: &Value) {
        if row[column].is_null() && place.is_null() {
            return;
        }
        self.at(row, key, &text(row, column), place);
    }

    fn at(&mut self, row: &Map, key: &str, piece: &str, place: &Value) {
        self.report.pieces += 1;
        if piece.is_empty() || self.words(place) != Some(piece) {
            self.broken(row, key, &format!("does not stand at its span: {piece}"));
        }
    }

    /// A piece of which only the words are given.
    fn somewhere(&mut self, row: &Map, key: &str, column: &str) {
        if row[column].is_null() {
            return;
        }
        self.report.pieces += 1;
        let piece = text(row, column);
        if piece.is_empty() || !self.body.text().contains(&piece) {
            self.broken(
                row,
                key,
                &format!("its {column} does not stand in the article: {piece}"),
            );
        }
    }

    fn words(&self, place: &Value) -> Option<&str> {
        let at = |n: usize| {
            place
                .get(n)
                .and_then(Value::as_u64)
                .and_then(|n| usize::try_from(n).ok())
        };
        self.body.get(at(0), at(1))
    }

    fn broken(&mut self, row: &Map, key: &str, what: &str) {
        let place = format!("{}, {}", self.uri, text(row, key));
        self.report.broken(&place, what);
    }
}

fn json(row: &Map, column: &str) -> Value {
    row[column]
        .as_str()
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default()
}

/// Which columns name a row of which table. Lists are marked.
const LINKS: [(&str, &str, &str, &str, bool); 40] = [
    ("articles", "article_id", "page_id", "pages", false),
    ("articles", "article_id", "same_text_as", "articles", false),
    ("sentences", "sentence_id", "article_id", "articles", false),
    ("mentions", "mention_id", "article_id", "articles", false),
    ("mentions", "mention_id", "sentence_id", "sentences", false),
    ("mentions", "mention_id", "actor_id", "actors", false),
    ("relations", "relation_id", "article_id", "articles", false),
    (
        "relations",
        "relation_id",
        "sentence_id",
        "sentences",
        false,
    ),
    ("relations", "relation_id", "subject_id", "actors", false),
    ("relations", "relation_id", "object_id", "actors", false),
    (
        "statements",
        "statement_id",
        "article_id",
        "articles",
        false,
    ),
    (
        "statements",
        "statement_id",
        "sentence_ids",
        "sentences",
        true,
    ),
    ("statements", "statement_id", "speaker_id", "actors", false),
    (
        "statements",
        "statement_id",
        "addressee_id",
        "actors",
        false,
    ),
    ("statements", "statement_id", "via", "actors", true),
    (
        "statements",
        "statement_id",
        "nested_in",
        "statements",
        false,
    ),
    ("events", "event_id", "article_id", "articles", false),
    ("events", "event_id", "sentence_id", "sentences", false),
    ("events", "event_id", "actor_ids", "actors", true),
    ("events", "event_id", "recipient_ids", "actors", true),
    ("events", "event_id", "attributed_to", "actors", false),
    ("events", "event_id", "place_id", "places", false),
    ("events", "event_id", "statement_id", "statements", false),
    (
        "positions",
        "position_id",
        "sentence_id",
        "sentences",
        false,
    ),
    ("positions", "position_id", "actor_id", "actors", false),
    ("positions", "position_id", "according_to", "actors", false),
    (
        "positions",
        "position_id",
        "statement_id",
        "statements",
        false,
    ),
    ("positions", "position_id", "event_id", "events", false),
    ("outlooks", "outlook_id", "sentence_id", "sentences", false),
    ("outlooks", "outlook_id", "actor_id", "actors", false),
    (
        "outlooks",
        "outlook_id",
        "statement_id",
        "statements",
        false,
    ),
    (
        "outlooks",
        "outlook_id",
        "outcome_sentence_ids",
        "sentences",
        true,
    ),
    ("framings", "framing_id", "sentence_id", "sentences", false),
    ("framings", "framing_id", "actor_id", "actors", false),
    (
        "disagreements",
        "disagreement_id",
        "sentence_ids",
        "sentences",
        true,
    ),
    ("stories", "story_id", "article_ids", "articles", true),
    ("reprints", "reprint_id", "article_id", "articles", false),
    (
        "reprints",
        "reprint_id",
        "from_article_id",
        "articles",
        false,
    ),
    ("reprints", "reprint_id", "sentence_ids", "sentences", true),
    (
        "reprints",
        "reprint_id",
        "from_sentence_ids",
        "sentences",
        true,
    ),
];

/// Follows every reference from row to row.
pub fn check_links(record: &Record, report: &mut Report) -> Result<()> {
    for (table, key, column, other, is_list) in LINKS {
        let other_key = format!("{}_id", other.strip_suffix('s').unwrap_or(other));
        let from = match is_list {
            true => format!(
                "select t.{key} as row_id, j.value as other from {table} t, json_each(t.{column}) j"
            ),
            false => format!(
                "select {key} as row_id, {column} as other from {table} where {column} is not null"
            ),
        };
        let count = record.sql(&format!("select count(*) as n from ({from})"))?;
        report.links += count.first().and_then(|row| row["n"].as_u64()).unwrap_or(0);
        let lost = record.sql(&format!(
            "select row_id, other from ({from}) where other not in (select {other_key} from {other})"
        ))?;
        for row in &lost {
            let place = format!("{table}, {}", text(row, "row_id"));
            report.broken(
                &place,
                &format!(
                    "its {column} names {}, which is not there",
                    text(row, "other")
                ),
            );
        }
    }
    Ok(())
}
