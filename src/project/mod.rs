//! What is kept between runs: settings and recent files.
