//! Expressions and the dates they mean.

use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, ArticleReading, PartialDate};

/// `words = date (anchor)` of each date found.
fn dates(text: &str, published: &str, within: &str) -> Vec<String> {
    let mut article = Article::new("pg-1".into(), 1, text.into());
    article.published = PartialDate::parse(published);
    article.dated_within = PartialDate::parse(within);
    let mut reading = ArticleReading::new(article);
    let lexicon = Lexicon::built_in();
    (reading.sentences, reading.quotations) =
        onrecord_language::sentences(&reading.article, lexicon);
    onrecord_dates::find(&reading, lexicon)
        .iter()
        .map(|d| format!("{} = {} ({})", reading.words(d.span), d.date, d.anchor))
        .collect()
}

/// With an article of Wednesday 6 March 2019.
fn on_that_wednesday(text: &str) -> Vec<String> {
    dates(text, "2019-03-06", "")
}

#[test]
fn weekdays_count_back_from_publication() {
    for (text, expected) in [
        (
            "The council said on Tuesday that it would vote.",
            "Tuesday = 2019-03-05 (article date)",
        ),
        (
            "The council on Wednesday rejected the plan.",
            "Wednesday = 2019-03-06 (article date)",
        ),
        (
            "Thursday’s march was called off.",
            "Thursday = 2019-02-28 (article date)",
        ),
        (
            "Last Wednesday the bridge fell.",
            "Last Wednesday = 2019-02-27 (article date)",
        ),
        (
            "The council will vote on Friday.",
            "Friday = 2019-03-08 (article date)",
        ),
        (
            "He spoke next Monday’s guest list over.",
            "next Monday = 2019-03-11 (article date)",
        ),
    ] {
        assert_eq!(on_that_wednesday(text), [expected], "{text}");
    }
    assert!(on_that_wednesday("They march on Fridays.").is_empty());
    assert!(on_that_wednesday("They recalled the Bloody Sunday killings.").is_empty());
}

#[test]
fn near_days_and_units() {
    for (text, expected) in [
        (
            "They met yesterday.",
            "yesterday = 2019-03-05 (article date)",
        ),
        (
            "The minister said today he would go.",
            "today = 2019-03-06 (article date)",
        ),
        (
            "Three days ago the bridge fell.",
            "Three days ago = 2019-03-03 (article date)",
        ),
        (
            "It closed two months ago.",
            "two months ago = 2019-01 (article date)",
        ),
        (
            "It won seats in last year’s vote.",
            "last year = 2018 (article date)",
        ),
        (
            "The talks began last month.",
            "last month = 2019-02 (article date)",
        ),
        (
            "The vote was held in September.",
            "September = 2018-09 (article date)",
        ),
        (
            "The vote was held in February.",
            "February = 2019-02 (article date)",
        ),
        (
            "They left in late January.",
            "late January = 2019-01 (article date)",
        ),
        (
            "A meeting is planned for next June.",
            "next June = 2019-06 (article date)",
        ),
    ] {
        assert_eq!(on_that_wednesday(text), [expected], "{text}");
    }
    for text in [
        "The situation today is worse.",
        "“We met yesterday,” she said.",
        "It was the last month of the war.",
        "They may 5 times have tried.",
        "The March on the capital began.",
        "It rained for 3 days.",
    ] {
        assert!(
            on_that_wednesday(text).is_empty(),
            "{text}: {:?}",
            on_that_wednesday(text)
        );
    }
}

#[test]
fn absolute_dates_and_years() {
    for (text, expected) in [
        (
            "The pact was signed on 4 June 2014.",
            vec!["4 June 2014 = 2014-06-04 (text)"],
        ),
        (
            "It was affirmed on January 5th.",
            vec!["January 5th = 2019-01-05 (article date)"],
        ),
        (
            "It was affirmed on November 5.",
            vec!["November 5 = 2018-11-05 (article date)"],
        ),
        (
            "A vote is scheduled for April 9.",
            vec!["April 9 = 2019-04-09 (article date)"],
        ),
        (
            "It ended on Friday, March 4.",
            vec!["Friday, March 4 = 2016-03-04 (article date)"],
        ),
        (
            "They left in 2011 but returned in late 2014.",
            vec!["2011 = 2011 (text)", "late 2014 = 2014 (text)"],
        ),
        (
            "He was jailed from 2007 to 2010.",
            vec!["2007 to 2010 = 2007 (text)"],
        ),
        (
            "After the 2003 invasion he fled.",
            vec!["2003 = 2003 (text)"],
        ),
        (
            "During May through July 2014 it rained.",
            vec!["May through July 2014 = 2014-05 (text)"],
        ),
        ("Until 2015 they held the town.", vec!["2015 = 2015 (text)"]),
        (
            "During the 2003-2011 war they fled.",
            vec!["2003-2011 = 2003 (text)"],
        ),
    ] {
        assert_eq!(on_that_wednesday(text), expected, "{text}");
    }
    for text in [
        "A force of 2000 soldiers came.",
        "The 2000 fighters left.",
        "It cost 2014 dollars.",
        "The September 11 attacks changed all.",
        "The group of the 1980s was another.",
    ] {
        assert!(
            on_that_wednesday(text).is_empty(),
            "{text}: {:?}",
            on_that_wednesday(text)
        );
    }
}

#[test]
fn without_a_date_there_is_no_guess() {
    assert!(dates("They met on Tuesday and in May.", "", "").is_empty());
    assert!(dates("They met on May 4.", "", "").is_empty());
    assert_eq!(dates("They met in 2014.", "", ""), ["2014 = 2014 (text)"]);
    // Only the year is known.
    assert!(dates("They met on Tuesday.", "", "2020").is_empty());
    assert_eq!(
        dates("They meet on the 6th of June.", "", "2020"),
        ["6th of June = 2020-06-06 (copyright year)"]
    );
    // A weekday and a year printed elsewhere leave one year only: 19 September 2014.
    let text = "They marched on Friday September 19. On June 5, 2014 the town fell.";
    assert_eq!(
        dates(text, "", ""),
        [
            "Friday September 19 = 2014-09-19 (text)",
            "June 5, 2014 = 2014-06-05 (text)"
        ]
    );
}
