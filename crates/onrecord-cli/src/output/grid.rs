//! Tables for people: columns that fit the width, wrapped, nothing cut.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::wrap::wrap;

/// Columns up to this width are never wrapped: ids, dates, single words.
const NARROW: usize = 14;
/// Least width of what stands beside the heads where each row is a block.
const LEAST: usize = 10;
/// Most lines that the usual cell of a column may take.
const TALLEST: usize = 7;
const GAP: usize = 2;

/// Cells under heads.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// The heads of the columns.
    pub heads: Vec<String>,
    /// The rows, each with a cell a head.
    pub rows: Vec<Vec<String>>,
}

/// How wide a column should be.
struct Needs {
    /// As wide as its widest cell.
    natural: usize,
    /// As wide as its longest word, within reason.
    least: usize,
    /// The average of its cells.
    usual: usize,
}

impl Grid {
    /// A grid without rows.
    pub fn new<S: Into<String>>(heads: impl IntoIterator<Item = S>) -> Grid {
        Grid {
            heads: heads.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
        }
    }

    /// Takes out columns in which nothing stands; a grid without rows keeps all.
    pub fn drop_empty_columns(&mut self) {
        for column in (0..self.heads.len()).rev() {
            if !self.rows.is_empty() && self.rows.iter().all(|row| row[column].is_empty()) {
                self.heads.remove(column);
                self.rows
                    .iter_mut()
                    .for_each(|row| drop(row.remove(column)));
            }
        }
    }

    /// Writes it in at most `width` columns of the terminal; where that leaves no room for
    /// a column, each row as a block of its own.
    pub fn write(&self, out: &mut impl Write, width: usize, bold: bool) -> io::Result<()> {
        match self.widths(width) {
            Some(widths) => self.write_rows(out, &widths, bold),
            None => self.write_blocks(out, width, bold),
        }
    }

    /// Writes it as a table in Markdown.
    pub fn write_markdown(&self, out: &mut impl Write) -> io::Result<()> {
        let line = |out: &mut dyn Write, cells: &[String]| -> io::Result<()> {
            let cells: Vec<String> = cells.iter().map(|cell| markdown_cell(cell)).collect();
            writeln!(out, "| {} |", cells.join(" | "))
        };
        line(out, &self.heads)?;
        writeln!(out, "|{}", " --- |".repeat(self.heads.len()))?;
        for row in &self.rows {
            line(out, row)?;
        }
        Ok(())
    }

    /// Widths of the columns, if all fit.
    fn widths(&self, width: usize) -> Option<Vec<usize>> {
        let count = self.heads.len();
        let room = width.checked_sub(GAP * count.saturating_sub(1))?;
        let columns: Vec<Needs> = (0..count).map(|column| self.needs(column)).collect();
        if columns.iter().map(|needs| needs.natural).sum::<usize>() <= room {
            return Some(columns.iter().map(|needs| needs.natural).collect());
        }
        // Every column gets room for its words; what is left goes to the columns whose
        // cells are long, by how long they are on the average.
        let mut widths: Vec<usize> = columns.iter().map(|needs| needs.least).collect();
        let mut left = room.checked_sub(widths.iter().sum())?;
        while left > 0 {
            let open: Vec<usize> = (0..count)
                .filter(|c| widths[*c] < columns[*c].natural)
                .collect();
            let all: usize = open.iter().map(|c| columns[*c].usual).sum();
            let before = left;
            for c in open {
                let share = (before * columns[c].usual / all.max(1)).max(1);
                let more = share.min(columns[c].natural - widths[c]).min(left);
                widths[c] += more;
                left -= more;
            }
            if left == before {
                break;
            }
        }
        // A text in a column of single words is no pleasure to read.
        let readable = |(needs, width): (&Needs, &usize)| needs.usual <= width * TALLEST;
        columns.iter().zip(&widths).all(readable).then_some(widths)
    }

    fn needs(&self, column: usize) -> Needs {
        let cells = || self.rows.iter().map(|row| row[column].as_str());
        let head = self.heads[column].width();
        let widest = |cell: &str| cell.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        let natural = cells().map(widest).max().unwrap_or(0).max(head);
        let words = cells()
            .flat_map(str::split_whitespace)
            .map(UnicodeWidthStr::width);
        let least = match natural {
            narrow if narrow <= NARROW => narrow,
            _ => words.max().unwrap_or(0).max(head).min(NARROW),
        };
        let usual = cells().map(widest).sum::<usize>() / self.rows.len().max(1);
        Needs {
            natural,
            least,
            usual: usual.max(1),
        }
    }

    fn write_rows(&self, out: &mut impl Write, widths: &[usize], bold: bool) -> io::Result<()> {
        let heads: Vec<Vec<String>> = self
            .heads
            .iter()
            .zip(widths)
            .map(|(head, width)| wrap(head, *width))
            .collect();
        write_line(out, &heads, widths, bold)?;
        let rows: Vec<Vec<Vec<String>>> = self
            .rows
            .iter()
            .map(|row| {
                row.iter()
                    .zip(widths)
                    .map(|(cell, width)| wrap(cell, *width))
                    .collect()
            })
            .collect();
        let wrapped = rows.iter().flatten().any(|cell| cell.len() > 1);
        for row in &rows {
            if wrapped {
                writeln!(out)?;
            }
            write_line(out, row, widths, false)?;
        }
        Ok(())
    }

    fn write_blocks(&self, out: &mut impl Write, width: usize, bold: bool) -> io::Result<()> {
        let left = self
            .heads
            .iter()
            .map(|head| head.width())
            .max()
            .unwrap_or(0);
        let right = width.saturating_sub(left + GAP).max(LEAST);
        for (n, row) in self.rows.iter().enumerate() {
            if n > 0 {
                writeln!(out)?;
            }
            for (head, cell) in self
                .heads
                .iter()
                .zip(row)
                .filter(|(_, cell)| !cell.is_empty())
            {
                let pad = " ".repeat(left - head.width() + GAP);
                let head = if bold {
                    format!("\u{1b}[1m{head}\u{1b}[0m")
                } else {
                    head.clone()
                };
                for (at, line) in wrap(cell, right).iter().enumerate() {
                    match at {
                        0 => writeln!(out, "{head}{pad}{line}")?,
                        _ => writeln!(out, "{}{line}", " ".repeat(left + GAP))?,
                    }
                }
            }
        }
        Ok(())
    }
}

fn write_line(
    out: &mut impl Write,
    cells: &[Vec<String>],
    widths: &[usize],
    bold: bool,
) -> io::Result<()> {
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            let words = cell.get(at).map_or("", String::as_str);
            line.push_str(words);
            line.push_str(&" ".repeat((width + GAP).saturating_sub(words.width())));
        }
        let line = line.trim_end();
        match bold {
            true => writeln!(out, "\u{1b}[1m{line}\u{1b}[0m")?,
            false => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}

fn markdown_cell(cell: &str) -> String {
    cell.replace('\\', "\\\\")
        .replace('|', "\\|")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(grid: &Grid, width: usize) -> String {
        let mut out = Vec::new();
        grid.write(&mut out, width, false)
            .expect("memory is large enough");
        String::from_utf8(out).expect("UTF-8")
    }

    fn grid() -> Grid {
        let mut grid = Grid::new(["who", "what"]);
        grid.rows.push(vec![
            "the minister".into(),
            "“not one soldier more than the law allows”".into(),
        ]);
        grid.rows.push(vec![String::new(), "no".into()]);
        grid
    }

    #[test]
    fn a_table_that_fits_stands_on_one_line_a_row() {
        assert_eq!(
            written(&grid(), 80),
            "who           what\nthe minister  “not one soldier more than the law allows”\n              no\n"
        );
    }

    #[test]
    fn no_word_is_lost_in_any_width() {
        for width in 20..80 {
            let text = written(&grid(), width);
            for word in ["minister", "“not", "soldier", "allows”", "no"] {
                assert!(text.contains(word), "{width}: {word}\n{text}");
            }
            for line in text.lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn empty_columns_go() {
        let mut grid = Grid::new(["a", "b", "c"]);
        grid.rows
            .push(vec!["1".into(), String::new(), String::new()]);
        grid.rows
            .push(vec![String::new(), String::new(), "2".into()]);
        grid.drop_empty_columns();
        assert_eq!((grid.heads.len(), &grid.rows[1][1]), (2, &"2".to_owned()));
    }

    #[test]
    fn markdown_keeps_bars_apart() {
        let mut grid = Grid::new(["a"]);
        grid.rows.push(vec!["x | y\nz".into()]);
        let mut out = Vec::new();
        grid.write_markdown(&mut out)
            .expect("memory is large enough");
        assert_eq!(
            String::from_utf8_lossy(&out),
            "| a |\n| --- |\n| x \\| y z |\n"
        );
    }
}
