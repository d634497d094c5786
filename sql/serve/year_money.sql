-- What firms were part of or got in the years $1 to $2, counted from $1. One row per participation in a project that begins then
-- (by firm, then project) and per deal announced then (project_id null); amounts null where not known.
select firm_id, project_id, (year(start_date) - $1)::utinyint as year, participation.award_gbp::double as gbp
from participation join project using (project_id)
where firm_id is not null and not is_withdrawn and year(start_date) between $1 and $2
union all
select firm_id, null, (year(announced) - $1)::utinyint, amount_gbp::double
from deal
where firm_id is not null and year(announced) between $1 and $2
order by firm_id, project_id nulls last;
