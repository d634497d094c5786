-- The measure $2 of cluster $1 as texts, for CSV: the figure, its years, and the figures of all clusters of its sector in their order.
-- One row per figure. The session's macro figure_digits rounds a figure as the table of all clusters does (publish/figure_columns.hpp).
with one as (select cluster_id, sector_id from cluster where cluster_id = $1),
peer as (select distinct ref_id as cluster_id from cluster_item where cluster_id = $1 and list = 'peer'),
figure as (
    select cluster_id, value, low, high, coverage, missing_reason, rank, ranked_of from cluster_measure where measure = $2
    union all
    select cluster_id, value, null, null, 1, null, rank, ranked_of from cluster_field($1) where measure = $2
),
year_value as (
    select year, case $2 when 'enterprise_count' then enterprises when 'employment' then employees
                         when 'public_funding_gbp' then public_funding_gbp when 'private_investment_gbp' then private_investment_gbp
                         when 'rdi_active_share' then rdi_active_share when 'patents' then patents when 'deals' then deals end as value
    from cluster_year left join cluster_course($1) using (year) where cluster_id = $1
),
part_year as (
    select unnest(list_concat(if(first_is_part, [first_year], []), if(last_is_part, [last_year], []))) as year
    from series_coverage where series = if($2 = 'deals', 'private_investment_gbp', $2)
),
line as (
    select 1 as part, 0 as place, 'figure' as kind, c.slug, c.name, null as year, f.value, f.low, f.high, f.rank, f.ranked_of, f.coverage, f.missing_reason
    from figure f join cluster c using (cluster_id) where cluster_id = $1
    union all
    select 2, year, if(year in (from part_year), 'part of a year', 'year'), c.slug, c.name, year, y.value, null, null, null, null, null, null
    from year_value y, cluster c where c.cluster_id = $1 and y.value is not null
    union all
    select 3, row_number() over (order by f.rank nulls last, f.value desc nulls last, c.cluster_id),
           if(c.cluster_id in (select cluster_id from peer), 'peer', 'same sector'),
           c.slug, c.name, null, f.value, f.low, f.high, f.rank, f.ranked_of, f.coverage, f.missing_reason
    from figure f join cluster c using (cluster_id)
    where c.sector_id = (select sector_id from one) and c.cluster_id <> $1
)
select kind, slug, name, year::varchar, figure_digits(value)::varchar, figure_digits(low)::varchar, figure_digits(high)::varchar, rank::varchar, ranked_of::varchar,
       round(coverage, 6)::varchar, missing_reason
from line order by part, place;
