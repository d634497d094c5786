-- The working tables are of no use once the clusters are described.
drop table describe_context;
drop table describe_funder;
drop table describe_location;
drop table describe_member;
drop table describe_firm;
drop table describe_sector;
drop table describe_cluster;
drop table describe_active;
drop table describe_rule;
drop table describe_figure;
drop table describe_former;
drop table describe_name;
drop table describe_item;
drop table describe_profile;
drop table describe_industry;
drop table describe_award;
drop table describe_deal;
