from collections.abc import Iterable, Sequence
from os import PathLike
from typing import Any, Optional, Protocol, Union, final

__version__: str

class _ArrowStream(Protocol):
    """Anything that gives Arrow data: a record batch or table of pyarrow, a frame of polars."""

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object: ...

class OnrecordError(Exception):
    """A record cannot be read or written, or a query does not fit it."""

@final
class Table:
    """Rows in Arrow. Whoever takes them shares their memory; nothing is copied."""

    @property
    def name(self) -> str: ...
    @property
    def num_rows(self) -> int: ...
    @property
    def column_names(self) -> list[str]: ...
    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def to_pylist(self) -> list[dict[str, Any]]:
        """The rows as dictionaries; objects in them are JSON text, as in Parquet."""

    def to_pandas(self) -> Any:
        """As a data frame of pandas, by way of pyarrow."""

    def to_polars(self) -> Any:
        """As a data frame of polars."""

@final
class Record:
    """A record, in a file or in memory. Its tables and columns are told in docs/record.md."""

    @property
    def tables(self) -> list[str]:
        """The names of the tables."""

    @property
    def notes(self) -> list[dict[str, str]]:
        """What could not be read at all: place, code, severity, text. Notes on pages that are in
        the record stand in ``pages.notes``."""

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""

    def table(
        self,
        name: str,
        *,
        actor: Optional[str] = None,
        issue: Optional[str] = None,
        event_type: Optional[str] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
        outlet: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> Table:
        """The rows of a table, ordered by page, article and place in the text.

        ``actor`` is the id of an actor that has a part in them, ``since`` and ``until`` are days,
        months or years, ``outlet`` is a publisher. Raises KeyError for no table and OnrecordError
        for a filter that does not fit it.
        """

    def __getitem__(self, name: str, /) -> Table: ...
    def search(
        self, words: str, *, exact: bool = False, newest: bool = False, limit: int = 20
    ) -> Table:
        """Sentences and titles that hold the words (``"a phrase"``, ``begin*``, ``-without``,
        ``OR``), the best first."""

    def sql(
        self, query: str, values: Optional[Sequence[Union[None, bool, int, float, str]]] = None
    ) -> Table:
        """The rows of a query that only reads, with ``values`` for ``?1``, ``?2`` and so on."""

    def cite(self, row_id: str) -> list[dict[str, Any]]:
        """The sentences a row rests on, with article, page and place. The beginning of an id is
        enough if no other begins so. Raises LookupError for no row."""

    def row(self, row_id: str) -> Optional[dict[str, Any]]:
        """The row with this id, or the only one whose id begins so."""

    def save(self, path: Union[str, PathLike[str]]) -> None:
        """Writes the record to a new file, which ``onrecord`` and any SQLite client open."""

    def stage(self) -> Table:
        """The rows as read, for ``onrecord import``: one row, a column a table, each a list."""

def open(path: Union[str, PathLike[str]]) -> Record:
    """Opens the record in a file, to be read; others may write to it meanwhile."""

def read(
    source: Union[str, bytes, PathLike[str], Iterable[PathLike[str]]],
    *,
    url: Optional[str] = None,
    uri: Optional[str] = None,
    fast: bool = False,
    lexicon: Union[str, PathLike[str], None] = None,
) -> Record:
    """Reads pages into a record in memory: the rows that ``onrecord read`` writes.

    A string is a page, HTML or text. Bytes are a file of any format, a path names one, a list of
    paths several; the pages in them are compared with one another. ``url`` is the address of the
    page on the web, ``uri`` the name under which a string or bytes stand in the record.
    ``fast`` reads with the smaller network, ``lexicon`` is a folder of yours over the built-in
    one. Python's lock is not held meanwhile.
    """

def read_batch(
    batch: _ArrowStream,
    *,
    survey: Optional[Survey] = None,
    fast: bool = False,
    lexicon: Union[str, PathLike[str], None] = None,
) -> Record:
    """Reads the pages of an Arrow batch, each by itself: actors are not joined, nor pages
    compared.

    Columns: ``uri`` and ``content`` (the bytes of a file); or ``uri`` and ``html`` or ``text``,
    with ``title``, ``authors``, ``publisher``, ``published``, ``url``, ``language`` where they
    are there; or ``path`` and ``place``, as ``places`` gives them.
    """

@final
class Survey:
    """What is known of all pages before they are read: the lines that hosts repeat (columns
    ``host``, ``lines``) and pages that stand earlier in the input (``n``, ``number``)."""

    def __new__(cls, lines: _ArrowStream, again: _ArrowStream) -> Survey: ...

@final
class HostCounter:
    """Counts the lines of hosts: all pages of a host, in the order of the input."""

    def __new__(cls) -> HostCounter: ...
    def add(self, batch: _ArrowStream) -> None: ...
    def finish(self) -> Table: ...

def survey_batch(batch: _ArrowStream) -> Table:
    """A row a page: ``n``, ``number``, ``content``, ``host``, ``hashes``, ``words``."""

def places(
    path: Union[str, PathLike[str]], *, uri: Optional[str] = None, n: int = 0
) -> Table:
    """The pages of a file: ``n``, ``number``, ``uri``, ``path``, ``place``."""

def stage_schema() -> Table:
    """An empty table with the columns of ``Record.stage``."""

def made_with(*, lexicon: Union[None, str, PathLike[str]] = None) -> str:
    """What the steps across pages rest on: their version and the lexicon."""

def across_schema(name: str) -> Table:
    """An empty table with the columns of ``kept``, ``blocks``, ``pairs``, ``utterances`` or
    ``texts``; all but ``pairs`` have a column a table, in it lists of rows."""

def join_actors(
    said: _ArrowStream,
    names: _ArrowStream,
    met: _ArrowStream,
    offices: _ArrowStream,
    *,
    lexicon: Union[None, str, PathLike[str]] = None,
) -> Table:
    """The rows of ``across_joins``. ``said`` has ``row_id`` and ``data``, ``names`` ``actor_id``,
    ``text`` and ``n``, ``met`` ``actor_id`` and ``article_id``, ``offices`` ``actor_id``, ``role``
    and ``sentence_id``; each row once."""

@final
class Keeper:
    """Keeps of each article what the steps across pages have to know."""

    def __new__(
        cls, joins: _ArrowStream, *, lexicon: Union[None, str, PathLike[str]] = None
    ) -> Keeper: ...
    @staticmethod
    def looks_at() -> list[str]:
        """The columns of a stage that ``keep`` needs."""

    def keep(self, stage: _ArrowStream) -> Table:
        """A row with the lists ``kept``, ``said`` and ``signed``."""

@final
class BlockComparer:
    """Compares the rows of ``kept`` by ``step`` and ``key``; those of a block follow each other."""

    def __new__(cls, *, lexicon: Union[None, str, PathLike[str]] = None) -> BlockComparer: ...
    def add(self, kept: _ArrowStream) -> Table: ...
    def finish(self) -> Table: ...

def most_of_a_run() -> int:
    """How many statements with a run of words are paired by it, those with the lowest ids."""

def can_be_same(pairs: _ArrowStream) -> Table:
    """Of pairs ``a``, ``b``, ``size_a``, ``size_b``, ``shared`` those that can be one utterance."""

def are_same(
    pairs: _ArrowStream, *, lexicon: Union[None, str, PathLike[str]] = None
) -> Table:
    """Of pairs ``a``, ``b``, ``shared``, ``said_a``, ``said_b`` those that are one utterance."""

def groups(pairs: _ArrowStream) -> Table:
    """The statements that pairs join: ``statement_id``, ``together``."""

@final
class UtteranceFinder:
    """Finds what groups of statements report; the rows of a group follow each other: ``together``
    and ``said``, or ``a``, ``b`` and ``shared``."""

    def __new__(cls, *, lexicon: Union[None, str, PathLike[str]] = None) -> UtteranceFinder: ...
    def add(self, rows: _ArrowStream) -> Table: ...
    def finish(self) -> Table: ...

@final
class TextFinder:
    """Finds articles that carry sentences of others: rows ``what`` (``signed``, ``articles`` or
    ``sentences``) and ``data``, their cells in JSON."""

    def __new__(
        cls,
        path: Union[str, PathLike[str]],
        *,
        lexicon: Union[None, str, PathLike[str]] = None,
    ) -> TextFinder: ...
    def add(self, rows: _ArrowStream) -> None: ...
    def finish(self) -> Table: ...
