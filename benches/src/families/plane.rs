//! Points on a plane, and the workers nearest to one.

use crate::random::Random;

/// Side of the plane.
pub(super) const SIDE: i64 = 1 << 20;

#[derive(Clone, Copy)]
pub(super) struct Point {
    x: i64,
    y: i64,
}

/// A point anywhere.
pub(super) fn anywhere(random: &mut Random) -> Point {
    Point { x: random.between(0, SIDE - 1), y: random.between(0, SIDE - 1) }
}

/// A point around a centre, most likely close to it.
pub(super) fn near(centre: Point, spacing: i64, random: &mut Random) -> Point {
    let mut offset = || (random.between(-spacing, spacing) + random.between(-spacing, spacing)) / 3;
    Point { x: (centre.x + offset()).clamp(0, SIDE - 1), y: (centre.y + offset()).clamp(0, SIDE - 1) }
}

/// Workers by square cells.
pub(super) struct Grid<'a> {
    points: &'a [Point],
    side: i64,
    start: Vec<usize>,
    worker: Vec<u32>,
}

impl<'a> Grid<'a> {
    pub(super) fn new(points: &'a [Point]) -> Self {
        let side = ((points.len() / 8) as u64).isqrt().max(1) as i64;
        let mut grid = Self { points, side, start: vec![0; (side * side) as usize + 1], worker: Vec::new() };
        let mut cells: Vec<(usize, u32)> = points
            .iter()
            .enumerate()
            .map(|(w, &point)| (grid.cell(grid.column(point.x), grid.column(point.y)), w as u32))
            .collect();
        cells.sort_unstable();
        for &(cell, _) in &cells {
            grid.start[cell + 1] += 1;
        }
        for cell in 1..grid.start.len() {
            grid.start[cell] += grid.start[cell - 1];
        }
        grid.worker = cells.into_iter().map(|(_, worker)| worker).collect();
        grid
    }

    fn column(&self, coordinate: i64) -> i64 {
        coordinate * self.side / SIDE
    }

    fn cell(&self, column: i64, row: i64) -> usize {
        (row * self.side + column) as usize
    }

    /// The nearest workers with their distances: rings of cells until there are enough, then the closest of those.
    pub(super) fn nearest(&self, home: Point, wanted: usize) -> Vec<(i64, u32)> {
        let (column, row) = (self.column(home.x), self.column(home.y));
        let mut found: Vec<(i64, u32)> = Vec::new();
        let mut ring = 0;
        while found.len() < wanted.min(self.points.len()) {
            for y in (row - ring).max(0)..=(row + ring).min(self.side - 1) {
                for x in (column - ring).max(0)..=(column + ring).min(self.side - 1) {
                    if (x - column).abs().max((y - row).abs()) != ring {
                        continue;
                    }
                    let cell = self.cell(x, y);
                    let members = &self.worker[self.start[cell]..self.start[cell + 1]];
                    found.extend(members.iter().map(|&worker| (distance(home, self.points[worker as usize]), worker)));
                }
            }
            ring += 1;
        }
        found.sort_unstable();
        found.truncate(wanted);
        found
    }
}

fn distance(a: Point, b: Point) -> i64 {
    let (dx, dy) = (a.x.abs_diff(b.x), a.y.abs_diff(b.y));
    (dx * dx + dy * dy).isqrt() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_as_many_as_there_are_from_near_to_far() {
        let mut random = Random::new(5);
        let points: Vec<Point> = (0..500).map(|_| anywhere(&mut random)).collect();
        let grid = Grid::new(&points);
        let home = anywhere(&mut random);
        let found = grid.nearest(home, 20);
        assert_eq!(found.len(), 20);
        assert!(found.is_sorted());
        assert_eq!(grid.nearest(home, 1000).len(), 500);
    }
}
