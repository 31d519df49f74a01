//! Measured figures, from a table in Markdown.

use crate::Measure;

/// The measures of the first table in `markdown` whose heads are `what`, `now` and `how`, as the
/// README has it. Backticks are taken off. Empty if there is no such table.
///
/// ```
/// let readme = "| what | now | how |\n|---|---|---|\n| events | F1 .5 | `onrecord score` |\n\nMore.";
/// let all = onrecord_report::measures(readme);
/// assert_eq!(all.len(), 1);
/// assert_eq!(all[0].how, "onrecord score");
/// ```
pub fn measures(markdown: &str) -> Vec<Measure> {
    let cells = |line: &str| -> Option<[String; 3]> {
        let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
        let cells: Vec<String> = inner
            .split('|')
            .map(|cell| cell.trim().replace('`', ""))
            .collect();
        cells.try_into().ok()
    };
    let heads = ["what", "now", "how"];
    markdown
        .lines()
        .skip_while(|line| cells(line).is_none_or(|cells| cells != heads))
        .skip(2)
        .map_while(cells)
        .map(|[what, figure, how]| Measure { what, figure, how })
        .collect()
}
