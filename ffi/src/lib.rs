//! The C face of needmatch. The header `include/needmatch.h` is generated from this crate, so the comments on
//! exported items are written for C readers.
//!
//! The face decides nothing: it converts what comes in, calls the core, and converts what comes out.
//! Every exported function runs inside [`boundary::guard`], which turns a panic into a status.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic))]
#![allow(non_camel_case_types, reason = "exported types carry their C names")]

#[cfg(panic = "abort")]
compile_error!("the C face must unwind: with panic=abort a bug would end the host's process");

pub mod version;

pub mod tables;

pub mod problem;

pub mod solve;

pub mod matching;
pub mod result;
pub mod words;

pub mod decision;
pub mod log;

pub mod compare;
pub mod explain;
pub mod frontier;
pub mod lint;
pub mod report;

pub mod assign;
pub mod assign_general;

pub mod control;
pub mod engine;
pub mod error;
pub mod options;
pub mod status;

mod boundary;
mod panics;
mod registry;
