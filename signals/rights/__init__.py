"""What the person concerned may ask: who looked and why, a copy without the referrer, and the term of each request."""
