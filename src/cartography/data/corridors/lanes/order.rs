//! In which order paths lie side by side on a shared leg: by where they part ahead, else by where they met behind. It depends on nothing
//! but the network, so lanes keep their order wherever the view lies and cross only where paths must.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::network::{Network, Px};

/// One passage of a path over a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// The path.
    pub(super) path: u32,
    /// The leg in its walk, from 0.
    pub(super) step: u32,
    /// Whether it sails from the lower to the higher node.
    pub(super) forward: bool,
}

/// A leg between two nodes and who passes it.
#[derive(Clone, Debug)]
pub(super) struct Leg {
    /// Lower node.
    pub(super) from: u32,
    /// Higher node.
    pub(super) to: u32,
    /// The passages from left to right for who sails from the lower to the higher node.
    pub(super) passages: Vec<Passage>,
}

/// The legs of a network with their passages in order, and the leg of each step of each walk.
pub(super) fn ordered_legs(network: &Network) -> (Vec<Leg>, Vec<Vec<u32>>) {
    let mut numbers: HashMap<(u32, u32), u32> = HashMap::new();
    let mut legs: Vec<Leg> = Vec::new();
    let mut steps: Vec<Vec<u32>> = Vec::with_capacity(network.walks.len());
    for (path, walk) in (0_u32..).zip(&network.walks) {
        let mut own = Vec::with_capacity(walk.len());
        for (step, pair) in (0_u32..).zip(walk.windows(2)) {
            let (from, to) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            let number = *numbers.entry((from, to)).or_insert_with(|| {
                legs.push(Leg { from, to, passages: Vec::new() });
                legs.len() as u32 - 1
            });
            legs[number as usize].passages.push(Passage { path, step, forward: pair[0] == from });
            own.push(number);
        }
        steps.push(own);
    }
    let mut sorted = vec![false; legs.len()];
    for walk in &steps {
        for (step, number) in walk.iter().enumerate() {
            let number = *number as usize;
            if std::mem::replace(&mut sorted[number], true) || legs[number].passages.len() < 2 {
                continue;
            }
            // The leg before, with the same passages one step on, has the order already.
            let before = step.checked_sub(1).map(|before| &legs[walk[before] as usize]);
            match before.and_then(|before| carried(before, &legs[number])) {
                Some(passages) => legs[number].passages = passages,
                None => legs[number].passages.sort_by(|a, b| side(network, *a, *b)),
            }
        }
    }
    (legs, steps)
}

/// The order of the leg before, if the same paths pass both in one go.
fn carried(before: &Leg, leg: &Leg) -> Option<Vec<Passage>> {
    if before.passages.len() != leg.passages.len() {
        return None;
    }
    let (mut next, mut turned) = (Vec::with_capacity(leg.passages.len()), None);
    for passage in &before.passages {
        let found = leg.passages.iter().find(|other| other.path == passage.path && other.step.abs_diff(passage.step) == 1)?;
        // Who sailed on sails against the other, if the numbers of the nodes say so.
        let turn = found.forward != passage.forward;
        if *turned.get_or_insert(turn) != turn {
            return None;
        }
        next.push(*found);
    }
    if turned == Some(true) {
        next.reverse();
    }
    Some(next)
}

/// Who lies left, for who sails from the lower to the higher node: those who come the other way; else as they part ahead or met behind.
fn side(network: &Network, a: Passage, b: Passage) -> Ordering {
    if a.forward != b.forward {
        return a.forward.cmp(&b.forward);
    }
    let ahead = parting(network, a, b, true);
    let order = if ahead == Ordering::Equal { parting(network, a, b, false) } else { ahead };
    let order = if a.forward { order } else { order.reverse() };
    order.then(a.path.cmp(&b.path)).then(a.step.cmp(&b.step))
}

/// Who is on the left in the direction of sailing where the two part ahead, or met behind. Equal when one of them ends there.
fn parting(network: &Network, a: Passage, b: Passage, ahead: bool) -> Ordering {
    let walk = |passage: Passage| &network.walks[passage.path as usize];
    let node = |passage: Passage, on: usize| {
        let at = passage.step as usize;
        let index = if ahead { Some(at + on) } else { (at + 1).checked_sub(on) };
        index.and_then(|index| walk(passage).get(index)).copied()
    };
    let mut on = 2;
    loop {
        let (Some(next_a), Some(next_b)) = (node(a, on), node(b, on)) else { return Ordering::Equal };
        if next_a != next_b {
            let (Some(last), Some(here)) = (node(a, on - 2), node(a, on - 1)) else { return Ordering::Equal };
            let place = |node: u32| network.nodes[node as usize];
            let turn = |next: u32| left_turn(place(last), place(here), place(next));
            // Behind, the way is looked at against the direction of sailing.
            let order = turn(next_b).total_cmp(&turn(next_a));
            return if ahead { order } else { order.reverse() };
        }
        on += 1;
    }
}

/// The angle by which the way turns to the left, −π to π.
fn left_turn(from: Px, here: Px, to: Px) -> f64 {
    let (ax, ay) = (here[0] - from[0], here[1] - from[1]);
    let (bx, by) = (to[0] - here[0], to[1] - here[1]);
    (ax * by - ay * bx).atan2(ax * bx + ay * by)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order_on_first_shared(paths: &[Vec<Px>], leg: usize) -> Vec<u32> {
        let network = Network::new(paths, 2.6);
        let (legs, steps) = ordered_legs(&network);
        let leg = &legs[steps[0][leg] as usize];
        let order: Vec<u32> = leg.passages.iter().map(|passage| passage.path).collect();
        let forward = leg.passages.iter().find(|passage| passage.path == 0).expect("path 0").forward;
        if forward { order } else { order.into_iter().rev().collect() }
    }

    #[test]
    fn who_turns_left_ahead_lies_left() {
        let trunk = [[0.0, 0.0], [100.0, 10.0], [200.0, 0.0]];
        let to = |end: Px| trunk.iter().copied().chain([end]).collect::<Vec<_>>();
        let paths = [to([300.0, 0.0]), to([300.0, 80.0]), to([300.0, -80.0])];
        assert_eq!(order_on_first_shared(&paths, 0), [1, 0, 2]);
        assert_eq!(order_on_first_shared(&paths, 1), [1, 0, 2], "the same order all along");
    }

    #[test]
    fn paths_with_one_end_lie_as_they_met() {
        let from = |start: Px| vec![start, [100.0, 0.0], [200.0, 0.0]];
        let paths = [from([0.0, 0.0]), from([0.0, -60.0]), from([0.0, 60.0])];
        assert_eq!(order_on_first_shared(&paths, 1), [2, 0, 1]);
    }

    #[test]
    fn opposite_directions_keep_to_the_right() {
        let there = vec![[0.0, 0.0], [100.0, 0.0]];
        let back = vec![[100.0, 0.0], [0.0, 0.0]];
        assert_eq!(order_on_first_shared(&[there.clone(), back.clone()], 0), [1, 0], "who comes against lies left");
        assert_eq!(order_on_first_shared(&[back, there], 0), [1, 0]);
    }
}
