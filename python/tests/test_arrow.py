"""Tables leave as Arrow, and nothing is copied on the way."""

import pandas
import polars
import pyarrow
import pytest

import onrecord


@pytest.fixture(scope="module")
def record(by_program):
    return onrecord.open(by_program)


def addresses(table):
    found = []
    for column in table.columns:
        for chunk in column.chunks:
            found.extend(buffer.address for buffer in chunk.buffers() if buffer is not None)
    return found


def test_pyarrow_shares_the_memory(record):
    events = record["events"]
    one, two = pyarrow.table(events), pyarrow.table(events)
    assert one.num_rows == len(events) > 0
    # Two that were copied would lie in two places.
    assert addresses(one) == addresses(two) != []
    assert one.schema.field("sentence_id").type == pyarrow.string()
    assert one.schema.field("actor_ids").type.value_type == pyarrow.string()
    assert one.schema == pyarrow.schema(events)
    del events
    assert one.to_pylist() == two.to_pylist()


def test_pandas_shares_the_memory(record):
    sentences = record["sentences"]
    table = pyarrow.table(sentences)
    frame = table.to_pandas(types_mapper=pandas.ArrowDtype)
    for name in ("start", "text"):
        mine = table.column(name).chunk(0).buffers()
        theirs = pyarrow.chunked_array(frame[name].array.__arrow_array__()).chunk(0).buffers()
        assert [b.address for b in mine if b] == [b.address for b in theirs if b]
    assert list(sentences.to_pandas()["text"]) == [row["text"] for row in sentences.to_pylist()]


def test_polars_shares_the_memory(record):
    sentences = record["sentences"]
    frame = polars.DataFrame(sentences)
    assert frame.height == len(sentences)
    table = pyarrow.table(sentences)
    # Texts get views of their own in polars; numbers lie where they lay.
    address = table.column("start").chunk(0).buffers()[1].address
    assert frame["start"].to_arrow().buffers()[1].address == address
    assert sentences.to_polars().equals(frame)


def test_every_table_has_its_columns_also_without_rows(record):
    empty = onrecord.read("Nothing.")
    for name in record.tables:
        assert pyarrow.table(empty[name]).schema == pyarrow.table(record[name]).schema
        assert polars.DataFrame(record[name]).height == record.counts()[name]


def test_batches_of_pages_come_in(pages):
    contents = [path.read_bytes() for path in pages]
    uris = [str(path) for path in pages]
    batch = pyarrow.record_batch({"uri": uris, "content": pyarrow.array(contents, pyarrow.binary())})
    record = onrecord.read_batch(batch)
    whole = onrecord.read(pages)
    key = {"articles": "article_id", "mentions": "mention_id", "events": "event_id"}
    for table, name in key.items():
        ids = [row[name] for row in record[table].to_pylist()]
        assert sorted(ids) == sorted(row[name] for row in whole[table].to_pylist())
    frame = polars.DataFrame(
        {"uri": ["a", "b"], "text": ["The port of Veska reopened, Mira Tolen said.", None], "title": ["Port", "x"]}
    )
    rows = onrecord.read_batch(frame)
    assert rows["articles"].to_pylist()[0]["title"] == "Port"
    assert [note["code"] for note in rows.notes] == ["no-text"]
    stage = pyarrow.table(rows.stage())
    assert stage.num_rows == 1
    assert len(stage.column("read_pages")[0]) == 1
    with pytest.raises(TypeError, match="from_pandas"):
        onrecord.read_batch(3)
    with pytest.raises(ValueError, match="content"):
        onrecord.read_batch(pyarrow.record_batch({"a": [1]}))
