"""Project and kernel: who, what is sealed, what was done, who is told, where people work and until when."""
