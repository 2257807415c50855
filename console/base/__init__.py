"""What every layer stands on: errors, tasks, paths, log, clock. No Qt, no Stream."""
