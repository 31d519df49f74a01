//! What the pages cannot take from the record: the clock, the lexicon, the raw pages.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use onrecord_lexicon::Lexicon;
use onrecord_model::LineRole;
use onrecord_pages::{HostLines, articles, decode};
use onrecord_record::Map;
use onrecord_view::{Added, Outside, Progress, RawText, Removed, Upload};
use serde_json::Value;

use super::super::kit::{Held, ReaderOption};
use super::super::{correct, positions};
use super::adding::Adder;
use crate::clock;
use crate::raw::RawPages;

/// This machine.
pub struct Here {
    pages: Mutex<RawPages>,
    lexicon: Held<Lexicon>,
    adder: Adder,
}

impl Here {
    /// The raw pages of the record at `record`, which may also lie in `folder`; what pages
    /// that are added are read with.
    pub fn new(
        record: &Path,
        folder: Option<&Path>,
        lexicon: Held<Lexicon>,
        option: ReaderOption,
    ) -> Here {
        Here {
            pages: Mutex::new(RawPages::of(record, folder)),
            lexicon,
            adder: Adder::new(record, option),
        }
    }
}

impl Outside for Here {
    fn now(&self) -> String {
        clock::now()
    }

    fn question(&self, issue: &str) -> Option<String> {
        positions::question(&self.lexicon.issues, issue)
    }

    fn follows(&self, row: &Map, field: &str, value: &Value) -> Result<Map, String> {
        correct::plover(row, field, value).map_err(|error| error.to_string())
    }

    fn adds(&self) -> bool {
        true
    }

    fn add(&self, files: Vec<Upload>, told: &(dyn Fn(Progress) + Sync)) -> Result<Added, String> {
        let told = |stage: &str, done, all| {
            told(Progress {
                stage: stage.to_owned(),
                done,
                all,
            });
        };
        let added = self.adder.add(files, &self.lexicon, &told);
        added.map_err(|error| format!("{error:#}"))
    }

    fn page(&self, uri: &str, sha256: &str) -> RawText {
        let read = self
            .pages
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .read(uri);
        let Some(Ok(raw)) = read else {
            return RawText::Missing;
        };
        if raw.sha256 != sha256 {
            return RawText::Changed;
        }
        let Ok((page, _)) = decode(&raw) else {
            return RawText::Missing;
        };
        // As it would be read now; where it was read otherwise, the articles of the record count.
        let found = articles(&page, &HostLines::new(), &self.lexicon);
        let mut removed = Vec::new();
        let (mut bytes, mut signs) = (0, 0);
        for line in &found.lines {
            let (start, end) = (line.on_page.start, line.on_page.end);
            // Code points are counted once along the page.
            signs += page
                .text
                .get(bytes..start)
                .map_or(0, |gap| gap.chars().count());
            let length = page
                .text
                .get(start..end)
                .map_or(0, |text| text.chars().count());
            let kept = matches!(
                line.role,
                LineRole::Body | LineRole::BlockQuotation | LineRole::Blank
            );
            if !kept && length > 0 {
                removed.push(Removed {
                    start: signs,
                    end: signs + length,
                    what: line.role.name().to_owned(),
                });
            }
            (bytes, signs) = (end, signs + length);
        }
        RawText::Same {
            text: page.text,
            removed,
        }
    }
}
