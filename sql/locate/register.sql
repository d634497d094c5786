-- Who is on the register. Reads staging.firm_record and institution_firm. Writes the temporary table
-- register_row, one row per entry that is no institution, in order of company number: its rowid is the
-- firm_id; what texts they have stays behind. A company number in several sources counts once, as the first source has it. Reads the
-- variable as_of for is_active; null: nothing is too late.
create or replace temp table register_row as
with first_source as (select min(source_id) as source_id from staging.firm_record),
day as (select coalesce(try_cast(getvariable('as_of') as date), date '9999-12-31') as as_of),
entry as (
    select * from staging.firm_record where source_id = (select source_id from first_source)
    union all
    select *
    from staging.firm_record later
    where source_id > (select source_id from first_source)
      and not exists (
          select 1 from staging.firm_record earlier
          where earlier.company_number = later.company_number
            and earlier.source_id = (select source_id from first_source))
    qualify row_number() over (partition by company_number order by source_id, record) = 1
)
select source_id, record, company_number,
       coalesce(dissolved, date '9999-12-31') > as_of - (as_of = date '9999-12-31')::integer
           and coalesce(incorporated <= as_of, true)
           and not coalesce(regexp_matches(status, '^(dissolved|closed|converted|removed)', 'i'), false) as is_active,
       incorporated, postcode, employees, lon_deg, lat_deg
from entry
cross join day
where company_number not in (select company_number from institution_firm)
order by company_number;
