#pragma once

#include "base/units.hpp"
#include "geo/grid_index.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::describe {

/// Named places of a project, as columns.
struct NamedPlaces {
    std::vector<std::string> name;
    std::vector<std::uint8_t> is_town; ///< city or town; otherwise village, suburb, hamlet, …
    std::vector<std::uint8_t> is_part; ///< part of a larger place (suburb): never the main name
    std::vector<double> importance;    ///< 0–1: log10(inhabitants) / 7, less for lesser kinds
    std::vector<PlaneXY> position;
};

constexpr std::int32_t kNoPlace = -1;

/// Says which place people would name for a position. A place reaches as far as its importance:
/// 1.1 km times the cube root of the thousands of inhabitants it stands for (a village of 300 0.7
/// km, a town of 60,000 4 km, a city of half a million 9 km). The place whose reach is the largest
/// against its distance is named; towns and cities first, within twice their reach.
class PlaceFinder {
  public:
    explicit PlaceFinder(const NamedPlaces& places);
    /// The town or city, or in the country the village; kNoPlace where there is none within 60 km.
    [[nodiscard]] std::int32_t town(PlaneXY position) const;
    /// The same for many positions of one neighbourhood: of what is within `reach` of its middle,
    /// towns_about finds the few towns that may be named, once for all.
    [[nodiscard]] std::vector<std::uint32_t> towns_about(PlaneXY middle, Metres reach) const;
    [[nodiscard]] std::int32_t town(PlaneXY position, std::span<const std::uint32_t> towns) const;
    /// The part of town or village within 3 km that is not a town itself; kNoPlace when none.
    [[nodiscard]] std::int32_t quarter(PlaneXY position) const;
    /// The parts of town and villages within 10 km, nearest first.
    [[nodiscard]] std::vector<std::string> around(PlaneXY position) const;
    /// Where in or about a place a position is: "north-east", or "centre" within a quarter of the
    /// place's reach.
    [[nodiscard]] std::string_view side(std::int32_t place, PlaneXY position) const;

  private:
    struct Found {
        std::int32_t place = kNoPlace;
        double ratio = 0.0; ///< distance / reach
    };
    struct Layer {
        std::vector<std::uint32_t> place;
        geo::GridIndex index;
    };
    static Layer layer(const NamedPlaces& places, std::span<const std::uint8_t> wanted);
    [[nodiscard]] Found best(const Layer& layer, PlaneXY position, Metres radius) const;

    [[nodiscard]] double ratio_of(std::uint32_t place, PlaneXY position) const;
    [[nodiscard]] std::int32_t town_or_village(const Found& town, PlaneXY position) const;

    const NamedPlaces& places_;
    std::vector<double> reach_m_;
    Layer towns_;
    Layer settlements_; ///< all but parts of larger places
    Layer quarters_;    ///< all but towns and cities
};

/// A place of a cluster and how many of its sites name it.
struct PlaceShare {
    std::string name;
    std::uint64_t sites = 0;
    std::int32_t place = kNoPlace; ///< index into NamedPlaces, where it is one
};

/// "A", "A and B", "A, B and C".
[[nodiscard]] std::string joined(std::span<const std::string> names);

/// A name without what lists of places add after a comma to tell entries apart: "Bristol, City of".
[[nodiscard]] std::string plain_name(const std::string& name);

/// The name of a cluster, of plain names: its first place, and the second and third where each has
/// at least 15 % of the sites. \param shares most sites first
[[nodiscard]] std::string compose_name(std::span<const PlaceShare> shares);

/// What tells clusters of one name apart.
struct FinerPlaces {
    std::vector<PlaceShare> places; ///< parts of town and villages, most sites first
    std::string side; ///< of the first place of the name: "north-east"; empty: unknown
    std::vector<std::string> around = {}; ///< what lies about its middle, nearest first
};

/// Makes names unique: the first to come keeps its name, a later one gets in brackets what is true
/// of it and not taken, in this order: a finer place with at least a tenth of its sites, the side
/// of town that it is on, the two of them, two such places, any finer place, what it is
/// near. Only where all of these are used up is it numbered ("Leeds 2").
class UniqueNames {
  public:
    /// \param finer gives FinerPlaces; asked for only when the name is taken
    template <class Finer>
    std::string take(const std::string& name, Finer&& finer) {
        if (claim(name)) {
            return name;
        }
        return take_another(name, finer());
    }

  private:
    bool claim(const std::string& name);
    std::string take_another(const std::string& name, const FinerPlaces& finer);
    std::vector<std::string> taken_; ///< sorted
};

} // namespace icmap::describe
