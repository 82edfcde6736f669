"""结算: measures and benefits from settlement records of the national platform (engine-neutral expressions)."""
