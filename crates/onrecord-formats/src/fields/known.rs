//! The names that scrapers and archives give their fields, folded: only small letters and
//! digits. trafilatura, news-please, newspaper4k, Media Cloud, and the exports of press
//! databases.

use super::Field;

/// The known names of a field, the likeliest first.
pub(super) fn names(field: Field) -> &'static [&'static str] {
    match field {
        Field::Text => &[
            "text",
            "maintext",
            "articlebody",
            "articletext",
            "plaintext",
            "fulltext",
            "cleanedtext",
            "textcleaned",
            "contenttext",
            "bodytext",
            "rawtext",
            "storytext",
            "story",
        ],
        Field::Either => &["content", "body", "article", "page", "document"],
        Field::Html => &[
            "html",
            "rawhtml",
            "articlehtml",
            "contenthtml",
            "pagehtml",
            "bodyhtml",
            "sourcehtml",
        ],
        Field::Title => &["title", "headline", "titlepage", "titlerss", "name"],
        Field::Authors => &[
            "authors",
            "author",
            "byline",
            "creator",
            "writer",
            "authorname",
        ],
        Field::Publisher => &[
            "sitename",
            "publisher",
            "sourcename",
            "outlet",
            "publication",
            "publicationtitle",
            "pubtitle",
            "sourcetitle",
            "newspaper",
            "medianame",
            "metasitename",
            "source",
            "hostname",
            "sourcehostname",
            "sourcedomain",
            "domain",
            "site",
        ],
        Field::Published => &[
            "published",
            "publishedat",
            "publishdate",
            "datepublish",
            "datepublished",
            "publicationdate",
            "publisheddate",
            "pubdate",
            "publishedtime",
            "date",
            "publishtime",
        ],
        Field::Url => &[
            "url",
            "link",
            "canonicalurl",
            "articleurl",
            "sourceurl",
            "permalink",
            "originalurl",
            "canonicallink",
            "source",
            "uri",
        ],
        Field::Language => &["language", "lang", "languagecode", "metalang"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded() {
        for name in Field::ALL.into_iter().flat_map(names) {
            assert_eq!(super::super::folded(name), *name);
        }
    }
}
