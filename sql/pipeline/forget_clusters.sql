-- Empties what the stages from cluster on write, so that they can run again on the same atlas.
delete from cluster_year;
delete from year_coverage;
delete from cluster_link;
delete from cluster_item;
delete from cluster_sum;
delete from sector_measure;
delete from cluster_measure;
delete from cluster_member;
delete from cluster;
