//! The eframe glue: runs the window, carries out effects.
