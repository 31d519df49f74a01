//! Arrow in and out of Python without copying: the C stream interface in capsules.
//!
//! The only unchecked code of the package: a capsule holds a pointer, and only its name says
//! to what. <https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{Schema, SchemaRef};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::failed;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";

/// A stream over batches that stay where they are: whoever takes it shares their memory.
pub fn stream<'py>(
    py: Python<'py>,
    schema: SchemaRef,
    batches: &[RecordBatch],
) -> PyResult<Bound<'py, PyCapsule>> {
    let shared: Vec<_> = batches.iter().cloned().map(Ok).collect();
    let reader = RecordBatchIterator::new(shared, schema);
    let stream = FFI_ArrowArrayStream::new(Box::new(reader));
    PyCapsule::new_with_value(py, stream, STREAM)
}

/// A schema.
pub fn schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema).map_err(failed)?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}

/// The batches of an object of Python that gives an Arrow stream: a record batch or table of
/// pyarrow, a data frame of polars. Their memory is shared.
pub fn batches(object: &Bound<'_, PyAny>) -> PyResult<(SchemaRef, Vec<RecordBatch>)> {
    let gives = "__arrow_c_stream__";
    if !object.hasattr(gives)? {
        return Err(PyTypeError::new_err(format!(
            "{} gives no Arrow data: pass a record batch or table of pyarrow, or a data frame of \
             polars (one of pandas: pyarrow.RecordBatch.from_pandas(frame))",
            object.get_type().name()?
        )));
    }
    let capsule = object.call_method0(gives)?.cast_into::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(STREAM))?;
    // SAFETY: a capsule of this name holds a stream of the C interface. It is moved out, and an
    // empty one is left, which the capsule drops.
    #[allow(unsafe_code)]
    let reader = unsafe { RecordBatchStreamReader::from_raw(pointer.cast().as_ptr()) };
    let reader = reader.map_err(failed)?;
    let schema = Arc::clone(&arrow_array::RecordBatchReader::schema(&reader));
    let batches = reader.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    Ok((schema, batches))
}
