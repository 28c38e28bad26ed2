//! Writes figures to files, atomically.
