//! Plain-text pages.

use onrecord_lexicon::Lexicon;
use onrecord_model::Page;

use crate::{Found, HostLines};

pub(crate) fn articles(_page: &Page, _host_lines: &HostLines, _lexicon: &Lexicon) -> Found {
    Found::default()
}
