//! Finds a record by its id. It holds no ids: it asks the records.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

/// Indices of records by the hashes of their ids: five bytes for each place, where a map from texts takes 25.
#[derive(Clone, Debug, Default)]
pub(super) struct IdIndex {
    table: HashTable<u32>,
    hasher: RandomState,
}

impl IdIndex {
    /// The record with this id; `id_of` tells the id of a record.
    pub(super) fn find<'a>(&self, id: &str, id_of: impl Fn(u32) -> &'a str) -> Option<u32> {
        self.table.find(self.hasher.hash_one(id), |index| id_of(*index) == id).copied()
    }

    /// Adds a record whose id is not yet there.
    pub(super) fn insert<'a>(&mut self, id: &str, index: u32, id_of: impl Fn(u32) -> &'a str) {
        let Self { table, hasher } = self;
        table.insert_unique(hasher.hash_one(id), index, |known| hasher.hash_one(id_of(*known)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_leads_to_its_record() {
        let ids: Vec<String> = (0..5_000).map(|number| format!("E{number}")).collect();
        let id_of = |index: u32| ids[index as usize].as_str();
        let mut index = IdIndex::default();
        for (number, id) in (0..).zip(&ids) {
            assert_eq!(index.find(id, id_of), None);
            index.insert(id, number, id_of);
        }
        assert!((0..).zip(&ids).all(|(number, id)| index.find(id, id_of) == Some(number)));
    }
}
