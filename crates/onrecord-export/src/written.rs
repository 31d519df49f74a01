//! What a format has written.

use onrecord_record::Counts;

/// Rows written, and what the format could not take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// By table, rows of the record that are in the export.
    pub rows: Counts,
    /// By reason, rows or values that are not.
    pub left_out: Counts,
}

impl Written {
    pub(crate) fn row(&mut self, table: &str) {
        match self.rows.get_mut(table) {
            Some(n) => *n += 1,
            None => {
                self.rows.insert(table.to_owned(), 1);
            }
        }
    }

    pub(crate) fn left_out(&mut self, why: &str) {
        match self.left_out.get_mut(why) {
            Some(n) => *n += 1,
            None => {
                self.left_out.insert(why.to_owned(), 1);
            }
        }
    }
}
