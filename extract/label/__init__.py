"""What people read: label sheets, stand-off labels, and the corpus they make."""
