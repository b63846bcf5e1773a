//! How many rows can have a column of their own, costs aside (Hopcroft and Karp 1973).
//!
//! Rounds of breadth-first search find how far each row is from a free column; depth-first searches along these distances
//! then give as many rows a column as fit without crossing. There are at most about √n rounds, so a problem without a
//! full assignment is found out in time that its size bounds.

use crate::control::Control;
use crate::error::Error;

use super::sparse::Pairs;

/// Whether there is a full assignment of the rows.
pub(super) fn has_full_assignment(pairs: &Pairs, control: &Control) -> Result<bool, Error> {
    let mut matching = Matching::new(pairs, vec![None; pairs.n_rows()]);
    matching.take_free();
    matching.grow(control)?;
    Ok(matching.n_free == 0)
}

/// Columns for as many rows as can have one at once. Rows that have one already keep one, if perhaps another.
pub(super) fn most_columns(
    pairs: &Pairs,
    column_of: Vec<Option<u32>>,
    control: &Control,
) -> Result<Vec<Option<u32>>, Error> {
    let mut matching = Matching::new(pairs, column_of);
    matching.grow(control)?;
    Ok(matching.column_of)
}

struct Matching<'a> {
    pairs: &'a Pairs,
    column_of: Vec<Option<u32>>,
    row_of: Vec<Option<u32>>,
    n_free: usize,
    /// How many swaps a row is away from a free row, in this round.
    layer: Vec<u32>,
    /// The next pair of a row to try, in this round.
    next: Vec<usize>,
    queue: Vec<u32>,
    path: Vec<u32>,
}

/// The layer of a row that was not reached.
const FAR: u32 = u32::MAX;

impl<'a> Matching<'a> {
    fn new(pairs: &'a Pairs, column_of: Vec<Option<u32>>) -> Self {
        let n_rows = pairs.n_rows();
        let mut row_of = vec![None; pairs.n_columns];
        for (&column, row) in column_of.iter().zip(0..) {
            if let Some(column) = column {
                row_of[column as usize] = Some(row);
            }
        }
        let n_free = column_of.iter().filter(|column| column.is_none()).count();
        Self {
            pairs,
            column_of,
            row_of,
            n_free,
            layer: vec![FAR; n_rows],
            next: vec![0; n_rows],
            queue: Vec::new(),
            path: Vec::new(),
        }
    }

    fn take_free(&mut self) {
        for row in 0..self.column_of.len() {
            let free = self.pairs.columns(row).iter().find(|&&column| self.row_of[column as usize].is_none());
            if let Some(&column) = free {
                self.join(row as u32, column);
                self.n_free -= 1;
            }
        }
    }

    /// Gives columns to as many more rows as can have one.
    fn grow(&mut self, control: &Control) -> Result<(), Error> {
        while self.n_free > 0 {
            control.check()?;
            let before = self.n_free;
            if !self.layer() {
                return Ok(());
            }
            for row in 0..self.column_of.len() {
                if self.column_of[row].is_none() {
                    self.extend(row);
                }
            }
            if self.n_free == before {
                return Ok(());
            }
        }
        Ok(())
    }

    fn join(&mut self, row: u32, column: u32) {
        self.column_of[row as usize] = Some(column);
        self.row_of[column as usize] = Some(row);
    }

    /// Layers the rows by their distance from rows without a column; false if no free column can be reached.
    fn layer(&mut self) -> bool {
        self.queue.clear();
        for row in 0..self.column_of.len() {
            let is_free = self.column_of[row].is_none();
            self.layer[row] = if is_free { 0 } else { FAR };
            self.next[row] = self.pairs.indptr[row];
            if is_free {
                self.queue.push(row as u32);
            }
        }
        let (mut done, mut is_open) = (0, false);
        while let Some(&row) = self.queue.get(done) {
            done += 1;
            for &column in self.pairs.columns(row as usize) {
                match self.row_of[column as usize] {
                    None => is_open = true,
                    Some(next) if self.layer[next as usize] == FAR => {
                        self.layer[next as usize] = self.layer[row as usize] + 1;
                        self.queue.push(next);
                    }
                    Some(_) => {}
                }
            }
        }
        is_open
    }

    /// Looks for a path down the layers from a free row to a free column, and swaps pairs along it.
    fn extend(&mut self, start: usize) {
        self.path.clear();
        self.path.push(start as u32);
        while let Some(&row) = self.path.last() {
            let row = row as usize;
            if self.next[row] == self.pairs.indptr[row + 1] {
                self.path.pop();
                continue;
            }
            let column = self.pairs.column[self.next[row]];
            self.next[row] += 1;
            match self.row_of[column as usize] {
                None => {
                    self.swap(column);
                    return;
                }
                Some(next) if self.layer[next as usize] == self.layer[row] + 1 => self.path.push(next),
                Some(_) => {}
            }
        }
    }

    fn swap(&mut self, end: u32) {
        let mut column = end;
        while let Some(row) = self.path.pop() {
            let freed = self.column_of[row as usize];
            self.join(row, column);
            match freed {
                Some(freed) => column = freed,
                None => break,
            }
        }
        self.n_free -= 1;
    }
}
