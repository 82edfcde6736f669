"""参保比对: person registers compared at scale: identity, overlaps, deaths, by engine-neutral expressions."""
