//! The tables and their columns: the one place where they are listed.
//!
//! The SQLite schema is made from this list, exports write it, and `docs/record.md` is
//! tested against it.

use Kind::{Boolean, Integer, List, Object, Real, Text};

/// A table of the record. Its first column is its key.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// As in SQLite.
    pub name: &'static str,
    /// What one row is.
    pub what: &'static str,
    /// In the order in which every format gives them.
    pub columns: &'static [Column],
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// As in SQLite.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Whether a value may be missing.
    pub null: bool,
    /// Whether it holds sentences of the page, which not everybody may pass on.
    pub words: bool,
    /// Whether it tells when the program ran, so that it differs between two runs over the
    /// same pages.
    pub clock: bool,
    /// Whether it holds ids of actors, one or a list.
    pub actor: bool,
    /// Its meaning in one line.
    pub what: &'static str,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Unicode text; ids, dates and codes too.
    Text,
    /// A whole number.
    Integer,
    /// A number with decimals.
    Real,
    /// True or false; 1 or 0 in SQLite.
    Boolean,
    /// A JSON array; its text in SQLite and CSV.
    List,
    /// A JSON object; its text in SQLite and CSV.
    Object,
}

impl Column {
    /// Whether its values are lists of objects, not of texts.
    pub fn holds_objects(&self) -> bool {
        self.kind == List && matches!(self.name, "notes" | "roles")
    }
}

impl Kind {
    /// The word that `docs/record.md` uses.
    pub fn name(self) -> &'static str {
        match self {
            Text => "text",
            Integer => "integer",
            Real => "real",
            Boolean => "boolean",
            List => "list",
            Object => "object",
        }
    }
}

impl Table {
    /// The name of the column that holds the row's id.
    pub fn key(&self) -> &'static str {
        self.columns[0].name
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// The table of this name.
///
/// ```
/// let table = onrecord_record::table_named("sentences").expect("a table of the record");
/// assert_eq!(table.key(), "sentence_id");
/// ```
pub fn table_named(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

pub(crate) const fn col(name: &'static str, kind: Kind, what: &'static str) -> Column {
    Column {
        name,
        kind,
        null: false,
        words: false,
        clock: false,
        actor: false,
        what,
    }
}

pub(crate) const fn opt(name: &'static str, kind: Kind, what: &'static str) -> Column {
    Column {
        null: true,
        ..col(name, kind, what)
    }
}

const fn words(column: Column) -> Column {
    Column {
        words: true,
        ..column
    }
}

const fn actor(column: Column) -> Column {
    Column {
        actor: true,
        ..column
    }
}

const fn clock(column: Column) -> Column {
    Column {
        clock: true,
        null: true,
        ..column
    }
}

/// All tables, in the order in which a page fills them.
pub const TABLES: &[Table] = &[
    Table {
        name: "pages",
        what: "A page as it was saved: a file, or a line of a JSONL file.",
        columns: &[
            col(
                "page_id",
                Text,
                "Id, from the content: the same page has the same id wherever it lies.",
            ),
            col(
                "uri",
                Text,
                "Where it was read; of several places the first in the alphabet.",
            ),
            col(
                "sha256",
                Text,
                "SHA-256 of the unpacked file, or of the line of a JSONL file.",
            ),
            col(
                "media_type",
                Text,
                "`text/plain` or `text/html`, found by content; for an unread page as far as known.",
            ),
            col("bytes", Integer, "Length of the unpacked bytes."),
            col("articles", Integer, "Number of articles found on it."),
            clock(col("read_at", Text, "When it was read (ISO 8601).")),
            col(
                "notes",
                List,
                "What could not be done: objects with `code`, `severity` (info, partly, unread), `place`, `text`.",
            ),
        ],
    },
    Table {
        name: "articles",
        what: "An article found on a page.",
        columns: &[
            col("article_id", Text, "Id."),
            col("page_id", Text, "The page it stands on."),
            col("n", Integer, "Its number on the page, from 1."),
            opt("title", Text, "Title as printed."),
            opt(
                "author",
                Text,
                "Author line as printed, without the word \"By\".",
            ),
            opt("publisher", Text, "Outlet as printed."),
            opt(
                "published",
                Text,
                "Date of publication, only where one is printed or declared.",
            ),
            opt("published_precision", Text, "year, month or day."),
            opt(
                "published_from",
                Text,
                "Where the date was read: date line, published line, modified line, byline, meta tag, json-ld, time element, url or declared.",
            ),
            opt("language", Text, "Language code (ISO 639-1)."),
            words(col(
                "text",
                Text,
                "The body; paragraphs are joined by one empty line.",
            )),
            opt(
                "page_start",
                Integer,
                "First code point of the body on the page.",
            ),
            opt(
                "page_end",
                Integer,
                "One past its last code point on the page.",
            ),
            col(
                "repeats",
                Integer,
                "How many times the body stands on the page.",
            ),
            opt(
                "same_text_as",
                Text,
                "The article that stands for its text, where its text is the same as that one's or cut from it.",
            ),
        ],
    },
    Table {
        name: "sentences",
        what: "A sentence of an article.",
        columns: &[
            col("sentence_id", Text, "Id."),
            col("article_id", Text, "Its article."),
            col("n", Integer, "Its number in the article, from 0."),
            col("start", Integer, "First code point in the article's text."),
            col(
                "end",
                Integer,
                "One past its last code point in the article's text.",
            ),
            opt("page_start", Integer, "First code point on the page."),
            opt(
                "page_end",
                Integer,
                "One past its last code point on the page.",
            ),
            words(col(
                "text",
                Text,
                "Its words, as they stand in the article's text.",
            )),
        ],
    },
    Table {
        name: "actors",
        what: "A person or body that acts, speaks or is spoken of, once for the whole record.",
        columns: &[
            actor(col("actor_id", Text, "Id.")),
            col("name", Text, "Canonical name."),
            col(
                "kind",
                Text,
                "person, organization, government, military, legislature, group, media or place.",
            ),
            col(
                "named",
                Boolean,
                "False for a party known by description only.",
            ),
            opt("country", Text, "ISO 3166 alpha-3 code."),
            col("sectors", List, "PLOVER sector codes."),
            col(
                "aliases",
                List,
                "The names under which the pages mention it, sorted, each once.",
            ),
            col(
                "roles",
                List,
                "Offices: objects with `title`, `of`, `from`, `to` and the `sentence_id` it was read in (null where the lexicon gives it).",
            ),
            opt(
                "wikidata",
                Text,
                "Wikidata id, where the lexicon gives one.",
            ),
        ],
    },
    Table {
        name: "mentions",
        what: "Words that stand for an actor.",
        columns: &[
            col("mention_id", Text, "Id."),
            col("article_id", Text, "Its article."),
            col("sentence_id", Text, "Its sentence."),
            col("start", Integer, "First code point in the article's text."),
            col(
                "end",
                Integer,
                "One past its last code point in the article's text.",
            ),
            col("text", Text, "The words."),
            col("kind", Text, "name, description or pronoun."),
            actor(opt(
                "actor_id",
                Text,
                "Whom they stand for; null where that stays open.",
            )),
            col("made_by", Text, "Rule or model head."),
            col("confidence", Real, "How sure, from 0 to 1."),
        ],
    },
    Table {
        name: "relations",
        what: "A lasting tie between two actors that a sentence states.",
        columns: &[
            col("relation_id", Text, "Id."),
            actor(col("subject_id", Text, "Actor: who.")),
            col(
                "predicate",
                Text,
                "leads, member_of, speaks_for, part_of, backed_by, allied_with or opposes.",
            ),
            actor(col("object_id", Text, "Actor: to whom.")),
            col("article_id", Text, "The article that says so."),
            col("sentence_id", Text, "The sentence that says so."),
            opt("date", Text, "When it held, where stated."),
        ],
    },
    Table {
        name: "statements",
        what: "Somebody's words or stated view, as an article reports it.",
        columns: &[
            col("statement_id", Text, "Id."),
            col("article_id", Text, "The article that reports it."),
            col(
                "sentence_ids",
                List,
                "The sentences it runs over, in order.",
            ),
            actor(opt(
                "speaker_id",
                Text,
                "Actor who speaks; null where the speaker is not known.",
            )),
            opt("speaker_text", Text, "The words that name the speaker."),
            opt("cue", Text, "The verb or noun of saying."),
            words(col(
                "content",
                List,
                "What is said: verbatim pieces, in order, quotation marks included.",
            )),
            col(
                "spans",
                Object,
                "Code points in the article's text: `speaker` and `cue` as [start, end] or null, `content` as a list of them.",
            ),
            col(
                "kind",
                Text,
                "direct (all quoted), indirect (nothing quoted) or mixed.",
            ),
            actor(opt("addressee_id", Text, "Actor spoken to.")),
            actor(col(
                "via",
                List,
                "Actors between the page and the speaker, outermost first.",
            )),
            opt("nested_in", Text, "The statement it stands in."),
            col(
                "negated",
                Boolean,
                "Whether it was not said (\"refused to say\").",
            ),
            col(
                "source_kind",
                Text,
                "named, anonymous, document, outlet, crowd or none.",
            ),
            opt("date", Text, "Date of the utterance."),
            opt("date_precision", Text, "year, month or day."),
            col("made_by", Text, "Rule or model head."),
            col("confidence", Real, "How sure, from 0 to 1."),
            opt(
                "story_id",
                Text,
                "The story of the same utterance on several pages.",
            ),
        ],
    },
    Table {
        name: "events",
        what: "Somebody doing something, perhaps to somebody, in PLOVER terms. Parties known by \
               a description only (`gunmen`) stand in `spans` without an id.",
        columns: &[
            col("event_id", Text, "Id."),
            col("article_id", Text, "The article that tells it."),
            col("sentence_id", Text, "The sentence that tells it."),
            col("trigger", Text, "The words that name the act."),
            col(
                "spans",
                Object,
                "Code points in the article's text: `trigger` as [start, end], `actor` and `recipient` as lists of them.",
            ),
            col("event_type", Text, "PLOVER type."),
            opt("mode", Text, "PLOVER mode."),
            col(
                "quad",
                Integer,
                "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
            ),
            col("intensity", Real, "PLOVER intensity, -10 to 10."),
            opt("cameo", Text, "CAMEO code by crosswalk."),
            actor(col("actor_ids", List, "Actors who act.")),
            actor(col("recipient_ids", List, "Actors who are acted upon.")),
            opt("place_id", Text, "Where."),
            opt("date", Text, "When."),
            opt("date_precision", Text, "year, month or day."),
            col(
                "status",
                Text,
                "actual, future, threatened, conditional, denied or alleged.",
            ),
            actor(opt(
                "attributed_to",
                Text,
                "Actor who vouches for it; null where the narrator does.",
            )),
            opt("statement_id", Text, "The statement it stands in."),
            col("made_by", Text, "Rule or model head."),
            col("confidence", Real, "How sure, from 0 to 1."),
            opt(
                "story_id",
                Text,
                "The story of the same event on several pages.",
            ),
        ],
    },
    Table {
        name: "places",
        what: "A place of the gazetteer that the pages name, once for the whole record.",
        columns: &[
            col("place_id", Text, "Id."),
            col("name", Text, "Name."),
            col(
                "kind",
                Text,
                "country, admin1, city, town, district, base, river, sea, region, crossing or site.",
            ),
            opt("country", Text, "ISO 3166 alpha-3 code."),
            opt("admin1", Text, "First-level division, by name."),
            opt("lat", Real, "Degrees north, where they are known."),
            opt("lon", Real, "Degrees east, where they are known."),
            col(
                "precision",
                Text,
                "exact for a town or site, area for the middle of a region, unknown without coordinates.",
            ),
            opt("geonames", Integer, "GeoNames number."),
        ],
    },
    Table {
        name: "positions",
        what: "Where an actor stands on an issue, as one sentence shows it.",
        columns: &[
            col("position_id", Text, "Id."),
            col(
                "issue",
                Text,
                "The issue: a file of `lexicon/issues`, without its ending.",
            ),
            actor(col("actor_id", Text, "Who.")),
            col("stance", Text, "support, oppose or mixed."),
            opt("scope", Text, "What limits it (\"ground troops\")."),
            opt("date", Text, "When."),
            opt("date_precision", Text, "year, month or day."),
            actor(opt(
                "according_to",
                Text,
                "Actor who reports the stance; null where the narrator does.",
            )),
            opt("statement_id", Text, "The statement it rests on."),
            opt("event_id", Text, "The event it rests on."),
            col("sentence_id", Text, "The sentence that shows it."),
            col("made_by", Text, "Rule or model head."),
            col("confidence", Real, "How sure, from 0 to 1."),
        ],
    },
    Table {
        name: "outlooks",
        what: "Something announced, and what became of it.",
        columns: &[
            col("outlook_id", Text, "Id."),
            actor(col("actor_id", Text, "Who announces.")),
            col(
                "type",
                Text,
                "threat, promise, demand, prediction or warning.",
            ),
            words(col("content", Text, "The words.")),
            col("sentence_id", Text, "The sentence."),
            opt("statement_id", Text, "The statement it stands in."),
            opt("made", Text, "When it was announced."),
            opt(
                "horizon",
                Text,
                "By when or under which condition, in the article's words.",
            ),
            col("outcome", Text, "fulfilled, broken, partly or open."),
            col(
                "outcome_sentence_ids",
                List,
                "Sentences that tell the outcome.",
            ),
            opt("outcome_note", Text, "How the outcome was found."),
        ],
    },
    Table {
        name: "framings",
        what: "Words that characterise an actor.",
        columns: &[
            col("framing_id", Text, "Id."),
            col("article_id", Text, "Its article."),
            col("sentence_id", Text, "Its sentence."),
            opt("publisher", Text, "The article's outlet."),
            actor(col("actor_id", Text, "Whom the words characterise.")),
            col("label", Text, "The words."),
            col("start", Integer, "First code point in the article's text."),
            col(
                "end",
                Integer,
                "One past its last code point in the article's text.",
            ),
            actor(col(
                "voice",
                Text,
                "`narrator`, or the actor whose words they are.",
            )),
            col("tone", Text, "positive, negative or neutral."),
        ],
    },
    Table {
        name: "disagreements",
        what: "A fact on which sentences differ.",
        columns: &[
            col("disagreement_id", Text, "Id."),
            col("about", Text, "What they differ about."),
            col("sentence_ids", List, "The sentences."),
            col("values", List, "What each says, in the same order."),
            col("kind", Text, "difference, or change over time."),
        ],
    },
    Table {
        name: "stories",
        what: "Rows of several pages that tell the same thing.",
        columns: &[
            col("story_id", Text, "Id."),
            col(
                "kind",
                Text,
                "utterance, event or text (the same article on two pages).",
            ),
            words(col(
                "title",
                Text,
                "A line that names it; of an utterance, its words.",
            )),
            opt("first", Text, "Earliest date among its articles."),
            opt("last", Text, "Latest date among its articles."),
            col("article_ids", List, "Its articles."),
            col("publishers", List, "Their outlets, sorted, each once."),
            col("row_ids", List, "Its rows."),
        ],
    },
    Table {
        name: "reprints",
        what: "An article that carries sentences of another, word for word or nearly so.",
        columns: &[
            col("reprint_id", Text, "Id."),
            col("article_id", Text, "The article that carries."),
            col(
                "from_article_id",
                Text,
                "The article in which they stand as well.",
            ),
            col(
                "kind",
                Text,
                "same, cut, extended, merged, edited or partial (some sentences only, no reprint of the whole).",
            ),
            col(
                "share",
                Real,
                "Share of the article's words that stand in the other, 0 to 1.",
            ),
            col(
                "share_of_from",
                Real,
                "Share of the other's words that stand in the article.",
            ),
            col(
                "sentence_ids",
                List,
                "The carried sentences of the article, in order.",
            ),
            col(
                "from_sentence_ids",
                List,
                "The sentences in which they stand, in the same order.",
            ),
            opt("wire", Text, "The wire that either prints as its source."),
            col(
                "direction",
                Text,
                "What shows who carries whom: credit, date, completeness or unknown.",
            ),
            col("made_by", Text, "The rule that found it."),
        ],
    },
    Table {
        name: "corrections",
        what: "A change that a person made to a row.",
        columns: &[
            col("correction_id", Text, "Id."),
            col("row_key", Text, "The row when it was corrected."),
            col(
                "field",
                Text,
                "The column, or `accepted`, `rejected`, `suppressed`; of an actor's correction `actor_id`, `form`, `name`, `forgotten`, `apart`; or `undone`.",
            ),
            opt("was", Text, "Its value before."),
            opt("is", Text, "Its value after."),
            opt("by", Text, "Who made the change."),
            opt("at", Text, "When (ISO 8601)."),
            opt("why", Text, "The reason given."),
            col(
                "applied",
                Boolean,
                "False where it was taken back or overruled, or its row is no longer there.",
            ),
        ],
    },
    Table {
        name: "runs",
        what: "What pages were read with; runs with the same version, files and settings are one row.",
        columns: &[
            col("run_id", Text, "Id, from the four columns after it."),
            col("version", Text, "Version of onrecord."),
            col("lexicon_sha256", Text, "Hash over the lexicon files."),
            opt(
                "weights_sha256",
                Text,
                "SHA-256 of the weights file and, behind it, of the coreference head, as one; null where none was used.",
            ),
            col("settings", Object, "Settings that change what is read."),
            clock(col(
                "started",
                Text,
                "When the first such run began (ISO 8601).",
            )),
            clock(col("ended", Text, "When the last such run ended.")),
            col(
                "counts",
                Object,
                "How many rows of each table the record holds from it.",
            ),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_seventeen_tables_and_no_name_stands_twice() {
        assert_eq!(TABLES.len(), 17);
        for (at, table) in TABLES.iter().enumerate() {
            assert!(
                TABLES[..at].iter().all(|other| other.name != table.name),
                "{}",
                table.name
            );
            assert!(
                table.key().ends_with("_id") && !table.columns[0].null,
                "{}",
                table.name
            );
            for (at, column) in table.columns.iter().enumerate() {
                let before = &table.columns[..at];
                assert!(
                    before.iter().all(|c| c.name != column.name),
                    "{}",
                    column.name
                );
            }
        }
    }
}
