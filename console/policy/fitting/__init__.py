"""Thresholds of confidence, held against what moderators say of verdicts. No model is changed."""
