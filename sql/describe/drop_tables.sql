-- The working tables are of no use once the clusters are described.
drop table describe_context;
drop table describe_funder;
drop table describe_filing;
drop table describe_ground;
drop table describe_cluster;
drop table describe_active;
drop table describe_rule;
drop table describe_award;
drop table describe_span;
drop table describe_dated;
drop table describe_deal;
drop table describe_sector_fit;
drop table describe_area_fit;
