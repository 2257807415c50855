"""Everything that crosses the network to Stream: requests, socket, events, retries."""
