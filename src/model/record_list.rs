//! A list of records that is cheap to copy: copies share what they have in common.

use std::ops::Index;
use std::sync::Arc;

/// Records that are copied together when one of them is changed: as few as possible without paying for one allocation each.
const CHUNK: usize = 32;

/// A list like a `Vec` whose copies share their records. Undo keeps a copy for every edit of a list of a million.
#[derive(Clone, PartialEq)]
pub struct RecordList<T> {
    /// All full but the last.
    chunks: Vec<Arc<Vec<T>>>,
}

impl<T> RecordList<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.chunks.last().map_or(0, |last| (self.chunks.len() - 1) * CHUNK + last.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// The record with this index.
    pub fn get(&self, index: usize) -> Option<&T> {
        self.chunks.get(index / CHUNK)?.get(index % CHUNK)
    }

    /// The first record.
    pub fn first(&self) -> Option<&T> {
        self.get(0)
    }

    /// The last record.
    pub fn last(&self) -> Option<&T> {
        self.chunks.last()?.last()
    }

    /// All records in order.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { list: self, front: 0, back: self.len() }
    }
}

impl<T: Clone> RecordList<T> {
    /// Adds a record at the end.
    pub fn push(&mut self, record: T) {
        match self.chunks.last_mut() {
            Some(last) if last.len() < CHUNK => Arc::make_mut(last).push(record),
            _ => {
                let mut chunk = Vec::with_capacity(CHUNK);
                chunk.push(record);
                self.chunks.push(Arc::new(chunk));
            }
        }
    }

    /// Puts a record in the place of another; beyond the end nothing happens.
    pub fn set(&mut self, index: usize, record: T) {
        if let Some(place) = self.chunks.get_mut(index / CHUNK).and_then(|chunk| Arc::make_mut(chunk).get_mut(index % CHUNK)) {
            *place = record;
        }
    }

    /// Keeps the records for which `keep` holds, told by index.
    pub fn retain(&mut self, mut keep: impl FnMut(usize) -> bool) {
        *self = self.iter().enumerate().filter(|(index, _)| keep(*index)).map(|(_, record)| record.clone()).collect();
    }
}

impl<T> Default for RecordList<T> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for RecordList<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl<T> Index<usize> for RecordList<T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        &self.chunks[index / CHUNK][index % CHUNK]
    }
}

impl<T: Clone> FromIterator<T> for RecordList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(records: I) -> Self {
        let mut list = Self::default();
        records.into_iter().for_each(|record| list.push(record));
        list
    }
}

impl<'a, T> IntoIterator for &'a RecordList<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// The records of a list, one after another.
#[derive(Clone, Debug)]
pub struct Iter<'a, T> {
    list: &'a RecordList<T>,
    front: usize,
    back: usize,
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        if self.front >= self.back {
            return None;
        }
        self.front += 1;
        self.list.get(self.front - 1)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.back - self.front;
        (left, Some(left))
    }
}

impl<T> DoubleEndedIterator for Iter<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        if self.front >= self.back {
            return None;
        }
        self.back -= 1;
        self.list.get(self.back)
    }
}

impl<T> ExactSizeIterator for Iter<'_, T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_what_a_vec_would() {
        let mut list: RecordList<usize> = (0..100).collect();
        let mut plain: Vec<usize> = (0..100).collect();
        list.set(40, 7);
        plain[40] = 7;
        list.set(100, 8);
        assert_eq!((list.len(), list[40], list.get(100), list.first(), list.last()), (100, 7, None, Some(&0), Some(&99)));
        assert!(list.iter().eq(&plain) && list.iter().rev().eq(plain.iter().rev()));
        list.retain(|index| index % 3 == 0);
        assert_eq!((list.len(), list[1], list.iter().len()), (34, 3, 34));
        list.retain(|_| false);
        assert!(list.is_empty() && list.first().is_none() && list.last().is_none());
    }

    #[test]
    fn a_change_leaves_copies_alone_and_shares_the_rest() {
        let before: RecordList<usize> = (0..100).collect();
        let mut after = before.clone();
        after.set(40, 7);
        after.push(100);
        assert_eq!((before[40], before.len()), (40, 100));
        let shared = before.chunks.iter().zip(&after.chunks).filter(|(a, b)| Arc::ptr_eq(a, b)).count();
        assert_eq!(shared, 2, "the first and the third of four chunks");
    }
}
