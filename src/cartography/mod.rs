//! Turns a dataset, a document and a view into a scene.
