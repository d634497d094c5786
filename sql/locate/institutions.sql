-- Which organisations are institutions. Reads staging.asset_record and the names in
-- staging.firm_record, participation_record and patent_record. Writes the temporary tables
-- institution, one row per institution: every asset of a source, and every organisation whose name
-- says what it is (institution_kind), all spellings in one row (institution_key); and
-- institution_firm, one row per register entry that is an institution and therefore no firm.
create or replace temp table organisation_name as
with mention as (
    select organisation as name from staging.participation_record
    union all
    select applicant from staging.patent_record
)
select name, institution_key(name) as key, institution_kind(name) as kind, count(*) as mentions
from mention
group by name;

-- Only names that hold one of these words can name a kind: a cheap test before the rules. Of the
-- millions of firms that are no institution only what is asked for below is kept.
create or replace temp table firm_name as
select company_number, source_id, record, postcode, key, kind,
       case when kind is not null then name end as name,
       case when kind is not null then website end as website
from (
    select company_number, source_id, record, name, postcode, website, institution_key(name) as key,
           case when regexp_matches(name, 'UNIV|NHS|HEALTH BOARD|CARE TRUST|COLLEGE LONDON|RESEARCH|COUNCIL|CATAPULT|CENTRE|SURVEY|LABORATORY', 'i')
                then institution_kind(name) end as kind
    from staging.firm_record
);

create or replace temp table institution as
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
named as (
    select key, kind, name, null as postcode, null as website, null::double as lon_deg,
           null::double as lat_deg,
           -- the commonest spelling speaks for all; after whatever is listed
           4000000000 + row_number() over (order by mentions desc, name) as position
    from organisation_name
    where kind is not null
    union all
    select key, kind, name, postcode, website, null, null,
           3000000000 + row_number() over (order by company_number, source_id, record)
    from firm_name
    where kind is not null
),
claim as (
    from listed union all by name from named
),
one as (
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
    select key, arg_min(postcode, (company_number, source_id, record)) as postcode
    from firm_name
    semi join one using (key)
    where postcode is not null
    group by key
)
select (row_number() over (order by one.name, one.key) - 1)::uinteger as asset_id, one.key, one.name,
       one.kind,
       coalesce(one.postcode, mentioned_postcode.postcode, register_postcode.postcode) as postcode,
       one.website, one.lon_deg, one.lat_deg
from one
left join mentioned_postcode using (key)
left join register_postcode using (key);

create or replace temp table institution_firm as
select f.company_number, i.asset_id
from firm_name f
join institution i using (key);

drop table firm_name;
