//! Which columns people see of each table.

use super::Show::{
    self, Actor, Actors, Count, Cue, Date, Event, Id, Notes, Outlet, Pieces, Place, Roles,
    Sentence, Sentences, Speaker, Value, Voice, Words,
};

type Columns = &'static [(&'static str, Show)];

/// The columns of a table, the row's id first.
pub fn columns(table: &str) -> Columns {
    match table {
        "pages" => &[
            ("page", Id("page_id")),
            ("where", Value("uri")),
            ("media type", Value("media_type")),
            ("bytes", Value("bytes")),
            ("articles", Value("articles")),
            ("notes", Notes),
        ],
        "articles" => &[
            ("article", Id("article_id")),
            ("published", Value("published")),
            ("outlet", Value("publisher")),
            ("author", Value("author")),
            ("title", Value("title")),
        ],
        "sentences" => &[
            ("sentence", Id("sentence_id")),
            ("published", Date("date")),
            ("outlet", Outlet),
            ("text", Value("text")),
        ],
        "actors" => &[
            ("actor", Id("actor_id")),
            ("name", Value("name")),
            ("kind", Value("kind")),
            ("country", Value("country")),
            ("sectors", Words("sectors")),
            ("roles", Roles),
            ("also", Words("aliases")),
        ],
        "mentions" => &[
            ("mention", Id("mention_id")),
            ("words", Value("text")),
            ("kind", Value("kind")),
            ("actor", Actor("actor_id")),
            ("sentence", Sentence("sentence_id")),
        ],
        "relations" => &[
            ("relation", Id("relation_id")),
            ("who", Actor("subject_id")),
            ("tie", Value("predicate")),
            ("to whom", Actor("object_id")),
            ("sentence", Sentence("sentence_id")),
        ],
        "statements" => &[
            ("statement", Id("statement_id")),
            ("speaker", Speaker),
            ("cue", Cue),
            ("content", Pieces("content")),
            ("outlet", Outlet),
            ("date", Date("date")),
        ],
        "events" => &[
            ("event", Id("event_id")),
            ("date", Date("date")),
            ("status", Value("status")),
            ("who", Actors("actor_ids")),
            ("what", Event),
            ("to whom", Actors("recipient_ids")),
            ("where", Place("place_id")),
            ("sentence", Sentence("sentence_id")),
        ],
        "places" => &[
            ("place", Id("place_id")),
            ("name", Value("name")),
            ("kind", Value("kind")),
            ("country", Value("country")),
            ("division", Value("admin1")),
        ],
        "positions" => &[
            ("position", Id("position_id")),
            ("date", Date("date")),
            ("actor", Actor("actor_id")),
            ("stance", Value("stance")),
            ("issue", Value("issue")),
            ("scope", Value("scope")),
            ("according to", Actor("according_to")),
            ("sentence", Sentence("sentence_id")),
        ],
        "outlooks" => &[
            ("outlook", Id("outlook_id")),
            ("made", Date("made")),
            ("actor", Actor("actor_id")),
            ("type", Value("type")),
            ("content", Value("content")),
            ("horizon", Value("horizon")),
            ("outcome", Value("outcome")),
        ],
        "framings" => &[
            ("framing", Id("framing_id")),
            ("outlet", Value("publisher")),
            ("actor", Actor("actor_id")),
            ("label", Value("label")),
            ("tone", Value("tone")),
            ("voice", Voice),
            ("sentence", Sentence("sentence_id")),
        ],
        "disagreements" => &[
            ("disagreement", Id("disagreement_id")),
            ("kind", Value("kind")),
            ("about", Value("about")),
            ("values", Words("values")),
            ("sentences", Sentences("sentence_ids")),
        ],
        "stories" => &[
            ("story", Id("story_id")),
            ("kind", Value("kind")),
            ("first", Value("first")),
            ("last", Value("last")),
            ("title", Value("title")),
            ("outlets", Words("publishers")),
            ("rows", Count("row_ids")),
        ],
        "reprints" => &[
            ("reprint", Id("reprint_id")),
            ("article", Id("article_id")),
            ("outlet", Outlet),
            ("from", Id("from_article_id")),
            ("kind", Value("kind")),
            ("share", Value("share")),
            ("wire", Value("wire")),
            ("direction", Value("direction")),
            ("sentences", Count("sentence_ids")),
        ],
        "corrections" => &[
            ("correction", Id("correction_id")),
            ("row", Value("row_key")),
            ("field", Value("field")),
            ("was", Value("was")),
            ("is", Value("is")),
            ("by", Value("by")),
            ("why", Value("why")),
            ("applied", Value("applied")),
        ],
        "runs" => &[
            ("run", Id("run_id")),
            ("version", Value("version")),
            ("started", Value("started")),
            ("ended", Value("ended")),
            ("counts", Value("counts")),
        ],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use onrecord_record::TABLES;

    use super::*;

    #[test]
    fn every_table_has_a_view_of_columns_it_has() {
        for table in TABLES {
            let view = columns(table.name);
            assert!(
                matches!(view.first(), Some((_, Id(key))) if *key == table.key()),
                "{}",
                table.name
            );
            for (_, show) in view {
                if let Id(name) | Value(name) | Actor(name) | Actors(name) | Place(name)
                | Sentence(name) | Sentences(name) | Pieces(name) | Words(name)
                | Count(name) = show
                {
                    assert!(table.column(name).is_some(), "{}.{name}", table.name);
                }
            }
        }
    }
}
