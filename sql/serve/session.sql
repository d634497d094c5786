-- Runs once on each connection of the server: nothing outside the atlas can be reached, and the
-- views that several answers share are there.
set enable_external_access = false;

-- A cluster as every answer refers to it. One row per cluster.
create temp view cluster_ref as
select c.cluster_id, c.sector_id, c.slug, c.enterprise_count, {
    cluster_id: c.cluster_id, slug: c.slug, name: c.name,
    sector: {slug: s.slug, name: s.name, type: s.type},
    type: c.type, is_rdi_active: c.is_rdi_active,
    site_count: c.site_count, enterprise_count: c.enterprise_count,
    label: [c.label_lon_deg, c.label_lat_deg],
    bbox: [c.min_lon_deg, c.min_lat_deg, c.max_lon_deg, c.max_lat_deg]
} as ref
from cluster c join sector s using (sector_id);

-- Is the atlas published under official disclosure? One row.
create temp view rules as
select coalesce(max(value) filter (where parameter in ('disclosure', 'project.disclosure')), 'open') = 'official' as is_official
from run;

-- Kinds of evidence in words (reference/evidence.toml). One row per kind.
create temp table evidence_label (kind varchar primary key, label varchar not null);

-- What OGC API – Features hands out: one view per collection. id, lon and lat are the feature's own,
-- every other column is a property and, unless it is a list, a queryable.
create temp view ogc_clusters as
select c.cluster_id as id, c.slug, c.name, s.slug as sector, s.name as sector_name, s.type as sector_type, s.is_frontier,
       s.industrial_strategy_parent, c.type, c.type_reason, c.is_rdi_active, c.site_count, c.enterprise_count,
       c.la_1, c.la_2, c.la_3, c.area_km2, c.extent_km
from cluster c join sector s using (sector_id);

create temp view ogc_members as
select m.cluster_id || '-' || m.site_id as id, st.lon_deg as lon, st.lat_deg as lat,
       c.slug as cluster, s.slug as sector, f.company_number, f.name, f.town, st.postcode, st.kind, m.is_core,
       f.incorporated, f.dissolved, f.employees, m.cluster_id, m.site_id
from cluster_member m join cluster c using (cluster_id) join sector s using (sector_id)
join firm f on f.firm_id = m.firm_id join site st on st.site_id = m.site_id;

create temp view ogc_institutions as
select asset_id as id, lon_deg as lon, lat_deg as lat, name, kind, postcode, website from asset;

create temp view ogc_areas as
select area_id as id, code, name, level, parent_code from area;

create temp view ogc_published_clusters as
select published_cluster_id as id, sector, cluster, sector_type, site_count, enterprise_count, employment, turnover_gbp,
       is_rdi_active
from published_cluster;
