"""Level 3. What editors run: freeze a closed period, correct it, and preview a changed rule."""
