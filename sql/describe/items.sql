-- Ordered lists of a cluster that tell of its enterprises with money. Reads describe_engaged, describe_award,
-- describe_deal, firm, deal_investor, participation, asset; writes describe_item. Ties go by label.
create or replace temp table describe_draft as
-- Who is in publicly funded projects that run on the date.
select m.cluster_id, 'open_project_firm' as list, f.name as label, count(distinct a.project_id)::double as value,
       'projects' as unit, m.firm_id as ref_id
from describe_engaged m
join describe_award a using (firm_id)
join firm f using (firm_id)
where a.is_open
group by all
union all
select m.cluster_id, 'programme', a.programme, count(distinct a.project_id)::double, 'projects', null
from describe_engaged m
join describe_award a using (firm_id)
where a.programme is not null
group by all
union all
select m.cluster_id, 'funder', a.funder, sum(a.award_gbp * m.weight::decimal(9, 8))::double, 'gbp',
       null
from describe_engaged m
join describe_award a using (firm_id)
where a.award_gbp is not null
group by all
union all
select m.cluster_id, 'top_investor', i.investor, count(distinct d.deal_id)::double, 'deals', null
from describe_engaged m
join describe_deal d using (firm_id)
join deal_investor i using (deal_id)
group by all
union all
-- Stage of each funded firm's newest deal, as a share of the funded firms.
select cluster_id, 'stage', stage, count(*) / sum(count(*)) over (partition by cluster_id), 'share',
       null
from (
    select m.cluster_id, m.firm_id,
           first(d.stage order by d.announced desc nulls last, d.deal_id desc) as stage
    from describe_engaged m
    join describe_deal d using (firm_id)
    where d.stage is not null
    group by m.cluster_id, m.firm_id
)
group by cluster_id, stage;

-- Organisations outside the cluster that its members share projects with.
create or replace temp table describe_partner as
with of_cluster as (
    select distinct m.cluster_id, a.project_id
    from describe_engaged m
    join describe_award a using (firm_id)
),
organisation as (
    select distinct p.project_id, p.firm_id, p.asset_id,
           coalesce(f.name, s.name, p.organisation) as label
    from participation p
    left join firm f using (firm_id)
    left join asset s using (asset_id)
    where not p.is_withdrawn
)
select c.cluster_id, o.label, o.asset_id, count(distinct c.project_id)::double as projects
from of_cluster c
join organisation o using (project_id)
left join describe_engaged m on m.cluster_id = c.cluster_id and m.firm_id = o.firm_id
where m.firm_id is null
group by c.cluster_id, o.label, o.asset_id;

insert into describe_draft
select cluster_id, 'top_partner', label, projects, 'projects', null from describe_partner
union all
select p.cluster_id, 'partner_institution', p.label, p.projects, 'projects', p.asset_id
from describe_partner p
join asset a using (asset_id)
where a.kind in ('university', 'research_organisation');

insert into describe_item
select cluster_id, list, position::usmallint, label, value, unit, ref_id, null
from (
    select *, row_number() over (
               partition by cluster_id, list order by value desc nulls last, label, ref_id
           ) as position
    from describe_draft
)
where position <= getvariable('describe_list_length');
drop table describe_draft;
drop table describe_partner;
