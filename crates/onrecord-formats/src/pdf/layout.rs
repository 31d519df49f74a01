//! From runs of text to lines, columns and paragraphs.

use super::show::Run;

/// A gap of this share of the letters' size is a blank.
const BLANK: f64 = 0.17;
/// A gap of so many sizes parts a line: another column, another cell.
const PARTS: f64 = 1.4;

/// A line of text, or the part of one in a column.
#[derive(Clone, Debug)]
struct Line {
    text: String,
    start: f64,
    end: f64,
    base: f64,
    size: f64,
}

/// The text of a page: paragraphs with blank lines between them.
pub(super) fn text(runs: Vec<Run>) -> String {
    let mut out: Vec<String> = Vec::new();
    let [top, body, bottom] = apart(lines(runs));
    paragraphs(&in_rows(top), None, &mut out);
    let mut size = None;
    for column in columns(body, 0) {
        paragraphs(&column, size, &mut out);
        size = column.last().map(|line| line.size);
    }
    paragraphs(&in_rows(bottom), None, &mut out);
    let mut text = out.join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Puts runs that stand on one line together.
fn lines(mut runs: Vec<Run>) -> Vec<Line> {
    runs.retain(|run| !run.text.trim().is_empty() || run.end > run.start);
    runs.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut rows: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        match rows.last_mut() {
            // Compared with the first of the row, so that rows do not creep.
            Some(row)
                if (run.base - row[0].base).abs() < 0.35 * run.size.min(row[0].size).max(1.0) =>
            {
                row.push(run)
            }
            _ => rows.push(vec![run]),
        }
    }
    let mut lines = Vec::new();
    for mut row in rows {
        row.sort_by(|a, b| a.start.total_cmp(&b.start));
        let mut line: Option<Line> = None;
        let mut last: Option<Run> = None;
        for run in row {
            // Letters drawn twice to look bold.
            let twice = last.as_ref().is_some_and(|last| {
                last.text == run.text && (last.start - run.start).abs() < 0.2 * run.size
            });
            if twice {
                continue;
            }
            match &mut line {
                Some(line) if run.start - line.end < PARTS * line.size.max(run.size) => {
                    let gap = run.start - line.end;
                    let blank = gap > BLANK * run.size.min(line.size);
                    if blank && !line.text.ends_with(' ') && !run.text.starts_with(' ') {
                        line.text.push(' ');
                    }
                    line.text.push_str(&run.text);
                    line.end = line.end.max(run.end);
                    line.size = line.size.max(run.size);
                }
                _ => {
                    lines.extend(line.replace(Line {
                        text: run.text.clone(),
                        start: run.start,
                        end: run.end,
                        base: run.base,
                        size: run.size,
                    }));
                }
            }
            last = Some(run);
        }
        lines.extend(line);
    }
    lines.retain(|line| !line.text.trim().is_empty());
    lines
}

/// The line at the top and that at the bottom of a page, if they stand apart from the rest:
/// running heads and page numbers, which belong to no column.
fn apart(mut lines: Vec<Line>) -> [Vec<Line>; 3] {
    lines.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut sizes: Vec<f64> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f64::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(1.0);
    // Rows, by the place of their first line.
    let mut rows: Vec<usize> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        if rows
            .last()
            .is_none_or(|first| line.base - lines[*first].base > 0.35 * usual)
        {
            rows.push(n);
        }
    }
    let far = |upper: usize, lower: usize| lines[lower].base - lines[upper].base > 2.0 * usual;
    let (mut first, mut last) = (0, lines.len());
    if let [.., before, end] = rows.as_slice()
        && rows.len() > 4
    {
        if far(rows[0], rows[1]) {
            first = rows[1];
        }
        if far(*before, *end) {
            last = *end;
        }
    }
    let bottom = lines.split_off(last);
    let body = lines.split_off(first);
    [lines, body, bottom]
}

/// Lines column by column, in the order in which they are read. A line across columns parts
/// them: what stands above is read before what stands below.
fn columns(lines: Vec<Line>, deep: usize) -> Vec<Vec<Line>> {
    let Some(gutter) = gutter(&lines).filter(|_| deep < 8) else {
        return match lines.is_empty() {
            true => Vec::new(),
            false => vec![in_rows(lines)],
        };
    };
    let mut out = Vec::new();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut across: Vec<Line> = Vec::new();
    let mut flush = |left: &mut Vec<Line>, right: &mut Vec<Line>| {
        out.extend(columns(std::mem::take(left), deep + 1));
        out.extend(columns(std::mem::take(right), deep + 1));
    };
    let mut order = Vec::new();
    for line in lines {
        if line.end <= gutter {
            order.push((0, line));
        } else if line.start >= gutter {
            order.push((1, line));
        } else {
            order.push((2, line));
        }
    }
    let mut done: Vec<Vec<Line>> = Vec::new();
    for (side, line) in order {
        match side {
            2 => {
                if !left.is_empty() || !right.is_empty() {
                    if !across.is_empty() {
                        done.push(std::mem::take(&mut across));
                    }
                    flush(&mut left, &mut right);
                }
                across.push(line);
            }
            side => {
                if !across.is_empty() {
                    flush(&mut left, &mut right);
                    done.push(std::mem::take(&mut across));
                }
                match side {
                    0 => left.push(line),
                    _ => right.push(line),
                }
            }
        }
    }
    flush(&mut left, &mut right);
    let _ = flush;
    merged(done, out, across)
}

/// Blocks across columns and within them, from the top to the bottom.
fn merged(across: Vec<Vec<Line>>, within: Vec<Vec<Line>>, last: Vec<Line>) -> Vec<Vec<Line>> {
    let mut across: std::collections::VecDeque<Vec<Line>> = across
        .into_iter()
        .chain([last])
        .filter(|block| !block.is_empty())
        .collect();
    let mut out = Vec::new();
    for column in within {
        let top = column
            .iter()
            .map(|line| line.base)
            .fold(f64::INFINITY, f64::min);
        while across.front().is_some_and(|block| block[0].base < top) {
            out.extend(across.pop_front());
        }
        out.push(column);
    }
    out.extend(across);
    out
}

/// Where no column is found, lines are read as they stand: the parts of one row are a row of
/// a table.
fn in_rows(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for line in lines {
        match out.last_mut() {
            Some(before)
                if (before.base - line.base).abs() < 0.35 * line.size.min(before.size).max(1.0) =>
            {
                before.text.push('\t');
                before.text.push_str(&line.text);
                before.end = before.end.max(line.end);
            }
            _ => out.push(line),
        }
    }
    out
}

/// A blank strip between two columns: few lines cross it, and many stand on both sides.
fn gutter(lines: &[Line]) -> Option<f64> {
    if lines.len() < 6 {
        return None;
    }
    let mut starts: Vec<f64> = lines.iter().map(|line| line.start).collect();
    starts.sort_by(f64::total_cmp);
    starts.dedup_by(|a, b| (*a - *b).abs() < 1.0);
    if starts.len() > 2_000 {
        return None;
    }
    let mut best: Option<(usize, f64)> = None;
    for start in starts {
        let at = start - 0.5;
        let (mut left, mut right, mut across, mut width) = (0, 0, 0, f64::INFINITY);
        for line in lines {
            if line.end <= at {
                left += 1;
                width = width.min(at - line.end);
            } else if line.start >= at {
                right += 1;
            } else {
                across += 1;
            }
        }
        let size = lines
            .iter()
            .map(|line| line.size)
            .fold(f64::INFINITY, f64::min);
        let columns = left >= 3 && right >= 3 && across * 4 <= left + right && width > 0.5 * size;
        if columns && beside(lines, at) && best.is_none_or(|(least, _)| across < least) {
            best = Some((across, at));
        }
    }
    best.map(|(_, at)| at)
}

/// Whether columns stand beside each other, and are of running text: cells of a table are
/// short.
fn beside(lines: &[Line], at: f64) -> bool {
    let side = |left: bool| {
        lines.iter().filter(move |line| {
            if left {
                line.end <= at
            } else {
                line.start >= at
            }
        })
    };
    let range = |left: bool| {
        let bases = side(left).map(|line| line.base);
        bases.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), base| {
            (low.min(base), high.max(base))
        })
    };
    let (left, right) = (range(true), range(false));
    let long = |left: bool| {
        let (words, count) = side(left).fold((0, 0), |(words, count), line| {
            (words + line.text.split_whitespace().count(), count + 1)
        });
        words >= count * 3
    };
    left.0 < right.1 && right.0 < left.1 && long(true) && long(false)
}

/// Joins the lines of a column to paragraphs. The first may go on with the last of the column
/// before, whose letters were of `size_before`.
fn paragraphs(lines: &[Line], size_before: Option<f64>, out: &mut Vec<String>) {
    let leading = leading(lines);
    let mut edges = (0.0, 0.0, 0.0);
    let mut before: Option<&Line> = None;
    for line in lines {
        let text = line
            .text
            .split([' '])
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        // Lines of other sizes, such as headlines, may be wider.
        if line.size != edges.2 {
            edges = of_size(lines, line.size);
        }
        let (left, right, _) = edges;
        let small = text.starts_with(char::is_lowercase);
        let alike = size_before.is_some_and(|size| (size - line.size).abs() <= 0.12 * size);
        let goes_on_here = alike && small && out.last().is_some_and(|last| goes_on(last));
        let begins = before.map_or(!goes_on_here, |before| {
            let gap = line.base - before.base;
            let indent = line.start - left;
            let short = before.end < right - 0.12 * (right - left);
            let ended = before
                .text
                .trim_end()
                .ends_with(['.', '!', '?', '”', '"', '’', ':']);
            let indented = (0.8 * line.size..6.0 * line.size).contains(&indent)
                && before.start - left < 0.5 * line.size;
            let cut = before
                .text
                .trim_end()
                .ends_with(['-', '\u{ad}', '\u{2010}']);
            (line.size - before.size).abs() > 0.12 * before.size
                || gap > 1.35 * leading.max(before.size)
                || gap < 0.0
                || indented
                || (short && ended)
                || (before.end < left + 0.6 * (right - left) && !small && !cut)
                || line.text.contains('\t')
                || before.text.contains('\t')
        });
        match out.last_mut().filter(|_| !begins) {
            Some(paragraph) => {
                paragraph.push('\n');
                paragraph.push_str(&text);
            }
            None => out.push(text),
        }
        before = Some(line);
    }
}

/// Where the lines of about a size begin and end, and that size.
fn of_size(lines: &[Line], size: f64) -> (f64, f64, f64) {
    let alike = || {
        lines
            .iter()
            .filter(|line| (line.size - size).abs() <= 0.12 * size)
    };
    let left = alike().map(|line| line.start).fold(f64::INFINITY, f64::min);
    let right = alike()
        .map(|line| line.end)
        .fold(f64::NEG_INFINITY, f64::max);
    (left, right, size)
}

/// Whether a sentence has no end yet.
fn goes_on(paragraph: &str) -> bool {
    paragraph.ends_with(|sign: char| {
        sign.is_alphanumeric() || matches!(sign, ',' | ';' | '-' | '\u{ad}')
    })
}

/// The usual distance of lines.
fn leading(lines: &[Line]) -> f64 {
    let mut gaps: Vec<f64> = lines
        .windows(2)
        .map(|pair| pair[1].base - pair[0].base)
        .filter(|gap| *gap > 0.0)
        .collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len().saturating_sub(1) / 2)
        .copied()
        .unwrap_or(0.0)
}
