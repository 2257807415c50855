"""What must outlive the engine: lines, verdicts, acts and receipts, in one SQLite file."""
