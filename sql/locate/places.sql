-- The named places, each once. Reads staging.place_record. Writes the temporary table place_claim, one
-- row per place, numbered by source and record.
--
-- Two sources tell of the same town in their own ways (OS Open Names: kind and extent, no population;
-- GeoNames: population, no extent). The source with the most places leads; a place of another source
-- is the same as a leading one
--   * of the same name (without punctuation, SAINT = ST) at most 3 km away, or half its extent; or
--   * of another name but of the size its extent tells, within a factor of 3, that no place of its
--     own name claims, a city or town, at most 2 km away (Abertawe is Swansea; the other source's
--     name is taken).
-- Half of all pairs of the first kind in Great Britain lie within 210 m, 98 % within 1.6 km.
-- population_guess is 0.000605 x extent_m^1.99, fitted by least squares to 3,451 such pairs
-- (log10, residual 0.35).
create or replace temp macro metres_between(lon_a, lat_a, lon_b, lat_b) as
    111320 * sqrt(pow(lat_a - lat_b, 2) + pow((lon_a - lon_b) * cos(radians(lat_b)), 2));

create or replace temp table place_claim as
with candidate as (
    select *,
           regexp_replace(trim(regexp_replace(upper(strip_accents(name)), '[^A-Z0-9]+', ' ', 'g')), '^SAINT ', 'ST ') as key,
           0.000605 * pow(extent_m, 1.99) as population_guess,
           source_id = (select arg_max(source_id, (n, -source_id)) from (select source_id, count(*)::bigint as n from staging.place_record group by source_id)) as leads
    from staging.place_record
),
same_name as (
    select a.source_id, a.record, b.source_id as leader_source, b.record as leader_record, a.name, 1 as way,
           metres_between(a.lon_deg, a.lat_deg, b.lon_deg, b.lat_deg) as distance_m,
           greatest(3000, coalesce(b.extent_m, 0) / 2) as reach_m
    from candidate a
    join candidate b using (key)
    where not a.leads and b.leads
),
-- Cells of 0.05 degrees, each place looked for in its own and the eight around it.
cell as (
    select *, floor(lat_deg * 20)::integer as cell_lat, floor(lon_deg * 20)::integer as cell_lon
    from candidate
),
neighbour_cell as (
    select c.*, c.cell_lat + i as near_lat, c.cell_lon + j as near_lon
    from cell c, (values (-1), (0), (1)) dy(i), (values (-1), (0), (1)) dx(j)
    where not c.leads and c.population > 0
),
nearby as (
    select a.source_id, a.record, b.source_id as leader_source, b.record as leader_record, a.name, 2 as way,
           metres_between(a.lon_deg, a.lat_deg, b.lon_deg, b.lat_deg) as distance_m,
           2000 as reach_m
    from neighbour_cell a
    join cell b on b.cell_lat = a.near_lat and b.cell_lon = a.near_lon
    where b.leads and b.kind in ('city', 'town')
      and a.population between b.population_guess / 3 and b.population_guess * 3
),
claimed as (
    select distinct leader_source, leader_record from same_name where distance_m <= reach_m
),
pair as (
    select source_id, record,
           first(struct_pack(leader_source, leader_record, way, name) order by way, distance_m, leader_record) as best
    from (
        from same_name where distance_m <= reach_m
        union all
        from (from nearby anti join claimed using (leader_source, leader_record)) where distance_m <= reach_m
    )
    group by source_id, record
),
merged as (
    select best.leader_source as source_id, best.leader_record as record,
           max(c.population) as population,
           first(best.name order by c.population desc, c.source_id, c.record) filter (best.way = 2) as other_name
    from pair
    join candidate c using (source_id, record)
    group by all
),
-- The same name twice in one source within 500 m is one place.
repeated as (
    select distinct b.source_id, b.record
    from candidate a
    join candidate b using (source_id, key)
    where a.record < b.record
      and metres_between(a.lon_deg, a.lat_deg, b.lon_deg, b.lat_deg) <= 500
),
kept as (
    select c.source_id, c.record, coalesce(m.other_name, c.name) as name, coalesce(c.kind, 'other') as kind,
           nullif(greatest(coalesce(c.population, 0), coalesce(m.population, 0)), 0) as population,
           c.population_guess, c.district, c.lon_deg, c.lat_deg
    from candidate c
    left join merged m using (source_id, record)
    anti join pair using (source_id, record)
    anti join repeated using (source_id, record)
)
select (row_number() over (order by source_id, record) - 1)::uinteger as place_id, name, kind, population,
       -- How much a name says to people: the places of a hundred to ten million inhabitants spread
       -- over 0.29 to 1; parts of towns and scattered settlements count for less than their size.
       round(least(1.0, log10(greatest(10, coalesce(population, population_guess, 100))) / 7
           * case kind when 'city' then 1.0 when 'town' then 0.95 when 'village' then 0.85
                       when 'suburb' then 0.7 when 'hamlet' then 0.7 else 0.6 end), 6) as importance,
       district, lon_deg, lat_deg
from kept
order by source_id, record;

create or replace temp table place_plane (place_id uinteger, x_m double, y_m double);
