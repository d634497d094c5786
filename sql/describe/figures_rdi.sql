-- Who is active in research, development and innovation: shares of enterprises, never of sites.
-- Reads describe_cluster, describe_engaged, describe_active, describe_funder, participation, project, patent; writes describe_figure.
insert into describe_figure
with engaged as (
    select p.firm_id, bool_or(u.purse in ('innovate_uk', 'ukri')) as with_ukri
    from participation p
    join project j using (project_id)
    join describe_funder u using (funder)
    cross join describe_context c
    where p.firm_id is not null and not p.is_withdrawn
      and (j.start_date is null or j.start_date <= c.as_of)
    group by p.firm_id
),
inventor as (
    select distinct firm_id
    from patent
    cross join describe_context c
    where firm_id is not null and (filed is null or filed <= c.as_of)
),
share as (
    select k.cluster_id,
           any_value(k.enterprises)::double as enterprises,
           count(a.firm_id) as active,
           count(e.firm_id) as engaged,
           count(*) filter (e.with_ukri) as with_ukri,
           count(i.firm_id) as inventors
    from describe_cluster k
    left join describe_engaged m using (cluster_id)
    left join describe_active a using (firm_id)
    left join engaged e using (firm_id)
    left join inventor i using (firm_id)
    group by k.cluster_id
),
owned as (
    select m.cluster_id, count(distinct p.number) as patents
    from describe_engaged m
    join patent p using (firm_id)
    cross join describe_context c
    where p.filed is null or p.filed <= c.as_of
    group by m.cluster_id
),
figure as (
    select s.cluster_id, unnest([
        {measure: 'rdi_active_share',
         value: case when c.has_projects or c.has_patents or c.has_deals
                     then s.active / s.enterprises end,
         reason: case when not (c.has_projects or c.has_patents or c.has_deals)
                      then 'no source of evidence (projects, patents, deals) in this project' end},
        {measure: 'public_rd_share', value: case when c.has_projects then s.engaged / s.enterprises end,
         reason: case when not c.has_projects
                      then 'no source of publicly funded projects in this project' end},
        {measure: 'ukri_engagement_share',
         value: case when c.has_innovate_uk or c.has_ukri then s.with_ukri / s.enterprises end,
         reason: case when not c.has_projects
                      then 'no source of publicly funded projects in this project'
                      when not (c.has_innovate_uk or c.has_ukri)
                      then 'no project in the sources is of Innovate UK or UKRI' end},
        {measure: 'patent_share', value: case when c.has_patents then s.inventors / s.enterprises end,
         reason: case when not c.has_patents then 'no patent source in this project' end},
        {measure: 'patents',
         value: case when c.has_patents then coalesce(o.patents, 0)::double end,
         reason: case when not c.has_patents then 'no patent source in this project' end}
    ], recursive := true)
    from share s
    left join owned o using (cluster_id)
    cross join describe_context c
)
select cluster_id, measure, value, null, null, 1.0, reason
from figure;
