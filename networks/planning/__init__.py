"""Who coordinates, what the plan is, how a case ends and how it goes after: what the pages of the plan and outcome show."""
