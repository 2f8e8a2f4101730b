"""Level 1. What editors are shown of the models: JSON Schemas, pages on every field, links into a forge's own editor.

In: the models, as `records.fields` reads them, and the configuration. Out: texts. Nothing here touches a file.
"""
