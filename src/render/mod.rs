//! Back ends that draw a scene.
