-- /api/clusters/{id}/members: sites of cluster $1 with their firms, ordered by $2 ("name", "-employees", …),
-- $3 of them after the first $4. One row.
with pieces as (
    select firm_id, count(*) as evidence from evidence
    where in_window and firm_id in (select firm_id from cluster_member where cluster_id = $1) group by firm_id
),
member as (
    select m.site_id, f.company_number, f.name, f.town, s.postcode, s.lon_deg as lon, s.lat_deg as lat, s.kind, m.is_core,
           f.incorporated, f.employees, coalesce(f.sic_codes, []) as sic_codes,
           coalesce(p.evidence, 0) > 0 as is_rdi_active, coalesce(p.evidence, 0) as evidence
    from cluster_member m join firm f using (firm_id) join site s using (site_id) left join pieces p using (firm_id)
    where m.cluster_id = $1
),
ordered as (
    select *, row_number() over (order by
        case $2 when 'employees' then employees when '-employees' then -employees
                when 'evidence' then evidence when '-evidence' then -evidence
                when 'incorporated' then epoch(incorporated) when '-incorporated' then -epoch(incorporated) end nulls last,
        case when $2 = '-name' then name end desc nulls last, name, site_id) as place
    from member
),
page as (select * from ordered where place > $4 and place <= $4 + $3)
select to_json({
    cluster: (select ref from cluster_ref where cluster_id = $1),
    number_matched: (select count(*) from member),
    number_returned: (select count(*) from page),
    members: (select coalesce(list({site_id: site_id, company_number: company_number, name: name, town: town, postcode: postcode,
                                    lon: lon, lat: lat, kind: kind, is_core: is_core, incorporated: incorporated, employees: employees,
                                    sic_codes: sic_codes, is_rdi_active: is_rdi_active, evidence: evidence} order by place), [])
              from page)
})
where exists (select 1 from cluster where cluster_id = $1);
