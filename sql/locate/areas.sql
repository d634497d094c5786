-- The areas, each once. Reads staging.area_record, staging.area_lookup_record, known_area_name and the variable as_of
-- (a date; null: nothing is too late). An area whose file calls it by one of its known names has the name of that day. Writes the temporary
-- table area_claim, one row per level and code (the first source that has it), numbered by level,
-- then code. An area without a parent of its own gets the next wider one of the lookups that the
-- project has a boundary of; where rows differ (a combined authority in two regions) that of the most.
create or replace temp table area_claim as
with one as (
    select level, code, name, parent_code, geometry, source_id, record
    from staging.area_record
    qualify row_number() over (partition by level, code order by source_id, record) = 1
),
mention as (
    select source_id, record, unnest(codes) as code, generate_subscripts(codes, 1) as position
    from staging.area_lookup_record
),
step as (
    select code, lead(code) over (partition by source_id, record order by min(position)) as parent_code
    from mention
    where code in (select code from one)
    group by source_id, record, code
),
wider as (
    select code, parent_code
    from step
    where parent_code is not null
    group by code, parent_code
    qualify row_number() over (partition by code order by count(*) desc, parent_code) = 1
),
current_name as (
    select code, arg_max(name, position) as name, (select list(name) from known_area_name k where k.code = n.code) as known
    from known_area_name n
    where is_also = 0 and coalesce(since::date <= coalesce(try_cast(getvariable('as_of') as date), date '9999-12-31'), true)
    group by code
)
select (row_number() over (order by level, code) - 1)::uinteger as area_id, code,
       if(list_contains(current_name.known, one.name), current_name.name, one.name) as name, level,
       coalesce(one.parent_code, wider.parent_code) as parent_code, geometry, source_id, record
from one
left join wider using (code)
left join current_name using (code)
order by level, code;
