//! The codes of the field: closed lists of words with their Chinese names, and numbers with check digits.

mod code_macro;

mod demand;
mod place;
mod set;
mod supply;

mod credit;
mod division;

#[cfg(test)]
mod tests;

pub(crate) use code_macro::Code;
pub use credit::CreditCode;
pub use demand::{
    AgeBand, ClientGroup, Confidentiality, Consent, Domain, Emergency, Guardianship, Risk, ServiceType, Sex,
};
pub use division::{DivisionCode, DivisionLevel, VillageKind};
pub use place::{Residence, ServiceArea, UrbanRuralClass};
pub(crate) use set::CodeSet;
pub use set::{
    Authorities, ClientGroups, CompetenceLevel, Consents, DomainLevels, Domains, Emergencies, Languages,
    OrganizationKinds, Qualifications,
};
pub use supply::{Authority, EvalGrade, GroupKind, Language, OrganizationKind, OrganizationStatus, Qualification};
