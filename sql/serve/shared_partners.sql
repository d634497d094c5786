-- /api/compare/partners: organisations in publicly funded projects with firms of two or more of the things compared, and not part of
-- those themselves. Reads compared_firm (session.sql), which holds their firms. One row: the JSON of the list, those of most first. Under official
-- disclosure institutions only.
with met as (
    select distinct c.place, o.project_id, o.firm_id, o.asset_id
    from compared_firm c
    join participation p on p.firm_id = c.firm_id and not p.is_withdrawn
    join participation o on o.project_id = p.project_id and not o.is_withdrawn
    where o.asset_id is not null or (o.firm_id is not null and not (select is_official from rules))
),
outside as (
    select m.* from met m
    where not exists (select 1 from compared_firm c where c.place = m.place and c.firm_id = m.firm_id)
),
tie as (
    select place, firm_id, asset_id, count(distinct project_id) as projects from outside group by all
),
partner as (
    select t.firm_id, t.asset_id, list({place: place, projects: projects} order by place) as of, sum(projects) as projects
    from tie t group by t.firm_id, t.asset_id having count(*) > 1
),
named as (
    select if(p.asset_id is not null, 'institution', 'firm') as kind, coalesce(p.asset_id::varchar, f.company_number) as key,
           coalesce(a.name, f.name) as label, p.of, p.projects,
           row_number() over (order by len(p.of) desc, p.projects desc, coalesce(a.name, f.name), p.asset_id, p.firm_id) as position
    from partner p left join asset a using (asset_id) left join firm f on f.firm_id = p.firm_id
)
select to_json(coalesce(list({kind: kind, key: key, label: label, "of": of} order by position) filter (where position <= 500), []))
from named;
