-- Positions of the institutions in a box of the project's CRS ($1 west, $2 south, $3 east, $4 north).
-- One row per institution.
select x_m, y_m from asset where x_m between $1 and $3 and y_m between $2 and $4 order by asset_id;
