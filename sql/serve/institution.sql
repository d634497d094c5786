-- /api/institutions/{asset_id}: institution $1 and the clusters it works with. One row.
with one as (select * from asset where asset_id = $1),
part as (select project_id, award_gbp from participation where asset_id = $1 and not is_withdrawn),
joint as (
    select cluster_id, sum(projects)::bigint as projects, sum(award_gbp) as award_gbp
    from cluster_link where to_asset_id = $1 group by cluster_id
)
select to_json({
    asset_id: one.asset_id, name: one.name, kind: one.kind, lon: one.lon_deg, lat: one.lat_deg,
    postcode: one.postcode, website: one.website,
    projects: (select count(distinct project_id) from part),
    award_gbp: (select sum(award_gbp) from part),
    clusters: (select coalesce(list({cluster: r.ref, projects: j.projects, award_gbp: j.award_gbp} order by j.projects desc, r.cluster_id), [])
               from joint j join cluster_ref r using (cluster_id))
})
from one;
