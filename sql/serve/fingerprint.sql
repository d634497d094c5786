-- What the version of the tile addresses is made of besides the catalogue: the sources' bytes, the
-- figures and the outlines. One row; sums, so that the order of reading does not matter.
select concat_ws(' ',
    (select string_agg(xxh3, ',' order by source_id) from source),
    (select sum(hash(cluster_id, measure, value, low, high, rank)::hugeint) from cluster_measure),
    (select sum(hash(cluster_id, geometry)::hugeint) from cluster)) as fingerprint;
