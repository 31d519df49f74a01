//! `search_statements`: who said what.

use onrecord_record::Record;

use super::{Tool, search};
use crate::arguments::{Argument, Arguments, Takes, may};
use crate::names::actor_id;
use crate::rows::{self, BOUNDS, CHOICE, WORDS};
use crate::{Answer, Trouble};

const OWN: &[Argument] = &[
    may("words", Takes::Text, WORDS),
    may(
        "speaker",
        Takes::Text,
        "The actor who speaks: a name, a part of one, or an id (ac-…).",
    ),
    may("addressee", Takes::Text, "The actor who is spoken to."),
    may(
        "kind",
        Takes::OneOf(&["direct", "indirect", "mixed"]),
        "direct: all of it is quoted; indirect: nothing is, the words are the outlet's; mixed: some is.",
    ),
    may("article", Takes::Text, "Statements of this article (ar-…)."),
];

pub const TOOL: Tool = Tool {
    name: "search_statements",
    title: "Who said what",
    what: "Lists statements: who said what, as an article reports it, with the sentence, outlet and date; with words the best \
           first, else the newest first. Give words, speaker, actor or article. `content` is verbatim text of the article, but \
           only content within quotation marks is the speaker's own words: never put quotation marks around an indirect \
           statement. Cite [st-…] ids.",
    arguments: &[OWN, CHOICE, BOUNDS],
    run,
};

fn run(record: &Record, arguments: &Arguments) -> Result<Answer, Trouble> {
    rows::refuse_whole_table(
        arguments,
        &["words", "speaker", "addressee", "actor", "article"],
    )?;
    let mut filter = rows::filter(record, arguments)?;
    let mut ids = Vec::new();
    for (argument, column) in [("speaker", "speaker_id"), ("addressee", "addressee_id")] {
        let Some(name) = arguments.text(argument) else {
            continue;
        };
        let id = actor_id(record, name)?;
        ids.push((column, id.clone()));
        // The rows of an actor are found at once, those with a value in a column are not.
        let place = if filter.actor.is_none() {
            &mut filter.actor
        } else {
            &mut filter.with
        };
        place.get_or_insert(id);
    }
    if let Some(kind) = arguments.text("kind") {
        filter = filter.equal("kind", kind);
    }
    filter.article = arguments.text("article").map(str::to_owned);
    let listed = rows::listed(record, "statements", filter, &ids, arguments)?;
    search::answer(record, "statements", &listed, arguments)
}
