//! The help sheet.

use maud::html;
use onrecord_record::TABLES;

use super::SCREENS;
use crate::error::Fault;
use crate::reply::Reply;
use crate::tell;
use crate::view::View;

const KEYS: &[(&str, &str)] = &[
    ("/", "search"),
    ("j", "next row"),
    ("k", "row before"),
    (
        "Enter",
        "open the row; in the review queue, accept and go on",
    ),
    ("c", "copy the citation"),
    ("w", "the raw page, or the article again (in the reader)"),
    ("n", "next page of a list"),
    ("p", "page before"),
    ("Esc", "leave a field; back"),
    ("?", "this sheet"),
];

const REVIEW: &[(&str, &str)] = &[
    ("a", "accept and go on"),
    ("r", "reject and go on"),
    ("e", "correct a field"),
    ("s", "skip: not sure"),
    ("u", "take back"),
];

/// What the marks mean, the keys, the endings, the tables.
pub(crate) fn show(_view: &View<'_>) -> Result<Reply, Fault> {
    let key = |(key, what): &(&str, &str)| html! { dt { kbd { (key) } } dd { (what) } };
    let main = html! {
        h1 { "Help" }
        div.columns {
            section {
                h2 { "Marks" }
                p { "Shape says what colour says, so that nothing hangs on colour alone." }
                ul.plain {
                    li { (tell::sign("statements")) " a statement; in the text, "
                        span.mark.m-statement.begins.ends { "what is said" } " by "
                        span.mark.m-speaker { "the speaker" } " with "
                        span.mark.m-cue { "the word of saying" } }
                    li { (tell::sign("events")) " an event; in the text, "
                        span.mark.m-event { "the words that name the act" } ", with who acts and to whom" }
                    li { (tell::sign("mentions")) " a " span.mark.m-name { "name" } }
                    li { (tell::sign("positions")) " a position; "
                        (tell::stance("support")) ", " (tell::stance("oppose")) ", " (tell::stance("mixed")) }
                    li { (tell::sign("outlooks")) " " span.mark.m-outlook { "something announced" } }
                    li { (tell::sign("framings")) " " span.mark.m-framing { "a word that characterises" } }
                    li { "○ not reviewed by anybody; ● reviewed" }
                }
            }
            section {
                h2 { "Keys" }
                p {
                    "Keys act when no field is being typed in. "
                    label.switch data-keys-switch="" hidden { input type="checkbox" checked; " Keys are on" }
                }
                dl.keys {
                    @for one in KEYS { (key(one)) }
                    @for screen in SCREENS {
                        @if let Some(letter) = screen.key { @if letter != '?' {
                            dt { kbd { "g" } " " kbd { (letter) } } dd { (screen.title) }
                        } }
                    }
                }
                h3 { "In the review queue" }
                dl.keys { @for one in REVIEW { (key(one)) } }
            }
            section {
                h2 { "Searching" }
                dl.keys.wide {
                    dt { code { "troops leave" } } dd { "both words in one sentence" }
                    dt { code { "\"troops leave\"" } } dd { "these words, one after another" }
                    dt { code { "troop*" } } dd { "words that begin so" }
                    dt { code { "troops -training" } } dd { "the one without the other" }
                    dt { code { "troops OR forces" } } dd { "either" }
                }
                p { "The other names of an actor who is named are searched for too; "
                    code { "exact=yes" } " in the address turns that off." }
                p { "Everything that a page shows stands in its address: keep it, send it, come back to it. "
                    "Put " code { ".json" } " or " code { ".csv" } " behind the path of a list, and "
                    code { ".svg" } " behind that of a chart, to have it as a file; "
                    code { "size=10000" } " gives more rows at once." }
            }
            section {
                h2 #tables { "Tables" }
                ul.plain {
                    @for table in TABLES {
                        li { (tell::sign(table.name)) " "
                            a href={ "/search?table=" (table.name) } { (table.name) } ": " (table.what) }
                    }
                }
            }
        }
    };
    Reply::page("Help", main)
}
