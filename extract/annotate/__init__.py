"""Document -> Annotated: one pass of a transformer encoder, then heads for mentions, triggers and relations."""
