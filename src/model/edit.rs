//! Changes of an open dataset. Copies share what they have in common, so an edit of a copy leaves the original for undo.

use std::sync::Arc;

use super::{Dataset, FeatureKind, FeatureRef, Port, Record, Route};

impl Dataset {
    /// Puts a route in the place of another with the same id, at the end when there is none.
    pub fn put_route(&mut self, route: Route) -> FeatureRef {
        match self.find(FeatureKind::Route, &route.id) {
            Some(feature) => {
                self.routes.set(feature.at(), route);
                feature
            }
            None => self.insert(Record::Route(route)).unwrap_or_else(|other| other),
        }
    }

    /// Adds a port unless there is one with its id.
    pub fn put_port(&mut self, port: Port) -> FeatureRef {
        self.insert(Record::Port(port)).unwrap_or_else(|other| other)
    }

    /// Takes routes out; those after them move up. Ids that are not there are ignored.
    pub fn remove_routes(&mut self, ids: &[Arc<str>]) {
        let gone: Vec<usize> = ids.iter().filter_map(|id| self.find(FeatureKind::Route, id)).map(FeatureRef::at).collect();
        if gone.is_empty() {
            return;
        }
        self.routes.retain(|index| !gone.contains(&index));
        self.reindex_routes();
    }

    /// An id of this kind that no record has: `wanted`, or `wanted` with the first free number.
    pub fn free_id(&self, kind: FeatureKind, wanted: &str) -> Arc<str> {
        let is_free = |id: &String| self.find(kind, id).is_none();
        let mut candidates = std::iter::once(wanted.to_owned()).chain((2u32..).map(|number| format!("{wanted}-{number}")));
        candidates.find(is_free).unwrap_or_else(|| wanted.to_owned()).into()
    }

    /// The routes that are new or not the same in `opened`, and the ports that are new.
    pub fn changed_since(&self, opened: &Self) -> Self {
        let mut changed = Self::default();
        for route in self.routes.iter().filter(|route| !opened.has_same_route(route)) {
            changed.put_route(route.clone());
        }
        for port in self.ports.iter().filter(|port| opened.find(FeatureKind::Port, &port.id).is_none()) {
            changed.put_port(port.clone());
        }
        changed
    }

    /// Whether a route is the same in both, compared by id: what it says and where it runs.
    pub fn has_same_route(&self, route: &Route) -> bool {
        self.find(FeatureKind::Route, &route.id).and_then(|feature| self.routes.get(feature.at())).is_some_and(|other| other == route)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::LonLat;
    use crate::model::{DatasetBuilder, Origin};

    fn route(id: &str, name: &str) -> Route {
        Route {
            name: Some(name.into()),
            lines: vec![vec![LonLat::new(0.0, 0.0), LonLat::new(1.0, 1.0)]],
            ..Route::new(id.into(), Origin::NEW)
        }
    }

    fn dataset() -> Dataset {
        let mut builder = DatasetBuilder::new();
        for id in ["a", "b", "c"] {
            builder.add(Record::Route(route(id, id))).expect("a new id");
        }
        builder.finish()
    }

    fn names(dataset: &Dataset) -> Vec<String> {
        dataset.refs(FeatureKind::Route).map(|feature| dataset.title(feature)).collect()
    }

    #[test]
    fn an_edited_copy_leaves_the_original() {
        let before = dataset();
        let mut after = before.clone();
        let changed = after.put_route(route("b", "changed"));
        let added = after.put_route(route("d", "added"));
        assert_eq!((changed.at(), added.at()), (1, 3));
        assert_eq!(
            (names(&before), names(&after)),
            (vec!["a".into(), "b".into(), "c".into()], vec!["a".into(), "changed".into(), "c".into(), "added".into()])
        );
        assert!(
            before.has_same_route(&after.routes[0]) && !before.has_same_route(&after.routes[1]) && !before.has_same_route(&after.routes[3])
        );
    }

    #[test]
    fn what_follows_a_removed_route_is_still_found() {
        let mut dataset = dataset();
        dataset.remove_routes(&["a".into(), "unknown".into()]);
        assert_eq!(names(&dataset), ["b", "c"]);
        assert_eq!(dataset.find(FeatureKind::Route, "c").map(FeatureRef::at), Some(1));
        assert_eq!(dataset.find(FeatureKind::Route, "a"), None);
    }

    #[test]
    fn free_ids_are_numbered() {
        let dataset = dataset();
        assert_eq!((&*dataset.free_id(FeatureKind::Route, "x"), &*dataset.free_id(FeatureKind::Route, "b")), ("x", "b-2"));
    }
}
