"""How much a signal weighs: urgency, danger in own words, the form of exploitation, and the test of these rules afterwards."""
