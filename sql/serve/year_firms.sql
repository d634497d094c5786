-- From and until which year of the map each firm of the register is there, counted from year $1; 255: never. A firm without a date
-- was always there; nothing after the date of the map. One row per firm.
with as_of as (
    select coalesce(try_cast(max(value) filter (where parameter in ('as_of', 'project.as_of')) as date), date '9999-12-31') as day from run
)
select firm_id, if(incorporated > day, 255, least(greatest(coalesce(year(incorporated), 0) - $1, 0), 255))::utinyint as begins,
       if(incorporated > day or dissolved is null or dissolved > day, 255, least(greatest(year(dissolved) - $1, 0), 255))::utinyint as ends
from firm, as_of;
