-- The atlas: what is published and served. One DuckDB file; every table is written by one verb,
-- named in its comment. Geometry is WKB in WGS 84 unless the name ends in _plane (project CRS, metres).

-- ---------------------------------------------------------------- pipeline: what made this atlas
-- One row per parameter or fact of the run (engine_version, project_name, is_example, crs, as_of, cluster.eps_m, …).
create table run (
    parameter varchar primary key,
    value varchar not null
);

-- ingest: one row per source of the project.
create table source (
    source_id usmallint primary key,
    kind varchar not null,
    format varchar not null,
    path varchar not null,               -- as written in the project file
    title varchar,
    licence varchar,
    attribution varchar,
    url varchar,
    dated varchar,
    rows_read ubigint not null,
    rows_kept ubigint not null,
    rows_rejected ubigint not null,      -- rows_read = rows_kept + rows_rejected, always
    records ubigint not null,            -- what the rows kept were merged into; as many as they where none was
    bytes ubigint not null,
    xxh3 varchar not null                -- hash of the bytes of all its files, in name order
);

-- ingest and locate: one row per thing wrong with a row. An error costs the row (counted once in
-- source.rows_rejected, whatever its number of errors); a warning blanks one value and keeps the row.
create table reject (
    source_id usmallint not null,
    file varchar not null,
    line ubigint,                        -- 1-based line of the file where the record starts; null when not known
    record ubigint,
    field varchar,
    code varchar not null,               -- see reference/reject_codes.toml
    value varchar,                       -- cut at 200 characters
    severity varchar not null,           -- error | warning
    message varchar not null             -- what is wrong and what to do
);

-- ---------------------------------------------------------------- locate
-- The tables of millions of rows have no primary key: numbering makes their ids unique, rows lie in
-- their order, so that a look-up reads one block; an index would cost more than writing the rows.
-- How their texts are packed is said here: trying all ways takes longer than packing.
create table firm (
    firm_id uinteger not null,           -- unique: 0-based, in order of company_number, as are the rows
    company_number varchar not null using compression fsst,
    name varchar not null using compression fsst,
    former_names varchar[],
    status varchar using compression dictionary,
    is_active boolean not null,          -- on the register and not dissolved at as_of
    category varchar using compression dictionary,
    incorporated date,
    dissolved date,
    town varchar using compression dictionary,
    sic_codes varchar[],
    description varchar,
    website varchar,
    employees integer,                   -- newest known at as_of
    employees_year integer,
    turnover_gbp double,
    turnover_year integer
);

create table site (
    site_id uinteger not null,           -- unique: 0-based; registered offices first, in firm order, as are the rows
    firm_id uinteger not null,
    kind varchar not null using compression dictionary, -- registered_office | trading | …
    postcode varchar using compression fsst,
    precision varchar not null using compression dictionary, -- coordinate | unit | sector | district | none
    lon_deg double, lat_deg double,      -- null where precision = none
    x_m double, y_m double,              -- project CRS
    is_mass_registration boolean not null,
    in_density boolean not null          -- counts when clusters are formed: located at unit or better, active, not at a mass-registration address
);

-- One row per postcode with a usable position.
create table postcode (
    postcode varchar not null using compression fsst, -- unique; rows in alphabetical order
    lon_deg double not null, lat_deg double not null,
    is_terminated boolean not null
);

create table mass_registration_address (
    postcode varchar primary key,
    active_firms uinteger not null,
    employees_known ubigint,             -- reported by those firms, null when none reports
    reason varchar not null
);

create table area (
    area_id uinteger primary key,
    code varchar not null,
    name varchar not null,
    level varchar not null,
    parent_code varchar,
    label_lon_deg double, label_lat_deg double,
    geometry blob not null
);

create type area_level as enum ('lower_tier', 'upper_tier', 'combined_authority', 'itl1', 'itl2', 'itl3', 'region',
                                'country', 'other');

-- One row per site and level that has an area there.
create table site_area (
    site_id uinteger not null,
    level area_level not null,
    area_id uinteger not null
);

create table place (
    place_id uinteger primary key,
    name varchar not null,
    kind varchar not null,
    population integer,
    importance double not null,          -- 0–1, comparable within this atlas; orders labels and names
    district varchar,
    lon_deg double not null, lat_deg double not null,
    x_m double not null, y_m double not null
);

create table asset (
    asset_id uinteger primary key,
    name varchar not null,
    kind varchar not null,
    postcode varchar,
    website varchar,
    precision varchar not null,
    lon_deg double, lat_deg double,
    x_m double, y_m double
);

-- Land, in one row, dissolved; empty table when the project names no coastline.
create table land (
    geometry blob not null
);

-- ---------------------------------------------------------------- link
create table project (
    project_id uinteger primary key,
    reference varchar not null,
    funder varchar not null,
    programme varchar,
    title varchar,
    abstract varchar,
    start_date date,
    end_date date,
    award_gbp double,
    url varchar
);

create table participation (
    project_id uinteger not null,
    organisation varchar not null,
    organisation_id varchar,
    postcode varchar,
    role varchar,
    award_gbp double,
    is_withdrawn boolean not null,
    firm_id uinteger,                    -- at most one of firm_id and asset_id
    asset_id uinteger,
    link_method varchar not null,        -- number | name_and_postcode | name | fuzzy | institution | none
    link_score double                    -- 0–1
);

create table patent (
    patent_id uinteger primary key,
    number varchar not null,
    filed date,
    title varchar,
    ipc varchar,
    applicant varchar not null,
    firm_id uinteger,
    asset_id uinteger,
    link_method varchar not null,
    link_score double
);

create table deal (
    deal_id uinteger primary key,
    company varchar not null,
    announced date,
    stage varchar,
    amount_gbp double,
    firm_id uinteger,
    link_method varchar not null,
    link_score double
);

create table deal_investor (
    deal_id uinteger not null,
    investor varchar not null
);

-- Same name, other postcode, below the threshold: for a person to look at.
create table link_candidate (
    record_kind varchar not null,        -- participation | patent | deal
    organisation varchar not null,
    postcode varchar,
    firm_id uinteger not null,
    method varchar not null,
    score double not null
);

-- One row per firm and day on which employees or turnover are known, in that order.
create table account (
    firm_id uinteger not null,
    period_end date not null,
    employees integer,
    turnover_gbp double
);

-- Why a firm counts as RD&I-active: one row per piece of evidence, inside the window or not.
create table evidence (
    firm_id uinteger not null,
    kind varchar not null,               -- of reference/evidence.toml
    dated date,
    reference varchar,                   -- project reference, patent number, …
    detail varchar,                      -- title, programme, stage
    amount_gbp double,
    in_window boolean not null
);

create table support (
    support_id uinteger primary key,
    name varchar not null,
    provider varchar,
    description varchar,
    url varchar,
    sectors varchar[],
    area_codes varchar[]
);

create table published_cluster (
    published_cluster_id uinteger primary key,
    sector varchar not null,
    cluster varchar not null,
    sector_type varchar,
    site_count integer,
    enterprise_count integer,
    employment double,
    turnover_gbp double,
    is_rdi_active boolean,
    properties varchar,
    geometry blob
);

-- ---------------------------------------------------------------- classify
create table sector (
    sector_id usmallint primary key,
    slug varchar not null,               -- stable, for URLs: advanced-manufacturing
    name varchar not null,
    type varchar not null,               -- industrial_strategy | frontier | sic | technology | user
    parent_id usmallint,
    is_frontier boolean not null,
    industrial_strategy_parent varchar,  -- name of the Industrial Strategy sector it belongs to, null when none
    definition varchar not null,         -- in plain words, shown to users
    source varchar not null              -- where the definition comes from
);

-- One row per firm and sector; a firm may have several.
create table firm_sector (
    firm_id uinteger not null,
    sector_id usmallint not null,
    reason varchar not null using compression dictionary -- "SIC 26110", "word: quantum in project title", "list"
);

-- ---------------------------------------------------------------- cluster, outline, describe
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
    cluster_id uinteger not null,
    site_id uinteger not null,
    firm_id uinteger not null,
    is_core boolean not null
);

-- Figures, long: the definitions (label, unit, decimals, method, source) are in reference/measures.toml by `measure`.
create table cluster_measure (
    cluster_id uinteger not null,
    measure varchar not null,
    value double,                        -- null: not available or withheld
    low double, high double,             -- interval, where the measure has one
    coverage double,                     -- share of firms the figure is based on, 0–1
    missing_reason varchar,              -- why value is null: "no patent source in this project"; null otherwise
    rank uinteger,                       -- 1 = best among the clusters of the same sector, by `better` of the measure; null
    ranked_of uinteger                   -- where more is neither good nor bad, or most clusters share the value
);

-- How each sector is spread over local authorities: ellison_glaeser, locational_gini, hoover.
create table sector_measure (
    sector_id usmallint not null,
    measure varchar not null,
    value double,
    missing_reason varchar               -- why value is null; null otherwise
);

-- What disclosure control must know of a sum: how many enterprises it is of, and its two largest parts.
-- Read by publish/official.sql only; never published. One row per cluster, sum and year.
create table cluster_sum (
    cluster_id uinteger not null,
    measure varchar not null,            -- of cluster_measure; with a year: of cluster_year
    year usmallint,
    contributors uinteger not null,      -- enterprises with an amount above nought
    largest double not null,             -- of a growth: as shares of the whole
    second double not null               -- 0 when there is one contributor
);

-- Lists that belong to a cluster, ordered: top_firm, top_investor, top_institution, top_partner, stage, programme, sub_sector, place, peer, support …
create table cluster_item (
    cluster_id uinteger not null,
    list varchar not null,
    position usmallint not null,         -- 1-based
    label varchar not null,
    value double,
    unit varchar,
    ref_id uinteger,                     -- firm_id, asset_id, cluster_id, … by the list
    note varchar                         -- why it is listed: what a peer is alike in, whom support is for
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
