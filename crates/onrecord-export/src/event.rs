//! An event with all that it names.

use std::rc::Rc;

use onrecord_model::PartialDate;
use onrecord_record::{Filter, Map};

use crate::source::Source;
use crate::written::Written;
use crate::{ExportError, row};

/// An event with all that it names.
pub(crate) struct Event {
    pub row: Map,
    pub article: Rc<Map>,
    pub page: Rc<Map>,
    pub sentence: Rc<Map>,
    pub place: Option<Rc<Map>>,
    pub actors: Vec<Rc<Map>>,
    pub recipients: Vec<Rc<Map>>,
}

impl Event {
    /// Gives every event of the record to `take`.
    pub(crate) fn each(
        source: &Source<'_>,
        mut take: impl FnMut(Event) -> Result<(), ExportError>,
    ) -> Result<u64, ExportError> {
        source.each("events", &Filter::default(), |row| {
            match Event::of(source, row)? {
                Some(event) => take(event),
                None => Ok(()),
            }
        })
    }

    /// `None` where the article, page or sentence is not there, which no record has.
    fn of(source: &Source<'_>, row: Map) -> Result<Option<Event>, ExportError> {
        let Some(article) = source.named("articles", &row, "article_id")? else {
            return Ok(None);
        };
        let Some(page) = source.named("pages", &article, "page_id")? else {
            return Ok(None);
        };
        let Some(sentence) = source.named("sentences", &row, "sentence_id")? else {
            return Ok(None);
        };
        Ok(Some(Event {
            place: source.named("places", &row, "place_id")?,
            actors: source.actors(&row, "actor_ids")?,
            recipients: source.actors(&row, "recipient_ids")?,
            article,
            page,
            sentence,
            row,
        }))
    }

    /// Whether it is told as something that happened. The formats of event data have no
    /// column that says that a thing was only threatened, planned, denied or alleged, so
    /// such events stay out of them, and are counted.
    pub(crate) fn happened(&self, written: &mut Written) -> bool {
        let status = row::word(&self.row, "status");
        let happened = status == "actual";
        if !happened {
            written.left_out(&format!("events with the status `{status}`"));
        }
        happened
    }

    /// Its date if the day is known; a less exact one is counted as left out.
    pub(crate) fn day(&self, written: &mut Written) -> Option<PartialDate> {
        let date = row::date(&self.row, "date");
        let day = date.filter(|date| date.day_number().is_some());
        if date.is_some() && day.is_none() {
            written.left_out(NO_DAY);
        }
        day
    }

    /// The words of the article at these code points; `None` where words are not wanted.
    pub(crate) fn words(&self, key: &str) -> Vec<String> {
        let Some(text) = row::text(&self.article, "text") else {
            return Vec::new();
        };
        let spans = row::spans(&self.row, key);
        spans.iter().map(|span| slice(text, *span)).collect()
    }

    /// The address of the page if it is one of the web.
    pub(crate) fn url(&self) -> Option<&str> {
        row::text(&self.page, "uri").filter(|uri| is_url(uri))
    }
}

/// Said of a date that is a month or a year where the format has whole days only.
pub(crate) const NO_DAY: &str = "dates of events without a day";

/// The code points `start..end` of a text.
pub(crate) fn slice(text: &str, (start, end): (usize, usize)) -> String {
    text.chars()
        .skip(start)
        .take(end.saturating_sub(start))
        .collect()
}

/// Whether an address is one of the web.
pub(crate) fn is_url(uri: &str) -> bool {
    uri.starts_with("http://") || uri.starts_with("https://")
}
