//! Random numbers that are the same on every platform: one integer generator, IEEE operations and `libm`.

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::Rng;

/// A stream of random numbers. Streams of different purposes do not disturb each other.
pub(crate) struct Random(Pcg64Mcg);

/// What a stream is for.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    Places = 1,
    Supply = 2,
    Needs = 3,
    Protection = 4,
    Incubation = 5,
}

impl Random {
    /// The stream of a purpose in one prefecture.
    pub(crate) fn new(seed: u64, purpose: Purpose, prefecture: usize) -> Self {
        let low = split_mix(seed);
        let high = split_mix(low ^ ((purpose as u64) << 32) ^ prefecture as u64);
        Self(Pcg64Mcg::new((u128::from(high) << 64) | u128::from(low)))
    }

    /// A whole number in `[0, bound)`. The bias of the multiplication is below `bound / 2^64`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.0.next_u64()) * bound as u128) >> 64) as usize
    }

    /// A whole number in `[range.0, range.1]`.
    pub(crate) fn within(&mut self, range: (u32, u32)) -> u32 {
        range.0 + self.below((range.1 - range.0) as usize + 1) as u32
    }

    /// True so many times in a thousand.
    pub(crate) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille as usize
    }

    /// One of some values, all equally likely.
    pub(crate) fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())]
    }

    /// One of some values, each as likely as its weight says.
    pub(crate) fn weighted<T: Copy>(&mut self, values: &[(T, u32)]) -> T {
        let total: u32 = values.iter().map(|&(_, weight)| weight).sum();
        let mut ticket = self.below(total as usize) as u32;
        for &(value, weight) in values {
            if ticket < weight {
                return value;
            }
            ticket -= weight;
        }
        unreachable!("a ticket is below the sum of the weights")
    }

    /// Some different values, likelier the greater their weights.
    pub(crate) fn weighted_subset<T: Copy>(&mut self, values: &[(T, u32)], count: u32) -> Vec<T> {
        let mut left = values.to_vec();
        let mut chosen = Vec::new();
        while chosen.len() < count as usize && !left.is_empty() {
            let places: Vec<(usize, u32)> = left.iter().enumerate().map(|(k, &(_, weight))| (k, weight)).collect();
            chosen.push(left.remove(self.weighted(&places)).0);
        }
        chosen
    }

    /// A position, likelier the more its sum grows; `sums` are running sums that end above 0.
    pub(crate) fn by_sums(&mut self, sums: &[u64]) -> usize {
        let total = sums.last().map_or(0, |&sum| sum as usize);
        let ticket = self.below(total) as u64;
        sums.partition_point(|&sum| sum <= ticket)
    }

    /// A number in `[0, 1)`.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number from the standard normal distribution, after Box and Muller.
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.unit())).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.unit())
    }

    /// A number of median 1 whose logarithm has this standard deviation.
    pub(crate) fn lognormal(&mut self, deviation: f64) -> f64 {
        libm::exp(deviation * self.normal())
    }

    /// A whole number from an exponential distribution of this mean, at most `most`.
    pub(crate) fn exponential(&mut self, mean: u32, most: u32) -> u32 {
        let value = -libm::log(1.0 - self.unit()) * f64::from(mean);
        if value >= f64::from(most) { most } else { value as u32 }
    }
}

/// The finalizer of SplitMix64: neighbouring seeds give unrelated numbers.
fn split_mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Shares a total out by weight, in whole numbers that sum to it: largest remainders first, then first come.
pub(crate) fn apportion(total: u64, weights: &[f64]) -> Vec<u64> {
    let sum: f64 = weights.iter().sum();
    let quotas: Vec<f64> = weights.iter().map(|weight| total as f64 * weight / sum).collect();
    let mut shares: Vec<u64> = quotas.iter().map(|quota| quota.floor() as u64).collect();
    let left = total - shares.iter().sum::<u64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|&a, &b| (quotas[b] - quotas[b].floor()).total_cmp(&(quotas[a] - quotas[a].floor())).then(a.cmp(&b)));
    for &k in order.iter().take(left as usize) {
        shares[k] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_to_the_total_and_follow_the_weights() {
        assert_eq!(apportion(10, &[1.0, 1.0, 2.0]), [3, 2, 5]);
        assert_eq!(apportion(0, &[0.3, 0.7]), [0, 0]);
        let mut random = Random::new(1, Purpose::Places, 0);
        let weights: Vec<f64> = (0..997).map(|_| random.lognormal(0.7)).collect();
        assert_eq!(apportion(123_457, &weights).iter().sum::<u64>(), 123_457);
    }

    #[test]
    fn streams_differ_by_seed_purpose_and_prefecture() {
        let first = |seed, purpose, prefecture| Random::new(seed, purpose, prefecture).below(1 << 30);
        let all = [
            first(1, Purpose::Places, 0),
            first(2, Purpose::Places, 0),
            first(1, Purpose::Needs, 0),
            first(1, Purpose::Places, 1),
        ];
        for (k, a) in all.iter().enumerate() {
            assert!(all[..k].iter().all(|b| a != b));
        }
    }

    #[test]
    fn numbers_have_the_distributions_they_promise() {
        let mut random = Random::new(7, Purpose::Places, 0);
        let n = 20_000;
        let normals: Vec<f64> = (0..n).map(|_| random.normal()).collect();
        let mean = normals.iter().sum::<f64>() / f64::from(n);
        let variance = normals.iter().map(|x| x * x).sum::<f64>() / f64::from(n);
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05, "{mean} {variance}");
        let heads = (0..n).filter(|_| random.chance(300)).count();
        assert!((5_700..6_300).contains(&heads), "{heads}");
        let threes = (0..n).filter(|_| random.weighted(&[(3, 3), (1, 1)]) == 3).count();
        assert!((14_600..15_400).contains(&threes), "{threes}");
        let last = (0..n).filter(|_| random.by_sums(&[1, 1, 4]) == 2).count();
        assert!((14_600..15_400).contains(&last), "{last}");
        assert!((0..n).all(|_| random.by_sums(&[1, 1, 4]) != 1), "an element of no weight is never drawn");
    }

    #[test]
    fn a_subset_has_no_duplicates() {
        let mut random = Random::new(7, Purpose::Places, 0);
        for _ in 0..100 {
            let mut chosen = random.weighted_subset(&[(1, 5), (2, 1), (3, 1)], 2);
            chosen.sort_unstable();
            chosen.dedup();
            assert_eq!(chosen.len(), 2);
        }
        assert_eq!(random.weighted_subset(&[(1, 5)], 4), [1]);
    }
}
