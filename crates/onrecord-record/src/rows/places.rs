//! `places`.

use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::{Value, json};

use super::{ArticleRows, Writer};
use crate::error::Fault;
use crate::schema;

pub(crate) fn write(w: &mut Writer<'_>, rows: &ArticleRows<'_>) -> Result<(), Fault> {
    for place in &rows.reading.places {
        let data = json!([
            place.name,
            place.kind,
            place.country,
            place.admin1,
            place.lat,
            place.lon,
            place.precision,
            place.geonames,
        ]);
        w.holds("places", &place.id, &data.to_string())?;
        w.places.insert(place.id.clone());
    }
    Ok(())
}

/// Makes the row of a place from the pages that name it, or takes it away where none does.
pub(crate) fn rebuild(tx: &Transaction<'_>, place_id: &str) -> Result<(), Fault> {
    let data: Option<String> = tx
        .prepare_cached(
            "select data from _variants where kind = 'places' and row_id = ?
             order by data limit 1",
        )?
        .query_row([place_id], |row| row.get(0))
        .optional()?;
    let Some(data) = data else {
        tx.prepare_cached("delete from places where place_id = ?")?
            .execute([place_id])?;
        return Ok(());
    };
    let v: Value = serde_json::from_str(&data).unwrap_or_default();
    let row = (
        v[0].as_str(),
        v[1].as_str(),
        v[2].as_str(),
        v[3].as_str(),
        v[4].as_f64(),
        v[5].as_f64(),
        v[6].as_str(),
        v[7].as_i64(),
    );
    let same = tx
        .prepare_cached(
            "select 1 from places where place_id = ? and name is ? and kind is ? and country is ?
             and admin1 is ? and lat is ? and lon is ? and precision is ? and geonames is ?",
        )?
        .exists(params![
            place_id, row.0, row.1, row.2, row.3, row.4, row.5, row.6, row.7
        ])?;
    if !same {
        let insert = schema::insert("places").replacen("insert", "insert or replace", 1);
        tx.prepare_cached(&insert)?.execute(params![
            place_id, row.0, row.1, row.2, row.3, row.4, row.5, row.6, row.7
        ])?;
    }
    Ok(())
}
