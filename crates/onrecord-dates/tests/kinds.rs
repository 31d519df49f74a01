//! Kinds of expressions, in parsed sentences.

use onrecord_language::Engine;
use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, ArticleReading, PartialDate};

/// `words = date` of each date found in an article of a day; another anchor than the article's
/// date or the text stands behind.
fn dates(published: &str, text: &str) -> Vec<String> {
    let mut article = Article::new("pg-1".into(), 1, text.into());
    article.published = PartialDate::parse(published);
    let mut reading = ArticleReading::new(article);
    let lexicon = Lexicon::built_in();
    (reading.sentences, reading.quotations) =
        onrecord_language::sentences(&reading.article, lexicon);
    let text = &reading.article.text;
    onrecord_language::parse(text, &mut reading.sentences, Engine::built_in(), lexicon);
    let found = onrecord_dates::find(&reading, lexicon);
    let told = found.iter().map(|d| {
        let anchor = match d.anchor.as_str() {
            "text" | "article date" => String::new(),
            other => format!(" ({other})"),
        };
        format!("{} = {}{anchor}", reading.words(d.span), d.date)
    });
    told.collect()
}

fn all(published: &str, cases: &[(&str, &[&str])]) {
    let mut wrong = String::new();
    for (text, expected) in cases {
        let found = dates(published, text);
        if found != *expected {
            wrong += &format!("{text}\n  is {expected:?}\n  read as {found:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Wednesday 14 October 2020.
const DAY: &str = "2020-10-14";

#[test]
fn the_tense_of_the_clause_says_which_weekday() {
    all(
        DAY,
        &[
            ("The council met on Monday.", &["Monday = 2020-10-12"]),
            (
                "The council said on Monday it would vote on Friday.",
                &["Monday = 2020-10-12", "Friday = 2020-10-16"],
            ),
            (
                "The court opens its doors on Monday.",
                &["Monday = 2020-10-19"],
            ),
            (
                "The minister plans to visit the port on Sunday.",
                &["Sunday = 2020-10-18"],
            ),
            ("She praised Sunday’s march.", &["Sunday = 2020-10-11"]),
            (
                "The mayor hopes to win Sunday’s vote.",
                &["Sunday = 2020-10-18"],
            ),
            (
                "They gave him until Friday to leave the town.",
                &["Friday = 2020-10-16"],
            ),
            (
                "They have held the bridge since Friday.",
                &["Friday = 2020-10-09"],
            ),
            (
                "The bridge fell Tuesday night.",
                &["Tuesday night = 2020-10-13"],
            ),
            ("The families of Bloody Sunday waited.", &[]),
        ],
    );
}

#[test]
fn months_and_days_without_a_year() {
    all(
        DAY,
        &[
            ("The bridge fell in November.", &["November = 2019-11"]),
            ("The bridge will open in November.", &["November = 2020-11"]),
            ("The bridge will open in March.", &["March = 2021-03"]),
            (
                "The treaty runs out by the end of March next year.",
                &["end of March next year = 2021-03"],
            ),
            (
                "He won the vote on June 16th of last year.",
                &["June 16th of last year = 2019-06-16"],
            ),
            (
                "The party won last year’s council vote in May.",
                &["last year = 2019", "May = 2019-05"],
            ),
            (
                "In an August speech he named the thieves.",
                &["August = 2020-08"],
            ),
            (
                "The camp closed in mid-September.",
                &["mid-September = 2020-09"],
            ),
            (
                "The camp closed at the end of August.",
                &["end of August = 2020-08"],
            ),
            ("The camp closed on Sept. 20.", &["Sept. 20 = 2020-09-20"]),
            ("The camp closed on 20/9/2016.", &["20/9/2016 = 2016-09-20"]),
            (
                "The camp closed on the 6 th of June.",
                &["6 th of June = 2020-06-06"],
            ),
            (
                "A vote will be held on January 9.",
                &["January 9 = 2021-01-09"],
            ),
            (
                "She would take office in January 2022 and call a vote in May.",
                &["January 2022 = 2022-01", "May = 2022-05"],
            ),
        ],
    );
}

#[test]
fn weeks_and_seasons_get_the_date_that_holds_them() {
    all(
        DAY,
        &[
            ("The talks broke down last week.", &["last week = 2020-10"]),
            (
                "The talks broke down earlier this month.",
                &["earlier this month = 2020-10"],
            ),
            (
                "The talks broke down over the weekend.",
                &["the weekend = 2020-10"],
            ),
            ("The well dried up this summer.", &["this summer = 2020"]),
            ("The well dried up last summer.", &[]), // this year's or last year's
            (
                "The well dried up in the summer of 2011.",
                &["the summer of 2011 = 2011"],
            ),
            (
                "The works will be done by the end of the year.",
                &["the end of the year = 2020"],
            ),
            ("The town fell two weeks ago.", &["two weeks ago = 2020"]),
            (
                "The town fell twenty-two years ago.",
                &["twenty-two years ago = 1998"],
            ),
            (
                "The vote is six weeks from now.",
                &["six weeks from now = 2020-11"],
            ),
            ("The song was heard everywhere in the 1990s.", &[]),
            ("The talks went badly in recent weeks.", &[]),
            ("The town fell more than twenty years ago.", &[]),
            ("The war went on for thirty years.", &[]),
        ],
    );
    all(
        "2020-11-03",
        &[
            ("The talks broke down last week.", &["last week = 2020"]),
            (
                "The talks broke down last weekend.",
                &["last weekend = 2020"],
            ),
        ],
    );
}

#[test]
fn days_near_the_telling() {
    all(
        DAY,
        &[
            ("Nine people were hurt tonight.", &["tonight = 2020-10-14"]),
            (
                "The bridge fell this morning.",
                &["this morning = 2020-10-14"],
            ),
            ("The bridge was opened today.", &["today = 2020-10-14"]),
            ("The world is safer today.", &[]),
            ("“We met yesterday,” she said.", &[]),
            (
                "“We met yesterday,” she said on Monday.",
                &[
                    "yesterday = 2020-10-11 (date of saying)",
                    "Monday = 2020-10-12",
                ],
            ),
        ],
    );
}

#[test]
fn days_with_a_name() {
    all(
        DAY,
        &[
            (
                "The shops will close on Christmas Eve.",
                &["Christmas Eve = 2020-12-24"],
            ),
            (
                "The shops closed on Christmas Eve.",
                &["Christmas Eve = 2019-12-24"],
            ),
            (
                "The Republican will fly home on Election Day.",
                &["Election Day = 2020-11-03"],
            ),
            ("The party of Labuan flies home on Election Day.", &[]),
            (
                "The law was passed after the 9/11 attacks.",
                &["9/11 = 2001-09-11"],
            ),
            ("A 9/11 widow spoke.", &[]),
            (
                "The church was full on Good Friday.",
                &["Good Friday = 2020-04-10"],
            ),
        ],
    );
}

#[test]
fn counted_from_the_date_before() {
    all(
        DAY,
        &[
            (
                "He was freed in 2007. Two years later he fled.",
                &["2007 = 2007", "Two years later = 2009 (date before)"],
            ),
            (
                "She came in December 2011 and left a month later.",
                &[
                    "December 2011 = 2011-12",
                    "a month later = 2012-01 (date before)",
                ],
            ),
            (
                "They met on 3 May 2012. That month the town fell.",
                &[
                    "3 May 2012 = 2012-05-03",
                    "That month = 2012-05 (date before)",
                ],
            ),
            (
                "They met on 3 May 2012. The next day the town fell.",
                &[
                    "3 May 2012 = 2012-05-03",
                    "The next day = 2012-05-04 (date before)",
                ],
            ),
            (
                "He spoke the day after Monday’s vote.",
                &["the day after Monday = 2020-10-13"],
            ),
            ("He was freed. Two years later he fled.", &[]),
            (
                "He was freed on Monday. Two years later he fled.",
                &["Monday = 2020-10-12"],
            ),
        ],
    );
}

#[test]
fn ranges_and_years() {
    all(
        DAY,
        &[
            (
                "It rained from October 5 to March 3, 2015.",
                &["October 5 to March 3, 2015 = 2014-10-05"],
            ),
            (
                "Between 2010 and 2012 it rained.",
                &["2010 and 2012 = 2010"],
            ),
            ("He ran in 2008 and 2012.", &["2008 = 2008", "2012 = 2012"]),
            ("Her 2008 campaign failed.", &["2008 = 2008"]),
            ("The ship sank in late 2017.", &["late 2017 = 2017"]),
        ],
    );
}
