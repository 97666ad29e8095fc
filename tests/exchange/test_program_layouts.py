"""Address books and CRMs in their languages: whose row it is, and which of its numbers rings where."""

from __future__ import annotations

import pytest

from tests.rows import each

MOBILE, WORK, HOME = "07700 900101", "020 7946 0018", "020 7946 0019"
FAX = "020 7946 0011"
BOTH = (("work", "0018"), ("mobile", "0101"))
BARE = (("", "0018"), ("mobile", "0101"))
WITH_HOME = (("work", "0018"), ("home", "0019"), ("mobile", "0101"))

LAYOUTS: list[tuple[str, str, str, tuple[tuple[str, str], ...]]] = [
    (
        "Outlook",
        "Title,First Name,Last Name,Company,Department,Job Title,Business Fax,Business Phone,Business Phone 2,"
        "Home Phone,Mobile Phone,Pager,Categories,E-mail Address,E-mail Type",
        f"Mr,Ada,Quill,Quill Ltd,Sales,Buyer,{FAX},{WORK},,{HOME},{MOBILE},,vip,ada@q.example,SMTP",
        WITH_HOME,
    ),
    (
        "Outlook, German",
        "Anrede,Vorname,Weitere Vornamen,Nachname,Firma,Abteilung,Position,Fax geschäftlich,Telefon geschäftlich,"
        "Telefon geschäftlich 2,Telefon Firma,Telefon privat,Mobiltelefon,Kategorien,E-Mail-Adresse,E-Mail-Typ",
        f"Herr,Ada,,Quill,Quill Ltd,Sales,Buyer,{FAX},{WORK},,,{HOME},{MOBILE},vip,ada@q.example,SMTP",
        WITH_HOME,
    ),
    (
        "Outlook, Italian",
        "Titolo,Nome,Secondo nome,Cognome,Società,Reparto,Posizione,Fax (uff.),Telefono (uff.),Telefono (uff.) 2,"
        "Abitazione,Cellulare,Categorie,Indirizzo posta elettronica,Tipo posta elettronica",
        f"Sig.,Ada,,Quill,Quill Ltd,Sales,Buyer,{FAX},{WORK},,{HOME},{MOBILE},vip,ada@q.example,SMTP",
        WITH_HOME,
    ),
    (
        "Outlook, French",
        "Titre,Prénom,Deuxième prénom,Nom,Société,Service,Fonction,Télécopie (bureau),Téléphone (bureau),"
        "Téléphone (domicile),Tél. mobile,Catégories,Adresse de messagerie,Type de messagerie",
        f"Mme,Ada,,Quill,Quill Ltd,Sales,Buyer,{FAX},{WORK},{HOME},{MOBILE},vip,ada@q.example,SMTP",
        WITH_HOME,
    ),
    (
        "Outlook, Spanish",
        "Tratamiento,Nombre,Segundo nombre,Apellidos,Organización,Departamento,Puesto,Fax del trabajo,"
        "Teléfono del trabajo,Particular,Móvil,Categorías,Dirección de correo electrónico,Tipo de correo electrónico",
        f"Sra.,Ada,,Quill,Quill Ltd,Sales,Buyer,{FAX},{WORK},{HOME},{MOBILE},vip,ada@q.example,SMTP",
        WITH_HOME,
    ),
    (
        "Google",
        "First Name,Last Name,Name Prefix,Organization Name,Organization Title,Labels,E-mail 1 - Label,"
        "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value",
        f"Ada,Quill,,Quill Ltd,Buyer,* myContacts ::: vip,Work,ada@q.example,Work,{WORK},Mobile,{MOBILE}",
        BOTH,
    ),
    (
        "Google, older",
        "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,"
        "Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Organization 1 - Name,Organization 1 - Title",
        f"Ada Quill,Ada,Quill,* myContacts ::: vip,*,ada@q.example,Work,{WORK},Mobile,{MOBILE},Quill Ltd,Buyer",
        BOTH,
    ),
    (
        "Google, German",
        "Vorname,Nachname,Organisationsname,Organisationstitel,Labels,E-Mail 1 - Label,E-Mail 1 - Wert,"
        "Telefon 1 - Typ,Telefon 1 - Wert,Telefon 2 - Label,Telefon 2 - Wert",
        f"Ada,Quill,Quill Ltd,Buyer,vip,Arbeit,ada@q.example,Arbeit,{WORK},Mobil,{MOBILE}",
        BOTH,
    ),
    (
        "Google, Italian",
        "Nome,Cognome,Nome organizzazione,Titolo organizzazione,Etichette,Email 1 - Etichetta,Email 1 - Valore,"
        "Telefono 1 - Etichetta,Telefono 1 - Valore,Telefono 2 - Tipo,Telefono 2 - Valore",
        f"Ada,Quill,Quill Ltd,Buyer,vip,Lavoro,ada@q.example,Lavoro,{WORK},Cellulare,{MOBILE}",
        BOTH,
    ),
    (
        "Google, French",
        "Prénom,Nom de famille,Nom de l'organisation,Titre dans l'organisation,Libellés,E-mail 1 - Libellé,"
        "E-mail 1 - Valeur,Téléphone 1 - Libellé,Téléphone 1 - Valeur,Téléphone 2 - Type,Téléphone 2 - Valeur",
        f"Ada,Quill,Quill Ltd,Buyer,vip,Travail,ada@q.example,Travail,{WORK},Mobile,{MOBILE}",
        BOTH,
    ),
    (
        "Google, Spanish",
        "Nombre,Apellido,Nombre de la organización,Cargo en la organización,Etiquetas,"
        "Correo electrónico 1 - Etiqueta,Correo electrónico 1 - Valor,Teléfono 1 - Etiqueta,Teléfono 1 - Valor,"
        "Teléfono 2 - Tipo,Teléfono 2 - Valor",
        f"Ada,Quill,Quill Ltd,Buyer,vip,Trabajo,ada@q.example,Trabajo,{WORK},Móvil,{MOBILE}",
        BOTH,
    ),
    (
        "HubSpot",
        "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Lead Status,Job Title,"
        "Associated Company,Associated Company IDs,Tags",
        f"51,Ada,Quill,ada@q.example,{WORK},{MOBILE},NEW,Buyer,Quill Ltd,991,vip",
        BARE,
    ),
    (
        "HubSpot, another export",
        "Record ID - Contact,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Job Title,"
        "Record ID - Company,Associated Company (Primary),Associated Company IDs (Primary),Tags",
        f"51,Ada,Quill,ada@q.example,{WORK},{MOBILE},Buyer,991,Quill Ltd,991,vip",
        BARE,
    ),
    (
        "HubSpot, German",
        "Datensatz-ID,Vorname,Nachname,E-Mail,Telefonnummer,Mobiltelefonnummer,Jobtitel,Zugehöriges Unternehmen,Tags",
        f"51,Ada,Quill,ada@q.example,{WORK},{MOBILE},Buyer,Quill Ltd,vip",
        BARE,
    ),
    (
        "Dynamics",
        "(Do Not Modify) Contact,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Full Name,Email,"
        "Company Name,Business Phone,Mobile Phone,Job Title,Address 1: Country/Region,Tags",
        f"51,abc=,2026-01-01,Ada Quill,ada@q.example,Quill Ltd,{WORK},{MOBILE},Buyer,,vip",
        BOTH,
    ),
    (
        "Dynamics, Italian",
        "(Non modificare) Contatto,(Non modificare) Checksum riga,Nome completo,E-mail,Nome società,"
        "Telefono ufficio,Telefono cellulare,Posizione,Tag",
        f"51,abc=,Ada Quill,ada@q.example,Quill Ltd,{WORK},{MOBILE},Buyer,vip",
        BOTH,
    ),
    (
        "Mautic",
        "points,title,firstname,lastname,company,position,email,phone,mobile,city,tags",
        f"20,,Ada,Quill,Quill Ltd,Buyer,ada@q.example,{WORK},{MOBILE},London,vip",
        BARE,
    ),
    (
        "Twenty",
        "Id,Name / First Name,Name / Last Name,Emails / Primary Email,Phones / Primary Phone Number,"
        "Phones / Mobile Number,Job Title,Company,Tags",
        f"51,Ada,Quill,ada@q.example,{WORK},{MOBILE},Buyer,Quill Ltd,vip",
        BARE,
    ),
    (
        "Twenty, brackets",
        "Id,Name (First Name),Name (Last Name),Emails (Primary Email),Phones (Primary Phone Number),"
        "Phones (Mobile Phone),Job Title,Company / Name,Tags",
        f"51,Ada,Quill,ada@q.example,{WORK},{MOBILE},Buyer,Quill Ltd,vip",
        BARE,
    ),
    (
        "Odoo",
        "External ID,Name,Phone,Mobile,Email,Is a Company,Company Name,Job Position,Tags",
        f"51,Ada Quill,{WORK},{MOBILE},ada@q.example,False,Quill Ltd,Buyer,vip",
        BARE,
    ),
    (
        "Odoo, full names",
        "id,display_name,phone,mobile,email,is_company,commercial_company_name,function,tags",
        f'51,"Quill Ltd, Ada Quill",{WORK},{MOBILE},ada@q.example,False,Quill Ltd,Buyer,vip',
        BARE,
    ),
    (
        "Wazo",
        "id|title|displayname|firstname|lastname|society|officenumber|mobilenumber|email|faxnumber|role|tags",
        f"51|mrs|Ada Quill|Ada|Quill|Quill Ltd|{WORK}|{MOBILE}|ada@q.example|{FAX}|Buyer|vip",
        BOTH,
    ),
    (
        "3CX",
        "ID,FirstName,LastName,Company,Title,Business,Business2,Mobile,Mobile2,Email,BusinessFax,HomeFax,Tags",
        f"51,Ada,Quill,Quill Ltd,Buyer,{WORK},,{MOBILE},,ada@q.example,{FAX},,vip",
        BOTH,
    ),
    (
        "Thunderbird",
        "First Name,Last Name,Display Name,Nickname,Primary Email,Screen Name,Work Phone,Home Phone,Fax Number,"
        "Mobile Number,Job Title,Department,Organization,Tags",
        f"Ada,Quill,Ada Quill,,ada@q.example,,{WORK},{HOME},{FAX},{MOBILE},Buyer,Sales,Quill Ltd,vip",
        WITH_HOME,
    ),
]


@each(("header", "row", "numbers"), [one[1:] for one in LAYOUTS])
def test_a_row_of_another_program_is_who_it_says(
    header: str, row: str, numbers: tuple[tuple[str, str], ...], built
) -> None:
    made = built(f"{header}\n{row}\n".encode())
    one = made.contacts[0]
    assert (one.name, one.company, one.role) == ("Ada Quill", "Quill Ltd", "Buyer")
    assert one.emails == ("ada@q.example",)
    assert tuple((number.label, number.e164[-4:]) for number in one.numbers) == numbers
    assert (one.tags, bool(one.do_not_call), made.remarks) == (("vip",), False, ())
    assert one.source.external_id == ("51" if "51" in row else "")


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Name,Surname", "Ada,Quill"),
        ("Surname,Name", "Quill,Ada"),
        ("Name,Vorname", "Quill,Ada"),
        ("Nom,Prénom", "Quill,Ada"),
        ("Full name,Last name", "Ada Quill,Quill"),
        ("Full name,First name", "Ada Quill,Ada"),
        ("Display name,Surname", '"Quill, Ada",Quill'),
        ("Name,First name,Last name", "Ada Quill,Ada,Quill"),
    ],
)
def test_a_name_beside_a_part_of_it_is_whole_or_the_other_part(header: str, row: str, built) -> None:
    one = built(f"{header},Phone\n{row},{WORK}\n".encode()).contacts[0]
    assert (one.name, one.given or "Ada", one.family or "Quill") == ("Ada Quill", "Ada", "Quill")


def test_a_card_of_one_word_is_not_said_twice(built) -> None:
    assert built(b"BEGIN:VCARD\nN:;Ada;;;\nFN:Ada\nTEL:020 7946 0018\nEND:VCARD\n").contacts[0].name == "Ada"
