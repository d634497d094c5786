-- The name of the place nearest to $1, $2 (project CRS), within 30 km. At most one row.
select name from place
where x_m between $1 - 30000 and $1 + 30000 and y_m between $2 - 30000 and $2 + 30000
order by (x_m - $1) * (x_m - $1) + (y_m - $2) * (y_m - $2), place_id
limit 1;
