//! Named background threads.
