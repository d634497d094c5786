-- How values of the registers are normalised. Reads nothing, writes nothing: macros of the session,
-- used by the SQL that ingest makes from reference/presets/ and reference/kinds/. Each turns a text
-- into a typed value, or null where the text is blank or is no such value. Those that say "of a
-- clean text" expect what clean_text or clean_token gave. What millions of rows go through is C++
-- (ingest/clean_value): clean_text, clean_token, postcode_of, sic_of, sic_list_of, unknown_sic_of
-- and clean_list altogether; of numbers and dates the common forms, and macros take all others.

-- Of a clean text: the number of a company, upper case; spreadsheets drop leading zeros, which are put back.
create or replace temp macro company_number_of(x) as
    coalesce(common_company_number(x), upper(x));

-- A date, unless its year has too few digits to be one: what is left of "31/02/11".
create or replace temp macro modern(d) as case when year(d) >= 1000 then d end;

-- Of a clean text: a date, day first where the order is open; a time of day is left out; 12 or 13
-- digits are milliseconds since 1970. Two-digit years 69-99 are of the last century; each form is
-- tried with them first, as %Y takes two digits for a year of antiquity.
create or replace temp macro rare_date_of(x) as
    case when x[3] = '/' and x[6] = '/' and length(x) = 10
              then try_cast(right(x, 4) || '-' || x[4:5] || '-' || left(x, 2) as date)
         when regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?') then try_cast(left(x, 10) as date)
         when regexp_full_match(x, '[0-9]{12,13}') then try_cast(make_timestamp_ms(try_cast(x as bigint)) as date)
         else modern(try_strptime(x,
                  ['%d/%m/%y', '%d/%m/%Y', '%d.%m.%y', '%d.%m.%Y', '%d-%m-%y', '%d-%m-%Y',
                   '%d %m %y', '%d %m %Y', '%d %B %y', '%d %B %Y', '%d %b %y', '%d %b %Y',
                   '%d-%b-%y', '%d-%b-%Y', '%d-%B-%y', '%d-%B-%Y', '%Y%m%d', '%Y/%m/%d',
                   '%B %d, %y', '%B %d, %Y', '%b %d, %y', '%b %d, %Y', '%B %Y', '%b %Y', '%b-%y',
                   '%d/%m/%y %H:%M', '%d/%m/%Y %H:%M', '%d/%m/%y %H:%M:%S',
                   '%d/%m/%Y %H:%M:%S'])::date)
    end;
create or replace temp macro date_of(x) as
    case when x is not null then coalesce(common_date(x), rare_date_of(x)) end;

-- Of a clean text: a number; currency signs, thousands separators and percent signs are left out.
-- NaN and infinity are no numbers.
create or replace temp macro finite(x) as case when isfinite(x) then x end;
create or replace temp macro rare_number_of(x) as
    finite(coalesce(try_cast(x as double),
                    try_cast(regexp_replace(x, '[£€$%, ]', '', 'g') as double)));
create or replace temp macro number_of(x) as
    case when x is not null then coalesce(common_number(x), rare_number_of(x)) end;
create or replace temp macro whole(x) as
    case when x = floor(x) and abs(x) <= 2147483647 then x::integer end;
create or replace temp macro rare_integer_of(x) as
    coalesce(try_cast(case when regexp_full_match(x, '-?[0-9]+') then x end as integer),
             whole(rare_number_of(x)));
create or replace temp macro integer_of(x) as
    case when x is not null then coalesce(common_integer(x), rare_integer_of(x)) end;

-- Of a clean text: true or false, as registers write it. "in" with three texts or more is a join to
-- DuckDB, and rows that a join gave must be put back into their order.
create or replace temp macro boolean_of(x) as
    case when list_contains(['true', 't', 'yes', 'y', '1'], lower(x)) then true
         when list_contains(['false', 'f', 'no', 'n', '0'], lower(x)) then false end;

-- A list written in one cell, with one of these signs between its items.
create or replace temp macro split_list(x) as regexp_split_to_array(x, '\s*[;|]\s*');
create or replace temp macro split_comma_list(x) as regexp_split_to_array(x, '\s*[;,|]\s*');
