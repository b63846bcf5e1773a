//! How many needs there are: prevalence times uptake, per population, with the source of each figure.
//!
//! [`STREAMS`] is the whole table. Rates are real where a source is named;
//! what share of those concerned has an open need at a time (the uptake) is an assumption throughout, except where a
//! law makes it everyone.

use needmatch::model::codes::Domain;

/// One group of needs of the same origin: who is concerned, how many of them, how many of those ask.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Stream {
    /// Which stream it is.
    pub kind: StreamKind,
    /// The policy's domain.
    pub domain: Domain,
    /// The population that the rate refers to.
    pub base: Base,
    /// Persons concerned per million of the base.
    pub rate_ppm: u64,
    /// Open needs per thousand persons concerned.
    pub uptake_per_mille: u64,
    /// Where the rate comes from.
    pub source: &'static str,
    /// Why so many of them have an open need.
    pub uptake_reason: &'static str,
}

/// The population that a rate refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Base {
    /// All residents.
    Residents,
    /// Residents of 60 and more.
    Elderly,
    /// Residents from 15 to 59.
    WorkingAge,
    /// Residents of communities of a rural class.
    Rural,
    /// Communities, each as one.
    Communities,
}

/// The population figures of an area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Population {
    /// All residents.
    pub residents: u64,
    /// Residents of communities of a rural class.
    pub rural: u64,
    /// Residents of 60 and more, per mille.
    pub share60_per_mille: u64,
    /// Communities.
    pub communities: u64,
}

/// Residents below 15, per mille: Shanxi 2021 and 2023 (statistical communiques: 15.9 and 14.9 %).
const SHARE_BELOW_15_PER_MILLE: u64 = 154;

impl Stream {
    /// Open needs in an area, to the nearest whole.
    #[must_use]
    pub fn n_needs(&self, population: Population) -> u64 {
        let elderly = population.share60_per_mille;
        let base_per_mille = match self.base {
            Base::Residents => population.residents * 1000,
            Base::Elderly => population.residents * elderly,
            Base::WorkingAge => population.residents * (1000 - SHARE_BELOW_15_PER_MILLE - elderly),
            Base::Rural => population.rural * 1000,
            Base::Communities => population.communities * 1000,
        };
        let needs = u128::from(base_per_mille) * u128::from(self.rate_ppm * self.uptake_per_mille);
        const UNIT: u128 = 1000 * 1_000_000 * 1000;
        ((needs + UNIT / 2) / UNIT) as u64
    }
}

macro_rules! streams {
    ($($kind:ident: $domain:ident, $base:ident, $rate:literal, $uptake:literal, $source:expr, $reason:expr;)+) => {
        /// The streams of needs, see [`STREAMS`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum StreamKind { $(#[doc = concat!("Of `", stringify!($domain), "`: ", $source, "; ", $reason, ".")] $kind,)+ }

        /// Every stream of needs.
        pub const STREAMS: &[Stream] = &[$(Stream {
            kind: StreamKind::$kind,
            domain: Domain::$domain,
            base: Base::$base,
            rate_ppm: $rate,
            uptake_per_mille: $uptake,
            source: $source,
            uptake_reason: $reason,
        },)+];
    };
}

streams! {
    // kind: domain, base, concerned per million, needs per thousand concerned, source of the rate, reason of the uptake
    ElderlyMild: ElderlyCare, Elderly, 80_000, 50,
        "level 1 of GB/T 42195-2022: 8.0 % of 60+, so that levels 1 to 4 make 11.6 % (fifth national survey of the elderly)",
        "assumption: one in twenty asks for services";
    ElderlyModerate: ElderlyCare, Elderly, 22_000, 450, "level 2: 2.2 % of 60+ (same split)",
        "assumption: 60 % in all, the rest below";
    ElderlySevere: ElderlyCare, Elderly, 9_000, 600, "level 3: 0.9 % of 60+ (same split)", "assumption";
    ElderlyTotal: ElderlyCare, Elderly, 5_000, 500, "level 4: 0.5 % of 60+ (same split)",
        "assumption: 60 % in all, the rest near the end of life";
    LeftBehindElderly: LeftBehindElderly, Elderly, 22_000, 150, "level 2: 2.2 % of 60+ (same split)",
        "assumption: a quarter of those who ask live alone or left behind, mostly in villages";
    EndOfLife: HumanisticCare, Elderly, 5_000, 100, "level 4: 0.5 % of 60+ (same split)", "assumption";
    SevereMentalDisorder: MentalHealth, Residents, 4_300, 400,
        "registered severe mental disorder: 0.43 % of residents (national report, end of 2018)",
        "assumption: 40 % need social-work rehabilitation";
    Depression: PsychologicalSupport, Residents, 29_000, 6,
        "depressive disorder: 3.59 % of adults (national mental health survey), four fifths of residents",
        "assumption: few ask a social worker";
    Correction: CommunityCorrection, Residents, 401, 1000,
        "880 community correction subjects in Jincheng: 40 per 100,000 (national reports: 32 to 50)",
        "社区矫正法: everyone has a plan";
    Orphan: OrphanSupport, Residents, 400, 1000,
        "orphans and de-facto unattended children: 0.040 % of residents (civil affairs statistics)",
        "未成年人保护法: everyone is looked after";
    LeftBehindChild: LeftBehindChildren, Rural, 3_670, 1000,
        "3,000 rural left-behind children: below the national 0.50 % of 2018, as Shanxi's number fell by 40 %",
        "未成年人保护法: everyone is visited";
    LeftBehindWoman: LeftBehindWomen, Rural, 5_000, 75, "assumption: one in 200 rural residents", "assumption";
    Disability: DisabilitySupport, Residents, 27_000, 80,
        "holders of a disability certificate: 2.7 % of residents (federation of disabled persons)", "assumption";
    PoorHousehold: PovertyRelief, Residents, 24_000, 70,
        "minimum living allowance: 2.4 % of residents; Shanxi 3.43 % in 2022, Jincheng is better off",
        "assumption: one in ten in all, of these seven for the household";
    PoorPupil: EducationAid, Residents, 24_000, 30, "minimum living allowance: 2.4 % of residents",
        "assumption: one in ten in all, of these three for a child at school";
    Unemployed: EmploymentAid, WorkingAge, 2_000, 500, "assumption: 0.2 % of residents from 15 to 59 need help",
        "assumption: half at a time";
    MigrantWorker: MigrantService, Residents, 5_000, 30, "assumption: 0.5 % came from elsewhere", "assumption";
    Misconduct: YouthBehaviour, Residents, 70, 1000,
        "assumption: 0.1 % of those from 12 to 17 are known to the agencies", "预防未成年人犯罪法: everyone";
    PrisonerChild: PrisonerChildren, Residents, 300, 1000,
        "assumption: minor children of prisoners are 0.02 to 0.04 % of residents", "assumption: everyone";
    FamilyViolence: WomenFamily, Residents, 228, 1000,
        "assumption: 500 women a year ask for help; 8.6 % ever meet violence (2020 survey)", "everyone who asks";
    Dispute: DisputeMediation, Residents, 90, 1000, "assumption: 200 open disputes", "assumption";
    Integration: CommunityIntegration, Communities, 1_000_000, 167, "every community",
        "assumption: one in six has an open project";
    Surroundings: Environment, Communities, 1_000_000, 83, "every community",
        "assumption: one in twelve has an open project";
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Jincheng at the census of 2020.
    const JINCHENG: Population =
        Population { residents: 2_194_545, rural: 816_371, share60_per_mille: 203, communities: 1729 };

    #[test]
    fn the_figures_published_for_the_city_come_out() {
        let n = |kind| STREAMS.iter().find(|stream| stream.kind == kind).map(|stream| stream.n_needs(JINCHENG));
        assert_eq!(n(StreamKind::Correction), Some(880));
        assert_eq!(n(StreamKind::Orphan), Some(878));
        assert_eq!(n(StreamKind::LeftBehindChild), Some(2996));
        assert_eq!(n(StreamKind::SevereMentalDisorder), Some(3775));
        assert_eq!(n(StreamKind::Disability), Some(4740));
    }

    #[test]
    fn every_domain_has_a_stream() {
        for domain in Domain::ALL {
            assert!(STREAMS.iter().any(|stream| stream.domain == *domain), "{domain:?}");
        }
    }

    #[test]
    fn the_city_has_about_34_thousand_needs() {
        let total: u64 = STREAMS.iter().map(|stream| stream.n_needs(JINCHENG)).sum();
        assert!((33_500..35_000).contains(&total), "{total}");
    }

    #[test]
    fn counts_are_rounded_to_the_nearest_whole() {
        let stream = Stream { base: Base::Residents, rate_ppm: 500_000, uptake_per_mille: 1000, ..STREAMS[0] };
        let n = |residents| stream.n_needs(Population { residents, ..Population::default() });
        assert_eq!([n(0), n(1), n(2), n(3), n(4)], [0, 1, 1, 2, 2]);
    }
}
