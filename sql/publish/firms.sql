-- Reads firm, its sectors, evidence and its site (registered office, or the first of export_site); one row per firm.
with office as (
    select firm_id, min(site_id) as site_id
    from site
    where site_id in (select site_id from export_site)
    group by firm_id
),
sectors as (
    select fs.firm_id, string_agg(s.name, '; ' order by s.sector_id) as names
    from firm_sector fs
    join sector s using (sector_id)
    where getvariable('export_every_firm') or fs.firm_id in (select firm_id from office)
    group by fs.firm_id
),
evidence_count as (
    select firm_id, count(*) filter (in_window) as in_window
    from evidence
    where getvariable('export_every_firm') or firm_id in (select firm_id from office)
    group by firm_id
)
select f.company_number, f.name, f.status, f.is_active, f.category, f.incorporated, f.dissolved,
       f.town, array_to_string(f.sic_codes, '; ') as sic_codes, s.names as sectors,
       coalesce(e.in_window, 0) > 0 as is_rdi_active,
       coalesce(e.in_window, 0) as evidence_in_window, f.employees, f.employees_year,
       f.turnover_gbp, f.turnover_year, t.postcode, t.precision, t.is_mass_registration,
       round(t.lon_deg, 6) as lon_deg, round(t.lat_deg, 6) as lat_deg, p.geometry
from firm f
left join sectors s using (firm_id)
left join evidence_count e using (firm_id)
left join office o using (firm_id)
left join site t on t.site_id = o.site_id
left join export_point p on p.id = t.site_id
where getvariable('export_every_firm') or o.site_id is not null
order by f.firm_id
