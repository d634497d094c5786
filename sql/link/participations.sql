-- Who took part. Reads staging.participation_record, project, mention and mention_link. Writes
-- participation, one row per record, in their order.
insert into participation
select p.project_id, r.organisation, r.organisation_id, r.postcode, r.role, r.award_gbp, r.is_withdrawn,
       l.firm_id, l.asset_id, coalesce(l.method, 'none'), l.score
from staging.participation_record r
join project p on p.funder = r.funder and p.reference = r.project_reference
join mention m
    on m.name = r.organisation and m.postcode is not distinct from r.postcode
   and m.company_number is not distinct from nullif(trim(r.company_number), '')
left join mention_link l using (mention_id)
order by r.source_id, r.record;
