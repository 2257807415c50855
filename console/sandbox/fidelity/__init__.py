"""What the main flows do not need of Stream: recordings, statistics, webhooks, frames, labels."""
