-- The sites of cluster $1 as GeoJSON features. One row per site, by id.
select to_json({
    type: 'Feature', id: m.site_id,
    geometry: if(s.lon_deg is null, null, {type: 'Point', coordinates: [s.lon_deg, s.lat_deg]}),
    properties: {company_number: f.company_number, name: f.name, town: f.town, postcode: s.postcode, kind: s.kind, is_core: m.is_core,
                 incorporated: f.incorporated, employees: f.employees, sic_codes: coalesce(f.sic_codes, []),
                 evidence: (select count(*) from evidence e where e.firm_id = m.firm_id and e.in_window)}
})
from cluster_member m join firm f using (firm_id) join site s using (site_id)
where m.cluster_id = $1
order by m.site_id;
