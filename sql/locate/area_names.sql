-- What else areas are called. Reads area, known_area_name and the variable as_of (as areas.sql does). Writes area_name,
-- one row per area and other name; none of an area that its file calls by a name unknown here.
insert into area_name
with dated as (
    select code, position, name, is_also = 1 as is_also, source, since::date as since,
           lead(since::date) over (partition by code, is_also order by position) as gone
    from known_area_name
)
select a.area_id, d.name,
       case when d.is_also then 'other' when d.since > coalesce(try_cast(getvariable('as_of') as date), date '9999-12-31') then 'later'
            else 'former' end as kind,
       if(kind = 'later', d.since, d.gone) as day, d.source
from area a
join dated d using (code)
where d.name <> a.name and exists (from dated k where k.code = a.code and k.name = a.name)
order by a.area_id, d.position desc;
