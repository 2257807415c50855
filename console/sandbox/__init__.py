"""A loopback stand-in for Stream's servers, with people in it."""
