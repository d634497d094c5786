-- The publicly funded projects. Reads staging.project_record and staging.participation_record. Writes
-- project, one row per funder and reference, in that order: of a project told twice the first record,
-- and of a project that only its participants tell of, its number
-- and programme.
insert into project
with told as (
    select funder, reference,
           first(struct_pack(programme, title, abstract, start_date, end_date, award_gbp, url)
                 order by source_id, record) as facts
    from staging.project_record
    group by funder, reference
),
named as (
    select funder, project_reference as reference, min(programme) as programme
    from staging.participation_record
    group by funder, project_reference
),
one as (
    select coalesce(told.funder, named.funder) as funder,
           coalesce(told.reference, named.reference) as reference,
           coalesce(facts.programme, named.programme) as programme, facts
    from told
    full join named on named.funder = told.funder and named.reference = told.reference
)
select (row_number() over (order by funder, reference) - 1)::uinteger, reference, funder, programme,
       facts.title, facts.abstract, facts.start_date, facts.end_date, facts.award_gbp, facts.url
from one
order by funder, reference;
