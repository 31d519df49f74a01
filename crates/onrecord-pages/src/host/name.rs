//! The host a page comes from.

use onrecord_model::{MediaType, Page};

/// How much of an HTML page is searched for its address, in bytes.
const HEAD: usize = 64 * 1024;

/// The host of a page: of the address that came with it, of the address that an HTML page
/// gives as its own, or a folder that is named like one; lower case, without `www.`.
pub fn of_page(page: &Page) -> Option<String> {
    let declared = page.declared.url.as_deref().and_then(of_address);
    let own = || match page.media_type {
        MediaType::Html => own_address(&page.text).and_then(|address| of_address(&address)),
        MediaType::Text => None,
    };
    declared.or_else(own).or_else(|| of_path(&page.uri))
}

/// The host of a folder in a path, the deepest that is named like one.
pub fn of_path(uri: &str) -> Option<String> {
    let (folders, _) = uri.rsplit_once('/')?;
    folders.rsplit('/').find_map(host_name)
}

/// The host of an address on the web.
fn of_address(address: &str) -> Option<String> {
    let (scheme, rest) = address.trim().split_once("//")?;
    if !(scheme.is_empty() || scheme.ends_with(':')) {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// Endings, beside those of two letters, that make a folder's name a host.
const TOP: [&str; 18] = [
    "com", "net", "org", "info", "news", "gov", "mil", "edu", "int", "biz", "press", "media",
    "online", "site", "africa", "asia", "example", "onion",
];

fn host_name(folder: &str) -> Option<String> {
    let folder = folder.to_lowercase();
    let name = folder.strip_prefix("www.").unwrap_or(&folder);
    let (rest, top) = name.rsplit_once('.')?;
    let label = |l: &str| {
        !l.is_empty()
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    let country = top.len() == 2 && top.bytes().all(|b| b.is_ascii_alphabetic());
    let known = country || TOP.contains(&top);
    (known && rest.split('.').all(label) && rest.bytes().any(|b| b.is_ascii_alphabetic()))
        .then(|| name.to_owned())
}

/// The `canonical` link or the `og:url` of an HTML page, whichever stands first.
fn own_address(html: &str) -> Option<String> {
    let mut end = html.len().min(HEAD);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let mut rest = &html[..end];
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let Some(close) = rest.find('>') else { break };
        let tag = &rest[..close];
        let name = tag
            .split(|c: char| c.is_whitespace() || c == '/')
            .next()
            .unwrap_or_default();
        let found = if name.eq_ignore_ascii_case("link") {
            is(tag, "rel", "canonical")
                .then(|| attribute(tag, "href"))
                .flatten()
        } else if name.eq_ignore_ascii_case("meta") {
            is(tag, "property", "og:url")
                .then(|| attribute(tag, "content"))
                .flatten()
        } else {
            None
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn is(tag: &str, name: &str, value: &str) -> bool {
    attribute(tag, name).is_some_and(|found| found.trim().eq_ignore_ascii_case(value))
}

/// The value of an attribute of a tag, quoted or not; entities are left as they are, since
/// a host holds none.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find(name) {
        let at = from + found;
        from = at + name.len();
        if !lower[..at].ends_with(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'') {
            continue;
        }
        let Some(value) = tag[from..].trim_start().strip_prefix('=') else {
            continue;
        };
        let value = value.trim_start();
        return match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next().map(str::to_owned),
            _ => value.split_whitespace().next().map(str::to_owned),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_addresses_and_folders() {
        assert_eq!(
            of_address("https://www.News.example.org:80/a?b"),
            Some("news.example.org".into())
        );
        assert_eq!(of_address("//m.example.org"), Some("m.example.org".into()));
        assert_eq!(of_address("/2020/a.html"), None);
        assert_eq!(
            of_path("crawl/www.herald.example/2020/a.txt"),
            Some("herald.example".into())
        );
        assert_eq!(of_path("old.pages/v1.2/a.b.com.txt"), None);
        assert_eq!(of_path("./a.txt"), None);
    }

    #[test]
    fn an_html_page_names_its_address() {
        let link = "<html><LINK href='https://a.example/x' rel=canonical><p>";
        assert_eq!(own_address(link), Some("https://a.example/x".into()));
        let meta = "<meta property=\"og:url\" content=\"https://b.example/y\"/>";
        assert_eq!(own_address(meta), Some("https://b.example/y".into()));
        assert_eq!(
            own_address("<link rel=stylesheet href=x.css><a href='https://c.example'>"),
            None
        );
        assert_eq!(own_address("<link rel=canonical"), None);
    }
}
