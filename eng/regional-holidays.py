#!/usr/bin/env python3
"""Writes src/Law/Facts/regional-holidays.yaml from the holidays project (https://github.com/vacanza/holidays, MIT licence).

Run it once a year, when the Spanish gazette has published next year's list and the project has taken it over:
set LISTED to that year and the version to the project's that has it, then:

    pip install holidays==0.102 && python3 eng/regional-holidays.py > src/Law/Facts/regional-holidays.yaml

LISTED is the last year whose list the project has checked against its official source; days of later years are only expected.
"""

from collections import Counter
from datetime import date, timedelta

import holidays
from dateutil.easter import easter

FIRST, LISTED, LAST = 2014, 2026, 2036

SPAIN = {  # ISO 3166-2: community, its name, its provinces, and the first digits of their postcodes
    "an": ("Andalucía", "al ca co gr h j ma se", "04 11 14 18 21 23 29 41"),
    "ar": ("Aragón", "hu te z", "22 44 50"),
    "as": ("Asturias", "o", "33"),
    "cb": ("Cantabria", "s", "39"),
    "ce": ("Ceuta", "", "51"),
    "cl": ("Castilla y León", "av bu le p sa sg so va za", "05 09 24 34 37 40 42 47 49"),
    "cm": ("Castilla-La Mancha", "ab cr cu gu to", "02 13 16 19 45"),
    "cn": ("Canarias", "gc tf", "35 38"),
    "ct": ("Catalunya", "b gi l t", "08 17 25 43"),
    "ex": ("Extremadura", "ba cc", "06 10"),
    "ga": ("Galicia", "c lu or po", "15 27 32 36"),
    "ib": ("Illes Balears", "pm", "07"),
    "mc": ("Región de Murcia", "mu", "30"),
    "md": ("Comunidad de Madrid", "m", "28"),
    "ml": ("Melilla", "", "52"),
    "nc": ("Navarra", "na", "31"),
    "pv": ("País Vasco", "bi ss vi", "01 20 48"),
    "ri": ("La Rioja", "lo", "26"),
    "vc": ("Comunitat Valenciana", "a cs v", "03 12 46"),
}
NATIONAL = ((1, 1), (1, 6), (5, 1), (8, 15), (10, 12), (11, 1), (12, 6), (12, 8), (12, 25))
PROVINCES = {  # where they are not named as their community is
    "an": "Almería Cádiz Córdoba Granada Huelva Jaén Málaga Sevilla Andalucia",
    "ar": "Huesca Teruel Zaragoza Aragon",
    "cl": "Ávila Burgos León Palencia Salamanca Segovia Soria Valladolid Zamora",
    "cm": "Albacete|Ciudad Real|Cuenca|Guadalajara|Toledo",
    "cn": "Las Palmas|Santa Cruz de Tenerife|Canary Islands",
    "ct": "Barcelona Girona Gerona Lleida Lérida Tarragona Cataluña Catalonia",
    "ex": "Badajoz Cáceres",
    "ga": "A Coruña|La Coruña|Lugo|Ourense|Orense|Pontevedra",
    "ib": "Baleares|Islas Baleares|Balearic Islands",
    "mc": "Murcia",
    "md": "Madrid",
    "nc": "Nafarroa|Comunidad Foral de Navarra|Navarre",
    "pv": "Bizkaia|Vizcaya|Gipuzkoa|Guipúzcoa|Araba|Álava|Euskadi|Basque Country",
    "vc": "Alicante|Alacant|Castellón|Castelló|Valencia|València|Comunidad Valenciana",
}
ALSACE_MOSELLE = "57 67 68"


def regional(country, subdivision, year):
    everywhere = set(getattr(holidays, country)(years=year))
    return sorted(set(getattr(holidays, country)(subdiv=subdivision, years=year)) - everywhere)


def expected(year):
    """Days of a year without a list that some region may keep: by the rules, by earlier lists, and the Mondays after Sundays."""
    days = {date(year, month, day) for month, day in NATIONAL}
    for code in SPAIN:
        days.update(regional("Spain", code.upper(), year))
        listed = [day for then in range(LISTED - 5, LISTED + 1) for day in regional("Spain", code.upper(), then)]
        dates = Counter((day.month, day.day) for day in listed if day.weekday() > 0)
        days.update(date(year, *one) for one, times in dates.items() if times > 1 and one != (2, 29))
        offsets = Counter((day - easter(day.year)).days for day in listed)
        days.update(easter(year) + timedelta(days=one) for one, times in offsets.items() if times > 3)
    days.update({day + timedelta(days=1) for day in days if day.weekday() == 6})
    days.difference_update(holidays.Spain(years=year))
    for code in ("CE", "ML"):  # feasts that follow the moon: a day before and after
        for day, name in holidays.Spain(subdiv=code, years=year).items():
            if "(estimado)" in name:
                days.update({day - timedelta(days=1), day + timedelta(days=1)})
    return sorted(day for day in days if day.year == year and day.weekday() < 5)


def names(code):
    also = PROVINCES.get(code, "")
    return also.split("|") if "|" in also else also.split()


def write(code, names, also, postcodes, days):
    print(f"      {code}:")
    print(f"        names: [{', '.join(names)}]")
    if also:
        print(f"        codes: [{', '.join(also)}]")
    print(f"        postcodes: [{', '.join(chr(34) + prefix + chr(34) for prefix in postcodes)}]")
    if days:
        print("        days:")
        for year in sorted({day.year for day in days}):
            print(f"          {year}: [{', '.join(f'{day:%m-%d}' for day in days if day.year == year)}]")


print("# Public holidays of regions, beside those of whole countries, where a law lets nobody be called on one.")
print("# Made by eng/regional-holidays.py from https://github.com/vacanza/holidays 0.102 (MIT licence, (c) Vacanza Team and contributors,")
print("# dr-prodigy, ryanss), which takes Spain's from the lists in the Boletín Oficial del Estado. Do not edit: run that again.")
print("countries:")
print("  es:")
print(f"    listed: {{from: {FIRST}-01-01, until: {LISTED + 1}-01-01}}")
print("    regions:")
for code, (name, provinces, prefixes) in SPAIN.items():
    days = [day for year in range(FIRST, LISTED + 1) for day in regional("Spain", code.upper(), year)]
    write("es-" + code, [name, *names(code)], ["es-" + province for province in provinces.split()], prefixes.split(), days)
print("    expected:")
for year in range(LISTED + 1, LAST + 1):
    days = [f"{day:%m-%d}" for day in expected(year)]
    print(f"      {year}:")
    for at in range(0, len(days), 14):
        print(f"        {'[' if at == 0 else ' '}{', '.join(days[at:at + 14])}{',' if at + 14 < len(days) else ']'}")
print("  fr:")
print(f"    listed: {{from: {FIRST}-01-01, until: {LAST + 1}-01-01}}")
print("    regions:")
days = [day for year in range(FIRST, LAST + 1) for day in regional("France", "57", year)]
departments = [f"{number:02}" for number in range(1, 96) if number != 20] + ["2a", "2b"]
AROUND = ["Alsace and Moselle", "Alsace", "Moselle", "Alsace-Moselle"]
write("fr-am", AROUND, ["fr-" + one for one in (ALSACE_MOSELLE + " 6ae").split()], ALSACE_MOSELLE.split(), days)
rest = [one for one in departments if one not in ALSACE_MOSELLE.split()]
print("      fr-rest:")
print("        names: [the rest of metropolitan France]")
print("        codes:")
for at in range(0, len(rest), 16):
    line = ", ".join("fr-" + one for one in rest[at:at + 16])
    print(f"          {'[' if at == 0 else ' '}{line}{',' if at + 16 < len(rest) else ']'}")
print("        postcodes:")
prefixes = [f"{number:02}" for number in range(1, 96) if f"{number:02}" not in ALSACE_MOSELLE.split()]
for at in range(0, len(prefixes), 20):
    line = ", ".join(f'"{one}"' for one in prefixes[at:at + 20])
    print(f"          {'[' if at == 0 else ' '}{line}{',' if at + 20 < len(prefixes) else ']'}")
