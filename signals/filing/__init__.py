"""What a filing needs while it is under way: steps, answers, the sealed draft, and what the public pages promise."""
