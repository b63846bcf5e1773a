//! Reads columns into checked values.
