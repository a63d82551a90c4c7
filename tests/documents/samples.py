"""Sheets to test with: a class in Rabat, a cooperative in Salé. Nobody on them exists."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

from PIL import Image, ImageDraw

from app.domain.money import Currency, Money
from app.domain.sheets import CertificateSheet, Logo, SheetText
from app.domain.sheets_hub import AttendanceSheet, HandOverLine, HandOverSheet, SheetDay, SheetPerson
from app.domain.sheets_money import FundingAgreementSheet, Party, PortraitSheet, SheetTranche, TrancheReceiptSheet

CODE = "WASL1:" + "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[index * index * 7 % 32] for index in range(225))
LARGEST_CODE = "WASL1:" + "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[index * index * 5 % 32] for index in range(452))
LONG_LATIN = ("N’GUESSAN Kouamé Jean-Baptiste Emmanuel " * 8)[:300]
LONG_ARABIC = ("محمد عبد الرحمن بن عبد الله العلوي الإدريسي " * 8)[:300]
_TOOK_PART = (
    "a participé à la formation « \u2068Créer et gérer sa micro-entreprise\u2069 », organisée à \u2068Rabat\u2069 "
    "du \u206812/10/2026\u2069 au \u206816/10/2026\u2069, et y a suivi \u206818 heures\u2069 sur les "
    "\u206820 heures\u2069 prévues."
)
_TOOK_PART_AR = (
    "قد شارك(ت) في الدورة التكوينية «\u2068إحداث المقاولة الصغرى وتدبيرها\u2069»، المنظمة بمدينة "
    "\u2068الرباط\u2069 من \u206812/10/2026\u2069 إلى \u206816/10/2026\u2069، وحضر(ت) "
    "\u206818 ساعة\u2069 من أصل \u206820 ساعة\u2069 المبرمجة."
)

FR = SheetText(
    language="fr",
    issuer="Hub Work4Life de Rabat",
    issuer_line="Rabat, quartier l’Océan",
    title="Attestation de participation",
    lead="Le hub Work4Life de Rabat atteste que",
    body=(
        _TOOK_PART,
        "La présente attestation est délivrée à l’intéressé(e) pour servir et valoir ce que de droit.",
    ),
    issued="Fait à Rabat, le 24/11/2026",
    signatory="Samira BENNANI",
    function="Directrice du hub",
    number_label="N°",
    signature_label="Signature",
    stamp_label="Cachet",
    check="Ce code porte la signature électronique du hub. Tout hub le vérifie sans réseau.",
    funded="Financé par l’Union\u00a0européenne",
)
AR = SheetText(
    language="ar",
    issuer="مركز Work4Life بالرباط",
    issuer_line="الرباط، حي المحيط",
    title="شهادة مشاركة",
    lead="يشهد مركز Work4Life بالرباط بأن",
    body=(
        _TOOK_PART_AR,
        "سلمت هذه الشهادة للمعني(ة) بالأمر للإدلاء بها عند الحاجة.",
    ),
    issued="حرر بالرباط، في 24/11/2026",
    signatory="سميرة بناني",
    function="مديرة المركز",
    number_label="رقم",
    signature_label="التوقيع",
    stamp_label="الخاتم",
    check="يحمل هذا الرمز التوقيع الإلكتروني للمركز، ويمكن لأي مركز التحقق منه دون شبكة.",
    funded="بتمويل من الاتحاد الأوروبي",
)
EN = replace(
    FR,
    language="en",
    issuer="Work4Life hub, Rabat",
    title="Training certificate",
    lead="This is to certify that",
    body=("completed the training “\u2068Running a small business\u2069” and passed its assessment.",),
    issued="Rabat, 24/11/2026",
    function="Hub manager",
    note="This certificate is not a State diploma.",
    number_label="No.",
    stamp_label="Stamp",
    check="Any hub can verify this code without a network.",
    funded="Funded by the European\u00a0Union",
)


def logo(colour: str, width: int = 400, height: int = 160) -> Logo:
    """A made-up partner's logo with transparent corners."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((4, 4, width - 4, height - 4), 30, fill=colour)
    draw.ellipse((20, 30, 120, 130), fill="white")
    stream = BytesIO()
    image.save(stream, "PNG")
    return Logo(stream.getvalue(), colour)


LOGOS = (logo("#7A1F5C"), logo("#1F6B3A", 300, 200), logo("#B5651D", 520, 150))
BILINGUAL = CertificateSheet("RBT-AP-2026-A00123-K", (FR, AR), "KONÉ Aïssata", "عيساتا كوني", CODE, LOGOS)
CERTIFICATES = {
    "bilingual": BILINGUAL,
    "fr": replace(BILINGUAL, texts=(FR,)),
    "en": replace(BILINGUAL, texts=(EN,)),
    "ar": replace(BILINGUAL, texts=(AR,)),
    "long-names": replace(BILINGUAL, holder_name=LONG_LATIN, holder_name_ar=LONG_ARABIC, duplicate="DUPLICATA"),
    "arabic-name-only": replace(BILINGUAL, holder_name=None, qr="", logos=()),
    "latin-name-only": replace(
        BILINGUAL, holder_name="OUÉDRAOGO (épouse TRAORÉ) Marie-Thérèse", holder_name_ar=None, duplicate="DUPLICATA"
    ),
}

_NAMES = (
    ("KONÉ Aïssata", "عيساتا كوني"),
    ("EL ALAOUI Mohamed", "محمد العلوي"),
    ("N’GUESSAN Kouamé Jean-Baptiste Emmanuel", "نغيسان كوامي جان باتيست"),
    ("DIALLO Fatoumata Binta", ""),
)
_PEOPLE = tuple(SheetPerson(f"RBT-{index:05d}", *_NAMES[index % 4]) for index in range(20))
ATTENDANCE = AttendanceSheet(
    "Hub Work4Life de Rabat",
    "Rabat, quartier l’Océan",
    "Créer et gérer sa micro-entreprise",
    "Khadija BENALI",
    "Salle 2",
    tuple(SheetDay(date(2026, 10, 12) + timedelta(days=index), "09:00", "13:00") for index in range(7)),
    _PEOPLE,
)
HAND_OVER = HandOverSheet(
    "Hub Work4Life de Rabat",
    "Rabat, quartier l’Océan",
    "Créer et gérer sa micro-entreprise",
    date(2026, 11, 24),
    tuple(
        HandOverLine(f"RBT-AP-2026-A{index:05d}-K", "Attestation", person.name, person.name_ar)
        for index, person in enumerate(_PEOPLE, 1)
    ),
)


def _dirhams(amount: str) -> Money:
    return Money(Decimal(amount), Currency.MAD)


_HUB = Party(
    "Hub Work4Life de Rabat", "مركز Work4Life بالرباط", "Samira BENNANI", "directrice", "12, rue de la Mer, Rabat"
)
_HOLDER = Party("Coopérative Tissage", "تعاونية النسيج", "KONÉ Aïssata", "présidente", "Salé, Tabriquet")
AGREEMENT = FundingAgreementSheet(
    "RBT-CV-2026-A00007-T",
    _HUB,
    _HOLDER,
    "RBT-V-00031",
    "achat de deux métiers à tisser et d’un premier stock de laine",
    _dirhams("25000.50"),
    (
        SheetTranche(1, _dirhams("12500.50"), "Signature de la convention", date(2026, 12, 1)),
        SheetTranche(2, _dirhams("7500"), "Factures des métiers à tisser", date(2027, 2, 1)),
        SheetTranche(3, _dirhams("5000")),
    ),
    date(2026, 11, 24),
    "Rabat",
    "Appel à projets d’automne 2026",
    (("Communication", "Le bénéficiaire mentionne le soutien de l’Union européenne."),),
)
RECEIPT = TrancheReceiptSheet(
    "RBT-RT-2026-A00012-C",
    _HUB,
    _HOLDER,
    "RBT-CV-2026-A00007-T",
    1,
    3,
    _dirhams("12500.50"),
    date(2026, 12, 2),
    "Virement bancaire",
    "Rabat",
    "VIR-8841",
    "Facture nº 118",
    "Coopérative Tissage",
)
PORTRAIT = PortraitSheet(
    "RBT-V-00031",
    "Hub Work4Life de Rabat",
    "Rabat, quartier l’Océan",
    "Tissage du fleuve",
    "نسيج النهر",
    "Tissage de laine et teintures naturelles, Salé",
    "Aïssata, Khadija et Mariam travaillent ensemble depuis 2024.",
    "Tout a commencé avec un métier à tisser prêté par une voisine. " * 6,
    (("Idée", date(2025, 9, 1)), ("Immatriculation", date(2026, 3, 14)), ("Deuxième atelier", None)),
    (("Financement accordé", "25 000 DH"),),
    (("Emplois", "5"), ("Ventes par mois", "18 400 DH")),
    "Ouvrir une boutique en ligne.",
    LOGOS[0].image,
    date(2026, 11, 24),
    LOGOS,
)
