-- Where Innovate UK's money brings members together. Reads describe_cluster, describe_engaged, describe_award,
-- describe_context; writes describe_figure, one row per cluster.
insert into describe_figure
with meeting as (
    select m.cluster_id, a.project_id
    from describe_engaged m
    join describe_award a using (firm_id)
    where a.purse = 'innovate_uk'
    group by m.cluster_id, a.project_id
    having count(distinct a.firm_id) > 1
),
joint as (
    select cluster_id, count(*) as projects from meeting group by cluster_id
)
select k.cluster_id, 'innovate_uk_joint_projects', case when c.has_innovate_uk then coalesce(j.projects, 0)::double end,
       null, null, 1.0,
       case when not c.has_projects then 'no source of publicly funded projects in this project'
            when not c.has_innovate_uk then 'no project in the sources is of Innovate UK' end
from describe_cluster k
cross join describe_context c
left join joint j using (cluster_id);
