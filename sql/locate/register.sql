-- Who is on the register. Reads staging.firm_record and institution_firm. Writes the temporary tables
-- register_entry and firm_number, one row per entry that is no institution, numbered by company
-- number. A company number in several sources counts once, as the first source has it.
create or replace temp table register_entry as
with first_source as (select min(source_id) as source_id from staging.firm_record)
select company_number, source_id, record
from (
    select company_number, source_id, record
    from staging.firm_record
    where source_id = (select source_id from first_source)
    union all
    select company_number, source_id, record
    from staging.firm_record later
    where source_id > (select source_id from first_source)
      and not exists (
          select 1 from staging.firm_record earlier
          where earlier.company_number = later.company_number
            and earlier.source_id = (select source_id from first_source))
    qualify row_number() over (partition by company_number order by source_id, record) = 1
)
where company_number not in (select company_number from institution_firm)
order by company_number;

create or replace temp table firm_number as
select rowid::uinteger as firm_id, company_number, source_id, record from register_entry;
