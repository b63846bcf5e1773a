//! Which engine solves a network, and why that one.

use crate::error::{Error, Expected, Fault, FaultCode, InputError, Language, TableName};

/// A method that solves networks exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Engine {
    /// Prices by auction, then exact repair. Knows capacities of the supply forest, and keeps to the tie rule.
    Fast,
    /// Knows floors, groups of needs and costs of places too; which of several greatest assignments it finds follows no
    /// stated rule.
    General,
    /// Deferred acceptance: finds the stable matching of an objective of that name, and solves no network.
    DeferredAcceptance,
}

impl Engine {
    /// Every engine.
    pub const ALL: &'static [Self] = &[Self::Fast, Self::General, Self::DeferredAcceptance];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::General => "general",
            Self::DeferredAcceptance => "deferred_acceptance",
        }
    }

    /// The engine of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|engine| engine.code() == code)
    }

    /// Whether it solves networks exactly in which this binds.
    fn solves(self, binding: Binding) -> bool {
        match self {
            Self::Fast => binding.is_nothing(),
            Self::General => true,
            Self::DeferredAcceptance => false,
        }
    }
}

/// What in a network, beyond capacities of the supply forest, can change which assignment is best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Binding {
    /// A node has a floor above 0.
    pub floors: bool,
    /// A group of needs has a floor above 0, or a cap below the number of its needs.
    pub groups: bool,
    /// A place that may be taken has a cost.
    pub costs: bool,
}

impl Binding {
    /// Whether capacities of the supply forest are all that can bind.
    #[must_use]
    pub const fn is_nothing(self) -> bool {
        !self.floors && !self.groups && !self.costs
    }

    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match (self.floors, self.groups, self.costs) {
            (false, false, false) => ("nothing", "nothing else can bind", "没有其他可能起约束作用的条件"),
            (true, false, false) => ("floors", "floors can bind", "下限可能起约束作用"),
            (false, true, false) => ("groups", "groups of needs can bind", "需求组可能起约束作用"),
            (false, false, true) => ("costs", "costs of places can bind", "名额成本可能起约束作用"),
            (true, true, false) => {
                ("floors_groups", "floors and groups of needs can bind", "下限和需求组可能起约束作用")
            }
            (true, false, true) => {
                ("floors_costs", "floors and costs of places can bind", "下限和名额成本可能起约束作用")
            }
            (false, true, true) => {
                ("groups_costs", "groups of needs and costs of places can bind", "需求组和名额成本可能起约束作用")
            }
            (true, true, true) => (
                "floors_groups_costs",
                "floors, groups of needs and costs of places can bind",
                "下限、需求组和名额成本可能起约束作用",
            ),
        }
    }
}

/// Why an engine solved a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EngineReason {
    /// The caller asked for it.
    Asked,
    /// Capacities of the supply forest are all that can bind, so the fast engine solves it.
    OnlyCapacities,
    /// This can bind too, which only the general engine knows.
    CanBind(Binding),
    /// The objective asks for what no other engine finds.
    Objective,
}

impl EngineReason {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.words().0
    }

    /// One clause.
    #[must_use]
    pub const fn text(self, language: Language) -> &'static str {
        let (_, english, chinese) = self.words();
        match language {
            Language::English => english,
            Language::Chinese => chinese,
        }
    }

    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Asked => ("asked", "it was asked for", "由调用方指定"),
            Self::OnlyCapacities => {
                ("only_capacities", "only capacities of the supply forest can bind", "只有供给树的容量可能起约束作用")
            }
            Self::CanBind(binding) => binding.words(),
            Self::Objective => ("objective", "the objective asks for it", "由政策目标决定"),
        }
    }
}

/// The engine to use: the one asked for, else the fastest that is exact.
///
/// # Errors
///
/// [`FaultCode::InexactEngine`] if the one asked for cannot solve the network exactly.
pub(crate) fn choose(asked: Option<Engine>, binding: Binding) -> Result<(Engine, EngineReason), Error> {
    match asked {
        None if binding.is_nothing() => Ok((Engine::Fast, EngineReason::OnlyCapacities)),
        None => Ok((Engine::General, EngineReason::CanBind(binding))),
        Some(engine) if engine.solves(binding) => Ok((engine, EngineReason::Asked)),
        Some(Engine::DeferredAcceptance) => Err(inexact("fast or general, since stability is no matter of totals")),
        Some(_) => {
            let (_, why, _) = binding.words();
            Err(inexact(format!("the general engine, since {why}")))
        }
    }
}

/// Whether a run could have said so of a network.
pub(crate) fn may_say(engine: Engine, reason: EngineReason, binding: Binding) -> bool {
    let asked = (reason == EngineReason::Asked).then_some(engine);
    choose(asked, binding) == Ok((engine, reason))
}

/// The engine of a matching: the fast one wherever it is exact, since it alone keeps to the tie rule.
///
/// # Errors
///
/// [`FaultCode::InexactEngine`] if another is asked for.
pub(crate) fn choose_with_tie_rule(asked: Option<Engine>, binding: Binding) -> Result<(Engine, EngineReason), Error> {
    match choose(asked, binding)? {
        (Engine::General, _) if binding.is_nothing() => {
            Err(inexact("the fast engine, which alone keeps to the tie rule"))
        }
        choice => Ok(choice),
    }
}

/// The engine of a stable matching.
///
/// # Errors
///
/// [`FaultCode::InexactEngine`] if another is asked for.
pub(crate) fn choose_stable(asked: Option<Engine>) -> Result<(Engine, EngineReason), Error> {
    match asked {
        None => Ok((Engine::DeferredAcceptance, EngineReason::Objective)),
        Some(Engine::DeferredAcceptance) => Ok((Engine::DeferredAcceptance, EngineReason::Asked)),
        Some(_) => Err(inexact("deferred_acceptance, which alone finds stable matchings")),
    }
}

/// The engine of an objective that compares kinds of needs.
///
/// # Errors
///
/// [`FaultCode::InexactEngine`] if another is asked for.
pub(crate) fn choose_for_kinds(asked: Option<Engine>) -> Result<(Engine, EngineReason), Error> {
    match asked {
        None => Ok((Engine::General, EngineReason::Objective)),
        Some(Engine::General) => Ok((Engine::General, EngineReason::Asked)),
        Some(_) => Err(inexact("the general engine, which alone knows floors of kinds of needs")),
    }
}

fn inexact(expected: impl Into<Expected>) -> Error {
    InputError::from(Fault::in_column(TableName::Arrays, "engine", FaultCode::InexactEngine, expected)).into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn every_binding() -> impl Iterator<Item = Binding> {
        (0..8).map(|k| Binding { floors: k & 1 > 0, groups: k & 2 > 0, costs: k & 4 > 0 })
    }

    #[test]
    fn the_fast_engine_is_chosen_where_it_is_exact_and_refused_elsewhere() {
        for binding in every_binding() {
            let (engine, reason) = choose(None, binding).unwrap();
            assert_eq!(engine == Engine::Fast, binding.is_nothing());
            assert!(may_say(engine, reason, binding));
            assert_eq!(choose(Some(Engine::General), binding), Ok((Engine::General, EngineReason::Asked)));
            match choose(Some(Engine::Fast), binding) {
                Ok(_) => assert!(binding.is_nothing()),
                Err(Error::Input(error)) => assert_eq!(error.faults()[0].code, FaultCode::InexactEngine),
                Err(error) => panic!("{error}"),
            }
        }
    }

    #[test]
    fn an_engine_or_a_reason_that_does_not_fit_the_network_is_noticed() {
        let own = [EngineReason::OnlyCapacities, EngineReason::Objective];
        let reasons = || every_binding().map(EngineReason::CanBind).chain(own);
        for binding in every_binding() {
            let said = Engine::ALL.iter().flat_map(|&engine| reasons().map(move |reason| (engine, reason)));
            let believed: Vec<_> = said.filter(|&(engine, reason)| may_say(engine, reason, binding)).collect();
            assert_eq!(believed, [choose(None, binding).unwrap()]);
        }
        assert!(!may_say(Engine::Fast, EngineReason::Asked, Binding { floors: true, ..Binding::default() }));
    }

    #[test]
    fn a_matching_is_found_by_the_fast_engine_wherever_it_is_exact() {
        let nothing = Binding::default();
        assert_eq!(choose_with_tie_rule(None, nothing), Ok((Engine::Fast, EngineReason::OnlyCapacities)));
        assert_eq!(choose_with_tie_rule(Some(Engine::Fast), nothing), Ok((Engine::Fast, EngineReason::Asked)));
        assert!(matches!(choose_with_tie_rule(Some(Engine::General), nothing), Err(Error::Input(_))));
        for binding in every_binding().filter(|binding| !binding.is_nothing()) {
            for asked in [None, Some(Engine::Fast), Some(Engine::General)] {
                assert_eq!(choose_with_tie_rule(asked, binding), choose(asked, binding));
            }
        }
    }

    #[test]
    fn deferred_acceptance_is_for_stable_matchings_alone() {
        for binding in every_binding() {
            assert!(matches!(choose(Some(Engine::DeferredAcceptance), binding), Err(Error::Input(_))));
        }
        let engine = Engine::DeferredAcceptance;
        assert_eq!(choose_stable(None), Ok((engine, EngineReason::Objective)));
        assert_eq!(choose_stable(Some(engine)), Ok((engine, EngineReason::Asked)));
        assert!([Engine::Fast, Engine::General].iter().all(|&other| choose_stable(Some(other)).is_err()));
    }

    #[test]
    fn the_greatest_least_rate_is_for_the_general_engine_alone() {
        let engine = Engine::General;
        assert_eq!(choose_for_kinds(None), Ok((engine, EngineReason::Objective)));
        assert_eq!(choose_for_kinds(Some(engine)), Ok((engine, EngineReason::Asked)));
        assert!([Engine::Fast, Engine::DeferredAcceptance].iter().all(|&other| choose_for_kinds(Some(other)).is_err()));
    }

    #[test]
    fn every_reason_has_its_own_words_in_both_languages() {
        let all: Vec<_> = every_binding()
            .map(EngineReason::CanBind)
            .chain([EngineReason::Asked, EngineReason::OnlyCapacities, EngineReason::Objective])
            .collect();
        for language in [Language::English, Language::Chinese] {
            assert_eq!(all.iter().map(|reason| reason.text(language)).collect::<BTreeSet<_>>().len(), all.len());
        }
        assert_eq!(all.iter().map(|reason| reason.code()).collect::<BTreeSet<_>>().len(), all.len());
        assert!(Engine::ALL.iter().all(|&engine| Engine::from_code(engine.code()) == Some(engine)));
    }
}
