-- Who is named. Reads staging.participation_record, patent_record and deal_record, and project. Writes
-- the temporary table mention, one row per distinct name, postcode and company number that a record
-- gives, in that order, with the days between which its records lie; and mention_link, empty, for one
-- row per mention that is linked.
create or replace temp table mention_claim as
select 'participation' as record_kind, r.organisation as name, r.postcode,
       nullif(trim(r.company_number), '') as company_number, p.start_date as first_day, p.start_date as last_day
from staging.participation_record r
join project p on p.funder = r.funder and p.reference = r.project_reference
union all
select 'patent', applicant, postcode, nullif(trim(company_number), ''), filed, filed from staging.patent_record
union all
select 'deal', company, postcode, nullif(trim(company_number), ''), announced, announced from staging.deal_record;

create or replace temp table mention as
with one as (
    select name, postcode, company_number, min(first_day) as first_day, max(last_day) as last_day
    from mention_claim
    group by name, postcode, company_number
)
select (row_number() over (order by name, postcode, company_number) - 1)::uinteger as mention_id, name,
       postcode, company_number, organisation_key(name) as key,
       institution_key(name) as institution_key, first_day, last_day
from one
order by name, postcode, company_number;

create or replace temp table mention_link (
    mention_id uinteger, firm_id uinteger, asset_id uinteger, method varchar, score double);
create or replace temp table mention_candidate (
    mention_id uinteger, firm_id uinteger, method varchar, score double);
create or replace temp table mention_match (
    mention_id uinteger, entity uinteger, method varchar, score double, is_link boolean);
