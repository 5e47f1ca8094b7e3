-- What a good engineer would write instead for the sample's spring campaign: five facts of the law, no reasons per limb, no other country.
-- {d} is the audience's folder, {out} where its lists go.
create or replace table people as select * from read_csv('{d}/people.csv', all_varchar=true);
create or replace table orders as select address, id, strptime("when", '%Y-%m-%dT%H:%M%z') as t, obtained_by, "from", context, point, products, refused from read_csv('{d}/orders.csv', all_varchar=true);
create or replace table consents as select *, strptime("when", '%Y-%m-%dT%H:%M%z') as t from read_csv('{d}/consents.csv', all_varchar=true);
create or replace table refusals as select * from read_csv('{d}/refusals.csv', all_varchar=true);
create or replace table sends as select address, "when"::date as day, template from read_csv('{d}/sends.csv', all_varchar=true) where marketing = 'yes';
create or replace table map as select * from read_csv('{d}/product-map.csv', all_varchar=true);
create or replace table verdicts as
with o as (select *, row_number() over (partition by address order by t, rowid) as n from orders),
lists as (select products, string_split(products, ' ') as l from (select distinct products from orders)),
ranges as (select lists.products, bool_or(m.range in ('homeware', 'seasonal', 'garden')) as similar from lists, unnest(lists.l) as u(p) left join map m on m.code = u.p group by 1),
soi as (select o.address, bool_or(n = 1 and o.context = 'sale' and o.obtained_by = 'harbour-gifts-ltd' and o."from" = 'recipient' and o.point = 'checkout' and o.t >= timestamptz '2025-03-01'
  and coalesce(o.refused, 'no') <> 'yes' and r.similar) as ok from o left join ranges r using (products) group by 1),
con as (select address, bool_or(act in ('unticked-box', 'equal-yes-no') and condition_of_service = 'no' and informed = 'yes' and separate_request = 'yes' and told_of_withdrawal = 'yes'
  and channels like '%email%' and topics like '%offers%' and t < timestamptz '2026-03-10' and "to" = 'harbour-gifts-ltd') as ok from consents group by 1),
ref as (select address, bool_or((coalesce(senders, 'all') = 'all' or senders like '%harbour-gifts-ltd%') and (coalesce(channels, 'all') = 'all' or channels like '%email%')) as ok from refusals group by 1),
cap as (select address, count(*) filter (where day > date '2026-02-08') as n from sends group by 1)
select p.*, case when ref.ok then 'refused' when (coalesce(soi.ok, false) or coalesce(con.ok, false)) and coalesce(cap.n, 0) < 4 then 'permitted' else 'not-shown' end as verdict
from people p left join soi using (address) left join con using (address) left join ref using (address) left join cap using (address);
copy (select * from verdicts where verdict = 'permitted') to '{out}/permitted.csv' (header);
copy (select * from verdicts where verdict = 'refused') to '{out}/refused.csv' (header);
copy (select * from verdicts where verdict = 'not-shown') to '{out}/not-shown.csv' (header);
