"""Level 2. The privacy gate: what is personal is refused in whatever is to be published, and in what was built of it.

`detect` finds it in a text, `sources` judges a file that an editor wrote, `output` a release before it is put in place.
"""

from generator.gate.detect import find
from generator.gate.exceptions import masked
from generator.gate.found import Found, shown
from generator.gate.judging import Ground
from generator.gate.numbers import is_id_15, is_id_18, is_luhn
from generator.gate.output import Leak, inspect, problems, public
from generator.gate.skimming import Skimmer
from generator.gate.sources import Judged, discreet, judge, judge_names, legible_name

__all__ = ["Found", "Ground", "Judged", "Leak", "Skimmer", "discreet", "find", "inspect", "is_id_15", "is_id_18",
           "is_luhn", "judge", "judge_names", "legible_name", "masked", "problems", "public", "shown"]
