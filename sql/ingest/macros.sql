-- How values of the registers are normalised. Reads nothing, writes nothing: macros of the session,
-- used by the SQL that ingest makes from reference/presets/ and reference/kinds/. Each turns a text
-- into a typed value, or null where the text is blank or is no such value. Those that say "of a
-- clean text" expect what clean_text or clean_token gave: cleaning once, in a subquery of its own,
-- is what makes millions of rows cheap.

-- A text without white space around it; null when nothing is left. Most values need no trimming,
-- and the look at their two ends is far cheaper than the trim.
create or replace temp macro clean_text(x) as
    nullif(case when ascii(x) <= 32 or ascii(x[-1]) <= 32 then trim(x, e' \t\r\n' || chr(0))
                else x end, '');

-- A clean text, but null for the ways registers write "nothing" where a date, a number or a code belongs.
-- (list_contains, because DuckDB makes a join of a long `in`, and a join does not keep the rows in order.)
create or replace temp macro clean_token(x) as
    case when list_contains(['na', 'n/a', '#n/a', 'null', 'none', '-', '--', 'none supplied',
                             'not available', 'unknown', '*', '..', ':'], lower(x))
         then null else x end;

-- Of a clean text: the postcode unit as it is printed, upper case, one space before the inward part.
-- NPT (Newport) and GIR (Girobank) are old districts without a digit.
create or replace temp macro spaced_postcode(x) as
    case when regexp_full_match(x, '([A-Z]{1,2}[0-9][0-9A-Z]?|NPT|GIR)[0-9][A-Z]{2}')
         then left(x, -3) || ' ' || right(x, 3) end;
create or replace temp macro postcode_of(x) as
    case when regexp_full_match(x, '[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}') then x
         else spaced_postcode(replace(upper(x), ' ', '')) end;

-- Of a clean text: the number of a company, upper case; spreadsheets drop leading zeros, which are put back.
create or replace temp macro company_number_of(x) as
    case when length(x) < 8 and regexp_full_match(x, '[0-9]+') then lpad(x, 8, '0') else upper(x) end;

-- Of a clean text: a date, day first where the order is open; a time of day is left out; 12 or 13
-- digits are milliseconds since 1970. Two-digit years 69-99 are of the last century. The forms that
-- nearly all dates have are read by a function of ours, some ten times as fast.
create or replace temp macro rare_date_of(x) as
    case when x[3] = '/' and x[6] = '/' and length(x) = 10
              then try_cast(right(x, 4) || '-' || x[4:5] || '-' || left(x, 2) as date)
         when regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?') then try_cast(left(x, 10) as date)
         when regexp_full_match(x, '[0-9]{12,13}') then try_cast(make_timestamp_ms(try_cast(x as bigint)) as date)
         else try_strptime(x,
                  ['%d/%m/%Y', '%d.%m.%y', '%d.%m.%Y', '%d %B %Y', '%d %b %Y', '%d-%m-%Y', '%d %m %Y',
                   '%Y%m%d', '%Y/%m/%d', '%d/%m/%y', '%d-%b-%y', '%d-%b-%Y', '%d-%B-%Y', '%d-%m-%y',
                   '%B %d, %Y', '%b %d, %Y', '%B %Y', '%b %Y', '%b-%y', '%d/%m/%Y %H:%M',
                   '%d/%m/%Y %H:%M:%S'])::date
    end;
create or replace temp macro date_of(x) as
    coalesce(common_date(x), rare_date_of(x));

-- Of a clean text: a number; currency signs, thousands separators and percent signs are left out.
-- NaN and infinity are no numbers.
create or replace temp macro finite(x) as case when isfinite(x) then x end;
create or replace temp macro number_of(x) as
    finite(coalesce(try_cast(x as double),
                    try_cast(regexp_replace(x, '[£€$%, ]', '', 'g') as double)));
create or replace temp macro whole(x) as
    case when x = floor(x) and abs(x) <= 2147483647 then x::integer end;
create or replace temp macro integer_of(x) as
    coalesce(try_cast(case when regexp_full_match(x, '-?[0-9]+') then x end as integer),
             whole(number_of(x)));

-- Of a clean text: true or false, as registers write it.
create or replace temp macro boolean_of(x) as
    case when lower(x) in ('true', 't', 'yes', 'y', '1') then true
         when lower(x) in ('false', 'f', 'no', 'n', '0') then false end;

-- The texts of a list that are not blank, cleaned; null when none is left.
create or replace temp macro clean_list(xs) as
    nullif(list_filter(list_transform(xs, lambda x: clean_text(x)), lambda x: x is not null), []::varchar[]);
-- A list written in one cell, with one of these signs between its items.
create or replace temp macro split_list(x) as regexp_split_to_array(x, '\s*[;|]\s*');
create or replace temp macro split_comma_list(x) as regexp_split_to_array(x, '\s*[;,|]\s*');

-- The five digits of an SIC 2007 code, from "62020 - Information technology consultancy activities".
-- A code is taken for known when its division is one of SIC 2007's.
create or replace temp macro sic_of(x) as
    case when regexp_matches(x, '^\s*(0[1-35-9]|[12][0-9]|3[0-35-9]|4[1-35-79]|5[0-35689]|6[0-68-9]|7[0-57-9]|8[0-24-8]|9[0-9])[0-9]{3}(\s|-|$)')
         then left(ltrim(x), 5) end;
create or replace temp macro sic_list_of(xs) as
    nullif(list_filter(list_transform(xs, lambda x: sic_of(x)), lambda x: x is not null), []::varchar[]);
-- The first item of the list that is neither blank nor a code: looked for only where the list has
-- more items than codes, which is seldom.
create or replace temp macro unknown_sic_of(xs) as
    case when len(list_filter(xs, lambda x: x <> '')) > coalesce(len(sic_list_of(xs)), 0)
         then list_filter(xs, lambda x: x <> '' and sic_of(x) is null and clean_token(clean_text(x)) is not null)[1] end;
