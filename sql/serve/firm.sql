-- /api/firms/{company_number}: firm $1 and why it is on the map. One row.
with one as (select * from firm where company_number = $1)
select to_json({
    company_number: one.company_number, name: one.name, former_names: coalesce(one.former_names, []),
    status: one.status, is_active: one.is_active, category: one.category,
    incorporated: one.incorporated, dissolved: one.dissolved, town: one.town,
    sic_codes: coalesce(one.sic_codes, []), description: one.description, website: one.website,
    employees: one.employees, employees_year: one.employees_year,
    turnover_gbp: one.turnover_gbp, turnover_year: one.turnover_year,
    is_rdi_active: exists (select 1 from evidence e where e.firm_id = one.firm_id and e.in_window),
    sites: (select coalesce(list({site_id: site_id, kind: kind, postcode: postcode, precision: precision, lon: lon_deg, lat: lat_deg,
                                  in_density: in_density, is_mass_registration: is_mass_registration} order by site_id), [])
            from site where firm_id = one.firm_id),
    sectors: (select coalesce(list({slug: s.slug, name: s.name, type: s.type, reason: fs.reason} order by s.sector_id), [])
              from firm_sector fs join sector s using (sector_id) where fs.firm_id = one.firm_id),
    clusters: (select coalesce(list(r.ref order by r.cluster_id), [])
               from cluster_ref r where r.cluster_id in (select cluster_id from cluster_member where firm_id = one.firm_id)),
    evidence: (select coalesce(list({kind: e.kind, label: coalesce(l.label, e.kind), dated: e.dated, reference: e.reference,
                                     detail: e.detail, amount_gbp: e.amount_gbp, in_window: e.in_window}
                                    order by e.dated desc nulls last, e.kind, e.reference, e.detail, e.amount_gbp), [])
               from evidence e left join evidence_label l using (kind) where e.firm_id = one.firm_id),
    deals: (select coalesce(list({announced: d.announced, stage: d.stage, amount_gbp: d.amount_gbp,
                                  investors: (select coalesce(list(i.investor order by i.investor), []) from deal_investor i where i.deal_id = d.deal_id)}
                                 order by d.announced desc nulls last, d.deal_id), [])
            from deal d where d.firm_id = one.firm_id),
    accounts: (select coalesce(list({period_end: period_end, employees: employees, turnover_gbp: turnover_gbp} order by period_end), [])
               from account where firm_id = one.firm_id)
})
from one;
