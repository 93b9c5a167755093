"""The catalogue: services, providers, offerings. Not a service layer: writes are actions."""
