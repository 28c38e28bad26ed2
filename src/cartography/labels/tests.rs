//! Placing of names as a whole.
