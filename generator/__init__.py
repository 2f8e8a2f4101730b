"""公示 (gongshi): YAML records in git become a browsable public-transparency site."""

__version__ = "0.1.0"
