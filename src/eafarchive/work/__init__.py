"""The verbs. The only loops of the program stand here."""
