"""The desk's lists: filters, search, pages, rows and what waits where."""
