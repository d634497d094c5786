-- What ingest hands to the other verbs: typed records, one row per row kept of a source.
-- Lives in a scratch database, attached as `staging`, that is thrown away after the build.
-- source_id is of main.source; record is the 1-based ordinal of the record in its source, counted
-- over all files of the source in name order, so that every record can be found again.

-- One row per entry of a firm register (or per organisation, where there is no register).
create table staging.firm_record (
    source_id usmallint not null,
    record ubigint not null,
    company_number varchar not null,     -- unique in the register, upper case, as published
    name varchar not null,
    former_names varchar[],              -- newest first; null when none
    status varchar,                      -- as published, e.g. Active, Liquidation
    category varchar,                    -- legal form as published
    incorporated date,
    dissolved date,
    postcode varchar,                    -- normalised: upper case, one space before the inward part; null when none
    town varchar,
    sic_codes varchar[],                 -- five digits each, SIC 2007
    description varchar,                 -- free text, where a source has it
    employees integer,
    turnover_gbp double,
    website varchar,
    lon_deg double, lat_deg double       -- where the source itself gives a position
);

-- One row per further location of a firm (the registered office comes from firm_record).
create table staging.site_record (
    source_id usmallint not null,
    record ubigint not null,
    company_number varchar not null,
    kind varchar,                        -- trading, laboratory, …
    postcode varchar,
    employees integer,
    lon_deg double, lat_deg double
);

-- One row per postcode unit.
create table staging.postcode_record (
    source_id usmallint not null,
    record ubigint not null,
    postcode varchar not null,           -- normalised
    lon_deg double, lat_deg double,      -- both null when the directory has no usable position
    is_terminated boolean not null
);

-- One row per area (authority, region, ITL area, …), geometry as WKB in WGS 84.
create table staging.area_record (
    source_id usmallint not null,
    record ubigint not null,
    code varchar not null,
    name varchar not null,
    level varchar not null,              -- lower_tier | upper_tier | combined_authority | itl1 | itl2 | itl3 | region | country | other
    parent_code varchar,
    geometry blob not null
);

-- One row per area of a lookup: its code and those of the wider areas it lies in.
create table staging.area_lookup_record (
    source_id usmallint not null,
    record ubigint not null,
    codes varchar[] not null             -- narrowest first, without blanks
);

-- One row per named place.
create table staging.place_record (
    source_id usmallint not null,
    record ubigint not null,
    name varchar not null,
    kind varchar,                        -- city | town | village | hamlet | suburb | other
    population integer,
    extent_m double,                     -- diagonal of its extent, where the source has one
    district varchar,
    lon_deg double not null, lat_deg double not null
);

-- One row per institution or other asset (university, research organisation, catapult, science park, …).
create table staging.asset_record (
    source_id usmallint not null,
    record ubigint not null,
    name varchar not null,
    kind varchar not null,               -- university | research_organisation | hospital | science_park | other
    postcode varchar,
    website varchar,
    lon_deg double, lat_deg double
);

-- One row per publicly funded project.
create table staging.project_record (
    source_id usmallint not null,
    record ubigint not null,
    reference varchar not null,          -- the funder's own number
    funder varchar not null,             -- as the source names it (reference/funders.toml)
    programme varchar,
    title varchar,
    abstract varchar,
    start_date date,
    end_date date,
    award_gbp double,
    url varchar
);

-- One row per organisation that took part in a project.
create table staging.participation_record (
    source_id usmallint not null,
    record ubigint not null,
    project_reference varchar not null,
    funder varchar not null,
    organisation varchar not null,
    organisation_id varchar,             -- the funder's own number for the organisation
    company_number varchar,
    postcode varchar,
    role varchar,                        -- coordinator | participant | lead | …
    award_gbp double,
    award_amount double,                 -- as published, in award_currency
    award_currency varchar,
    is_withdrawn boolean not null,
    lon_deg double, lat_deg double,
    programme varchar                    -- of a project that only its participants tell of
);

-- One row per applicant of a patent.
create table staging.patent_record (
    source_id usmallint not null,
    record ubigint not null,
    number varchar not null,
    filed date,
    title varchar,
    ipc varchar,
    applicant varchar not null,
    company_number varchar,
    postcode varchar
);

-- One row per private investment deal.
create table staging.deal_record (
    source_id usmallint not null,
    record ubigint not null,
    reference varchar,
    company varchar not null,
    company_number varchar,
    postcode varchar,
    announced date,
    stage varchar,                       -- Seed | Start-up | Scale-up | … as published
    amount_gbp double,
    amount double,
    currency varchar,
    investors varchar[]
);

-- One row per filed set of accounts (several a company).
create table staging.account_record (
    source_id usmallint not null,
    record ubigint not null,
    company_number varchar not null,
    period_end date not null,
    employees integer,
    employees_last_year integer,
    turnover_gbp double
);

-- One row per support programme.
create table staging.support_record (
    source_id usmallint not null,
    record ubigint not null,
    name varchar not null,
    provider varchar,
    description varchar,
    url varchar,
    sectors varchar[],                   -- sector slugs; null = all
    area_codes varchar[]                 -- null = everywhere
);

-- One row per piece of land, geometry as WKB in WGS 84.
create table staging.coastline_record (
    source_id usmallint not null,
    record ubigint not null,
    geometry blob not null
);

-- One row per cluster of another published map (the officially published clusters), for comparison.
create table staging.published_cluster_record (
    source_id usmallint not null,
    record ubigint not null,
    sector varchar not null,
    cluster varchar not null,
    sector_type varchar,
    site_count integer,
    enterprise_count integer,
    employment double,
    turnover_gbp double,
    is_rdi_active boolean,
    properties varchar,                  -- JSON object of all columns as published
    geometry blob
);

-- What the clustering stage hands to describe: one row per cluster, beside main.cluster_member.
-- cluster_id counts from 0 by sector_id, then by number of sites (largest first), then by lowest site_id.
create table staging.cluster_shape (
    cluster_id uinteger not null,
    sector_id usmallint not null,
    geometry blob not null,              -- outline, WGS 84
    label_lon_deg double not null, label_lat_deg double not null,
    min_lon_deg double not null, min_lat_deg double not null, max_lon_deg double not null, max_lat_deg double not null,
    area_km2 double not null,
    extent_km double not null
);
