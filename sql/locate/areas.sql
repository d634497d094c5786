-- The areas, each once. Reads staging.area_record. Writes the temporary table area_claim, one row per
-- level and code (the first source that has it), numbered by level, then code.
create or replace temp table area_claim as
with one as (
    select level, code, name, parent_code, geometry, source_id, record
    from staging.area_record
    qualify row_number() over (partition by level, code order by source_id, record) = 1
)
select (row_number() over (order by level, code) - 1)::uinteger as area_id, code, name, level,
       parent_code, geometry, source_id, record
from one
order by level, code;
