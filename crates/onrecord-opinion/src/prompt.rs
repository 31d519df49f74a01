//! The words in which a model is asked; they stand in `prompt.txt`.

use onrecord_model::sha256_hex;
use serde_json::{Value, json};

use crate::{Material, Verdict};

const FILE: &str = include_str!("prompt.txt");

/// Hash of the prompt: opinions given on another one are not taken for opinions on this.
pub fn sha256() -> String {
    sha256_hex(plain().as_bytes())
}

/// Without comments.
fn plain() -> String {
    let lines = FILE.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| format!("{line}\n")).collect()
}

/// A section of the file, by its name.
fn section(name: &str) -> String {
    let all = plain();
    let found = all.split("\n== ").find_map(|part| {
        part.trim_start_matches("== ")
            .strip_prefix(&format!("{name}\n"))
    });
    found.unwrap_or_default().trim().to_owned()
}

/// What is sent: the messages and the form of the answer, with the verdicts in this order.
pub fn request(material: &Material, labels: [Verdict; 3], model: &str, seed: u64) -> Value {
    let told = section("labels");
    let of = |verdict: &Verdict| {
        told.lines()
            .find(|line| line.starts_with(verdict.name()))
            .unwrap_or_default()
    };
    let labels_told: Vec<&str> = labels.iter().map(of).collect();
    let fields: Vec<&str> = material.fields().collect();
    // The material comes last: nothing in it is taken for a place to fill in.
    let user = section("user")
        .replace("{about}", &section(&material.table))
        .replace("{labels}", &labels_told.join("\n"))
        .replace("{fields}", &fields.join(", "))
        .replace("{material}", &format!("{:#}", material.shown));
    let names: Vec<&str> = labels.iter().map(|verdict| verdict.name()).collect();
    let or_null = |kind: Value| json!({ "anyOf": [kind, { "type": "null" }] });
    json!({
        "model": model,
        "temperature": 0,
        "seed": seed,
        "stream": false,
        "max_tokens": 2000,
        "messages": [
            { "role": "system", "content": section("system") },
            { "role": "user", "content": user },
        ],
        "response_format": { "type": "json_schema", "json_schema": { "name": "opinion", "strict": true, "schema": {
            "type": "object",
            "properties": {
                "verdict": { "type": "string", "enum": names },
                "field": or_null(json!({ "type": "string", "enum": fields })),
                "better": or_null(json!({ "type": "string" })),
                "quotation": { "type": "string" },
            },
            "required": ["verdict", "field", "better", "quotation"],
            "additionalProperties": false,
        } } },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_there() {
        for name in ["system", "user", "labels"]
            .into_iter()
            .chain(onrecord_record::OF_SENTENCES)
        {
            assert!(section(name).len() > 50, "{name}");
            assert!(!section(name).contains("=="), "{name}");
        }
        for place in ["{about}", "{labels}", "{fields}", "{material}"] {
            assert_eq!(section("user").matches(place).count(), 1, "{place}");
        }
        assert!(
            section("user").ends_with("{material}"),
            "page text comes last"
        );
        for verdict in Verdict::ALL {
            assert!(section("labels").contains(&format!("{}: ", verdict.name())));
        }
    }
}
