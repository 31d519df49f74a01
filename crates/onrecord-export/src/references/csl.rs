//! CSL-JSON, which Zotero, pandoc and citeproc read.

use serde_json::{Map, Value, json};

use super::{Source, line};

/// The item of an article, with the article's id; fields as the schema 1.0 names them.
pub fn csl(source: &Source<'_>) -> Value {
    let article = source.article;
    let mut item = Map::new();
    let mut add = |name: &str, value: Option<Value>| {
        item.extend(value.map(|value| (name.to_owned(), value)));
    };
    add("id", Some(json!(article.article_id)));
    let kind = match article.publisher {
        Some(_) => "article-newspaper",
        None => "article",
    };
    add("type", Some(json!(kind)));
    add(
        "title",
        article.title.as_deref().map(|title| json!(line(title))),
    );
    let author = article.author.as_deref();
    add(
        "author",
        author.map(|name| json!([{ "literal": line(name) }])),
    );
    let outlet = article.publisher.as_deref();
    add("container-title", outlet.map(|name| json!(line(name))));
    let issued = source.date().map(|date| {
        let parts = [
            Some(i64::from(date.year_number())),
            date.month_number().map(i64::from),
            date.day_number().map(i64::from),
        ];
        let parts: Vec<i64> = parts.into_iter().flatten().collect();
        json!({ "date-parts": [parts] })
    });
    add("issued", issued);
    add("URL", source.url().map(|url| json!(url)));
    add("note", Some(json!(source.note())));
    Value::Object(item)
}

#[cfg(test)]
mod tests {
    use super::super::{sources, tests::*};
    use super::*;

    /// Of the schema of CSL-JSON: what an item must have, and names it may have.
    const REQUIRED: [&str; 2] = ["type", "id"];
    const ALLOWED: [&str; 8] = [
        "id",
        "type",
        "title",
        "author",
        "container-title",
        "issued",
        "URL",
        "note",
    ];

    fn checked(item: &Value) {
        let item = item.as_object().expect("an object");
        for name in REQUIRED {
            assert!(
                item[name].as_str().is_some_and(|text| !text.is_empty()),
                "{name}"
            );
        }
        assert!(["article", "article-newspaper"].contains(&item["type"].as_str().expect("text")));
        assert!(
            item.keys().all(|name| ALLOWED.contains(&name.as_str())),
            "{item:?}"
        );
    }

    #[test]
    fn items_are_as_the_schema_says() {
        let mut month = hostile();
        month.article_id = "ar-3".into();
        month.published = Some("2019-04".into());
        let all = [hostile(), bare(), month];
        let items: Vec<Value> = sources(&all).iter().map(csl).collect();
        items.iter().for_each(checked);
        assert_eq!(items[0]["issued"], json!({"date-parts": [[2019, 4, 3]]}));
        assert_eq!(items[2]["issued"], json!({"date-parts": [[2019, 4]]}));
        assert_eq!(items[0]["author"], json!([{"literal": "Staff, Agencies"}]));
        assert_eq!(items[0]["URL"], "https://example.org/a_b?x=%7B#top");
        assert!(items[1].get("issued").is_none() && items[1]["type"] == "article");
    }
}
