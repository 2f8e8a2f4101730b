"""公示 (gongshi): YAML records in git become a browsable public-transparency site."""

import os

__version__ = "0.1.0"

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# What happens to be installed besides has no say in what our models accept, and looking for it takes 10 ms a process.
