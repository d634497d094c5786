-- Size, structure and age. Reads describe_size, describe_cluster, describe_sector; writes
-- describe_figure.
insert into describe_figure
with figure as (
    select s.cluster_id, unnest([
        {measure: 'employment', value: s.employment, coverage: s.with_employees / k.enterprises,
         reason: case when not c.has_employees then 'no source of employees in this project'
                      when s.with_employees = 0 then 'no enterprise here reports its employees' end},
        {measure: 'turnover_gbp', value: s.turnover_gbp, coverage: s.with_turnover / k.enterprises,
         reason: case when not c.has_turnover then 'no source of turnover in this project'
                      when s.with_turnover = 0 then 'no enterprise here reports its turnover' end},
        {measure: 'share_of_clustered_sites', value: k.sites / t.clustered_sites, coverage: 1.0,
         reason: null},
        {measure: 'share_of_sector_sites', value: k.sites / t.sites, coverage: 1.0, reason: null},
        {measure: 'effective_enterprises', value: k.sites::double * k.sites / s.squared_sites,
         coverage: 1.0, reason: null},
        {measure: 'largest_firm_share', value: s.largest_sites / k.sites, coverage: 1.0,
         reason: null},
        {measure: 'largest_firm_employment_share',
         value: case when s.employment > 0 then s.largest_employment / s.employment end,
         coverage: s.with_employees / k.enterprises,
         reason: case when not c.has_employees then 'no source of employees in this project'
                      when s.with_employees = 0 then 'no enterprise here reports its employees'
                      when s.employment <= 0
                          then 'the enterprises here that report employees have none' end},
        {measure: 'median_founding_year', value: s.founding_year, coverage: s.with_age / k.enterprises,
         reason: case when s.with_age = 0 then 'no date of incorporation is known here' end},
        {measure: 'young_share', value: case when s.with_age > 0 then s.young / s.with_age end,
         coverage: s.with_age / k.enterprises,
         reason: case when s.with_age = 0 then 'no date of incorporation is known here' end},
        {measure: 'enterprise_growth_5y',
         value: case when c.has_closed_firms and s.with_age > 0
                          and s.alive_before + s.former_alive_before > 0
                     then s.with_age / (s.alive_before + s.former_alive_before) - 1 end,
         coverage: s.with_age / k.enterprises,
         reason: case when s.with_age = 0 then 'no date of incorporation is known here'
                      when not c.has_closed_firms
                          then 'the register of this project holds no closed companies, so how many there were five years ago is not known'
                      when s.alive_before + s.former_alive_before = 0
                          then 'no enterprise here is five years old' end},
        {measure: 'enterprise_density_per_km2',
         value: case when h.area_km2 > 0 then k.enterprises / h.area_km2 end, coverage: 1.0,
         reason: case when not h.area_km2 > 0 then 'the outline has no area' end}
    ], recursive := true)
    from describe_size s
    join describe_cluster k using (cluster_id)
    join describe_sector t using (sector_id)
    join staging.cluster_shape h using (cluster_id)
    cross join describe_context c
)
select cluster_id, measure, value, null, null, coverage, reason
from figure;
