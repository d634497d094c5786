-- The parameters of the run for /api/methods, without those that name folders of the machine it ran on.
select coalesce(to_json(list({parameter: parameter, value: value} order by parameter)), '[]'::json)
from run where value not like '/%';
