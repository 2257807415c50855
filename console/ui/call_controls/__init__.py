"""The controls of one call as a whole: what may be sent, what runs beside it, its suspension."""
