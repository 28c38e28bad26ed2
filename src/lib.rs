//! Sealane: a desktop atlas of maritime trafficking corridors.
//!
//! A map is a value: files become a [`model::Dataset`], `cartography` composes it with a document and a view into a scene,
//! and every output (window, PNG, SVG) draws that same scene. See ARCHITECTURE.md.

#![forbid(unsafe_code)]

pub mod geodesy;
pub mod model;

pub mod analysis;
#[cfg(feature = "gui")]
pub mod app;
pub mod cartography;
pub mod cli;
pub mod export;
pub mod jobs;
pub mod lanes;
pub mod load;
pub mod project;
pub mod render;
pub mod scene;
pub mod state;
pub mod typography;
#[cfg(feature = "gui")]
pub mod ui;
