//! Which engine solves a network, and why that one.

use std::ffi::c_char;

use needmatch::{Binding, Engine, EngineReason};

use crate::boundary::{Failure, OutText, guard};
use crate::status::*;

/// An engine: one of the NEEDMATCH_ENGINE_ numbers.
pub type needmatch_engine = u32;

/// In options: the fastest engine that is exact.
pub const NEEDMATCH_ENGINE_AUTO: needmatch_engine = 0;
/// Knows capacities of the supply forest, and keeps to the tie rule.
pub const NEEDMATCH_ENGINE_FAST: needmatch_engine = 1;
/// Knows floors, groups of needs and costs of places too; which of several greatest assignments it finds follows no
/// stated rule.
pub const NEEDMATCH_ENGINE_GENERAL: needmatch_engine = 2;
/// Deferred acceptance: finds the stable matching where the policy's objective is stable, and solves no arrays.
pub const NEEDMATCH_ENGINE_DEFERRED_ACCEPTANCE: needmatch_engine = 3;

/// Why an engine solved a network: NEEDMATCH_REASON_ASKED, NEEDMATCH_REASON_ONLY_CAPACITIES,
/// NEEDMATCH_REASON_OBJECTIVE, or a sum of the others.
pub type needmatch_engine_reason = u32;

/// The caller asked for it.
pub const NEEDMATCH_REASON_ASKED: needmatch_engine_reason = 1;
/// Only capacities of the supply forest can bind.
pub const NEEDMATCH_REASON_ONLY_CAPACITIES: needmatch_engine_reason = 2;
/// The objective asks for what no other engine finds.
pub const NEEDMATCH_REASON_OBJECTIVE: needmatch_engine_reason = 4;
/// Floors of nodes can bind.
pub const NEEDMATCH_REASON_FLOORS: needmatch_engine_reason = 16;
/// Groups of needs can bind.
pub const NEEDMATCH_REASON_GROUPS: needmatch_engine_reason = 32;
/// Costs of places can bind.
pub const NEEDMATCH_REASON_COSTS: needmatch_engine_reason = 64;

/// The engine that a caller asks for; `None` to choose.
pub(crate) fn asked(engine: needmatch_engine) -> Result<Option<Engine>, Failure> {
    match engine {
        NEEDMATCH_ENGINE_AUTO => Ok(None),
        NEEDMATCH_ENGINE_FAST => Ok(Some(Engine::Fast)),
        NEEDMATCH_ENGINE_GENERAL => Ok(Some(Engine::General)),
        NEEDMATCH_ENGINE_DEFERRED_ACCEPTANCE => Ok(Some(Engine::DeferredAcceptance)),
        _ => Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "options.engine")),
    }
}

/// The number of an engine; one that is not listed here is a bug of this face.
pub(crate) fn number(engine: Engine) -> Result<needmatch_engine, Failure> {
    match engine {
        Engine::Fast => Ok(NEEDMATCH_ENGINE_FAST),
        Engine::General => Ok(NEEDMATCH_ENGINE_GENERAL),
        Engine::DeferredAcceptance => Ok(NEEDMATCH_ENGINE_DEFERRED_ACCEPTANCE),
        _ => Err(Failure::new(NEEDMATCH_E_INTERNAL_CHECK)),
    }
}

/// The number of a reason; one that is not listed here is a bug of this face.
pub(crate) fn reason_number(reason: EngineReason) -> Result<needmatch_engine_reason, Failure> {
    match reason {
        EngineReason::Asked => Ok(NEEDMATCH_REASON_ASKED),
        EngineReason::OnlyCapacities => Ok(NEEDMATCH_REASON_ONLY_CAPACITIES),
        EngineReason::Objective => Ok(NEEDMATCH_REASON_OBJECTIVE),
        EngineReason::CanBind(Binding { floors, groups, costs }) => Ok(u32::from(floors) * NEEDMATCH_REASON_FLOORS
            + u32::from(groups) * NEEDMATCH_REASON_GROUPS
            + u32::from(costs) * NEEDMATCH_REASON_COSTS),
        _ => Err(Failure::new(NEEDMATCH_E_INTERNAL_CHECK)),
    }
}

fn reason_of(number: needmatch_engine_reason) -> Option<EngineReason> {
    const ALL: u32 = NEEDMATCH_REASON_FLOORS | NEEDMATCH_REASON_GROUPS | NEEDMATCH_REASON_COSTS;
    match number {
        NEEDMATCH_REASON_ASKED => Some(EngineReason::Asked),
        NEEDMATCH_REASON_ONLY_CAPACITIES => Some(EngineReason::OnlyCapacities),
        NEEDMATCH_REASON_OBJECTIVE => Some(EngineReason::Objective),
        0 => None,
        _ if number & ALL == number => Some(EngineReason::CanBind(Binding {
            floors: number & NEEDMATCH_REASON_FLOORS > 0,
            groups: number & NEEDMATCH_REASON_GROUPS > 0,
            costs: number & NEEDMATCH_REASON_COSTS > 0,
        })),
        _ => None,
    }
}

/// Copies a reason as text, one clause without a final NUL.
///
/// Returns NEEDMATCH_E_NOT_FOUND for a number that is no reason.
///
/// # Safety
///
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_engine_reason_text(
    reason: needmatch_engine_reason,
    language: needmatch_language,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        let reason = reason_of(reason).ok_or(Failure::argument(NEEDMATCH_E_NOT_FOUND, "reason"))?;
        out.write(reason.text(crate::status::language(language)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_a_reason_leads_back_to_it() {
        let known = (0..256).filter_map(|number| Some((number, reason_of(number)?)));
        let back: Vec<_> = known.map(|(number, reason)| (number, reason_number(reason).ok())).collect();
        assert_eq!(back.len(), 10);
        assert!(back.iter().all(|&(number, back)| back == Some(number)), "{back:?}");
    }

    #[test]
    fn every_engine_can_be_asked_for() {
        assert!(Engine::ALL.iter().all(|&engine| asked(number(engine).unwrap_or(99)).ok() == Some(Some(engine))));
        assert!(asked(99).is_err());
    }
}
