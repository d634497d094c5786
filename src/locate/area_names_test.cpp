#include "locate/area_names.hpp"
#include "locate/test_world.hpp"

#include <gmock/gmock.h>

namespace icmap::locate {
namespace {

/// What the area of the combined authority is called at a date, and what else.
std::string names_at(const std::string& as_of, const std::string& in_the_file) {
    World world;
    world.area(1, "E47000002", "combined_authority", -2.0, 53.0, 0.2);
    world.area(2, "E47000003", "combined_authority", -1.8, 53.0, 0.2);
    world.run("update staging.area_record set name = '" + in_the_file +
              "' where code = 'E47000002'; set variable as_of = " + as_of);
    world.locate();
    EXPECT_EQ(world.text("select name from area where code = 'E47000003'"), "Area E47000003");
    return world.text(
        "select a.name || coalesce(' | ' || string_agg(n.name || ' ' || n.kind || ' ' "
        "|| n.day, ', '), '') from area a left join area_name n using (area_id) "
        "where code = 'E47000002' group by a.name");
}

TEST(AreaNames, AreThoseOfTheDateOfTheMapWhateverTheFileSays) {
    const std::string now = "South Yorkshire | Sheffield City Region former 2021-09-17";
    EXPECT_EQ(names_at("'2024-11-01'", "Sheffield City Region"), now);
    EXPECT_EQ(names_at("'2024-11-01'", "South Yorkshire"), now);
    EXPECT_EQ(names_at("'2021-09-17'", "Sheffield City Region"), now);
    EXPECT_EQ(names_at("null", "Sheffield City Region"), now);
    EXPECT_EQ(names_at("'2021-09-16'", "South Yorkshire"),
              "Sheffield City Region | South Yorkshire later 2021-09-17");
    EXPECT_EQ(names_at("'2024-11-01'", "My own region"), "My own region");
}

TEST(AreaNames, AreNeverThoseThatAnAreaNeverTook) {
    World world;
    world.area(1, "E07000083", "lower_tier", -2.0, 53.0, 0.2);
    world.run("update staging.area_record set name = 'North Gloucestershire'");
    world.locate();
    EXPECT_EQ(
        world.text("select a.name || ' | ' || n.name || ' ' || n.kind || coalesce(n.day::varchar, "
                   "'') from area a join area_name n using (area_id)"),
        "Tewkesbury | North Gloucestershire other");
    EXPECT_THAT(world.text("select source from area_name"), testing::HasSubstr("January 2025"));
}

TEST(AreaNames, NeedTheirCodeTheirSourceAndADayForEachChange) {
    World world;
    const auto fault = [&](std::string_view text) {
        const auto done = write_known_area_names(world.connection, text);
        return done ? std::string() : done.error().message();
    };
    EXPECT_EQ(fault(""), "");
    EXPECT_THAT(fault("[[area]]\nnames = [{ name = 'A' }]\nsource = 's'"),
                testing::HasSubstr("lacks its code"));
    EXPECT_THAT(fault("[[area]]\ncode = 'C'\nnames = [{ name = 'A' }]"),
                testing::HasSubstr("area-names.toml:1: An area lacks"));
    EXPECT_THAT(
        fault("[[area]]\ncode = 'C'\nsource = 's'\nnames = [{ name = 'A' }, { name = 'B' }]"),
        testing::HasSubstr("A name of C is missing, or its day"));
}

} // namespace
} // namespace icmap::locate
