-- Firms as search finds them. One row per firm, by id.
with active as (select distinct firm_id from evidence where in_window)
select f.firm_id, f.name, f.employees, a.firm_id is not null
from firm f left join active a using (firm_id)
order by f.firm_id;
