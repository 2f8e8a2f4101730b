"""Script in every field: payloads, a town that is full of them, and a browser that notices whatever happens."""
