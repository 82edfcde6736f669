"""计分: rules (one file each), scorecard, derivation, grades."""
