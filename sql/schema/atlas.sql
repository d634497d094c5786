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

-- What else an area is called, one row per name, the latest first.
create table area_name (
    area_id uinteger not null,
    name varchar not null,
    kind varchar not null,               -- former | later | other
    day date,                            -- former: until that day; later: from it on; other: null
    source varchar not null              -- in a sentence
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

-- How each sector is spread over local authorities: ellison_glaeser, locational_gini, hoover.
create table sector_measure (
    sector_id usmallint not null,
    measure varchar not null,
    value double,
    missing_reason varchar               -- why value is null; null otherwise
);

-- The sectors that are at home in the same local authorities as a sector (location quotient at least 1, five
-- enterprises): of one type, none part of the other, the most related twelve.
create table sector_relation (
    sector_id usmallint not null,
    position usmallint not null,         -- 1-based
    related_id usmallint not null,
    relatedness double not null          -- cosine of the two patterns, 0–1
);

-- What each sector has in each area of any level: sites that count in density. Rows by area, then sector.
create table area_sector (
    area_id uinteger not null,
    sector_id usmallint not null,
    enterprises uinteger not null,
    sites uinteger not null,
    location_quotient double not null,   -- over the register of this project
    relatedness_density double           -- share of the sector's relatedness that is at home there, 0–1; null: nothing is related
);

-- What clusters are and what is told of them: schema/clusters.sql.

-- What the tables of clusters (schema/clusters.sql) name again and again, in alphabetical order, which is
-- how rows are ordered by it.
create type item_list as enum ('age_band', 'funder', 'open_project_firm', 'other_institution', 'other_sector',
                               'partner_institution', 'peer', 'place', 'programme', 'size_band', 'stage', 'sub_sector',
                               'support', 'top_firm', 'top_institution', 'top_investor', 'top_partner');
create type item_unit as enum ('deals', 'enterprises', 'gbp', 'jobs', 'km', 'likeness', 'projects', 'share');
-- Of reference/measures.toml; a test holds one against the other.
create type measure_name as enum ('collaborating_pairs', 'collaborating_pairs_expected', 'collaboration_p',
                                  'concentration_p', 'deals', 'effective_enterprises', 'employment',
                                  'enterprise_density_per_km2', 'enterprise_growth_5y', 'eu_funding_gbp',
                                  'innovate_uk_funding_gbp', 'innovate_uk_joint_projects', 'is_collaborating',
                                  'jobs_growth_1y', 'jobs_growth_5y', 'joint_projects', 'largest_firm_employment_share',
                                  'largest_firm_share', 'leverage', 'location_quotient', 'median_founding_year',
                                  'nearest_institution_km', 'patent_share', 'patents', 'private_investment_gbp',
                                  'public_funding_gbp', 'public_rd_share', 'rd_tax_credit_2019_20_gbp',
                                  'rd_tax_credit_2020_21_gbp', 'rd_tax_credit_2021_22_gbp', 'rdi_active_share',
                                  'share_of_clustered_sites', 'share_of_sector_sites', 'significance', 'turnover_gbp',
                                  'ukri_engagement_share', 'ukri_funding_gbp', 'young_share');
