-- Which organisations are institutions. Reads institution_claim, organisation_name, the postcodes in
-- staging.participation_record and patent_record, and staging.firm_record by institution_of_name. Writes
-- the temporary tables institution, one row per institution with an address, and institution_firm, one
-- row per register entry that is an institution and therefore no firm.
create or replace temp table institution_entry as
select *
from (
    select institution_of_name(name) as claim, company_number, source_id, record, postcode
    from staging.firm_record
)
where claim is not null;

create or replace temp table institution as
with one as (
    select rowid as claim, * from institution_claim
),
-- Lists of names give no address: the projects that name an institution do, most of them the same.
mentioned_postcode as (
    select key, arg_max(postcode, (mentions, postcode)) as postcode
    from (
        select n.key, p.postcode, count(*) as mentions
        from staging.participation_record p
        join organisation_name n on n.name = p.organisation
        where p.postcode is not null
        group by all
        union all
        select n.key, p.postcode, 0
        from staging.patent_record p
        join organisation_name n on n.name = p.applicant
        where p.postcode is not null
        group by all
    )
    group by key
),
register_postcode as (
    select claim, arg_min(postcode, (company_number, source_id, record)) as postcode
    from institution_entry
    where postcode is not null
    group by claim
)
select (row_number() over (order by one.name, one.key) - 1)::uinteger as asset_id, one.key, one.name,
       one.kind,
       coalesce(one.postcode, mentioned_postcode.postcode, register_postcode.postcode) as postcode,
       one.website, one.lon_deg, one.lat_deg, one.claim
from one
left join mentioned_postcode using (key)
left join register_postcode using (claim);

create or replace temp table institution_firm as
select company_number, asset_id
from institution_entry
join institution using (claim);

drop table institution_entry;
drop table institution_claim;
