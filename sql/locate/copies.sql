-- What needs no locating. Reads staging.support_record and staging.published_cluster_record. Writes
-- support and published_cluster, one row per record.
insert into support
select (row_number() over (order by source_id, record) - 1)::uinteger, name, provider, description, url,
       sectors, area_codes
from staging.support_record
order by source_id, record;

insert into published_cluster
select (row_number() over (order by source_id, record) - 1)::uinteger, sector, cluster, sector_type,
       site_count, enterprise_count, employment, turnover_gbp, is_rdi_active, properties, geometry
from staging.published_cluster_record
order by source_id, record;
