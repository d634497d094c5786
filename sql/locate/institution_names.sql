-- What institutions there may be. Reads staging.asset_record and the names in staging.firm_record,
-- participation_record and patent_record. Writes the temporary tables organisation_name, one row per
-- name that a record gives, and institution_claim, one row per institution: every asset of a source,
-- and every organisation whose name says what it is (institution_kind), all spellings in one row
-- (institution_key). Its rowid is what institution_of_name gives.
create or replace temp table organisation_name as
with mention as (
    select organisation as name from staging.participation_record
    union all
    select applicant from staging.patent_record
)
select name, institution_key(name) as key, institution_kind(name) as kind, count(*) as mentions
from mention
group by name;

create or replace temp table institution_claim as
with kind_rank as (
    select * from (values ('university', 1), ('hospital', 2), ('research_organisation', 3),
                          ('science_park', 4), ('other', 5)) t(kind, rank)
),
listed as (
    select institution_key(name) as key, kind, name, postcode, website, lon_deg, lat_deg,
           row_number() over (order by coalesce(rank, 6), source_id, record) as position
    from staging.asset_record
    left join kind_rank using (kind)
),
-- Only names that hold one of these words can name a kind: a cheap test before the rules.
firm_name as (
    select company_number, source_id, record, name, postcode, website,
           case when regexp_matches(name, 'UNIV|NHS|HEALTH BOARD|CARE TRUST|COLLEGE LONDON|RESEARCH|COUNCIL|CATAPULT|CENTRE|SURVEY|LABORATORY', 'i')
                then institution_kind(name) end as kind
    from staging.firm_record
),
named as (
    select key, kind, name, null as postcode, null as website, null::double as lon_deg,
           null::double as lat_deg,
           -- the commonest spelling speaks for all; after whatever is listed
           4000000000 + row_number() over (order by mentions desc, name) as position
    from organisation_name
    where kind is not null
    union all
    select institution_key(name), kind, name, postcode, website, null, null,
           3000000000 + row_number() over (order by company_number, source_id, record)
    from firm_name
    where kind is not null
),
claim as (
    from listed union all by name from named
)
select key,
       arg_min(name, position) as name,
       arg_min(kind, position) as kind,
       arg_min(postcode, position) filter (postcode is not null) as postcode,
       arg_min(website, position) filter (website is not null) as website,
       arg_min(lon_deg, position) filter (lon_deg is not null) as lon_deg,
       arg_min(lat_deg, position) filter (lon_deg is not null) as lat_deg
from claim
where key is not null
group by key
order by key;
