"""News pages in, a cited record out: who said what, who did what to whom, who stands where.

``read`` reads pages, ``open`` opens a record that ``onrecord read`` or ``save`` wrote. Tables
leave as Arrow: ``pyarrow.table(t)``, ``polars.DataFrame(t)``, ``t.to_pandas()``.

>>> import onrecord
>>> record = onrecord.read("Port Authority\\n\\nVESKA - Mira Tolen said the port would reopen.")
>>> len(record["statements"])
1
"""

from ._onrecord import OnrecordError, Record, Table, __version__, open, read, read_batch

__all__ = ["OnrecordError", "Record", "Table", "__version__", "open", "read", "read_batch"]
