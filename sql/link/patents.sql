-- Who applied for patents. Reads staging.patent_record, mention and mention_link. Writes patent, one
-- row per record (an application with three applicants is three), in their order.
insert into patent
select (row_number() over (order by r.source_id, r.record) - 1)::uinteger, r.number, r.filed, r.title,
       r.ipc, r.applicant, l.firm_id, l.asset_id, coalesce(l.method, 'none'), l.score
from staging.patent_record r
join mention m
    on m.name = r.applicant and m.postcode is not distinct from r.postcode
   and m.company_number is not distinct from nullif(trim(r.company_number), '')
left join mention_link l using (mention_id)
order by r.source_id, r.record;
