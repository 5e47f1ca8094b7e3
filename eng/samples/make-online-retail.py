#!/usr/bin/env python3
"""Makes the data files of samples/online-retail from the raw Online Retail rows.

    python3 eng/samples/make-online-retail.py online_retail_2010-12_2011-12.csv.gz samples/online-retail

The input has the columns InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID and Country
(samples/online-retail/SOURCE.md says where it comes from). The YAML files beside the output are written by hand and left alone.

The same input gives the same files: whatever is made up is drawn from a hash of a salt and a key, never from a random generator
or the clock. What is real and what is made up is set out in SOURCE.md. Needs Python 3.9 and nothing else.
"""
import csv
import datetime
import gzip
import hashlib
import io
import os
import sys
from collections import Counter, defaultdict
from zoneinfo import ZoneInfo

from product_families import family_of

SENDER = "harbour-gifts-ltd"
LONDON = ZoneInfo("Europe/London")
YEARS = 14
CHECKOUT_ON_RECORD = datetime.date(2025, 3, 1)   # as in collection-points.yaml
PHONE_OFFERS_REFUSAL = datetime.date(2025, 6, 1)
CAMPAIGN_DAY = datetime.date(2026, 3, 10)
SENDS = [datetime.date(2025, 9, 16), datetime.date(2025, 11, 4), datetime.date(2026, 1, 20), datetime.date(2026, 2, 17), datetime.date(2026, 3, 3)]
EXTRA_SEND = datetime.date(2026, 2, 24)          # a few people had a third newsletter within 30 days: above the assessment's cap
DOMAINS = ["example.com", "example.net", "example.org", "mail.example", "inbox.example"]
EUROPE = {"Germany", "France", "Spain", "Belgium", "Portugal", "Italy", "Finland", "Austria", "Norway", "Netherlands", "Denmark", "Sweden", "Poland",
          "Greece", "EIRE", "Czech Republic", "Malta", "Cyprus", "Lithuania", "Iceland", "European Community", "Switzerland"}


def draw(salt, key):
    """A number in [0, 1) that depends on salt and key alone."""
    return int.from_bytes(hashlib.sha256(f"{salt}:{key}".encode()).digest()[:6], "big") / 2**48


def pick(salt, key, choices):
    """One of (weight, choice) pairs."""
    left = draw(salt, key) * sum(weight for weight, _ in choices)
    for weight, choice in choices:
        left -= weight
        if left < 0:
            return choice
    return choices[-1][1]


def day_between(salt, key, first, last):
    return first + datetime.timedelta(days=int(draw(salt, key) * ((last - first).days + 1)))


def clock(salt, key, day):
    """An instant of that day in shop hours, with London's offset."""
    minutes = 8 * 60 + int(draw(salt, key) * 12 * 60)
    return datetime.datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=LONDON)


def text(instant):
    return instant.isoformat(timespec="minutes")


class Invoice:
    def __init__(self, number, customer, when, country):
        self.number, self.customer, self.when, self.country = number, customer, when, country
        self.products = []

    @property
    def is_cancelled(self):
        return self.number.startswith("C")


def read(path):
    """Invoices of known customers, units per customer, and each code's commonest description."""
    invoices, units, names = {}, Counter(), defaultdict(Counter)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row["StockCode"].strip().upper().replace(" ", "-")
            if row["Description"].strip():
                names[code][row["Description"].strip().upper()] += 1
            if not row["CustomerID"]:
                continue
            moment = datetime.datetime.fromisoformat(row["InvoiceDate"])
            moment = moment.replace(year=moment.year + YEARS, tzinfo=LONDON)
            invoice = invoices.setdefault((row["InvoiceNo"], row["CustomerID"]), Invoice(row["InvoiceNo"], row["CustomerID"], moment, row["Country"]))
            invoice.when = min(invoice.when, moment)
            if code not in invoice.products:
                invoice.products.append(code)
            units[row["CustomerID"]] += max(0, int(row["Quantity"]))
    chosen = {code: max(sorted(counter), key=lambda name: counter[name]) for code, counter in names.items()}
    return sorted(invoices.values(), key=lambda i: (i.customer, i.when, i.number)), units, chosen


def is_wholesale(customer, units):
    return units[customer] >= 3000 and draw("wholesale", customer) < 0.75


def address(customer, units):
    if is_wholesale(customer, units) and draw("role", customer) < 0.35:
        return f"orders@shop-{customer}.example"
    return f"customer-{customer}@{DOMAINS[int(draw('domain', customer) * len(DOMAINS))]}"


def write(folder, name, header, rows):
    body = io.StringIO()
    writer = csv.writer(body, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    data = body.getvalue().encode()
    path = os.path.join(folder, name)
    if name.endswith(".gz"):
        with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
            packed.write(data)
    else:
        with open(path, "wb") as file:
            file.write(data)
    print(f"{name}: {len(rows)} rows, {os.path.getsize(path)} bytes")


def point_of(invoice):
    """A cancellation goes through no form; a few customers usually ring up."""
    if invoice.is_cancelled:
        return ""
    rings = draw("rings", invoice.customer) < 0.05
    return "phone-orders" if draw("phone", invoice.number) < (0.8 if rings else 0.015) else "checkout"


def refused(invoice, is_first):
    """Said only where a form version is on record that offered a refusal; a few per cent use it, mostly at their first order."""
    begins = {"checkout": CHECKOUT_ON_RECORD, "phone-orders": PHONE_OFFERS_REFUSAL}.get(point_of(invoice))
    if begins is None or invoice.when.date() < begins:
        return ""
    return "yes" if draw("refused", invoice.number) < (0.05 if is_first else 0.006) else "no"


def order_row(invoice, is_first, key):
    return [key, invoice.number, text(invoice.when), SENDER, "" if invoice.is_cancelled else "recipient", "cancelled-sale" if invoice.is_cancelled else "sale",
            point_of(invoice), " ".join(invoice.products), "" if invoice.country == "Unspecified" else invoice.country, refused(invoice, is_first)]


ORDER_COLUMNS = ["address", "id", "when", "obtained_by", "from", "context", "point", "products", "country", "refused"]
REFUSAL_COLUMNS = ["address", "id", "when", "senders", "channels", "topics", "kind", "how", "made_by"]
CONSENT_COLUMNS = ["address", "id", "when", "to", "channels", "topics", "act", "condition_of_service", "informed", "separate_request", "told_of_withdrawal", "wording",
                   "point", "obtained_through", "confirmed", "purpose_ended"]


def person_row(customer, key, countries, units):
    row = [key, ";".join(sorted(country for country in countries if country != "Unspecified")), "", "", "", "", ""]
    if is_wholesale(customer, units):
        is_role = key.startswith("orders@")
        # Made-up numbers: no company register issues the prefix MADE-UP. One in four is a claim without a number, which shows nothing.
        row[2:] = ["corporate", f"MADE-UP-{customer}" if draw("register", customer) < 0.75 else "", "role" if is_role else "named", "no" if is_role else "yes", "yes"]
    elif draw("says-individual", customer) < 0.75:
        row[2:] = ["individual", "", "named", "yes", "no"]
    return row


def consent_row(customer, key, countries, first_day):
    """An answer to a request for the newsletter, well or badly recorded; None for most people."""
    is_european = any(country in EUROPE for country in countries)
    if draw("consent", customer) >= (0.4 if is_european else 0.055):
        return None
    day = day_between("consent-day", customer, first_day, datetime.date(2026, 2, 20))
    when = clock("consent-clock", customer, day)
    well = [key, f"signup-{customer}", text(when), SENDER, "email", "offers news", "unticked-box", "no", "yes", "yes", "yes", "", "newsletter-signup", "sender", "", "no"]
    confirmed = text(when + datetime.timedelta(minutes=3 + int(draw("confirmed", customer) * 300)))
    kind = pick("consent-kind", customer, [(52, "double"), (16, "single"), (13, "no-wording"), (8, "pre-ticked"), (4, "partners-too"), (4, "bought"), (3, "declined")])
    changes = {
        "double": {14: confirmed}, "single": {}, "no-wording": {6: "", 8: "", 9: "", 10: "", 12: "", 15: ""}, "pre-ticked": {6: "pre-ticked", 12: "old-account-form"},
        "partners-too": {5: "offers news partner-offers", 14: confirmed}, "bought": {12: "", 13: "third-party", 11: "list bought in 2025, wording as the seller gave it"}, "declined": {6: "declined"},
    }[kind]
    for column, value in changes.items():
        well[column] = value
    return well


def refusal_row(customer, key, first_day, is_company):
    """A request to stop; None for most people."""
    if draw("stop", customer) >= 0.085:
        return None
    when = clock("stop-clock", customer, day_between("stop-day", customer, first_day, datetime.date(2026, 3, 6)))
    how = pick("stop-how", customer, [(70, "link"), (12, "phone"), (8, "letter"), (10, "reply")])
    row = [key, f"stop-{customer}", text(when), SENDER, "email", "all", "refusal", how, "person"]
    if how == "letter":
        row[2:7] = [when.date().isoformat(), "all", "all", "all", "objection"]
    elif how == "phone":
        row[3:7] = ["all", "all", "all", "objection"]
    elif how == "reply" and draw("stop-undated", customer) < 0.3:
        row[2] = ""
    elif draw("stop-topic", customer) < 0.08:
        row[5] = "partner-offers"
    if is_company:
        row[8] = "organisation"
    return row


def send_rows(customer, key, first_day, stop, has_consent):
    """Newsletters that went out before: to some customers, never after a request to stop."""
    if draw("mailed", customer) >= (0.7 if has_consent else 0.2):
        return []
    days = SENDS + ([EXTRA_SEND] if draw("extra", customer) < 0.12 else [])
    stopped = None if stop is None else (stop[2] or "2024-01-01")[:10]
    return [[key, f"letter-{day:%Y%m%d}-{customer}", f"{day}", SENDER, "email", "yes", "newsletter"] for day in sorted(days)
            if day > first_day and (stopped is None or day.isoformat() < stopped)]


def main(source, folder):
    invoices, units, names = read(source)
    by_customer = defaultdict(list)
    for invoice in invoices:
        by_customer[invoice.customer].append(invoice)
    people, orders, consents, refusals, sends, checks = [], [], [], [], [], []
    for customer in sorted(by_customer, key=lambda c: address(c, units)):
        mine = by_customer[customer]
        key, first_day, countries = address(customer, units), mine[0].when.date(), {invoice.country for invoice in mine}
        people.append(person_row(customer, key, countries, units))
        orders += [order_row(invoice, index == 0, key) for index, invoice in enumerate(mine)]
        consent = consent_row(customer, key, countries, first_day)
        stop = refusal_row(customer, key, first_day, is_wholesale(customer, units))
        consents += [consent] if consent else []
        refusals += [stop] if stop else []
        sends += send_rows(customer, key, first_day, stop, consent is not None)
        if "Austria" in countries and draw("ecg-checked", customer) < 0.8:
            checks.append([key, f"ecg-{customer}", "2026-03-09", "at/ecg", "yes" if draw("ecg-listed", customer) < 0.2 else "no"])
    write(folder, "people.csv", ["address", "country", "subscriber", "register_number", "address_kind", "personal_data", "business_capacity"], people)
    write(folder, "orders.csv.gz", ORDER_COLUMNS, orders)
    write(folder, "consents.csv", CONSENT_COLUMNS, consents)
    write(folder, "refusals.csv", REFUSAL_COLUMNS, refusals)
    write(folder, "sends.csv", ["address", "id", "when", "sender", "channel", "marketing", "template"], sends)
    write(folder, "checks.csv", ["address", "id", "when", "register", "listed"], checks)
    ordered = {code for invoice in invoices for code in invoice.products}
    mapped = [(code, *family_of(names.get(code, ""))) for code in sorted(ordered) if code[0].isdigit() and family_of(names.get(code, "")) is not None]
    write(folder, "product-map.csv", ["code", "family", "range"], mapped)
    print(f"  {len(ordered) - len(mapped)} of {len(ordered)} codes left unmapped; families {Counter(family for _, family, _ in mapped).most_common()}")
    by_phone(os.path.join(folder, "by-phone"), invoices)


def by_phone(folder, invoices):
    """A second, small audience for text messages: UK customers who ordered by phone, under numbers that Ofcom keeps for drama."""
    mine = [invoice for invoice in invoices if point_of(invoice) == "phone-orders" and invoice.country == "United Kingdom"]
    customers = sorted({invoice.customer for invoice in mine})[:200]
    numbers = {customer: f"+447700900{index:03}" for index, customer in enumerate(customers)}
    orders, seen = [], set()
    for invoice in (i for i in mine if i.customer in numbers):
        orders.append(order_row(invoice, invoice.customer not in seen, numbers[invoice.customer]))
        seen.add(invoice.customer)
    consents = []
    for customer in (c for c in customers if draw("sms-consent", c) < 0.3):
        when = clock("sms-clock", customer, datetime.date(2026, 1, 12))
        consents.append([numbers[customer], f"sms-{customer}", text(when), SENDER, "sms", "offers", "verbal-recorded", "no", "yes", "yes", "yes", "", "phone-orders", "sender", "", "no"])
    refusals = [[numbers[c], f"sms-stop-{c}", text(clock("sms-stop", c, datetime.date(2026, 2, 2))), SENDER, "sms", "all", "refusal", "STOP by text", "person"]
                for c in customers if draw("sms-stopped", c) < 0.1]
    people = [[numbers[c], "United Kingdom"] + (["individual", "yes"] if draw("says-individual", c) < 0.75 else ["", ""]) for c in customers]
    write(folder, "people.csv", ["address", "country", "subscriber", "personal_data"], people)
    write(folder, "orders.csv", ORDER_COLUMNS, orders)
    write(folder, "consents.csv", CONSENT_COLUMNS, consents)
    write(folder, "refusals.csv", REFUSAL_COLUMNS, refusals)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
