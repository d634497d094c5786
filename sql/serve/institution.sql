-- /api/institutions/{asset_id}: institution $1 and the clusters it works with. One row.
with one as (select * from asset where asset_id = $1),
part as (
    select project_id, sum(award_gbp::decimal(28, 2)) as award_gbp
    from participation where asset_id = $1 and not is_withdrawn group by project_id
),
member_firm as (select distinct cluster_id, firm_id from cluster_member),
joint as ( -- a project of several members counts once
    select cluster_id, count(*) as projects, sum(award_gbp)::double as award_gbp
    from (
        select distinct m.cluster_id, p.project_id, part.award_gbp
        from part join participation p using (project_id) join member_firm m on m.firm_id = p.firm_id
        where not p.is_withdrawn
    )
    group by cluster_id
)
select to_json({
    asset_id: one.asset_id, name: one.name, kind: one.kind, lon: one.lon_deg, lat: one.lat_deg,
    postcode: one.postcode, website: one.website,
    projects: (select count(*) from part),
    award_gbp: (select sum(award_gbp)::double from part),
    clusters: (select coalesce(list({cluster: r.ref, projects: j.projects, award_gbp: j.award_gbp} order by j.projects desc, r.cluster_id), [])
               from joint j join cluster_ref r using (cluster_id))
})
from one;
