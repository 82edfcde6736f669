"""迁移: how the database came to be as it is."""
