//! The command line: arguments, then a validated configuration, then the work.
