"""Pictures of a call by their address: fetched, looked at by the media process, kept small."""
