//! Rows that have not been judged yet.

use onrecord_record::{Filter, Record, RecordError};

use crate::{Key, Material, OpinionError, Opinions};

/// Rows to ask about.
#[derive(Debug, Default)]
pub struct Unasked {
    /// The first rows of the table that were not judged in this way as they are now.
    pub rows: Vec<Material>,
    /// How many before these were judged already.
    pub asked_before: u64,
    /// Rows that cannot be judged, and why.
    pub left_out: Vec<OpinionError>,
}

/// Why the rows of a table are not looked at any further.
enum Stop {
    Enough,
    Failed(OpinionError),
}

impl From<RecordError> for Stop {
    fn from(error: RecordError) -> Stop {
        Stop::Failed(error.into())
    }
}

impl Opinions {
    /// The first `most` rows of a table that fit and that were not judged in this way as they
    /// are now. The record is not held open while they are judged.
    ///
    /// # Errors
    /// If rows of the table are not judged, the filter does not fit it, or the record cannot
    /// be read.
    pub fn unasked(
        &self,
        record: &Record,
        table: &str,
        filter: &Filter,
        key: &Key,
        most: usize,
    ) -> Result<Unasked, OpinionError> {
        let mut found = Unasked::default();
        let done = record.for_each(table, filter, None, |row| -> Result<(), Stop> {
            if found.rows.len() == most {
                return Err(Stop::Enough);
            }
            match Material::of_row(record, table, &row) {
                Ok(material) if self.find(&material, key).is_some() => found.asked_before += 1,
                Ok(material) => found.rows.push(material),
                Err(error @ OpinionError::Row { .. })
                    if onrecord_record::OF_SENTENCES.contains(&table) =>
                {
                    found.left_out.push(error)
                }
                Err(error) => return Err(Stop::Failed(error)),
            }
            Ok(())
        });
        match done {
            Ok(_) | Err(Stop::Enough) => Ok(found),
            Err(Stop::Failed(error)) => Err(error),
        }
    }
}
