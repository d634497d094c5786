-- Takes away what the stages from cluster on write, so that they can run again on the same atlas: tables
-- that are made anew (schema/clusters.sql) take no time, where rows that are deleted do.
drop view cluster_wide;
drop table cluster_year;
drop table year_coverage;
drop table cluster_link;
drop table cluster_item;
drop table cluster_sum;
drop table cluster_measure;
drop table cluster_member;
drop table cluster;
-- What they took of the file may be written again.
checkpoint;
