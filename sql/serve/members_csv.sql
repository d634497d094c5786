-- The sites of cluster $1 as texts, for CSV. One row per site, by id.
select m.site_id::varchar, f.company_number, f.name, f.town, s.postcode, s.lon_deg::varchar, s.lat_deg::varchar, s.kind,
       m.is_core::varchar, f.incorporated::varchar, f.employees::varchar, array_to_string(f.sic_codes, ' '),
       (select count(*) from evidence e where e.firm_id = m.firm_id and e.in_window)::varchar
from cluster_member m join firm f using (firm_id) join site s using (site_id)
where m.cluster_id = $1
order by m.site_id;
