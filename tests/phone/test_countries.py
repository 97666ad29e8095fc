"""Every spelling of a country that people use, and what is none."""

import subprocess
import sys

import pytest

from tests.rows import each
from tui.phone import country_named

SPELLINGS = {
    "GB": "UK, U.K., u.k, U. K., GB, G.B., GBR, United Kingdom, the United Kingdom, Great Britain, England, Scotland,"
    " Wales, Northern Ireland, British, Regno Unito, Vereinigtes Königreich, Großbritannien, Royaume-Uni, Reino"
    " Unido,"
    " United Kingdom (UK), England; UK, +44, uk , GB-ENG, UK - United Kingdom,"
    " Gr. Britain, Ireland (Northern), GB-England, Utd. Kingdom, the UK",
    "IE": "Republic of Ireland, Republik Irland, République d'Irlande, Repubblica d'Irlanda, IE, IRL, Ireland,"
    " Éire, Irlanda, Irland, Irlande, Irish, Ireland (Republic of),"
    " Ireland; Republic of, Rep. of Ireland,"
    " The Republic of Ireland",
    "AE": "UAE, U.A.E., United Arab Emirates, Emirati Arabi Uniti, Vereinigte Arabische Emirate, ARE,"
    " Émirats arabes unis, Emiratos Árabes Unidos",
    "US": "USA, U.S.A., US, U.S., United States, United States of America, The United States, Stati Uniti,"
    " Vereinigte Staaten, EE. UU., Estados Unidos, États-Unis, Etats Unis, American, America,"
    " United-States, UNITED_STATES",
    "DE": "Germany, DE, DEU, D.E., Deutschland, Germania, Allemagne, Alemania, German, Tyskland, Niemcy,"
    " Duitsland, West Germany, Westdeutschland, East Germany, Germania Ovest, Allemagne de l'Ouest,"
    " Alemania Occidental, DE-Deutschland, Bundesrepublik Deutschland (DE), GDR, DDR, GER, tedesca, allemande,"
    " alemana, deutsche, Deutscher",
    "IT": "Italy, Italia, Italien, Italie, ITA, Italian, Włochy, IT-Italia, Norditalien, Northern Italy,"
    " Republik Italien, República Italiana, italiana, italienne, Italienische",
    "FR": "France, République française, Französische Republik, Repubblica francese, la France, Francia,"
    " Frankreich, FRA, French, française, francesa, Französische, Francesi",
    "ES": "Spain, Reino de España, Königreich Spanien, Regno di Spagna, Royaume d'Espagne, España, Spagna,"
    " Spanien, Espagne, ESP, spagnola, españoles, espagnole",
    "CH": "Switzerland, Schweiz (CH), die Schweiz, Confédération suisse, Schweizerische Eidgenossenschaft,"
    " Confederazione Svizzera, Swiss Confederation, Schweiz/Suisse, Schweiz, Svizzera, Suisse, Swiss, CHE, Suiza",
    "AT": "Austria, Republik Österreich, Repubblica d'Austria, République d'Autriche, Republic of Austria,"
    " Österreich, Oesterreich, AUT, Autriche",
    "NL": "Netherlands, the netherlands, Königreich der Niederlande, Regno dei Paesi Bassi, Kingdom of the"
    " Netherlands, The Netherlands, Holland, Nederland, Paesi Bassi, Niederlande, NLD, Pays-Bas, Dutch",
    "CZ": "Czechia, Czech Rep., Rep. Ceca, Czech Republic, Česko, CZE",
    "ZA": "South Africa, RSA, ZAF, Sudafrica, Südafrika",
    "JP": "Japan, Giappone, 日本, JPN",
    "FI": "Finland, Suomi, Finlandia, Finnland",
    "HU": "Hungary, Magyarország, Ungheria, HUN",
    "SG": "Singapore, SGP, Singapur",
    "SM": "San Marino, Repubblica di San Marino",
    "TW": "Taiwan, Republic of China, Republik China, République de Chine",
    "BE": "Belgium, Königreich Belgien, Royaume de Belgique, Kingdom of Belgium",
    "PL": "Poland, Republik Polen, República de Polonia",
    "KR": "South Korea, Republik Korea, Korea; Republic of, Republic of Korea, Corea del Sud",
    "AU": "Australia, AUS, Australien, Australian",
    "CI": "Côte d'Ivoire, Costa d'Avorio, CIV",
    "BA": "Bosnia and Herzegovina, Bosnia & Herzegovina",
    "TR": "Turkey, Türkiye, Turchia, Türkei",
    "RU": "Russia, Russian Federation, Россия, RUS",
    "GR": "Greece, Ελλάδα, Grecia",
    "KZ": "Republic of Kazakhstan, Kazakhstan",
    "TZ": "Tanzania; United Republic of",
    "IR": "Iran; Islamic Republic of",
    "BO": "Bolivia; Plurinational State of",
    "SK": "Slovak Republic, Slovakia, Slowakei",
    "CD": "Democratic Republic of the Congo",
    "KP": "North Korea, Korea (North), Korea; North",
    "DO": "Dominican Republic, Repubblica Dominicana",
    "PE": "Peru, Perú, PER",
    "CA": "Canada, CAN, Kanada, Canadian",
}


@pytest.mark.parametrize(("code", "words"), SPELLINGS.items())
def test_a_country_is_known_in_every_spelling(code: str, words: str) -> None:
    wrong = {
        word: found for word in words.split(",") if (found := country_named(word.replace(";", ","))) != code
    }
    assert not wrong


@each(
    "text",
    [
        "",
        "?",
        "Ruritania",
        "Indiana",
        "XX",
        "ZZZ",
        "EU",
        "Europe",
        "n/a",
        "12",
        "Springfield",
        "Republic of",
        "Republik",
        "West Indies",
        "Channel Islands",
        "US-CA-NV",
        "United",
        "GB/US",
        "x" * 500,
    ],
)
def test_what_is_no_country_is_not_known(text: str) -> None:
    assert country_named(text) == ""


def test_a_start_reads_no_list_of_countries() -> None:
    code = (
        "import sys; import tui.phone; from tui.phone import country_named;"
        "assert country_named('UK') == 'GB'; assert not [name for name in sys.modules if name.startswith('babel')]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
