//! Shapes and measures text in the bundled fonts.
