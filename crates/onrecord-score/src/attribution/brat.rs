//! Attributions as brat's `.ann` files.

use onrecord_model::Span;
use onrecord_statements::head::Attribution;

/// The file for attributions in a text: offsets in code points, pieces parted by `;`.
pub fn brat(text: &str, attributions: &[Attribution]) -> String {
    let chars = |byte: usize| text[..byte].chars().count();
    let mut file = String::new();
    let mut next = 1;
    for (n, one) in attributions.iter().enumerate() {
        let mut event = String::new();
        let mut add = |role: &str, pieces: &[Span]| {
            if pieces.is_empty() {
                return;
            }
            let places: Vec<String> = pieces
                .iter()
                .map(|s| format!("{} {}", chars(s.start), chars(s.end)))
                .collect();
            let words: Vec<String> = pieces
                .iter()
                .map(|s| s.of(text).replace(['\n', '\t', '\r'], " "))
                .collect();
            file += &format!(
                "T{next}\t{role} {}\t{}\n",
                places.join(";"),
                words.join(" ")
            );
            event += &format!(" {role}:T{next}");
            next += 1;
        };
        add("Source", &one.source);
        add("Cue", &one.cue);
        add("Content", &one.content);
        let anchor = if one.cue.is_empty() {
            &one.content
        } else {
            &one.cue
        };
        add("Attribution", anchor);
        // the anchor of an event has no role of its own
        let (roles, anchor) = event.rsplit_once(" Attribution:").unwrap_or((&event, ""));
        file += &format!("E{}\tAttribution:{anchor}{roles}\n", n + 1);
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let text = "“Ñ,” Ann said. “Go.”";
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let one = Attribution {
            source: vec![at("Ann")],
            cue: vec![at("said")],
            content: vec![at("“Ñ,”"), at("“Go.”")],
        };
        let file = brat(text, std::slice::from_ref(&one));
        assert!(file.contains("T3\tContent 0 4;15 20\t“Ñ,” “Go.”"), "{file}");
        assert!(
            file.contains("E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3"),
            "{file}"
        );
        assert_eq!(super::super::polnear::attributions(&file, text), [one]);
    }
}
