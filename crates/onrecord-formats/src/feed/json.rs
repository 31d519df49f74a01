//! JSON Feed.

use onrecord_model::{MediaType, Note, RawPage, sha256_hex};
use serde_json::Value;

use super::page;
use crate::open::{Ctx, once};
use crate::{Pages, trouble};

/// The pages of a JSON feed.
pub(super) fn pages(ctx: &Ctx, text: &str) -> Pages {
    let feed: Value = match serde_json::from_str(text) {
        Ok(feed) => feed,
        Err(error) => {
            let text = format!("the feed cannot be read as JSON: {error}");
            return once(Err(Note::unread("broken-feed", ctx.uri.as_str(), text)));
        }
    };
    let items = feed["items"].as_array().cloned().unwrap_or_default();
    if items.is_empty() {
        let text = "the feed has no entries";
        return once(Err(Note::unread("no-entries", ctx.uri.as_str(), text)));
    }
    let ctx = ctx.clone();
    let pages = items.into_iter().enumerate().map(move |(n, item)| {
        let uri = ctx.at(&format!("E{}", n + 1));
        let most = ctx.limits().page_bytes;
        let page = entry(&uri, &item, &feed);
        let page = page.map_err(|text| Note::unread("broken-entry", uri, text))?;
        match page.bytes.len() as u64 <= most {
            true => Ok(page),
            false => Err(trouble::too_large(page.uri, most)),
        }
    });
    Box::new(pages)
}

/// The addresses that the entries of a JSON feed link to, as they stand there.
pub(super) fn links(text: &str) -> Vec<String> {
    let feed: Value = serde_json::from_str(text).unwrap_or_default();
    let items = feed["items"].as_array().cloned().unwrap_or_default();
    let link = |item: &Value| {
        let named = |key: &str| item[key].as_str().map(str::to_owned);
        named("url").or_else(|| named("external_url"))
    };
    items.iter().filter_map(link).collect()
}

fn entry(uri: &str, item: &Value, feed: &Value) -> Result<RawPage, String> {
    let text = |value: &Value| {
        let text = value.as_str().unwrap_or_default();
        (!text.trim().is_empty()).then(|| text.to_owned())
    };
    let bodies = [
        ("content_html", Some(MediaType::Html), false),
        ("content_text", Some(MediaType::Text), false),
        ("summary", Some(MediaType::Text), true),
    ];
    let found = bodies
        .into_iter()
        .find_map(|(key, kind, summary)| Some((text(&item[key])?, kind, summary)));
    let (body, kind, summary) = found.ok_or("the entry has no content and no summary")?;
    let mut page = page(uri, body, kind, summary);
    page.sha256 = sha256_hex(item.to_string().as_bytes());
    let declared = &mut page.declared;
    declared.title = text(&item["title"]);
    declared.url = text(&item["url"])
        .or_else(|| text(&item["external_url"]))
        .filter(|url| url.starts_with("http"));
    declared.published = text(&item["date_published"]);
    declared.publisher = text(&feed["title"]);
    declared.language = text(&item["language"]).or_else(|| text(&feed["language"]));
    let authors = item["authors"]
        .as_array()
        .cloned()
        .unwrap_or_else(|| vec![item["author"].clone()]);
    declared.authors = authors
        .iter()
        .filter_map(|author| text(&author["name"]))
        .collect();
    Ok(page)
}
