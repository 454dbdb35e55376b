"""The mailbox of a signal: messages both ways, mail that says nothing, and visits with the code."""
