//! Border lines: joined where just two of them meet.

use std::collections::BTreeMap;

use crate::{Point, rings};

/// Joins lines end to end at places where exactly two ends meet.
pub fn merged(lines: &[Vec<[f64; 2]>]) -> Vec<Vec<Point>> {
    let lines: Vec<Vec<Point>> = lines.iter().map(|line| rings::quantized(line)).filter(|line| line.len() > 1).collect();
    let mut at_place: BTreeMap<Point, Vec<usize>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        at_place.entry(line[0]).or_default().push(index);
        at_place.entry(line[line.len() - 1]).or_default().push(index);
    }
    let mut used = vec![false; lines.len()];
    let next_at = |place: Point, used: &mut Vec<bool>| -> Option<Vec<Point>> {
        let there = at_place.get(&place).filter(|there| there.len() == 2)?;
        let index = *there.iter().find(|index| !used[**index])?;
        used[index] = true;
        let mut line = lines[index].clone();
        if line[0] != place {
            line.reverse();
        }
        Some(line)
    };
    let mut merged = Vec::new();
    for index in 0..lines.len() {
        if std::mem::replace(&mut used[index], true) {
            continue;
        }
        let mut line = lines[index].clone();
        for _ in 0..2 {
            while let Some(more) = next_at(line[line.len() - 1], &mut used) {
                line.extend_from_slice(&more[1..]);
            }
            line.reverse();
        }
        merged.push(line);
    }
    merged
}
