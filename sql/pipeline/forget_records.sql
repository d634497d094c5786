-- Drops the records that ingest left: after linking nobody reads them, and of a national register they
-- take half of the memory that describe needs. The shapes of clusters, which are no records, stay.
drop table staging.firm_record;
drop table staging.site_record;
drop table staging.postcode_record;
drop table staging.area_record;
drop table staging.area_lookup_record;
drop table staging.place_record;
drop table staging.asset_record;
drop table staging.project_record;
drop table staging.participation_record;
drop table staging.patent_record;
drop table staging.deal_record;
drop table staging.account_record;
drop table staging.support_record;
drop table staging.coastline_record;
drop table staging.published_cluster_record;
