-- What clusters are compared by when their peers are looked for. Reads describe_cluster,
-- describe_figure, describe_firm, firm, staging.cluster_shape; writes describe_profile, one row per
-- cluster, with the traits in the order of src/describe/peers.hpp, and describe_industry, one row per
-- cluster and industry (SIC division: the first two digits of an enterprise's first code).
create or replace temp table describe_profile as
with figure as (
    select cluster_id,
           max(value) filter (measure = 'location_quotient') as location_quotient,
           max(value) filter (measure = 'rdi_active_share') as rdi_active_share,
           max(value) filter (measure = 'public_funding_gbp') as public_funding_gbp,
           max(value) filter (measure = 'patent_share') as patent_share,
           max(value) filter (measure = 'largest_firm_share') as largest_firm_share,
           max(value) filter (measure = 'median_founding_year') as founding_year
    from describe_figure
    group by cluster_id
)
select k.cluster_id, s.min_lon_deg, s.min_lat_deg, s.max_lon_deg, s.max_lat_deg,
       k.enterprises::double as enterprises, f.location_quotient, f.rdi_active_share,
       f.public_funding_gbp / k.enterprises as public_funding_gbp, f.patent_share,
       f.largest_firm_share, f.founding_year
from describe_cluster k
join staging.cluster_shape s using (cluster_id)
left join figure f using (cluster_id);

create or replace temp table describe_industry as
with coded as (
    select m.cluster_id, try_cast(f.sic_codes[1][1:2] as uinteger) as industry
    from describe_firm m
    join firm f using (firm_id)
)
select cluster_id, industry, count(*) / sum(count(*)) over (partition by cluster_id) as share
from coded
where industry is not null
group by cluster_id, industry;
