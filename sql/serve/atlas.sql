-- /api/atlas: what this atlas is and which parts it holds. One row.
with setting as (
    select max(value) filter (where parameter in ('project_name', 'project.name')) as name,
           coalesce(max(value) filter (where parameter in ('is_example', 'project.example')), 'false') = 'true' as is_example,
           max(value) filter (where parameter in ('as_of', 'project.as_of')) as as_of,
           max(value) filter (where parameter = 'engine_version') as engine_version,
           max(value) filter (where parameter in ('crs', 'project.crs')) as crs
    from run
),
counted as (
    select
        (select count(*) from firm) as firms,
        (select count(*) from site where lon_deg is not null) as sites,
        (select count(*) from cluster) as clusters,
        (select count(distinct site_id) from cluster_member) as clustered_sites,
        (select count(*) from sector) as sectors,
        (select count(*) from area) as areas,
        (select count(*) from place) as places,
        (select count(*) from postcode) as postcodes,
        (select count(*) from asset) as institutions,
        (select count(*) from project) as projects,
        (select count(*) from participation) as participations,
        (select count(*) from patent) as patents,
        (select count(*) from deal) as deals,
        (select count(*) from evidence) as evidence,
        (select count(distinct firm_id) from evidence where in_window) as rdi_active_firms,
        (select count(*) from published_cluster) as published_clusters,
        (select count(*) from source) as sources,
        (select count(*) from reject) as rejects
),
outermost as (
    select coalesce(min(lon), -8.65) as west, coalesce(min(lat), 49.86) as south,
           coalesce(max(lon), 1.77) as east, coalesce(max(lat), 60.86) as north
    from (
        select min_lon_deg as lon, min_lat_deg as lat from cluster
        union all select max_lon_deg, max_lat_deg from cluster
        union all select lon_deg, lat_deg from site where lon_deg is not null
    )
),
bounds as ( -- the outermost sites are single firms: under official disclosure outward to 0.05 degrees
    select if(is_official, floor(west * 20) / 20, west) as west, if(is_official, floor(south * 20) / 20, south) as south,
           if(is_official, ceil(east * 20) / 20, east) as east, if(is_official, ceil(north * 20) / 20, north) as north
    from outermost, rules
),
level as (
    select level, count(*) as areas,
           list_position(['lower_tier', 'upper_tier', 'itl3', 'combined_authority', 'itl2', 'region', 'itl1', 'country', 'other'], level) as place
    from area group by level
),
valued as (select distinct measure from cluster_measure where value is not null),
kinds as (
    select list(distinct type) as types from sector
)
select to_json({
    name: coalesce(setting.name, 'Atlas'),
    is_example: setting.is_example,
    as_of: setting.as_of,
    engine_version: setting.engine_version,
    crs: setting.crs,
    disclosure: if(rules.is_official, 'official', 'open'),
    bounds: [bounds.west, bounds.south, bounds.east, bounds.north],
    counts: counted,
    has: {
        firms: counted.firms > 0 and not rules.is_official,
        institutions: counted.institutions > 0,
        areas: counted.areas > 0,
        places: counted.places > 0,
        postcodes: counted.postcodes > 0,
        projects: counted.projects > 0,
        patents: counted.patents > 0,
        deals: counted.deals > 0,
        investors: exists (select 1 from deal_investor),
        accounts: exists (select 1 from account),
        evidence: counted.evidence > 0,
        land: exists (select 1 from land),
        links: exists (select 1 from cluster_link),
        years: exists (select 1 from cluster_year),
        significance: exists (select 1 from valued where measure like '%significance%' or measure like '%p_value%'),
        stability: exists (select 1 from valued where measure like '%stability%'),
        support: exists (select 1 from support),
        published_clusters: counted.published_clusters > 0,
        recluster: not rules.is_official and exists (select 1 from site where in_density) and exists (select 1 from firm_sector)
    },
    measures: (select coalesce(list(measure order by measure), []) from valued),
    sector_types: list_filter(['user', 'industrial_strategy', 'frontier', 'technology', 'sic'], lambda t: list_contains(kinds.types, t)),
    cluster_types: (select coalesce(list(type order by list_position(['specialised', 'rdi_collaborating', 'diverse', 'not_rdi_active'], type)), [])
                    from (select distinct type from cluster)),
    area_levels: (select coalesce(list({level: level, label: upper(level_words(level)[1]) || level_words(level)[2:], count: areas}
                                       order by place, level), []) from level),
    years: (select if(count(*) = 0, null, {first: min(year), last: max(year)}) from cluster_year),
    year_coverage: (select coalesce(list({series: series, first: first_year, last: last_year, first_is_part: first_is_part, last_is_part: last_is_part, note: note} order by series), []) from series_coverage),
    evidence_sources: (select coalesce(list({kind: kind, titles: titles} order by kind), [])
                       from (select if(kind = 'participations', 'projects', kind) as of_kind, list(distinct coalesce(title, path) order by coalesce(title, path)) as titles
                             from source where kind in ('projects', 'participations', 'patents', 'deals') group by of_kind) as witness(kind, titles)),
    default_sector: (select s.slug from sector s join cluster c using (sector_id) group by s.slug, s.type, s.sector_id
                     -- A project with sectors of its own is about those. Then, many clusters that are active in R&D,
                     -- and few that are not, make the best first sight.
                     order by s.type = 'user' desc, s.type = 'industrial_strategy' desc,
                              count(*) filter (where c.is_rdi_active) ** 2 / count(*) desc,
                              count(*) desc, s.sector_id limit 1),
    attributions: (select coalesce(list(attribution order by first_id), [])
                   from (select attribution, min(source_id) as first_id from source where attribution is not null group by attribution))
})
from setting, counted, bounds, rules, kinds;
