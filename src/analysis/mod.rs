//! Filters, counts, totals, links between records. Pure functions over a dataset.
