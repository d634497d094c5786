-- Size, structure and age. Reads describe_firm, describe_cluster, describe_sector, firm; writes
-- describe_figure. Sums are exact decimals, so that their order does not matter.
insert into describe_figure
with size as (
    select m.cluster_id,
           count(*) as enterprises,
           sum(m.sites) as sites,
           max(m.sites) as largest_sites,
           sum(m.sites::hugeint * m.sites) as squared_sites,
           sum((f.employees * m.weight)::decimal(24, 6))::double as employment,
           max((f.employees * m.weight)::decimal(24, 6))::double as largest_employment,
           count(f.employees) as with_employees,
           sum((f.turnover_gbp * m.weight)::decimal(30, 6))::double as turnover_gbp,
           count(f.turnover_gbp) as with_turnover,
           median(year(f.incorporated))::double as founding_year,
           count(f.incorporated) as with_age,
           count(*) filter (f.incorporated > c.as_of - interval 5 year) as young,
           count(*) filter (f.incorporated <= c.as_of - interval 5 year) as alive_before
    from describe_firm m
    join firm f using (firm_id)
    cross join describe_context c
    group by m.cluster_id
),
former as (
    select d.cluster_id, count(*) as alive_before
    from describe_former d
    join firm f using (firm_id)
    cross join describe_context c
    where f.incorporated <= c.as_of - interval 5 year
      and f.dissolved > c.as_of - interval 5 year
    group by d.cluster_id
),
figure as (
    select s.cluster_id, unnest([
        {measure: 'employment', value: s.employment, coverage: s.with_employees / s.enterprises,
         reason: case when not c.has_employees then 'no source of employees in this project'
                      when s.with_employees = 0 then 'no enterprise here reports its employees' end},
        {measure: 'turnover_gbp', value: s.turnover_gbp, coverage: s.with_turnover / s.enterprises,
         reason: case when not c.has_turnover then 'no source of turnover in this project'
                      when s.with_turnover = 0 then 'no enterprise here reports its turnover' end},
        {measure: 'share_of_clustered_sites', value: s.sites / t.clustered_sites, coverage: 1.0,
         reason: null},
        {measure: 'share_of_sector_sites', value: s.sites / t.sites, coverage: 1.0, reason: null},
        {measure: 'effective_enterprises', value: s.sites::double * s.sites / s.squared_sites::double,
         coverage: 1.0, reason: null},
        {measure: 'largest_firm_share', value: s.largest_sites / s.sites, coverage: 1.0,
         reason: null},
        {measure: 'largest_firm_employment_share',
         value: case when s.employment > 0 then s.largest_employment / s.employment end,
         coverage: s.with_employees / s.enterprises,
         reason: case when not c.has_employees then 'no source of employees in this project'
                      when s.with_employees = 0 then 'no enterprise here reports its employees'
                      when s.employment <= 0
                          then 'the enterprises here that report employees have none' end},
        {measure: 'median_founding_year', value: s.founding_year, coverage: s.with_age / s.enterprises,
         reason: case when s.with_age = 0 then 'no date of incorporation is known here' end},
        {measure: 'young_share', value: case when s.with_age > 0 then s.young / s.with_age end,
         coverage: s.with_age / s.enterprises,
         reason: case when s.with_age = 0 then 'no date of incorporation is known here' end},
        {measure: 'enterprise_growth_5y',
         value: case when c.has_closed_firms and s.with_age > 0
                          and s.alive_before + coalesce(f.alive_before, 0) > 0
                     then s.with_age / (s.alive_before + coalesce(f.alive_before, 0))::double - 1 end,
         coverage: s.with_age / s.enterprises,
         reason: case when s.with_age = 0 then 'no date of incorporation is known here'
                      when not c.has_closed_firms
                          then 'the register of this project holds no closed companies, so how many there were five years ago is not known'
                      when s.alive_before + coalesce(f.alive_before, 0) = 0
                          then 'no enterprise here is five years old' end},
        {measure: 'enterprise_density_per_km2',
         value: case when h.area_km2 > 0 then s.enterprises / h.area_km2 end, coverage: 1.0,
         reason: case when not h.area_km2 > 0 then 'the outline has no area' end}
    ], recursive := true)
    from size s
    join describe_cluster k using (cluster_id)
    join describe_sector t using (sector_id)
    join staging.cluster_shape h using (cluster_id)
    left join former f using (cluster_id)
    cross join describe_context c
)
select cluster_id, measure, value, null, null, coverage, reason
from figure;
