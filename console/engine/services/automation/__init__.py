"""Automation: tries the rules on what was judged, and carries out what they propose."""
