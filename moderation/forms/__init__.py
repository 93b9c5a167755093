"""Forms: they check what people type. Policies decide whether it may be done."""
