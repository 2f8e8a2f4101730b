"""Level 2. The fourth stage, in three passes: facts → findings → standings.

Facts are read off records one by one (in workers); findings gather them per scheme, period and subject, each with
the record that proves it; standings rank them or give them their band. The rules stand in `content/schemes/`;
the code holds a closed vocabulary and evaluates no expression. Missing is never zero.
"""

from __future__ import annotations

from generator.score.bulletins import earliest
from generator.score.checks import check_findings
from generator.score.facts import Facts, as_if, facts_of
from generator.score.freeze import Closed, differences, inputs_digest, rows_text, seal_of, told
from generator.score.rules import check_rules
from generator.score.scoring import score

__all__ = ["Closed", "Facts", "as_if", "check_findings", "check_rules", "differences", "earliest", "facts_of",
           "inputs_digest", "rows_text", "score", "seal_of", "told"]
