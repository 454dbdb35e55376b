"""The balance: figures from outcome rows, what of them may be shown, and the forms in which they leave."""
