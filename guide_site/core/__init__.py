"""The ground: what every app stands on. Imports Django and libraries, never an app."""
