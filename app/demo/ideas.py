"""Ventures that nobody has founded, for demo hubs."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Idea:
    """A venture to be: what it does, how many run it, and what it is granted in dirhams."""

    name: str
    name_ar: str
    kind: str
    sector: str
    legal_form: str
    activity: str
    size: int
    grant: int
    turnover: int


IDEAS: Final = (
    Idea(
        "Saveurs de l’Océan",
        "نكهات المحيط",
        "collective_startup",
        "catering",
        "sarl",
        "Traiteur ouest-africain et marocain, livraison au bureau",
        4,
        96_000,
        14_000,
    ),
    Idea(
        "Atelier Wax et Caftan",
        "ورشة واكس وقفطان",
        "cooperative",
        "sewing",
        "cooperative",
        "Vêtements en wax et caftans sur mesure",
        5,
        110_000,
        11_500,
    ),
    Idea(
        "Image Atlas",
        "صورة الأطلس",
        "collective_startup",
        "audiovisual",
        "sarl",
        "Photos et vidéos pour les commerces du quartier",
        3,
        82_000,
        9_800,
    ),
    Idea(
        "Façades Claires",
        "واجهات مشرقة",
        "collective_startup",
        "painting",
        "sarl",
        "Peinture et petite rénovation",
        3,
        74_000,
        16_500,
    ),
    Idea(
        "Tresses du Quartier",
        "ضفائر الحي",
        "auto_entrepreneur",
        "hair_beauty",
        "auto_entrepreneur",
        "Coiffure afro, à domicile puis en salon",
        1,
        22_000,
        5_200,
    ),
    Idea(
        "Maison Nette",
        "بيت نظيف",
        "collective_startup",
        "cleaning",
        "sarl",
        "Nettoyage de bureaux et de fins de chantier",
        4,
        68_000,
        12_300,
    ),
    Idea(
        "Garage des Deux Frères",
        "مرآب الأخوين",
        "auto_entrepreneur",
        "car_mechanics",
        "auto_entrepreneur",
        "Entretien courant et dépannage",
        1,
        24_000,
        7_400,
    ),
    Idea(
        "Couleurs du Marché",
        "ألوان السوق",
        "agr",
        "trade",
        "agr",
        "Vente d’épices et de produits d’Afrique de l’Ouest",
        1,
        12_000,
        4_100,
    ),
    Idea(
        "Bois et Récup",
        "خشب وتدوير",
        "collective_startup",
        "decoration",
        "sarl",
        "Meubles et décoration en bois récupéré",
        3,
        70_000,
        8_200,
    ),
    Idea(
        "Clic Solidaire",
        "نقرة تضامن",
        "collective_startup",
        "technology",
        "sarl",
        "Sites et formation numérique pour associations",
        3,
        78_000,
        9_000,
    ),
    Idea(
        "Petits Pas",
        "خطوات صغيرة",
        "cooperative",
        "education",
        "cooperative",
        "Garde et éveil de jeunes enfants",
        5,
        88_000,
        10_400,
    ),
    Idea(
        "Livraisons Vertes",
        "توصيل أخضر",
        "auto_entrepreneur",
        "transport",
        "auto_entrepreneur",
        "Courses à vélo en ville",
        1,
        18_000,
        4_800,
    ),
)
FIRST, SECOND = IDEAS[:8], IDEAS[8:]
"""Those of the first call, and of the second."""
CRITERIA: Final = (
    ("Utilité et marché", "Need and market", "الحاجة والسوق", 30),
    ("Équipe et complémentarité", "Team", "الفريق وتكامله", 25),
    ("Solidité du plan d’affaires", "Soundness of the business plan", "متانة مخطط الأعمال", 30),
    ("Emplois créés", "Jobs created", "فرص الشغل المحدثة", 15),
)
SPENDING: Final = ("Loyer et charges du hub", "Équipe d’accompagnement", "Formateurs", "Déplacements et matériel")
