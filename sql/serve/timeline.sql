-- Enterprises by year for the catalogue of the server. One row per cluster and year.
select cluster_id, year::integer, enterprises from cluster_year order by cluster_id, year;
