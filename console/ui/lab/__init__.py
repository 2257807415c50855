"""The policy lab: a window to write a policy, try it, run it and compare it. Qt, no evaluation."""
