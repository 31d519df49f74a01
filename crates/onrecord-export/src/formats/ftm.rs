//! FollowTheMoney entities, one a line, for OpenAleph, Aleph and the `ftm` command.
//!
//! | row | entity |
//! |---|---|
//! | article | `Article`, with its text as `bodyText` |
//! | actor | `Person`, `Organization`, `PublicBody` (government, military, legislature) or `LegalEntity` (a place that acts) |
//! | mention by name | `Mention`, resolved to the actor |
//! | relation | `Membership` where somebody leads, belongs to or speaks for a body; else `UnknownLink` with the predicate as `role` |
//! | statement, event, position | `Event` with the sentence as `summary`, those who take part as `involved`, and a `Documentation` that ties it to its article, with the place of the sentence in code points as `role` |
//!
//! Ids are the record's. An event's `keywords` are the table, type, mode and status: FollowTheMoney
//! has no field that says that a thing was only threatened or denied, so its name says it. Dates are as exact
//! as the row's. With `--no-text` texts and summaries are missing. Lost: via, nesting, spans, quads,
//! confidence; addresses of pages that are no web addresses.

use std::io::Write;

use onrecord_record::{Filter, Map};
use serde_json::{Value, json};

use super::{Format, Shape, out};
use crate::event::is_url;
use crate::source::Source;
use crate::written::Written;
use crate::{ExportError, codes, row};

pub(super) const FORMAT: Format = Format {
    name: "ftm",
    extension: "jsonl",
    what_for: "OpenAleph, Aleph and OpenSanctions tools: FollowTheMoney entities",
    files: "entities.ftm.jsonl",
    media_type: "application/jsonl",
    holds_card: false,
    is_text: false,
    shape: Shape::Document {
        file: "entities.ftm.jsonl",
        takes: &[
            "articles",
            "actors",
            "mentions",
            "relations",
            "statements",
            "events",
            "positions",
        ],
        write,
    },
};

fn write(source: &Source<'_>, to: &mut dyn Write) -> Result<Written, ExportError> {
    let mut written = Written::default();
    for table in &source.tables {
        let filter = match table.name {
            "mentions" => Filter::default().equal("kind", "name"),
            _ => Filter::default(),
        };
        source.each(table.name, &filter, |row| {
            let entities = match table.name {
                "articles" => vec![article(source, &row)?],
                "actors" => vec![actor(&row)],
                "mentions" => mention(source, &row)?.into_iter().collect(),
                "relations" => vec![relation(source, &row)?],
                name => happening(source, name, &row)?,
            };
            if !entities.is_empty() {
                written.row(table.name);
            }
            for entity in entities {
                out(writeln!(to, "{}", entity.line()))?;
            }
            Ok(())
        })?;
    }
    Ok(written)
}

/// An entity; properties without values are left out.
struct Entity {
    id: String,
    schema: &'static str,
    properties: Map,
}

impl Entity {
    fn new(id: &str, schema: &'static str) -> Entity {
        Entity {
            id: id.to_owned(),
            schema,
            properties: Map::new(),
        }
    }

    fn with(mut self, name: &str, values: impl IntoIterator<Item = impl Into<String>>) -> Entity {
        let known = self.properties.entry(name).or_insert_with(|| json!([]));
        if let Some(known) = known.as_array_mut() {
            for value in values {
                let value = Value::from(value.into());
                if value != "" && !known.contains(&value) {
                    known.push(value);
                }
            }
        }
        self
    }

    fn line(mut self) -> Value {
        self.properties.retain(|_, values| values != &json!([]));
        json!({"id": self.id, "schema": self.schema, "properties": self.properties})
    }
}

fn article(source: &Source<'_>, article: &Map) -> Result<Entity, ExportError> {
    let page = source.named("pages", article, "page_id")?;
    let uri = page.as_deref().and_then(|page| row::text(page, "uri"));
    let name = uri.map(|uri| uri.rsplit('/').next().unwrap_or(uri));
    let media_type = page
        .as_deref()
        .and_then(|page| row::text(page, "media_type"));
    Ok(Entity::new(row::word(article, "article_id"), "Article")
        .with("title", row::text(article, "title"))
        .with("author", row::text(article, "author"))
        .with("publisher", row::text(article, "publisher"))
        .with("publishedAt", row::text(article, "published"))
        .with("language", row::text(article, "language"))
        .with("bodyText", row::text(article, "text"))
        .with("fileName", name)
        .with("mimeType", media_type)
        .with("sourceUrl", uri.filter(|uri| is_url(uri))))
}

fn schema_of(actor: &Map) -> &'static str {
    match row::word(actor, "kind") {
        "person" => "Person",
        "government" | "military" | "legislature" => "PublicBody",
        "place" => "LegalEntity",
        _ => "Organization",
    }
}

fn actor(actor: &Map) -> Entity {
    let schema = schema_of(actor);
    let name = row::word(actor, "name");
    let aliases = row::list(actor, "aliases");
    let aliases = aliases.into_iter().filter(|alias| *alias != name);
    let country = row::text(actor, "country");
    let entity = Entity::new(row::word(actor, "actor_id"), schema)
        .with("name", [name])
        .with("alias", aliases)
        .with("country", country.and_then(|iso| codes::country(iso)?.iso2))
        .with("wikidataId", row::text(actor, "wikidata"))
        .with("keywords", row::list(actor, "sectors"));
    let roles = actor.get("roles").and_then(Value::as_array);
    let titles = roles.into_iter().flatten().filter_map(|role| {
        let title = role.get("title")?.as_str()?;
        let of = role.get("of").and_then(Value::as_str);
        Some(of.map_or(title.to_owned(), |of| format!("{title}, {of}")))
    });
    match schema {
        "Person" => entity.with("position", titles),
        _ => entity,
    }
}

fn mention(source: &Source<'_>, mention: &Map) -> Result<Option<Entity>, ExportError> {
    let Some(actor) = source.named("actors", mention, "actor_id")? else {
        return Ok(None);
    };
    let entity = Entity::new(row::word(mention, "mention_id"), "Mention")
        .with("document", row::text(mention, "article_id"))
        .with("resolved", row::text(mention, "actor_id"))
        .with("name", row::text(mention, "text"))
        .with("detectedSchema", [schema_of(&actor)]);
    Ok(Some(entity))
}

fn relation(source: &Source<'_>, relation: &Map) -> Result<Entity, ExportError> {
    let object = source.named("actors", relation, "object_id")?;
    let body = object.as_deref().map(schema_of);
    let body = matches!(body, Some("Organization" | "PublicBody"));
    let predicate = row::word(relation, "predicate");
    let member = matches!(predicate, "leads" | "member_of" | "speaks_for");
    let (schema, from, to) = match body && member {
        true => ("Membership", "member", "organization"),
        false => ("UnknownLink", "subject", "object"),
    };
    let sentence = source.named("sentences", relation, "sentence_id")?;
    Ok(Entity::new(row::word(relation, "relation_id"), schema)
        .with(from, row::text(relation, "subject_id"))
        .with(to, row::text(relation, "object_id"))
        .with("role", [predicate.replace('_', " ")])
        .with("date", row::text(relation, "date"))
        .with(
            "summary",
            sentence.as_deref().and_then(|s| row::text(s, "text")),
        )
        .with("recordId", row::text(relation, "sentence_id"))
        .with("proof", row::text(relation, "article_id")))
}

/// A statement, event or position, and the tie to its article.
fn happening(source: &Source<'_>, table: &str, row: &Map) -> Result<Vec<Entity>, ExportError> {
    let (key, kind) = match table {
        "statements" => ("statement_id", "statement"),
        "events" => ("event_id", "event"),
        _ => ("position_id", "position"),
    };
    let id = row::word(row, key);
    let sentence_id = match table {
        "statements" => row::list(row, "sentence_ids").first().copied(),
        _ => row::text(row, "sentence_id"),
    };
    let sentence = match sentence_id {
        Some(id) => source.one("sentences", id)?,
        None => None,
    };
    let sentence = sentence.as_deref().cloned().unwrap_or_default();
    let article = row::text(&sentence, "article_id");
    let names = |ids: Vec<&str>| -> Result<Vec<String>, ExportError> {
        let mut names = Vec::new();
        for id in ids {
            let actor = source.one("actors", id)?;
            names.extend(actor.map(|actor| row::word(&actor, "name").to_owned()));
        }
        Ok(names)
    };
    let one = |column: &str| row::text(row, column).into_iter().collect::<Vec<_>>();
    let (left, right) = match table {
        "statements" => (one("speaker_id"), one("addressee_id")),
        "events" => (row::list(row, "actor_ids"), row::list(row, "recipient_ids")),
        _ => (one("actor_id"), Vec::new()),
    };
    let (from, to) = (
        names(left.clone())?.join(", "),
        names(right.clone())?.join(", "),
    );
    let (name, words) = match table {
        "statements" => told(row, &from, &to),
        "events" => happened(row, &from, &to),
        _ => stands(row, &from),
    };
    let place = source.named("places", row, "place_id")?;
    let place = place.as_deref();
    let country = place.and_then(|place| row::text(place, "country"));
    let event = Entity::new(id, "Event")
        .with("name", [name])
        .with("summary", row::text(&sentence, "text"))
        .with("date", row::text(row, "date"))
        .with("location", place.and_then(|place| row::text(place, "name")))
        .with("country", country.and_then(|iso| codes::country(iso)?.iso2))
        .with("involved", left)
        .with("involved", right)
        .with("keywords", [kind.to_owned()])
        .with("keywords", words)
        .with("recordId", sentence_id)
        .with("proof", article);
    let mut entities = vec![event];
    if let Some(article) = article {
        let at = |column: &str| row::int(&sentence, column).unwrap_or_default();
        let role = format!("sentence, code points {} to {}", at("start"), at("end"));
        entities.push(
            Entity::new(&format!("{id}-documentation"), "Documentation")
                .with("document", [article])
                .with("entity", [id])
                .with("role", [role]),
        );
    }
    Ok(entities)
}

fn told(statement: &Map, speaker: &str, addressee: &str) -> (String, Vec<String>) {
    let speaker = match speaker {
        "" => row::text(statement, "speaker_text").unwrap_or("unknown speaker"),
        known => known,
    };
    let negated = statement.get("negated") == Some(&Value::Bool(true));
    let said = if negated { "did not say" } else { "said" };
    let to = if addressee.is_empty() {
        String::new()
    } else {
        format!(" to {addressee}")
    };
    let kind = row::word(statement, "kind").to_owned();
    (format!("{speaker} {said}{to}"), vec![kind])
}

fn happened(event: &Map, actors: &str, recipients: &str) -> (String, Vec<String>) {
    let words = ["event_type", "mode", "status"];
    let words: Vec<String> = words
        .iter()
        .filter_map(|c| row::text(event, c))
        .map(str::to_owned)
        .collect();
    let kind = row::word(event, "event_type").to_lowercase();
    let parts = [actors, &kind, recipients];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let mut name = parts.join(" – ");
    match row::word(event, "status") {
        "actual" => {}
        status => name.push_str(&format!(" ({status})")),
    }
    (name, words)
}

fn stands(position: &Map, actor: &str) -> (String, Vec<String>) {
    let (issue, stance) = (row::word(position, "issue"), row::word(position, "stance"));
    let name = format!("{actor}: {stance}, {issue}");
    (name, vec![issue.to_owned(), stance.to_owned()])
}
