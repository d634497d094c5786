-- /api/clusters/{id}: what the atlas itself says of cluster $1 (figures, lists, years, links, evidence).
-- One row; geometry and summary are added by the server.
with one as (select c.*, s.is_frontier, s.industrial_strategy_parent from cluster c join sector s using (sector_id) where cluster_id = $1),
neighbour as (
    select slug, row_number() over (order by enterprise_count desc, site_count desc, cluster_id) as place
    from cluster where sector_id = (select sector_id from one)
),
here as (select place from neighbour where slug = (select slug from one)),
member_firm as (select distinct firm_id from cluster_member where cluster_id = $1),
strongest as (
    select *, row_number() over (order by projects desc, from_firm_id, to_firm_id, to_asset_id) as place
    from cluster_link where cluster_id = $1
),
kept as (select * from strongest where place <= 500),
node_firm as (
    select firm_id, row_number() over (order by firm_id) as ordinal
    from (select from_firm_id as firm_id from kept union select to_firm_id from kept where to_firm_id is not null)
),
firm_node as (
    select n.firm_id, if((select is_official from rules), 'firm:' || n.ordinal, 'firm:' || f.company_number) as key,
           if((select is_official from rules), 'A member', f.name) as label,
           if((select is_official from rules), null, s.lon_deg) as lon, if((select is_official from rules), null, s.lat_deg) as lat
    from node_firm n join firm f using (firm_id)
    left join (
        select m.firm_id, arg_min(s.lon_deg, s.site_id) as lon_deg, arg_min(s.lat_deg, s.site_id) as lat_deg
        from cluster_member m join site s using (site_id) where m.cluster_id = $1 group by m.firm_id
    ) s using (firm_id)
),
asset_node as (
    select a.asset_id, 'institution:' || a.asset_id as key, a.name as label, a.lon_deg as lon, a.lat_deg as lat
    from asset a where asset_id in (select to_asset_id from kept)
),
listed_firm as ( -- not the whole register: it would be read from end to end
    select firm_id, company_number from firm
    where firm_id in (select ref_id from cluster_item where cluster_id = $1 and list in ('top_firm', 'open_project_firm'))
),
item as (
    select i.list, i.position, i.label, i.value, i.unit, i.note,
           case when i.list in ('top_firm', 'open_project_firm') then f.company_number
                when i.list = 'peer' then p.slug
                when i.list in ('sub_sector', 'other_sector') then s.slug
                when i.list = 'support' then u.url
                else i.ref_id::varchar end as ref
    from cluster_item i
    left join listed_firm f on i.list in ('top_firm', 'open_project_firm') and f.firm_id = i.ref_id
    left join cluster p on i.list = 'peer' and p.cluster_id = i.ref_id
    left join support u on i.list = 'support' and u.support_id = i.ref_id
    left join sector s on i.list in ('sub_sector', 'other_sector') and s.sector_id = i.ref_id
    where i.cluster_id = $1 -- under official disclosure no list that names firms
      and not (i.list in ('top_firm', 'open_project_firm', 'top_partner') and (select is_official from rules))
),
home as (select area_id, name from area where level = 'lower_tier' and name = (select la_1 from one) order by area_id limit 1),
adjacent as ( -- sectors that are at home where this one is, and how strong they are in its first authority
    select 'adjacent_sector' as list, r.position, s.name as label, r.relatedness as value, 'relatedness' as unit,
           case when (select is_official from rules) or h.location_quotient is null then null
                when h.enterprises = 0 then 'none in ' || (select name from home)
                when h.location_quotient >= 1 then format('{:.1f} times its usual share in {}', h.location_quotient, (select name from home))
                else format('{:.1f} times its usual share in {}: not strong there', h.location_quotient, (select name from home)) end as note,
           s.slug as ref
    from sector_relation r join sector s on s.sector_id = r.related_id
    left join area_sector h on h.area_id = (select area_id from home) and h.sector_id = r.related_id
    where r.sector_id = (select sector_id from one) and r.position <= 8
),
figure as (
    select measure, value, low, high, coverage, missing_reason, suppressed, rank, ranked_of from cluster_measure where cluster_id = $1
    union all
    select measure, value, null, null, 1, null, false, rank, ranked_of from cluster_field($1) where cluster_id = $1
),
shared_rank as (
    select measure, rank, count(*) as alike
    from cluster_measure join cluster c using (cluster_id)
    where c.sector_id = (select sector_id from one) and rank is not null
    group by measure, rank
    union all
    select measure, rank, count(*) from cluster_field($1) where rank is not null group by measure, rank
),
-- The members, and those of the sector that are placed too coarsely to be one: around the outline.
located as (
    select s.precision, count(*) as sites
    from (select site_id from cluster_member where cluster_id = $1) join site s using (site_id) group by s.precision
    union all
    select s.precision, count(*)
    from one join site s on s.lon_deg between one.min_lon_deg and one.max_lon_deg and s.lat_deg between one.min_lat_deg and one.max_lat_deg
    join firm_sector b on b.firm_id = s.firm_id and b.sector_id = one.sector_id
    join firm f on f.firm_id = s.firm_id
    where s.precision in ('sector', 'district') and f.is_active
    group by s.precision
),
witness as (
    select e.kind, count(distinct e.firm_id) as firms, count(*) as pieces
    from evidence e join member_firm using (firm_id) where e.in_window group by e.kind
)
select to_json({
    is_frontier: one.is_frontier,
    industrial_strategy_parent: one.industrial_strategy_parent,
    type_reason: one.type_reason,
    authorities: list_filter([{name: one.la_1, share: one.la_1_share}, {name: one.la_2, share: one.la_2_share},
                              {name: one.la_3, share: one.la_3_share}], lambda a: a.name is not null),
    area_km2: one.area_km2,
    extent_km: one.extent_km,
    figures: (select coalesce(list({measure: measure, value: value, low: low, high: high, coverage: coverage,
                                    missing_reason: missing_reason, suppressed: suppressed, rank: rank, ranked_of: ranked_of,
                                    ranked_alike: alike} order by measure), [])
              from figure left join shared_rank using (measure, rank)),
    precision: (select coalesce(list({precision: precision, share: if((select is_official from rules), round(share, 2), share)}
                                     order by list_position(['coordinate', 'unit', 'sector', 'district'], precision)), [])
                from (select precision, sum(sites) / sum(sum(sites)) over () as share from located group by precision)),
    items: (select coalesce(map_from_entries(list({k: list, v: entries} order by list)), map {})
            from (select list, list({position: position, label: label, value: value, unit: unit, ref: ref, note: note} order by position) as entries
                  from (from item union all by name from adjacent) group by list)),
    years: (select coalesce(list({year: year, enterprises: enterprises, births: births, deaths: deaths, employees: employees,
                                  employees_enterprises: employees_enterprises, jobs_index: jobs_index, jobs_index_enterprises: jobs_index_enterprises,
                                  public_funding_gbp: public_funding_gbp, private_investment_gbp: private_investment_gbp,
                                  rdi_active_share: rdi_active_share, projects: projects, patents: patents, deals: deals} order by year), [])
            from cluster_year left join cluster_course($1) using (year) where cluster_id = $1),
    links: {
        truncated: (select count(*) from strongest) > 500,
        nodes: list_concat(
            (select coalesce(list({key: key, kind: 'firm', label: label, lon: lon, lat: lat} order by firm_id), []) from firm_node),
            (select coalesce(list({key: key, kind: 'institution', label: label, lon: lon, lat: lat} order by asset_id), []) from asset_node)),
        edges: (select coalesce(list({"from": a.key, "to": coalesce(b.key, c.key), projects: k.projects, award_gbp: k.award_gbp} order by k.place), [])
                from kept k join firm_node a on a.firm_id = k.from_firm_id
                left join firm_node b on b.firm_id = k.to_firm_id
                left join asset_node c on c.asset_id = k.to_asset_id
                where b.key is not null or c.key is not null)
    },
    evidence: (select coalesce(list({kind: kind, label: coalesce(label, kind), firms: firms, pieces: pieces} order by firms desc, kind), [])
               from witness left join evidence_label using (kind)),
    previous: (select slug from neighbour where place = (select place from here) - 1),
    next: (select slug from neighbour where place = (select place from here) + 1)
})
from one;
