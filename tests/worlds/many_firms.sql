-- Makes a register of national size of the tiny atlas, for measurements: 5.6 million active firms with one
-- site each around the country's middle, a third of a million of them in each of two sectors.
insert into firm
select 120 + i, 'YY' || lpad(i::varchar, 8, '0'),
       -- names of three made-up words, some 200,000 different ones
       upper(substr(md5((i * 7919 % 90001)::varchar), 1, 6)) || ' ' || upper(substr(md5((i * 104729 % 60013)::varchar), 1, 8)) || ' '
           || ['TRADING', 'CONSULTING', 'HOLDINGS', 'SYSTEMS', 'MEDIA', 'FOODS', 'BUILDERS'][1 + i % 7] || ' LTD',
       null, 'Active', true, 'Private Limited Company', date '1990-01-01' + (i % 12000)::integer, null, 'Town ' || (i % 900),
       ['62020'], null, null, if(i % 3 = 0, (i % 97)::integer, null), 2023, null, null
from range(5600000) t(i);
insert into site
select 123 + i, 120 + i, 'registered_office', null, 'unit',
       -- clumped about 900 centres, as firms are
       lon, lat, 400000 + (lon + 2) * 66000, 400000 + (lat - 53.5) * 111200, false, true
from (
    select i, -4.0 + (hash(i % 900) % 1000000) / 200000.0 + (((hash(i) % 1000) / 1000.0) * ((hash(i + 7) % 1000) / 1000.0) - 0.25) * 0.2 as lon,
           50.8 + (hash(i % 900 + 5000) % 1000000) / 200000.0 + (((hash(i + 1) % 1000) / 1000.0) * ((hash(i + 9) % 1000) / 1000.0) - 0.25) * 0.12 as lat
    from range(5600000) t(i)
);
insert into firm_sector select 120 + i, 2, 'SIC 21200' from range(0, 5600000, 56) t(i);
insert into firm_sector select 120 + i, 0, 'SIC 28490' from range(0, 5600000, 17) t(i);
insert into site_area select 123 + i, 'region', 0 from range(0, 5600000, 9) t(i);
insert into postcode
select 'QQ' || (i // 17576 // 10) || ' ' || (i // 17576 % 10) || chr((65 + i // 676 % 26)::integer) || chr((65 + i // 26 % 26)::integer), -2.0 + i / 1e6, 53.0, false
from range(0, 2700000, 26) t(i);
-- Land below all of them: outlines of firms at sea, which no register has, take very long to clip.
delete from land;
insert into land values (unhex('0103000000010000000500000000000000000018c00000000000c0484000000000000008400000000000c0484000000000000008400000000000004d4000000000000018c00000000000004d4000000000000018c00000000000c04840'));
