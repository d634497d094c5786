#include "demo/national_grid.hpp"

#include <cmath>

namespace icmap::demo {
namespace {

constexpr double kRadian = 3.14159265358979323846 / 180.0;

struct Ellipsoid {
    double a, b;
    [[nodiscard]] constexpr double eccentricity2() const { return 1.0 - (b * b) / (a * a); }
};

struct Projection {
    Ellipsoid ellipsoid;
    double scale, lat0, lon0, east0, north0;
};

/// Position vector transformation from WGS 84: metres, parts per million, seconds of arc.
struct Shift {
    double x, y, z, ppm, rx, ry, rz;
};

constexpr Ellipsoid kWgs84{6378137.0, 6356752.314245};
constexpr Projection kNational{
    {6377563.396, 6356256.909}, 0.9996012717, 49 * kRadian, -2 * kRadian, 400000.0, -100000.0};
constexpr Projection kIrish{
    {6377340.189, 6356034.447}, 1.000035, 53.5 * kRadian, -8 * kRadian, 200000.0, 250000.0};
// OS guide, section 6.6; and OSi/LPS "Making maps compatible with GPS" (1999), reversed.
constexpr Shift kToAiry{-446.448, 125.157, -542.060, 20.4894, -0.1502, -0.2470, -0.8421};
constexpr Shift kToIrish{-482.530, 130.596, -564.557, -8.150, 1.042, 0.214, 0.631};

struct Geodetic {
    double lat, lon; // radians
};

/// Through earth-centred coordinates from one ellipsoid to another.
Geodetic shift_datum(Geodetic position, const Ellipsoid& from, const Ellipsoid& to,
                     const Shift& shift, double sign) {
    const double sin_lat = std::sin(position.lat);
    const double nu = from.a / std::sqrt(1.0 - from.eccentricity2() * sin_lat * sin_lat);
    const double x = nu * std::cos(position.lat) * std::cos(position.lon);
    const double y = nu * std::cos(position.lat) * std::sin(position.lon);
    const double z = nu * (1.0 - from.eccentricity2()) * sin_lat;
    const double second = sign * kRadian / 3600.0;
    const double rx = shift.rx * second;
    const double ry = shift.ry * second;
    const double rz = shift.rz * second;
    const double s = 1.0 + sign * shift.ppm * 1e-6;
    const double x2 = sign * shift.x + s * x - rz * y + ry * z;
    const double y2 = sign * shift.y + rz * x + s * y - rx * z;
    const double z2 = sign * shift.z - ry * x + rx * y + s * z;
    const double p = std::sqrt(x2 * x2 + y2 * y2);
    double lat = std::atan2(z2, p * (1.0 - to.eccentricity2()));
    for (int i = 0; i < 4; ++i) { // converges to below a micrometre
        const double s2 = std::sin(lat);
        const double nu2 = to.a / std::sqrt(1.0 - to.eccentricity2() * s2 * s2);
        lat = std::atan2(z2 + to.eccentricity2() * nu2 * s2, p);
    }
    return {lat, std::atan2(y2, x2)};
}

/// Length of the meridian from the true origin (OS guide, C.3).
double meridian_arc(const Projection& p, double lat) {
    const double n = (p.ellipsoid.a - p.ellipsoid.b) / (p.ellipsoid.a + p.ellipsoid.b);
    const double n2 = n * n;
    const double n3 = n2 * n;
    const double d = lat - p.lat0;
    const double s = lat + p.lat0;
    return p.ellipsoid.b * p.scale *
           ((1 + n + 1.25 * n2 + 1.25 * n3) * d -
            (3 * n + 3 * n2 + 2.625 * n3) * std::sin(d) * std::cos(s) +
            (1.875 * n2 + 1.875 * n3) * std::sin(2 * d) * std::cos(2 * s) -
            35.0 / 24.0 * n3 * std::sin(3 * d) * std::cos(3 * s));
}

PlaneXY project(const Projection& p, Geodetic position) {
    const double sin_lat = std::sin(position.lat);
    const double cos_lat = std::cos(position.lat);
    const double t2 = (sin_lat / cos_lat) * (sin_lat / cos_lat);
    const double e2 = p.ellipsoid.eccentricity2();
    const double w = 1.0 - e2 * sin_lat * sin_lat;
    const double nu = p.ellipsoid.a * p.scale / std::sqrt(w);
    const double rho = p.ellipsoid.a * p.scale * (1.0 - e2) / (w * std::sqrt(w));
    const double eta2 = nu / rho - 1.0;
    const double c3 = cos_lat * cos_lat * cos_lat;
    const double c5 = c3 * cos_lat * cos_lat;
    const double l = position.lon - p.lon0;
    const double l2 = l * l;
    const double north = p.north0 + meridian_arc(p, position.lat) +
                         l2 * (nu / 2 * sin_lat * cos_lat +
                               l2 * (nu / 24 * sin_lat * c3 * (5 - t2 + 9 * eta2) +
                                     l2 * nu / 720 * sin_lat * c5 * (61 - 58 * t2 + t2 * t2)));
    const double east =
        p.east0 +
        l * (nu * cos_lat +
             l2 * (nu / 6 * c3 * (nu / rho - t2) +
                   l2 * nu / 120 * c5 * (5 - 18 * t2 + t2 * t2 + 14 * eta2 - 58 * t2 * eta2)));
    return {east, north};
}

Geodetic unproject(const Projection& p, PlaneXY point) {
    double lat = p.lat0;
    for (int i = 0; i < 6; ++i) { // each step gains three digits
        lat += (point.y_m - p.north0 - meridian_arc(p, lat)) / (p.ellipsoid.a * p.scale);
    }
    const double sin_lat = std::sin(lat);
    const double t = std::tan(lat);
    const double t2 = t * t;
    const double e2 = p.ellipsoid.eccentricity2();
    const double w = 1.0 - e2 * sin_lat * sin_lat;
    const double nu = p.ellipsoid.a * p.scale / std::sqrt(w);
    const double rho = p.ellipsoid.a * p.scale * (1.0 - e2) / (w * std::sqrt(w));
    const double eta2 = nu / rho - 1.0;
    const double sec = 1.0 / std::cos(lat);
    const double nu3 = nu * nu * nu;
    const double nu5 = nu3 * nu * nu;
    const double e = point.x_m - p.east0;
    const double e2nd = e * e;
    const double lat_out =
        lat - e2nd * (t / (2 * rho * nu) -
                      e2nd * (t / (24 * rho * nu3) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2) -
                              e2nd * t / (720 * rho * nu5) * (61 + 90 * t2 + 45 * t2 * t2)));
    const double lon_out =
        p.lon0 + e * (sec / nu - e2nd * (sec / (6 * nu3) * (nu / rho + 2 * t2) -
                                         e2nd * sec / (120 * nu5) * (5 + 28 * t2 + 24 * t2 * t2)));
    return {lat_out, lon_out};
}

} // namespace

PlaneXY to_national_grid(LonLat position) {
    const Geodetic wgs84{position.lat * kRadian, position.lon * kRadian};
    return project(kNational, shift_datum(wgs84, kWgs84, kNational.ellipsoid, kToAiry, 1.0));
}

LonLat from_national_grid(PlaneXY point) {
    const Geodetic airy = unproject(kNational, point);
    const Geodetic wgs84 = shift_datum(airy, kNational.ellipsoid, kWgs84, kToAiry, -1.0);
    return {wgs84.lon / kRadian, wgs84.lat / kRadian};
}

PlaneXY to_irish_grid(LonLat position) {
    const Geodetic wgs84{position.lat * kRadian, position.lon * kRadian};
    return project(kIrish, shift_datum(wgs84, kWgs84, kIrish.ellipsoid, kToIrish, 1.0));
}

} // namespace icmap::demo
