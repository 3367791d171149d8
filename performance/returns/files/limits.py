"""How large a file may be. What is larger is no return, or was made to do harm."""

import csv

# A return of all trusts, measures and months of a framework has some 50,000 lines of 13 columns.
MOST_LINES = 2_000_000
MOST_COLUMNS = 500
# Of a Parquet file, which needs no bytes for cells that are alike.
MOST_CELLS = 50_000_000
# Of a workbook, whose cells are all held in memory, empty ones too: about 100 bytes each.
MOST_CELLS_OF_A_WORKBOOK = 5_000_000
# Characters of one cell: as many as Python's own reader of CSV takes.
LONGEST_CELL = csv.field_size_limit()
# Bytes from one line end to the next.
LONGEST_LINE = 16_000_000
# Bytes of a zip once it is unpacked, and characters of all cells of a file that repeats them.
MOST_UNPACKED = 300_000_000
MOST_PARTS = 2_000
# Bytes that tell what is where in a Parquet file; each may stand for some 200 in memory.
MOST_METADATA = 2_000_000
# Rows of a block; fewer where they are wide. Python's collector of garbage looks through lists that
# live long, so that a million rows in blocks of 50,000 take two to three times as long.
MOST_ROWS_OF_A_BLOCK = 1_000
MOST_CELLS_OF_A_BLOCK = 100_000
