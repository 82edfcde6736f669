"""引擎: bulk tables (Parquet, CSV parts, SQL): the only code that opens Polars, DuckDB or Spark."""
