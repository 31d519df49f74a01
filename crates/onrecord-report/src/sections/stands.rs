//! Where actors stand, over time, and who changed.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_charts::{Frame, Lane, Stance, Tag, lanes};
use onrecord_record::RecordError;

use super::when;
use crate::doc::{self, Block, Cited, Line, Section, code, count, page, strong, text};
use crate::facts::{Facts, Stand};

/// So many issues have a picture, those with most positions.
const PICTURES: usize = 6;

/// The stands of one actor on one issue, by date; those without one last.
struct Row<'a> {
    issue: &'a str,
    actor: &'a str,
    stands: Vec<&'a Stand>,
}

/// The section without pictures; `None` where there is no position.
pub(super) fn section(facts: &Facts<'_>) -> Result<Option<Section>, RecordError> {
    if facts.stands.is_empty() {
        return Ok(None);
    }
    let rows = rows(facts);
    let mut blocks = Vec::new();
    for issue in issues(&rows) {
        let of: Vec<&Row<'_>> = rows.iter().filter(|row| row.issue == issue).collect();
        let all: Vec<&Stand> = of
            .iter()
            .flat_map(|row| row.stands.iter().copied())
            .collect();
        let mut heading = vec![page(facts.question(issue))];
        if facts.meta.questions.contains_key(issue) {
            heading.extend([text(" ("), code(issue), text(")")]);
        }
        blocks.push(Block::Heading(heading));
        let changes = changes(facts, &of)?;
        if !changes.is_empty() {
            blocks.push(Block::Para(vec![strong("Changes"), text(
                ": two stands of one actor and one scope that differ, the second known to be later.",
            )]));
            blocks.push(Block::List(changes));
        }
        // The newest first: what holds now is what people ask for.
        let mut shown: Vec<&Stand> = all
            .iter()
            .copied()
            .filter(|s| s.through.is_none())
            .collect();
        let total = shown.len();
        shown.sort_by_key(|s| (s.date.is_none(), std::cmp::Reverse(s.date), s.id.clone()));
        shown.truncate(facts.scope.limit);
        let names = ["stand", "stands"];
        blocks.push(Block::Rule(doc::shown(
            shown.len(),
            total,
            names,
            "the newest first",
            "",
        )));
        let cited = shown.into_iter().map(|stand| cited(facts, stand));
        blocks.push(Block::Cited(cited.collect::<Result<_, _>>()?));
    }
    Ok(Some(Section {
        id: "stands",
        title: "Where actors stand".to_owned(),
        blocks,
    }))
}

/// The section with its pictures, which lead to what the page shows.
pub(super) fn with_pictures(
    facts: &Facts<'_>,
    section: Option<Section>,
    shown: &BTreeSet<String>,
) -> Result<Option<Section>, RecordError> {
    let Some(mut section) = section else {
        return Ok(None);
    };
    let rows = rows(facts);
    let issues = issues(&rows);
    let mut blocks = Vec::new();
    let mut n = 0;
    for block in section.blocks {
        let heading = matches!(block, Block::Heading(_));
        blocks.push(block);
        if heading && n < issues.len() {
            if n < PICTURES {
                blocks.push(picture(facts, issues[n], n, &rows, shown)?);
            }
            n += 1;
        }
    }
    section.blocks = blocks;
    Ok(Some(section))
}

/// Issues, those with most stands first.
fn issues<'a>(rows: &[Row<'a>]) -> Vec<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.issue).or_default() += row.stands.len();
    }
    let mut issues: Vec<(&str, usize)> = counts.into_iter().collect();
    issues.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
    issues.into_iter().map(|(issue, _)| issue).collect()
}

fn rows<'a>(facts: &'a Facts<'_>) -> Vec<Row<'a>> {
    let mut by_key: BTreeMap<(&str, &str), Vec<&Stand>> = BTreeMap::new();
    for stand in &facts.stands {
        let key = (stand.issue.as_str(), stand.actor.as_str());
        by_key.entry(key).or_default().push(stand);
    }
    let mut rows: Vec<Row<'a>> = by_key
        .into_iter()
        .map(|((issue, actor), mut stands)| {
            stands.sort_by_key(|s| (s.date.is_none(), s.date, s.id.clone()));
            Row {
                issue,
                actor,
                stands,
            }
        })
        .collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.stands.len()), row.actor));
    rows
}

fn picture(
    facts: &Facts<'_>,
    issue: &str,
    n: usize,
    rows: &[Row<'_>],
    shown: &BTreeSet<String>,
) -> Result<Block, RecordError> {
    let of: Vec<&Row<'_>> = rows.iter().filter(|row| row.issue == issue).collect();
    let mut all = Vec::new();
    for row in of.iter().take(facts.scope.limit) {
        let mut stands = Vec::new();
        let name = facts.names.actor(row.actor)?;
        for stand in &row.stands {
            let mut title = format!("{name}: {}, {}", stand.stance, when(stand.date));
            if let Some(scope) = &stand.scope {
                title += &format!(", only: {scope}");
            }
            if let Some(through) = &stand.through {
                title += &format!(", through {}", facts.names.actor(through)?);
            }
            let mut tag = Tag::new(title).row(stand.id.clone());
            if shown.contains(&stand.id) {
                tag = tag.href(format!("#{}", stand.id));
            }
            stands.push(onrecord_charts::Stand {
                date: stand.date,
                stance: Stance::read(&stand.stance),
                reviewed: facts.reviews.seen(&stand.id),
                in_line: stand.scope.is_none(),
                tag,
            });
        }
        all.push(Lane {
            name,
            href: None,
            stands,
        });
    }
    let question = facts.question(issue);
    let frame = Frame::new(format!("stands-{n}"), question);
    let chart = lanes(&frame, &all);
    let left_out = match of.len().saturating_sub(facts.scope.limit) {
        0 => Vec::new(),
        more => vec![format!(
            "{} with fewer stands",
            count(more, "actor", "actors")
        )],
    };
    Ok(Block::Picture {
        svg: chart.svg,
        caption: "The line of an actor follows the stands without a scope: what was said last holds until something \
                  else is said.",
        left_out,
    })
}

/// Each stand that differs from the dated one before it of the same scope. Two of one date, or of
/// which it is not known which is later, are no change.
fn changes(facts: &Facts<'_>, rows: &[&Row<'_>]) -> Result<Vec<Line>, RecordError> {
    let mut lines = Vec::new();
    for row in rows {
        let mut last: BTreeMap<Option<&str>, &Stand> = BTreeMap::new();
        for stand in &row.stands {
            let Some(date) = stand.date else { continue };
            let scope = stand.scope.as_deref();
            if let Some(before) = last.get(&scope)
                && let Some(was) = before.date
                && was.bounds().1 < date.bounds().0
                && before.stance != stand.stance
            {
                let mut line = vec![
                    page(facts.names.actor(row.actor)?),
                    text(format!(": {} ({was}, ", before.stance)),
                    code(before.id.clone()),
                    text(format!("), then {} ({date}, ", stand.stance)),
                    code(stand.id.clone()),
                    text(")"),
                ];
                if let Some(scope) = scope {
                    line.extend([text(", only: "), page(scope)]);
                }
                lines.push(line);
            }
            last.insert(scope, stand);
        }
    }
    let more = lines.len().saturating_sub(facts.scope.limit);
    lines.truncate(facts.scope.limit);
    if more > 0 {
        lines.push(vec![text(format!(
            "{} not shown",
            count(more, "change", "changes")
        ))]);
    }
    Ok(lines)
}

fn cited(facts: &Facts<'_>, stand: &Stand) -> Result<Cited, RecordError> {
    let row = facts.names.row("positions", "position_id", &stand.id)?;
    let row = row.as_deref().cloned().unwrap_or_default();
    let mut head = vec![
        strong(facts.names.actor(&stand.actor)?),
        text(format!(": {}, {}", stand.stance, when(stand.date))),
    ];
    if let Some(scope) = &stand.scope {
        head.extend([text(", only: "), page(scope.clone())]);
    }
    if let Some(by) = &stand.according_to {
        head.extend([text(". So says "), page(facts.names.actor(by)?)]);
    }
    facts.cited(&stand.id, &row, head, &[])
}
