"""Files that are no table: vCards, LDIF, paragraphs, JSON, HTML, XML. Each yields the rows a CSV would."""

from __future__ import annotations

import base64
import json

import pytest

from tests.rows import each
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.table import read_table

Person = tuple[str, str, tuple[tuple[str, str], ...]]
"""Name, company, and label and number of each phone."""
ADA: Person = ("Ada Quill", "Quill Ltd", (("work", "+442079460018"),))
BEN: Person = ("Ben Stone", "", (("mobile", "+12025550143"),))
JOERG: Person = ("Jörg Müller", "", (("work", "+493023125018"),))

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Ada Quill
N:Quill;Ada;;;
ORG:Quill Ltd;Sales
TEL;TYPE=WORK:+442079460018
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Ben Stone
TEL;TYPE=CELL:+12025550143
END:VCARD
"""
LDIF = """# made by an address book
version: 1

dn: cn=Ada Quill,o=Quill
objectclass: person
cn: Ada Quill
o: Quill Ltd
telephoneNumber: +442079460018
userPassword: secret

dn:: Y249QmVuIFN0b25l
cn: Ben
 Stone
mobile: +12025550143
"""
FRITZ = """<?xml version="1.0" encoding="utf-8"?><phonebooks><phonebook name="Book">
<contact><category>0</category><person><realName>J&#xF6;rg M&#252;ller</realName></person>
<telephony nid="2"><number type="work" prio="1" id="0">+493023125018</number>
<number type="fax_work">+493023125019</number></telephony></contact></phonebook></phonebooks>"""
YEALINK = """<?xml version="1.0"?><YealinkIPPhoneBook><Title>Yealink</Title><Menu Name="All">
<Unit Name="Ada Quill" Phone1="+442079460018" Phone2=""/><Unit Name="Cora Flint" Phone1="" Phone2=""/>
</Menu></YealinkIPPhoneBook>"""
SHEET = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table>
<Row><Cell><Data>Name</Data></Cell><Cell><Data>Company</Data></Cell><Cell><Data>Work phone</Data></Cell></Row>
<Row><Cell><Data>Ada Quill</Data></Cell><Cell><Data>Quill Ltd</Data></Cell>
<Cell><Data>+442079460018</Data></Cell></Row>
<Row><Cell><Data>Ben Stone</Data></Cell><Cell ss:Index="3"><Data>+12025550143</Data></Cell></Row>
</Table></Worksheet></Workbook>"""
GOOGLE_PEOPLE = {
    "connections": [
        {
            "resourceName": "people/c1",
            "names": [{"displayName": "Ada Quill", "givenName": "Ada", "familyName": "Quill"}],
            "organizations": [{"name": "Quill Ltd", "title": "Owner"}],
            "phoneNumbers": [{"value": "+442079460018", "type": "work"}],
        },
        {
            "resourceName": "people/c2",
            "names": [{"displayName": "Ben Stone"}],
            "phoneNumbers": [{"value": "+12025550143", "type": "mobile"}],
        },
    ]
}
HUBSPOT = {
    "results": [
        {
            "id": "51",
            "properties": {
                "firstname": "Ada",
                "lastname": "Quill",
                "company": "Quill Ltd",
                "work_phone": "+442079460018",
            },
        },
        {
            "id": "52",
            "properties": {"firstname": "Ben", "lastname": "Stone", "mobile_phone": "+12025550143"},
        },
    ]
}
OBJECTS = [
    {
        "name": {"first": "Ada", "last": "Quill"},
        "company": {"name": "Quill Ltd"},
        "workPhone": "+442079460018",
    },
    {
        "name": {"first": "Ben", "last": "Stone"},
        "owner": {"name": "Rep One", "phone": "+442079460099"},
        "phones": [{"number": "2025550143", "callingCode": "+1", "type": "mobile"}],
    },
]

EXPECTED: list[tuple[str, bytes, list[Person]]] = [
    ("vCard 3", CARDS.encode(), [ADA, BEN]),
    ("byte order mark", CARDS.encode("utf-8-sig"), [ADA, BEN]),
    ("UTF-16", CARDS.encode("utf-16"), [ADA, BEN]),
    ("blank lines first, CR LF", ("\n \n" + CARDS).replace("\n", "\r\n").encode(), [ADA, BEN]),
    ("old Mac line ends", CARDS.replace("\n", "\r").encode(), [ADA, BEN]),
    (
        "lower case",
        "\n".join(
            line.split(":")[0].lower() + ":" + line.split(":")[1] for line in CARDS.splitlines()
        ).encode(),
        [ADA, BEN],
    ),
    ("blanks about the colon", CARDS.replace("BEGIN:VCARD", "Begin : vCard ").encode(), [ADA, BEN]),
    ("no END", CARDS.replace("END:VCARD\n", "").encode(), [ADA, BEN]),
    (
        "groups with labels of their own",
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Ada Quill\nORG:Quill Ltd\nitem1.TEL:+442079460018\n"
        b"item1.X-ABLabel:_$!<Work>!$_\nitem2.TEL;type=pref:+442079460019\nitem2.X-ABLABEL:Boat shed\nEND:VCARD\n",
        [("Ada Quill", "Quill Ltd", (("work", "+442079460018"), ("Boat shed", "+442079460019")))],
    ),
    (
        "vCard 2.1, quoted-printable, soft line breaks",
        b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\n"
        b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg=20=\nM=C3=BC=\nller\n"
        b"TEL;WORK;VOICE:+493023125018\nEND:VCARD\n",
        [JOERG],
    ),
    (
        "vCard 2.1, the encoding without its name, another charset",
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:J=F6rg M=FCller\r\n"
        b"TEL;WORK:+493023125018\r\nEND:VCARD\r\n",
        [JOERG],
    ),
    (
        "vCard 2.1, a charset in plain letters",
        b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=SHIFT_JIS:" + "田中 太郎".encode("shift_jis") + b"\n"
        b"TEL;CELL:+819012345678\nEND:VCARD\n",
        [("田中 太郎", "", (("mobile", "+819012345678"),))],
    ),
    (
        "vCard 4: URIs, groups, a firm, several types, folded lines",
        'BEGIN:VCARD\nVERSION:4.0\nFN:Jörg\n  Müller\nTEL;VALUE=uri;PREF=1;TYPE="voice,work":tel:+49-30-23125018\n'
        "TEL;VALUE=uri;TYPE=fax:tel:+49-30-23125019\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Quill Ltd\nORG:Quill Ltd\n"
        "TEL;TYPE=work:tel:+442079460018\nEND:VCARD\n".encode(),
        [JOERG, ("", "Quill Ltd", (("work", "+442079460018"),))],
    ),
    (
        "name from its parts, escapes",
        b"BEGIN:VCARD\nVERSION:3.0\nN:Quill;Ada;;Dr.;\nORG:Quill\\, Sons\\; Co\n"
        b"TEL;TYPE=WORK:+442079460018\nEND:VCARD\n",
        [("Ada Quill", "Quill, Sons; Co", (("work", "+442079460018"),))],
    ),
    (
        "labels of phones' own: Android, Apple, plain words",
        b"BEGIN:VCARD\nVERSION:2.1\nFN:Ada Quill\nORG:Quill Ltd\n"
        b"TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=42=C3=BC=72=6F):+442079460018\nEND:VCARD\n"
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Ben Stone\nitem1.TEL:+12025550143\nitem1.X-ABLabel:iPhone\nEND:VCARD\n"
        b"BEGIN:VCARD\nVERSION:2.1\nFN:Cy\nTEL;X-Mobil:+12025550144\nEND:VCARD\n",
        [ADA, BEN, ("Cy", "", (("mobile", "+12025550144"),))],
    ),
    (
        "a firm's card that does not say it is one; separators within quoted-printable",
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Quill Ltd\nN:;;;;\nORG:Quill Ltd\nTEL;TYPE=WORK:+442079460018\nEND:VCARD\n"
        b"BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:=51uill;Ada=\n;;;\n"
        b"ORG;ENCODING=QUOTED-PRINTABLE:A=3B B;=53ales\nEND:VCARD\n",
        [("", "Quill Ltd", (("work", "+442079460018"),)), ("Ada Quill", "A; B", ())],
    ),
    ("LDIF", LDIF.encode(), [ADA, ("BenStone", "", (("mobile", "+12025550143"),))]),
    (
        "LDIF in base 64, several numbers, no version",
        (
            "dn: cn=x\ncn:: " + base64.b64encode("Jörg Müller".encode()).decode() + "\n"
            "objectClass: inetOrgPerson\ntelephoneNumber: +493023125018\nfacsimileTelephoneNumber: +493023125019\n"
        ).encode(),
        [JOERG],
    ),
    (
        "paragraphs",
        b"Name: Ada Quill\nCompany: Quill Ltd\nWork phone: +442079460018\n\n\nName: Ben Stone\nMobile: +12025550143\n",
        [ADA, BEN],
    ),
    (
        "paragraphs in Italian between strokes",
        b"Nome: Ada\nCognome: Quill\nAzienda: Quill Ltd\nTelefono ufficio: +442079460018\n-----\n"
        b"Nome: Ben\nCognome: Stone\nCellulare: +12025550143\n",
        [ADA, BEN],
    ),
    (
        "paragraphs with an equals sign and nothing between them",
        b"Name = Ada Quill\nFirma = Quill Ltd\nTelefon Arbeit = +442079460018\n"
        b"Name = Ben Stone\nHandy = +12025550143\n",
        [ADA, BEN],
    ),
    (
        "JSON list",
        json.dumps(
            [
                {"name": "Ada Quill", "company": "Quill Ltd", "work phone": "+442079460018"},
                {"name": "Ben Stone", "mobile": "+12025550143"},
            ]
        ).encode(),
        [ADA, BEN],
    ),
    (
        "JSON whose people name the same things otherwise",
        json.dumps(
            {
                "data": [
                    {"name": "Ada Quill", "organization": "Quill Ltd", "phone": {"work": ["+442079460018"]}},
                    {
                        "displayName": "Ben Stone",
                        "tags": [{"name": "vip"}],
                        "telephone": {"mobile": "+12025550143"},
                    },
                ]
            }
        ).encode(),
        [ADA, BEN],
    ),
    ("JSON of one program", json.dumps(HUBSPOT).encode(), [ADA, BEN]),
    ("JSON of another program", json.dumps(GOOGLE_PEOPLE).encode(), [ADA, BEN]),
    ("JSON within JSON", json.dumps(OBJECTS, indent=1).encode("utf-8-sig"), [ADA, BEN]),
    ("JSON lines", "\n".join(map(json.dumps, OBJECTS)).encode(), [ADA, BEN]),
    (
        "HTML saved as a spreadsheet",
        b"<html><table><tr><th>Name</th><th>Company</th><th>Work phone</th><th>Mobile</th></tr><tr><td>Ada Quill</td>"
        b"<td>Quill Ltd</td><td>+442079460018</td></tr><tr><td>Ben&nbsp;Stone<td><td><td>+12025550143</table></html>",
        [ADA, BEN],
    ),
    (
        "HTML that says its charset, cells over several columns and rows, a smaller table before it",
        '<!DOCTYPE html><meta charset="iso-8859-1"><table><tr><td>Menu</table>'
        "<table><tr><td colspan=2>Name</td><td>Telefon Arbeit</td></tr>"
        "<tr><td colspan=2>Jörg Müller</td><td>+493023125018</td></tr></table>".encode("iso-8859-1"),
        [JOERG],
    ),
    (
        "HTML that calls itself XML, links and bold headings, rows without a table",
        b"\n<?xml version='1.0'?>\n<!-- x --><html><body><tr><td><b>Name</b><td>Mobile<tr><td>Ben Stone"
        b"<td><a href='tel:1'>+12025550143</a></html>",
        [BEN],
    ),
    ("a workbook in XML", SHEET.encode(), [ADA, ("Ben Stone", "", (("work", "+12025550143"),))]),
    ("phone book of a router", FRITZ.encode(), [JOERG]),
    (
        "phone book of a desk phone, in attributes",
        YEALINK.encode(),
        [("Ada Quill", "", (("", "+442079460018"),)), ("Cora Flint", "", ())],
    ),
    (
        "phone book of a cordless phone, places as attributes",
        b'<?xml version="1.0"?><list><entry id="7" name="Ada Quill" company="Quill Ltd" office1="+442079460018"/>'
        b'<entry id="8" name="Ben Stone" mobile1="+12025550143" home1=""/></list>',
        [ADA, BEN],
    ),
    (
        "phone book of another desk phone",
        b'<?xml version="1.0"?><AddressBook><version>1</version><Contact><id>1</id><FirstName>Ada</FirstName>'
        b"<LastName>Quill</LastName><Company>Quill Ltd</Company><Phone type='Work'><phonenumber>+442079460018"
        b"</phonenumber><accountindex>1</accountindex></Phone></Contact></AddressBook>",
        [ADA],
    ),
    (
        "the directory of a third",
        b"<CiscoIPPhoneDirectory><Title>x</Title><DirectoryEntry><Name>Ada Quill</Name><Telephone>+442079460018"
        b"</Telephone></DirectoryEntry><DirectoryEntry><Name>Ben Stone</Name><Telephone>+12025550143</Telephone>"
        b"</DirectoryEntry></CiscoIPPhoneDirectory>",
        [("Ada Quill", "", (("", "+442079460018"),)), ("Ben Stone", "", (("", "+12025550143"),))],
    ),
]


@each(("data", "people"), [row[1:] for row in EXPECTED])
def test_a_file_that_proves_what_it_is_becomes_people(data: bytes, people: list[Person], built) -> None:
    read = [
        (one.name, one.company, tuple((number.label, number.e164) for number in one.numbers))
        for one in built(data).contacts
    ]
    assert read == people


def test_everything_a_card_says_has_its_place(built) -> None:
    card = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Quill\nN:Quill;Ada;Maria;Dr.;\nORG:Quill Ltd;Sales\nTITLE:Buyer\n"
        "EMAIL;TYPE=INTERNET:ada@quill.example\nEMAIL:a.quill@home.example\nNOTE:one\\ntwo\\, three\n"
        "CATEGORIES:vip,London\nADR;TYPE=WORK:;;1 High Street;London;;EC1A;United Kingdom\nX-SKYPE:ada.q\n"
        "UID:urn:uuid:7\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA\n BBBB\nTEL:+442079460018\nTEL;TYPE=HOME:+442079460019\n"
        "TEL;TYPE=HOME:+442079460020\nTEL;TYPE=HOME,FAX:+442079460021\nX-DO-NOT-CALL:yes\nEND:VCARD\n"
    )
    one = built(card.encode()).contacts[0]
    assert (one.name, one.given, one.family, one.role) == ("Ada Quill", "Ada", "Quill", "Buyer")
    assert one.emails == ("ada@quill.example", "a.quill@home.example")
    assert one.fields["notes"] == "one\ntwo, three"
    assert one.tags == ("vip", "London")
    assert one.source.external_id == "urn:uuid:7"
    assert [n.e164[-2:] for n in one.numbers] == ["18", "19", "20"]
    assert "AAAA" not in str(one.fields)
    assert {
        "Department": "Sales",
        "SKYPE": "ada.q",
        "Country": "United Kingdom",
    }.items() <= one.fields.items()
    assert one.do_not_call


def test_who_is_nobody_is_named_with_the_line(built) -> None:
    cards = CARDS + "BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Friends\nEND:VCARD\n"
    rejected = built(cards.encode()).rejected
    assert [(one.where, one.reason) for one in rejected] == [
        ("row 3 (lines 13 to 17)", "it is a group, not a person")
    ]


def test_the_id_of_a_number_is_not_the_persons(built) -> None:
    one = built(FRITZ.encode()).contacts[0]
    assert (one.source.external_id, one.fields["Fax"]) == ("", "+493023125019")


def test_passwords_of_a_directory_are_not_taken(built) -> None:
    assert "secret" not in str(built(LDIF.encode()).contacts)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'[{"name": "Ada", "phone": ', "broken"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a><b>1</b></a>', "entities"),
        (b"<?xml version='1.0'?><a><name>Ada</name><phone>1</a>", "broken"),
        (b'{"a": 1}', "no list"),
        (b"<html><body>Please log in</body></html>", "no table"),
        (b"BEGIN:VCARD\nEND:VCARD\n", "empty"),
    ],
)
def test_what_is_broken_or_holds_nobody_is_refused_with_a_sentence(data: bytes, said: str, built) -> None:
    with pytest.raises(ImportRefused, match=said):
        built(data)


@pytest.mark.parametrize(
    "text",
    [
        "Notes:\nName,Phone\nAda,020 7946 0018\n",
        "Name: x,Phone: y\na,020 7946 0018\n",
        "[Name],[Phone]\na,b\n",
    ],
)
def test_what_only_begins_like_another_format_stays_a_table(text: str) -> None:
    assert len(read_table(text.encode(), "typed.csv").header) == 2


@pytest.mark.slow
def test_a_card_with_more_than_a_thousand_things_is_named(built) -> None:
    many = "".join(f"X-THING-{n}:{n}\n" for n in range(3_000))
    one = built(CARDS.replace("END:VCARD", many + "END:VCARD", 1).encode()).contacts[0]
    assert (one.name, len(one.fields) < 250) == ("Ada Quill", True)
