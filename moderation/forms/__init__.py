"""What people type, checked. Whether it may be done is up to the policies."""
