"""图: Vega-Lite specifications as plain dictionaries; numbers stand in them as decimal text."""
