"""Reading piles of pages on Apache Spark.

Pages are read by ``mapInArrow`` on as many machines as Spark has, and leave as tables of rows as
read. ``onrecord import`` makes one record of them, the same, id by id, as one machine makes::

    from onrecord import spark as on_spark

    pages = on_spark.files(spark, ["crawl-1.warc.gz", "crawl-2.warc.gz"])
    tables = on_spark.read_pages(on_spark.spread(pages))
    on_spark.write(tables, "rows")

    $ onrecord import rows -o crawl.db

Every machine needs this package, and sees the files under the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Optional, Union

import pyarrow as pa

from . import _onrecord

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Pages that are read into one record in memory before their rows leave.
CHUNK = 32

_SURVEY = (
    "n bigint, number bigint, content string, host string, hashes array<bigint>, words array<bigint>"
)
_PLACES = "n bigint, number bigint, uri string, path string, place string"
_LINES = "host string, lines array<bigint>"


def files(spark: SparkSession, paths: Iterable[Any]) -> DataFrame:
    """A data frame of files, one a row: ``n``, ``number``, ``uri``, ``path``, ``place``.

    Their order is that of ``paths``, which every machine must see under these names. A file that
    holds many pages is read by one task: see ``spread``.
    """
    rows = [(n, 0, str(path), str(path), None) for n, path in enumerate(paths)]
    return spark.createDataFrame(rows, _PLACES)


def spread(files: DataFrame, partitions: Optional[int] = None) -> DataFrame:
    """A manifest: the pages of these files, one a row with its place, dealt out evenly.

    Files are gone through once for it. Places in WARC, mbox, ZIP and TAR files are
    gone to directly; of other formats, a file is read up to the place.
    """

    def places(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for row in batch.to_pylist():
                found = _onrecord.places(row["path"], uri=row["uri"], n=row["n"])
                yield from pa.table(found).to_batches()

    from pyspark import StorageLevel

    parts = partitions or 4 * files.sparkSession.sparkContext.defaultParallelism
    found = files.repartition(max(1, min(files.count(), parts))).mapInArrow(places, _PLACES)
    # Gone over more than once by whoever reads the pages.
    return found.repartition(parts).persist(StorageLevel.DISK_ONLY)


def read_pages(
    pages: DataFrame, *, fast: bool = False, lexicon: Optional[str] = None
) -> dict[str, DataFrame]:
    """The rows as read of all pages: a data frame a table, kept on the disks of the machines.

    ``pages`` has a column ``n`` with the number of the row in the input, each once, and the
    columns that ``onrecord.read_batch`` takes. It is gone over twice: lines that a host repeats
    are furniture on its pages, so they are counted first.
    """
    from pyspark import StorageLevel

    if "n" not in pages.columns:
        raise ValueError(
            "the data frame needs a column n, the number of each row in the input: which of two "
            "equal pages comes first, and what a host repeats, depend on the order"
        )
    spark = pages.sparkSession
    lines, again = survey(pages)
    # Sent to each machine once, whatever the number of tasks.
    known = spark.sparkContext.broadcast((_packed(lines), _packed(again)))
    chunk = CHUNK

    def read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        lines, again = known.value
        of_all = _onrecord.Survey(_unpacked(lines), _unpacked(again))
        for batch in batches:
            for start in range(0, batch.num_rows, chunk):
                part = batch.slice(start, chunk)
                record = _onrecord.read_batch(part, survey=of_all, fast=fast, lexicon=lexicon)
                yield from pa.table(record.stage()).to_batches()

    schema = pa.schema(pa.table(_onrecord.stage_schema()).schema)
    stage = pages.mapInArrow(read, _spark_schema(schema)).persist(StorageLevel.DISK_ONLY)
    return {name: stage.selectExpr(f"inline({name})") for name in schema.names}


def survey(pages: DataFrame) -> tuple[pa.Table, pa.Table]:
    """What hosts repeat (``host``, ``lines``), and which pages stand earlier in the input
    (``n``, ``number``)."""
    from pyspark import StorageLevel
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    def look(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield from pa.table(_onrecord.survey_batch(batch)).to_batches()

    def count(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        counter = _onrecord.HostCounter()
        for batch in batches:
            counter.add(batch)
        yield from pa.table(counter.finish()).to_batches()

    by_content = Window.partitionBy("content").orderBy("n", "number")
    looked = pages.mapInArrow(look, _SURVEY).withColumn("place", f.row_number().over(by_content))
    looked = looked.persist(StorageLevel.DISK_ONLY)
    try:
        again = looked.where("place > 1").select("n", "number").toArrow()
        first = looked.where("place = 1 and host is not null")
        by_host = first.select("host", "n", "number", "hashes", "words").repartition("host")
        in_order = by_host.sortWithinPartitions("n", "number")
        lines = in_order.select("host", "hashes", "words").mapInArrow(count, _LINES).toArrow()
    finally:
        looked.unpersist()
    return lines, again


def write(tables: dict[str, DataFrame], folder: Union[str, Any], *, mode: str = "error") -> None:
    """Writes the tables as folders of Parquet files, for ``onrecord import``."""
    for name, rows in tables.items():
        rows.write.mode(mode).parquet(f"{folder}/{name}")


def _packed(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _unpacked(packed: bytes) -> pa.Table:
    return pa.ipc.open_stream(packed).read_all()


def _spark_schema(schema: pa.Schema) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)
