//! The Python module `onrecord._onrecord`: pages in, the record's rows out as Arrow tables.
//!
//! What each class and function does for its user is told in `onrecord/_onrecord.pyi` and
//! `docs/python.md`.
#![allow(clippy::disallowed_methods)] // an edge: files are read and the clock is asked here

mod across;
mod arrow;
mod capsule;
mod cells;
mod cluster;
mod lexicon;
mod pages;
mod read;
mod record;
mod table;

use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

create_exception!(
    onrecord,
    OnrecordError,
    PyException,
    "A record cannot be read or written, or a query does not fit it."
);

/// An error of ours as an exception of Python.
fn failed(error: impl std::fmt::Display) -> PyErr {
    OnrecordError::new_err(error.to_string())
}

/// The module.
#[pymodule]
fn _onrecord(module: &Bound<'_, PyModule>) -> PyResult<()> {
    onrecord::guard::quiet();
    module.add("__version__", onrecord::VERSION)?;
    module.add("OnrecordError", module.py().get_type::<OnrecordError>())?;
    module.add_class::<record::Record>()?;
    module.add_class::<table::Table>()?;
    module.add_class::<cluster::Survey>()?;
    module.add_class::<cluster::HostCounter>()?;
    module.add_function(wrap_pyfunction!(record::open, module)?)?;
    module.add_function(wrap_pyfunction!(read::read, module)?)?;
    module.add_function(wrap_pyfunction!(read::read_batch, module)?)?;
    module.add_function(wrap_pyfunction!(cluster::survey_batch, module)?)?;
    module.add_function(wrap_pyfunction!(cluster::places, module)?)?;
    module.add_function(wrap_pyfunction!(cluster::stage_schema, module)?)?;
    module.add_class::<across::keep::Keeper>()?;
    module.add_class::<across::blocks::BlockComparer>()?;
    module.add_class::<across::said::UtteranceFinder>()?;
    module.add_class::<across::texts::TextFinder>()?;
    module.add_function(wrap_pyfunction!(across::made_with, module)?)?;
    module.add_function(wrap_pyfunction!(across::across_schema, module)?)?;
    module.add_function(wrap_pyfunction!(across::actors::join_actors, module)?)?;
    module.add_function(wrap_pyfunction!(across::said::most_of_a_run, module)?)?;
    module.add_function(wrap_pyfunction!(across::said::can_be_same, module)?)?;
    module.add_function(wrap_pyfunction!(across::said::are_same, module)?)?;
    module.add_function(wrap_pyfunction!(across::said::groups, module)?)?;
    Ok(())
}
