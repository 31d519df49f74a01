//! What JSON-LD says of the article on a page.

use serde_json::{Map, Value};

/// What JSON-LD says of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Linked {
    /// Its headline.
    pub headline: Option<String>,
    /// Its authors' names.
    pub authors: Vec<String>,
    /// Its outlet.
    pub publisher: Option<String>,
    /// When it was published, as written.
    pub published: Option<String>,
    /// When it was changed, as written.
    pub modified: Option<String>,
}

/// As many nodes of a page's JSON-LD are looked at.
const MOST: usize = 2_000;

/// Reads the JSON-LD scripts of a page: the article whose headline `is_title` knows, else
/// the only one there is.
pub(crate) fn read(scripts: &[String], is_title: impl Fn(&str) -> bool) -> Linked {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut nodes = Vec::new();
    for value in &values {
        gather(value, 0, &mut nodes);
    }
    let articles: Vec<Linked> = nodes
        .iter()
        .filter(|node| is_article(node))
        .map(|node| article(node, &nodes))
        .collect();
    let own = articles
        .iter()
        .find(|a| a.headline.as_deref().is_some_and(&is_title));
    let mut own = match (own, articles.as_slice()) {
        (Some(own), _) | (None, [own]) => own.clone(),
        _ => Linked::default(),
    };
    if own.publisher.is_none() {
        own.publisher = nodes
            .iter()
            .find(|node| has_type(node, |t| matches!(t, "WebSite" | "NewsMediaOrganization")))
            .and_then(|node| text(node.get("name")));
    }
    own
}

/// Parses a script; line breaks inside strings and a wrapping comment are forgiven.
fn parse(script: &str) -> Option<Value> {
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])? + 1;
    let json = script.get(start..end)?;
    serde_json::from_str(json).ok().or_else(|| {
        let spaced: String = json
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        serde_json::from_str(&spaced).ok()
    })
}

/// The objects of a value, from outside in.
fn gather<'v>(value: &'v Value, depth: usize, nodes: &mut Vec<&'v Map<String, Value>>) {
    if depth > 8 || nodes.len() >= MOST {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|v| gather(v, depth + 1, nodes)),
        Value::Object(object) => {
            nodes.push(object);
            for key in [
                "@graph",
                "mainEntity",
                "mainEntityOfPage",
                "isPartOf",
                "publisher",
                "author",
            ] {
                if let Some(inner) = object.get(key) {
                    gather(inner, depth + 1, nodes);
                }
            }
        }
        _ => {}
    }
}

fn is_article(node: &Map<String, Value>) -> bool {
    has_type(node, |t| {
        t.ends_with("Article") || t.ends_with("Posting") || t == "Report"
    }) && (node.contains_key("headline") || node.contains_key("datePublished"))
}

fn has_type(node: &Map<String, Value>, is: impl Fn(&str) -> bool) -> bool {
    match node.get("@type") {
        Some(Value::String(one)) => is(one.rsplit('/').next().unwrap_or(one)),
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

fn article(node: &Map<String, Value>, nodes: &[&Map<String, Value>]) -> Linked {
    Linked {
        headline: text(node.get("headline")).or_else(|| text(node.get("name"))),
        authors: names(node.get("author").or_else(|| node.get("creator")), nodes),
        publisher: names(node.get("publisher"), nodes).into_iter().next(),
        published: text(node.get("datePublished")).or_else(|| text(node.get("dateCreated"))),
        modified: text(node.get("dateModified")),
    }
}

/// The names of persons or bodies, given as text, objects, or references to objects.
fn names(value: Option<&Value>, nodes: &[&Map<String, Value>]) -> Vec<String> {
    match value {
        Some(Value::String(_)) => text(value).into_iter().collect(),
        Some(Value::Array(many)) => many
            .iter()
            .flat_map(|one| names(Some(one), nodes))
            .collect(),
        Some(Value::Object(object)) => {
            let named = match object.get("name") {
                Some(Value::Array(many)) => many.iter().filter_map(|n| text(Some(n))).collect(),
                other => text(other).into_iter().collect::<Vec<_>>(),
            };
            if !named.is_empty() {
                return named;
            }
            let Some(id) = object.get("@id") else {
                return Vec::new();
            };
            let other = nodes
                .iter()
                .find(|node| node.get("@id") == Some(id) && node.contains_key("name"));
            other
                .and_then(|node| text(node.get("name")))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.as_str(),
        Value::Array(many) => many.first()?.as_str()?,
        _ => return None,
    };
    let text = super::paragraphs::single_spaced(&super::markup::unescape(text));
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(script: &str) -> Linked {
        read(&[script.to_owned()], |title| title == "Port reopens")
    }

    #[test]
    fn authors_in_every_form() {
        for (author, expected) in [
            (r#""Ana Tal""#, vec!["Ana Tal"]),
            (r#"{"@type":"Person","name":"Ana Tal"}"#, vec!["Ana Tal"]),
            (
                r#"[{"name":"Ana Tal"},{"name":"Omar Benn"}]"#,
                vec!["Ana Tal", "Omar Benn"],
            ),
            (
                r#"{"name":["Ana Tal","Omar Benn"]}"#,
                vec!["Ana Tal", "Omar Benn"],
            ),
            ("null", vec![]),
        ] {
            let script = format!(r#"{{"@type":"NewsArticle","headline":"x","author":{author}}}"#);
            assert_eq!(one(&script).authors, expected, "{author}");
        }
    }

    #[test]
    fn a_graph_with_references() {
        let linked = one(r##"{"@graph":[
              {"@type":"WebSite","name":"The Harbour Post","@id":"#site"},
              {"@type":["NewsArticle"],"headline":"Port reopens","author":{"@id":"#ana"},
               "publisher":{"@id":"#org"},"datePublished":"2020-02-03T10:00:00Z"},
              {"@type":"Person","@id":"#ana","name":"Ana Tal"},
              {"@type":"Organization","@id":"#org","name":"Harbour Media"}]}"##);
        assert_eq!(linked.authors, ["Ana Tal"]);
        assert_eq!(linked.publisher.as_deref(), Some("Harbour Media"));
        assert_eq!(linked.published.as_deref(), Some("2020-02-03T10:00:00Z"));
    }

    #[test]
    fn of_several_articles_the_one_with_the_title() {
        let linked = one(
            r#"[{"@type":"NewsArticle","headline":"Other","datePublished":"2019-01-01"},
                {"@type":"NewsArticle","headline":"Port reopens","datePublished":"2020-02-03"}]"#,
        );
        assert_eq!(linked.published.as_deref(), Some("2020-02-03"));
        let neither = read(
            &[
                r#"[{"@type":"NewsArticle","headline":"A","datePublished":"2019-01-01"},
                  {"@type":"NewsArticle","headline":"B","datePublished":"2020-02-03"}]"#
                    .to_owned(),
            ],
            |_| false,
        );
        assert_eq!(neither, Linked::default());
    }

    #[test]
    fn broken_scripts() {
        assert_eq!(
            one("<!-- {\"@type\":\"NewsArticle\",\"headline\":\"a\nb\"} -->")
                .headline
                .as_deref(),
            Some("a b")
        );
        assert_eq!(one("not json"), Linked::default());
        assert_eq!(one(&"[".repeat(100_000)), Linked::default());
    }
}
