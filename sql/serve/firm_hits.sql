-- What search shows of the firms whose ids are in the comma-separated list $1. One row per firm.
select f.firm_id, f.company_number, f.name, coalesce(f.town, ''), s.lon_deg, s.lat_deg
from firm f
left join site s on s.firm_id = f.firm_id and s.kind = 'registered_office'
where f.firm_id in (select unnest(string_split($1, ','))::uinteger);
