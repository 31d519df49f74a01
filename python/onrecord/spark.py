"""Reading piles of pages on Apache Spark.

Pages are read by ``mapInArrow`` on as many machines as Spark has, and leave as tables of rows as
read; then they are compared with one another. ``onrecord import`` makes one record of the tables,
the same, id by id, as one machine makes::

    from onrecord import spark as on_spark

    pages = on_spark.files(spark, ["crawl-1.warc.gz", "crawl-2.warc.gz"])
    rows = on_spark.read_pages(on_spark.spread(pages))
    on_spark.write(rows, "rows")
    on_spark.write(on_spark.compare(rows), "rows")

    $ onrecord import rows -o crawl.db

Every machine needs this package, and sees the files under the same names.
"""

from __future__ import annotations

import os
import tempfile
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

    Their order is that of ``paths``. Every machine must see them under the same names: names
    without a folder before them are of this program's folder. A file that holds many pages is
    read by one task: see ``spread``.
    """
    rows = [(n, 0, str(path), os.path.abspath(path), None) for n, path in enumerate(paths)]
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

    parts = partitions or 4 * files.sparkSession.sparkContext.defaultParallelism
    found = files.repartition(max(1, min(files.count(), parts))).mapInArrow(places, _PLACES)
    # Gone over more than once by whoever reads the pages.
    return _kept(found.repartition(parts))


class Rows(dict):  # type: ignore[type-arg]
    """Rows as read: a data frame a table."""

    def __init__(
        self, stage: DataFrame, tables: dict[str, DataFrame], lexicon: Optional[str]
    ) -> None:
        super().__init__(tables)
        #: The tables of some pages in one row, in each column a list of rows.
        self.stage = stage
        self.lexicon = lexicon


def read_pages(pages: DataFrame, *, fast: bool = False, lexicon: Optional[str] = None) -> Rows:
    """The rows as read of all pages: a data frame a table, kept on the disks of the machines.

    ``pages`` has a column ``n`` with the number of the row in the input, each once, and the
    columns that ``onrecord.read_batch`` takes. It is gone over twice: lines that a host repeats
    are furniture on its pages, so they are counted first.
    """
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
    stage = _kept(pages.mapInArrow(read, _spark_schema(schema)))
    return Rows(stage, _tables(stage), lexicon)


def survey(pages: DataFrame) -> tuple[pa.Table, pa.Table]:
    """What hosts repeat (``host``, ``lines``), and which pages stand earlier in the input
    (``n``, ``number``)."""
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
    looked = _kept(looked)
    try:
        again = looked.where("place > 1").select("n", "number").toArrow()
        first = looked.where("place = 1 and host is not null")
        by_host = first.select("host", "n", "number", "hashes", "words").repartition("host")
        in_order = by_host.sortWithinPartitions("n", "number")
        lines = in_order.select("host", "hashes", "words").mapInArrow(count, _LINES).toArrow()
    finally:
        looked.unpersist()
    return lines, again


def compare(rows: Rows) -> dict[str, DataFrame]:
    """What only all pages together show: actors that are one, stories, disagreements, outcomes,
    reprints; a data frame a table, for ``onrecord import`` to take beside the rows as read.

    Actors are joined in this program, whose memory has to hold those of all pages; texts that
    articles have of each other are found by one task. All else is spread over the machines.
    """
    spark, lexicon = rows.stage.sparkSession, rows.lexicon
    joins = _joins(rows)
    known = spark.sparkContext.broadcast(_packed(joins))

    def keep(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        keeper = _onrecord.Keeper(_unpacked(known.value), lexicon=lexicon)
        for batch in batches:
            yield from pa.table(keeper.keep(batch)).to_batches()

    stage = rows.stage.select(*_onrecord.Keeper.looks_at())
    kept = _tables(_mapped(stage, keep, "kept"))
    found = [_blocks(kept["kept"], lexicon), _utterances(kept["said"], lexicon)]
    found.append(_texts(kept["signed"], rows, lexicon))
    tables: dict[str, DataFrame] = {}
    for table in found:
        for name, frame in _tables(table).items():
            tables[name] = tables[name].unionByName(frame) if name in tables else frame
    made = [(_onrecord.made_with(lexicon=lexicon), rows["articles"].count())]
    tables["across_made"] = spark.createDataFrame(made, "made_with string, articles bigint")
    tables["across_joins"] = spark.createDataFrame(joins)
    return tables


def _joins(rows: Rows) -> pa.Table:
    """The actors of the pages that are one."""
    from pyspark.sql import functions as f

    said = rows["read_variants"].where("kind = 'actors'").select("row_id", "data").distinct()
    mentions = rows["mentions"].where("actor_id is not null")
    names = mentions.where("kind = 'name'").groupBy("actor_id", "text").agg(f.count("*").alias("n"))
    met = mentions.select("actor_id", "article_id").distinct()
    offices = rows["read_roles"].groupBy("actor_id", "role")
    of_text = offices.agg(f.min("sentence_id").alias("sentence_id"))
    given = [frame.toArrow() for frame in (said, names, met, of_text)]
    return pa.table(_onrecord.join_actors(*given, lexicon=rows.lexicon))


def _blocks(kept: DataFrame, lexicon: Optional[str]) -> DataFrame:
    """What the items of articles show that fall in one block."""

    def compare(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        comparer = _onrecord.BlockComparer(lexicon=lexicon)
        for batch in batches:
            yield from pa.table(comparer.add(batch)).to_batches()
        yield from pa.table(comparer.finish()).to_batches()

    by_block = kept.repartition("step", "key").sortWithinPartitions("step", "key")
    return _mapped(by_block, compare, "blocks")


def _utterances(said: DataFrame, lexicon: Optional[str]) -> DataFrame:
    """The stories of statements that report one utterance."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    def can_be(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield from pa.table(_onrecord.can_be_same(batch)).to_batches()

    def are(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield from pa.table(_onrecord.are_same(batch, lexicon=lexicon)).to_batches()

    def find(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        finder = _onrecord.UtteranceFinder(lexicon=lexicon)
        for batch in batches:
            yield from pa.table(finder.add(batch)).to_batches()
        yield from pa.table(finder.finish()).to_batches()

    schema = pa.table(_onrecord.across_schema("pairs")).schema
    pairs_of = _spark_schema(schema)
    runs = said.select("statement_id", f.size("runs").alias("size"), f.explode("runs").alias("run"))
    # A run pairs the statements with the lowest ids that have it.
    among = Window.partitionBy("run").orderBy("statement_id")
    first = runs.withColumn("place", f.row_number().over(among))
    first = first.where(f.col("place") <= _onrecord.most_of_a_run())
    a = first.select("run", f.col("statement_id").alias("a"), f.col("size").alias("size_a"))
    b = first.select("run", f.col("statement_id").alias("b"), f.col("size").alias("size_b"))
    shared = a.join(b, "run").where("a < b").groupBy("a", "b", "size_a", "size_b")
    pairs = shared.agg(f.count("*").alias("shared")).mapInArrow(can_be, pairs_of)
    of_a = said.select(f.col("statement_id").alias("a"), f.col("said").alias("said_a"))
    of_b = said.select(f.col("statement_id").alias("b"), f.col("said").alias("said_b"))
    told = pairs.join(of_a, "a").join(of_b, "b").select("a", "b", "shared", "said_a", "said_b")
    same = _kept(told.mapInArrow(are, pairs_of))

    together = said.sparkSession.createDataFrame(pa.table(_onrecord.groups(same.toArrow())))
    members = said.select("statement_id", "said").join(together, "statement_id")
    of_members = members.selectExpr(
        "together", "said", "cast(null as string) a", "cast(null as string) b", "0L shared"
    )
    first_of = together.withColumnRenamed("statement_id", "a")
    of_pairs = same.join(first_of, "a").selectExpr(
        "together", "cast(null as string) said", "a", "b", "shared"
    )
    by_group = of_members.unionByName(of_pairs).repartition("together")
    return _mapped(by_group.sortWithinPartitions("together"), find, "utterances")


def _texts(signed: DataFrame, rows: Rows, lexicon: Optional[str]) -> DataFrame:
    """Who carries which sentences of whom."""
    from pyspark.sql import functions as f

    def find(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        with tempfile.TemporaryDirectory() as folder:
            finder = _onrecord.TextFinder(f"{folder}/texts.db", lexicon=lexicon)
            for batch in batches:
                finder.add(batch)
            yield from pa.table(finder.finish()).to_batches()

    # Only articles with a run of words that another has are asked for their words.
    runs = signed.select("article_id", f.explode("runs").alias("run")).distinct()
    again = runs.groupBy("run").count().where("count > 1").select("run")
    asked = runs.join(again, "run").select("article_id").distinct()

    def as_json(frame: DataFrame, what: str) -> DataFrame:
        return frame.select(f.lit(what).alias("what"), f.to_json(f.struct("*")).alias("data"))

    all_of_them = as_json(signed, "signed")
    for name in ("articles", "sentences"):
        asked_of = rows[name].join(asked, "article_id", "left_semi")
        all_of_them = all_of_them.unionByName(as_json(asked_of, name))
    return _mapped(all_of_them.repartition(1), find, "texts")


def _mapped(frame: DataFrame, step: Any, name: str) -> DataFrame:
    """What a step gives, kept on the disks of the machines: its tables are read one by one."""
    schema = pa.table(_onrecord.across_schema(name)).schema
    return _kept(frame.mapInArrow(step, _spark_schema(schema)))


def _kept(frame: DataFrame) -> DataFrame:
    from pyspark import StorageLevel

    return frame.persist(StorageLevel.DISK_ONLY)


def _tables(nested: DataFrame) -> dict[str, DataFrame]:
    """The tables that lie in one row, a data frame each."""
    return {name: nested.selectExpr(f"inline({name})") for name in nested.columns}


def write(tables: dict[str, DataFrame], folder: Union[str, Any], *, mode: str = "error") -> None:
    """Writes the tables as folders of Parquet files, for ``onrecord import``: those of
    ``read_pages`` and, into the same folder, those of ``compare``."""
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
