-- The tables of the atlas that tell of clusters: a build that starts there makes them anew. The others are
-- in schema/atlas.sql.
create table cluster (
    cluster_id uinteger primary key,
    sector_id usmallint not null,
    slug varchar not null,               -- stable, for URLs: advanced-manufacturing-sheffield-and-rotherham
    name varchar not null,               -- "Sheffield and Rotherham", unique within its sector
    type varchar not null,               -- specialised | rdi_collaborating | diverse | not_rdi_active
    type_reason varchar not null,        -- the numbers that decided, in words
    site_count uinteger not null,
    enterprise_count uinteger not null,
    is_rdi_active boolean not null,
    la_1 varchar, la_2 varchar, la_3 varchar,
    la_1_share double, la_2_share double, la_3_share double, -- of sites, 0–1
    label_lon_deg double not null, label_lat_deg double not null,
    min_lon_deg double not null, min_lat_deg double not null, max_lon_deg double not null, max_lat_deg double not null,
    area_km2 double not null,
    extent_km double not null,           -- largest distance between two members
    geometry blob not null
);

create table cluster_member (
    cluster_id uinteger not null using compression rle,
    site_id uinteger not null using compression bitpacking,
    firm_id uinteger not null using compression bitpacking,
    is_core boolean not null using compression rle
);

-- Figures, long: the definitions (label, unit, decimals, method, source) are in reference/measures.toml by `measure`.
create table cluster_measure (
    cluster_id uinteger not null,
    measure measure_name not null,
    value double,                        -- null: not available or withheld
    low double, high double,             -- interval, where the measure has one
    coverage double,                     -- share of firms the figure is based on, 0–1
    missing_reason varchar using compression dictionary, -- why value is null: "no patent source in this project"; null otherwise
    rank uinteger,                       -- 1 = best among the clusters of the same sector, by `better` of the measure; null
    ranked_of uinteger                   -- where more is neither good nor bad, or most clusters share the value
);

-- What disclosure control must know of a sum: how many enterprises it is of, and its two largest parts.
-- Read by publish/official.sql only; never published. One row per cluster, sum and year.
create table cluster_sum (
    cluster_id uinteger not null,
    measure measure_name not null,       -- of cluster_measure; with a year: of cluster_year
    year usmallint,
    contributors uinteger not null,      -- enterprises with an amount above nought
    largest double not null,             -- of a growth: as shares of the whole
    second double not null               -- 0 when there is one contributor
);

-- Lists that belong to a cluster, ordered: top_firm, top_investor, top_institution, top_partner, stage, programme, sub_sector, place, peer, support …
create table cluster_item (
    cluster_id uinteger not null,
    list item_list not null,
    position usmallint not null,         -- 1-based
    label varchar not null using compression dictionary,
    value double,
    unit item_unit,
    ref_id uinteger,                     -- firm_id, asset_id, cluster_id, … by the list
    note varchar using compression dictionary -- why it is listed: what a peer is alike in, whom support is for
);

-- Joint publicly funded projects: between members, and of members with institutions.
create table cluster_link (
    cluster_id uinteger not null,
    from_firm_id uinteger not null,
    to_firm_id uinteger,
    to_asset_id uinteger,
    projects uinteger not null,
    award_gbp double
);

-- One row per cluster and year. The last year is the one of as_of and runs to that date only.
create table cluster_year (
    cluster_id uinteger not null,
    year usmallint not null,
    enterprises uinteger not null,       -- members alive at the end of the year; of the last, at as_of. Without closed companies: survivors only
    births uinteger not null,
    deaths uinteger,                     -- null when the register holds no closed companies
    employees bigint,                    -- null when no member's filing of the year gives any, and outside year_coverage
    employees_enterprises uinteger,      -- members whose filing of the year gives them; null when none
    jobs_index double,                   -- jobs like for like: the same members from year to year, chained; 100 in its first year; null when fewer than five
    jobs_index_enterprises uinteger,     -- members that report in this year and the one before; null where jobs_index is, and in its first year
    public_funding_gbp double,           -- null outside year_coverage, and where none is known of a year held in part
    private_investment_gbp double        -- likewise
);

-- Which years of cluster_year the sources speak of: the others are null there. One row per series that
-- has any year.
create table year_coverage (
    series varchar primary key,          -- employees | public_funding_gbp | private_investment_gbp
    first_year usmallint not null,
    last_year usmallint not null,
    first_is_part boolean not null,      -- the sources hold some months of it: a sum may be more, and
    last_is_part boolean not null,       -- none known is null
    note varchar not null                -- where the sources begin and end, for people
);

-- ---------------------------------------------------------------- for people who open the file
create view cluster_wide as
select c.*, s.name as sector, s.slug as sector_slug, s.type as sector_type, s.is_frontier,
       s.industrial_strategy_parent
from cluster c
join sector s using (sector_id);
