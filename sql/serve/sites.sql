-- Located sites of active firms, for the site table of the server. One row per site, by id.
select s.site_id, s.firm_id, s.x_m, s.y_m, s.kind = 'registered_office', s.in_density
from site s join firm f using (firm_id)
where f.is_active and s.x_m is not null and s.y_m is not null
order by s.site_id;
