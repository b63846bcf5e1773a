//! A point on the earth, in degrees.

/// Longitude and latitude in degrees, in whatever one reference system the caller uses throughout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Degrees east, in [-180, 180].
    pub lon: f64,
    /// Degrees north, in [-90, 90].
    pub lat: f64,
}

/// Radius of the sphere on which distances are measured: the mean earth radius of the IUGG.
const EARTH_RADIUS_KM: f64 = 6371.0088;

impl Point {
    /// The point on the unit sphere.
    #[must_use]
    pub fn on_unit_sphere(self) -> [f64; 3] {
        let (lon, lat) = (self.lon.to_radians(), self.lat.to_radians());
        let ring = libm::cos(lat);
        [ring * libm::cos(lon), ring * libm::sin(lon), libm::sin(lat)]
    }

    /// Great-circle distance. The `libm` crate gives the same bits on every platform.
    #[must_use]
    pub fn distance_km(self, other: Self) -> f64 {
        arc_km(chord_squared(self.on_unit_sphere(), other.on_unit_sphere()))
    }
}

/// Square of the straight distance between two points on the unit sphere.
pub(crate) fn chord_squared(a: [f64; 3], b: [f64; 3]) -> f64 {
    let square = |k: usize| (a[k] - b[k]) * (a[k] - b[k]);
    square(0) + square(1) + square(2)
}

/// The great-circle distance that belongs to a squared chord.
pub(crate) fn arc_km(chord_squared: f64) -> f64 {
    2.0 * EARTH_RADIUS_KM * libm::asin((chord_squared.sqrt() / 2.0).min(1.0))
}

/// The squared chord that belongs to a great-circle distance; infinite from half the circumference on.
pub(crate) fn chord_squared_of_arc(km: f64) -> f64 {
    let half_angle = km / (2.0 * EARTH_RADIUS_KM);
    if half_angle >= std::f64::consts::FRAC_PI_2 {
        return f64::INFINITY;
    }
    let half = libm::sin(half_angle);
    4.0 * half * half
}
