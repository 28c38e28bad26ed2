//! The display list.
