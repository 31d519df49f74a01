//! `search_events`: who did what to whom.

use onrecord_record::{EVENT_TYPES, Record};

use super::{Tool, search};
use crate::arguments::{Argument, Arguments, Takes, may};
use crate::rows::{self, BOUNDS, CHOICE, WORDS};
use crate::{Answer, Trouble};

const OWN: &[Argument] = &[
    may("words", Takes::Text, WORDS),
    may(
        "event_type",
        Takes::OneOf(EVENT_TYPES),
        "The PLOVER type of the event.",
    ),
    may(
        "status",
        Takes::OneOf(&[
            "actual",
            "future",
            "threatened",
            "conditional",
            "denied",
            "alleged",
        ]),
        "Whether it happened. Only `actual` did, as the article tells it.",
    ),
    may("article", Takes::Text, "Events of this article (ar-…)."),
];

pub const TOOL: Tool = Tool {
    name: "search_events",
    title: "Who did what to whom",
    what: "Lists events in PLOVER terms: who did what to whom, when and where, with status and sentence; with words the best \
           first, else the newest first. Give words, actor or article. Tell the status with the event: a threatened, denied or \
           alleged event did not happen as far as this row tells. Cite [ev-…] ids. `timeline` gives each event told by \
           several articles once.",
    arguments: &[OWN, CHOICE, BOUNDS],
    run,
};

fn run(record: &Record, arguments: &Arguments) -> Result<Answer, Trouble> {
    rows::refuse_whole_table(arguments, &["words", "actor", "article"])?;
    let mut filter = rows::filter(record, arguments)?;
    for column in ["event_type", "status"] {
        if let Some(value) = arguments.text(column) {
            filter = filter.equal(column, value);
        }
    }
    filter.article = arguments.text("article").map(str::to_owned);
    let listed = rows::listed(record, "events", filter, &[], arguments)?;
    search::answer(record, "events", &listed, arguments)
}
