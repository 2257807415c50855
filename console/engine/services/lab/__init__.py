"""The engine's part of the policy lab: reading, trying, running and comparing policies."""
