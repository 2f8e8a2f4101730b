"""Level 2. A kind's records as a sheet for Excel and WPS, or as CSV, and back, without loss.

`write` and `read` are each other's inverse: whatever `plain.parse` gives for a record comes back as it was.
"""

from generator.sheets.found import Cell as Cell
from generator.sheets.found import Fault as Fault
from generator.sheets.found import Read as Read
from generator.sheets.found import Table as Table
from generator.sheets.marking import mark as mark
from generator.sheets.outgoing import digest as digest
from generator.sheets.reading import read as read
from generator.sheets.writing import write as write
