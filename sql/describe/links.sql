-- Joint publicly funded projects between members, and of members with institutions. Reads
-- describe_engaged, describe_award, participation; writes cluster_link, one row per pair. The award is
-- what the two received in the projects they share.
insert into cluster_link
with stub as (
    select m.cluster_id, a.project_id, a.firm_id, a.award_gbp
    from describe_engaged m
    join describe_award a using (firm_id)
),
institution as (
    select project_id, asset_id, sum(award_gbp::decimal(28, 2)) as award_gbp
    from participation
    where asset_id is not null and not is_withdrawn
    group by project_id, asset_id
),
pair as (
    select a.cluster_id, a.firm_id as from_firm_id, b.firm_id as to_firm_id, null::uinteger as to_asset_id,
           a.award_gbp as one_gbp, b.award_gbp as other_gbp
    from stub a
    join stub b on b.cluster_id = a.cluster_id and b.project_id = a.project_id and b.firm_id > a.firm_id
    union all
    select a.cluster_id, a.firm_id, null, i.asset_id, a.award_gbp, i.award_gbp
    from stub a
    join institution i using (project_id)
)
select cluster_id, from_firm_id, to_firm_id, to_asset_id, count(*)::uinteger,
       case when count(one_gbp) + count(other_gbp) > 0
            then sum(coalesce(one_gbp, 0) + coalesce(other_gbp, 0))::double end
from pair
group by cluster_id, from_firm_id, to_firm_id, to_asset_id
order by cluster_id, from_firm_id, to_firm_id nulls last, to_asset_id;
