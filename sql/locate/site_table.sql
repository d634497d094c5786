-- Sites and institutions with their positions. Reads site_claim, institution, the positions found for
-- them (site_position and its like) and mass_registration_of. Writes site, one row per site, and asset,
-- one row per institution. A position that has no image in the project's CRS is none.
insert into site
with placed as (
    select *, site_position(site_id) as position_id, site_precision(site_id) as found_precision,
           mass_registration_of(postcode) is not null as is_mass_registration
    from site_claim
),
in_plane as (
    select *, position_x(position_id) as x_m from placed
)
select site_id, firm_id, kind, postcode,
       case when x_m is null then 'none' else found_precision end,
       case when x_m is not null then position_lon(position_id) end,
       case when x_m is not null then position_lat(position_id) end,
       x_m, position_y(position_id), is_mass_registration,
       is_active and x_m is not null and found_precision in ('coordinate', 'unit')
           and (not is_mass_registration or getvariable('mass_registration_in_density'))
from in_plane;

insert into asset
with placed as (
    select *, asset_position(asset_id) as position_id, position_x(position_id) as x_m from institution
)
select asset_id, name, kind, postcode, website,
       case when x_m is null then 'none' else asset_precision(asset_id) end,
       case when x_m is not null then position_lon(position_id) end,
       case when x_m is not null then position_lat(position_id) end,
       x_m, position_y(position_id)
from placed
order by asset_id;
