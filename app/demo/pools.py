"""Common given names and surnames, for people who do not exist.

Each pool lists what is widespread in a country; a demo person joins a given name and a surname at random. Where a name
is written in both scripts the entry is `Latin[/other spelling…]=Arabic`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Name:
    """One given name or surname: the spellings in use, the usual one first, and its Arabic form if it has one."""

    spellings: tuple[str, ...]
    arabic: str = ""


@dataclass(frozen=True, slots=True)
class Pool:
    """The names of one group of countries. `swapped` is the share of papers that put the surname first."""

    women: tuple[Name, ...]
    men: tuple[Name, ...]
    surnames: tuple[Name, ...]
    swapped: float = 0.2


def _names(text: str) -> tuple[Name, ...]:
    entries = []
    for entry in text.split():
        latin, _, arabic = entry.replace("_", " ").partition("=")
        entries.append(Name(tuple(latin.split("/")), arabic))
    return tuple(entries)


_MOROCCAN_WOMEN: Final = """
Fatima=فاطمة Fatima_Zahra/Fatima_Zohra/Fatimazahra=فاطمة_الزهراء Khadija/Khadidja=خديجة Aicha/Aïcha=عائشة
Meryem/Mariam/Maryam=مريم Naima/Naïma=نعيمة Latifa=لطيفة Rachida=رشيدة Zineb/Zaynab=زينب Salma=سلمى Hajar=هاجر
Ikram=إكرام Sara/Sarah=سارة Imane/Iman=إيمان Samira=سميرة Malika=مليكة Saida/Saïda=سعيدة Karima=كريمة
Nadia=نادية Hanane/Hanan=حنان Siham=سهام Asmae/Asma=أسماء Ghizlane=غزلان Loubna/Lubna=لبنى Bouchra=بشرى
Houda=هدى Najat=نجاة Hafida=حفيظة Jamila=جميلة Touria=ثورية Ilham=إلهام Wafae/Wafa=وفاء Chaimae/Chaimaa=شيماء
Oumaima/Oumayma=أميمة Kaoutar/Kawtar=كوثر Soukaina/Sokaina=سكينة Nour=نور Yasmine=ياسمين Rajae=رجاء
Sanae/Sanaa=سناء Mina=مينة Habiba=حبيبة Fadma=فاضمة Zahra=زهرة Amina=أمينة Hasna=حسنة
"""
_MOROCCAN_MEN: Final = """
Mohamed/Mohammed/Mouhamed=محمد Ahmed=أحمد Youssef/Yousef/Youcef=يوسف Hassan=حسن Rachid=رشيد Abdelilah=عبد_الإله
Said/Saïd=سعيد Mustapha/Mostafa=مصطفى Omar=عمر Khalid=خالد Hamid=حميد Abdellah/Abdallah=عبد_الله
Brahim/Ibrahim=إبراهيم Driss/Idriss=إدريس Karim=كريم Aziz=عزيز Hicham=هشام Nabil=نبيل Adil=عادل Jamal=جمال
Mehdi=المهدي Amine=أمين Ayoub=أيوب Anas=أنس Hamza=حمزة Bilal=بلال Ismail/Ismaïl=إسماعيل Ilyas=إلياس
Zakaria=زكرياء Soufiane/Sofiane=سفيان Reda/Rida=رضا Tarik/Tarek=طارق Abderrahim/Abdrahim=عبد_الرحيم
Abdelkader=عبد_القادر Abderrahmane=عبد_الرحمان Noureddine/Nourdine=نور_الدين Salah=صلاح Taoufik/Toufik=توفيق
Larbi=العربي Lahcen/Lahssen=الحسن Houssine/Hossine=الحسين Yassine=ياسين Fouad=فؤاد Mbarek=مبارك Ali=علي
Yahya=يحيى
"""
_MOROCCAN_SURNAMES: Final = """
El_Alaoui/Alaoui=العلوي Bennani=بناني El_Amrani/Amrani/Lamrani=العمراني Tazi=التازي Idrissi/El_Idrissi=الإدريسي
El_Fassi/Fassi=الفاسي Benjelloun/Benjalloun=بنجلون Berrada=برادة El_Mansouri/Mansouri=المنصوري
Ait_Lahcen/Aït_Lahcen=آيت_لحسن Ouazzani/El_Ouazzani=الوزاني El_Khattabi/Khattabi=الخطابي Bouazza=بوعزة
Boukhriss=بوخريص Chaoui/Chawi=الشاوي Daoudi/Daoudy=الداودي El_Haddad/Haddad=الحداد El_Yacoubi/Yacoubi=اليعقوبي
Filali/El_Filali=الفيلالي Ghazi=غازي Hamdaoui/Hamdawi=حمداوي Jabri=الجابري Kabbaj=القباج
Moussaoui/El_Moussaoui=الموساوي Nejjar/Najjar=النجار Ouahbi/Wahbi=الوهبي Rahmouni=الرحموني Sabri=صبري
Skalli=الصقلي Tahiri/Tahri=الطاهري Zerouali/Zarouali=الزروالي Ziani=الزياني El_Bakkali/Bakkali=البقالي
El_Ghazouani/Ghazouani=الغزواني Benali/Ben_Ali=بنعلي Benchekroun=بنشقرون Belkacem/Belkassem=بلقاسم
Bouzidi/Bouzid=البوزيدي El_Hachimi/Hachimi=الهاشمي El_Omari/Omari=العمري Essaidi/Saidi=السعيدي Oubella=أوبلا
Ouali/El_Ouali=الوالي Mouline=مولين Kettani/Kittani=الكتاني Laghrissi=الغريسي Azzouzi/El_Azzouzi=العزوزي
Harrak=الحراق Zouhair/Zouhayr=زهير Rifi/Riffi=الريفي Amghar=أمغار Ouchen=أوشن Belhaj=بلحاج Mekouar=مكوار
Toumi=التومي
"""

_IVORIAN: Final = Pool(
    _names("""
    Aminata/Aminatou Fatoumata/Fatou Mariam/Mariame Adjoua Affoué Akissi Amenan Amoin Aya Bintou Clarisse
    Djeneba/Djénéba Edwige Estelle Ahou Nadège Rokia Salimata Solange Véronique/Veronique Viviane Mireille
    Massandjé Kadidia Grâce/Grace
    """),
    _names("""
    Aboubacar/Aboubakar Bakary Drissa Ibrahim/Ibrahima Issouf/Issouffou Kouadio Kouamé/Kouame Koffi Kouassi
    Konan Yao Lassina Mamadou/Mamoudou Moussa Seydou Siaka Souleymane/Soulemane Youssouf Arnaud Christian Didier
    Eric/Éric Franck Hervé/Herve Jean-Marc Serge Wilfried Losseni Vamara
    """),
    _names("""
    Koné/Kone Ouattara/Wattara Traoré/Traore Coulibaly/Koulibaly Touré/Toure Bamba Diabaté/Diabate
    Diomandé/Diomande Fofana Cissé/Cisse Kouassi/Kouassy Kouadio Kouamé/Kouame Koffi N'Guessan/Nguessan
    N'Dri/Ndri Konan Yao Aka Brou Gnagne Kassi Zadi Gbagou Tano Soro/Sorho Doumbia Sanogo Bah Séry Gohou Tapé
    Dosso
    """),
    0.4,
)
_SENEGALESE: Final = Pool(
    _names("""
    Aïssatou/Aissatou Awa Fatou/Fatoumata Mame_Diarra Ndèye/Ndeye Khady/Khadidiatou Coumba Astou Adja Bineta
    Dieynaba Seynabou Rokhaya Sokhna Yacine Maïmouna/Maimouna Oumou Penda Ramatoulaye Codou Marème/Mareme Soda
    """),
    _names("""
    Abdoulaye Aliou/Alioune Amadou/Amadu Babacar/Babakar Cheikh/Cheickh El_Hadji Ibrahima/Ibrahim Lamine
    Mamadou/Mouhamadou Modou Moustapha Omar/Oumar Ousmane Pape/Papa Samba Serigne Souleymane Modibo Malick Mbaye
    Assane Ousseynou Boubacar Saliou
    """),
    _names("""
    Ndiaye/N'Diaye Diop Fall Sow Ba/Bâ/Bah Diallo Gueye/Guèye Sy Sarr Faye Seck Mbaye Thiam Cissé/Cisse Kane
    Ndour Niang Sall Touré/Toure Camara Mbengue Diagne Dieng Sané/Sane Badji Diatta Mané/Mane Gaye Lo/Lô Samb
    Tine Dia
    """),
)
_GUINEAN: Final = Pool(
    _names("""
    Mariama Aissatou/Aïssatou Fatoumata/Fatoumatou Kadiatou/Kadidiatou Oumou Hadja Binta Djénabou/Djenabou Hawa
    Aminata Fanta M'Mah/Mmah Nènè/Nene Ramata/Ramatoulaye Safiatou Saran Tenin Aïcha/Aicha Mabinty Salématou
    """),
    _names("""
    Mamadou/Mamadu Alhassane/Alassane Abdoulaye Amadou Boubacar/Boubakar Ibrahima Ousmane Souleymane Thierno
    Mohamed/Mohammed Aboubacar Elhadj Moussa Fodé/Fode Cellou Saïkou/Saikou Ansoumane Kaba Facinet
    """),
    _names("""
    Diallo/Jallow Bah/Ba Barry/Bary Sow Camara/Kamara Touré/Toure Condé/Conde Keïta/Keita Sylla Soumah
    Bangoura/Bangura Balde/Baldé Kourouma Cissé/Cisse Kaba Traoré/Traore Fofana Sidibé/Sidibe Magassouba
    Doumbouya Conté/Conte Kanté/Kante Sacko Diakité/Diakite Haba Loua Millimono
    """),
    0.25,
)
_CONGOLESE: Final = Pool(
    _names("""
    Bénédicte/Benedicte Chantal Christelle Clarisse Espérance/Esperance Francine Gloire Grâce/Grace Jolie
    Joséphine Marie-Claire Mireille Naomie Nathalie Ornella Pascaline Prisca Rachel Rebecca Ruth Sylvie
    Thérèse/Therese Bibiche Mamie Plamedi
    """),
    _names("""
    Alain Bienvenu Christian Dieudonné/Dieudonne Emmanuel Exaucé/Exauce Fabrice Fiston Francis Glody Guelord
    Héritier Jean-Pierre Jonathan Joseph Junior Landry Merveille Michel Patient Patrick Rodrigue Trésor/Tresor
    Yannick Cédric/Cedric Papy
    """),
    _names("""
    Ilunga Kabongo Kalala Kalonji Kasongo Katumba Kazadi Lukusa Mbuyi Mukendi/Mukendy Mulumba Mutombo Mwamba
    Ngalula Ngoy/Ngoyi Tshibangu/Chibangu Tshimanga Banza Bokele Ekofo Luzolo Makiese Mavungu Mbala Nsimba Nzuzi
    Matondo Diasivi Kiala Lusamba Mpiana Bope Kitenge
    """),
    0.5,
)
_CAMEROONIAN: Final = Pool(
    _names("""
    Brigitte Carine Chanceline Charlotte Clémentine Danielle Delphine Edith Esther Flore Gaëlle/Gaelle Hortense
    Huguette Josiane Larissa Marthe Nadine Odile Pélagie Rosine Solange Sandrine Vanessa Yvette Aissatou Hadidja
    """),
    _names("""
    Achille Alain Armand Boris Charles Cyrille Emmanuel Ernest Fabrice Ferdinand Gaston Georges Guy Hervé/Herve
    Joël/Joel Landry Martial Narcisse Olivier Pascal Rodrigue Romuald Simplice Thierry Ulrich Yves
    Hamadou/Amadou Oumarou
    """),
    _names("""
    Abena Atangana Ateba Ayissi Belinga Biya'a Essomba Etoundi Eyenga Fotso Kamdem Kamga Kengne Kouam Mballa
    Mbarga Mbida Mengue Ndongo Ngono Nguimfack Nkolo Nkoulou Noah Owona Simo Tagne Talla Tchakounte Tchoumi
    Wamba Njoya Bello Hamidou
    """),
    0.45,
)
_MALIAN: Final = Pool(
    _names("""
    Aminata Assetou/Assétou Awa Bintou Djeneba/Djénéba Fanta Fatoumata/Fatouma Hawa Kadidia/Kadidiatou
    Mariam/Mariame Nana Nènè Safiatou Salimata Sira Tata Yaye Korotoumou
    """),
    _names("""
    Abdoulaye Alou Amadou Bakary Bourama Boubacar/Boubakar Cheick/Cheikh Drissa Ibrahim/Ibrahima Issa Lassana
    Mahamadou/Mamadou Moussa Oumar Ousmane Siaka Sidi Soumaïla/Soumaila Souleymane Yacouba Zoumana
    """),
    _names("""
    Traoré/Traore Keïta/Keita Diarra/Jarra Coulibaly/Koulibaly Konaté/Konate Sidibé/Sidibe Diakité/Diakite
    Sangaré/Sangare Maïga/Maiga Touré/Toure Kanté/Kante Camara Sanogo Samaké/Samake Togola Dicko Ballo Fané/Fane
    Kouyaté/Kouyate Niaré
    """),
)
_CENTRAL: Final = Pool(
    _names("""
    Arlette Bernadette Carole Célestine Dorcas Élodie/Elodie Flavie Georgette Ghislaine Henriette Inès/Ines
    Judith Lydie Marcelle Nina Paulette Rolande Sonia Tatiana Victorine
    """),
    _names("""
    Anicet Aristide Barthélemy Brice Casimir Davy Euloge Fulbert Gildas Igor Jean-Paul Juste Kévin/Kevin Laurent
    Marius Nestor Prosper Régis/Regis Steeve Urbain
    """),
    _names("""
    Makaya Massamba Mabiala Malonga Ngoma Nkounkou Loemba Bouanga Mboumba Moussavou Nzamba Ondo Obame Ndong
    Nguema Mba Mboma Yakité Ngbokoli Danga Kossi Bemba Samba Tchicaya Koumba
    """),
    0.4,
)
_COASTAL: Final = Pool(
    _names("""
    Afi Akouvi Ablavi Adjovi Abra Essi Yawa Reine Rachidatou Sidonie Mahugnon Pierrette Olga Fidélia Chimène
    Bernice Rakiatou Zénabou/Zenabou Alimata Georgette
    """),
    _names("""
    Kossi Komlan Kodjo Koffi Kokou Mawuli Yaovi Sèdjro Romaric Ghislain Modeste Arouna Moussa Issa
    Ousséni/Ousseni Abdoul-Razak Issoufou Wendkuni Boureima Lionel
    """),
    _names("""
    Agbeko Amegan Adjavon Mensah Lawson Dossou Hounkpatin Ahouansou Gbaguidi Sossou Houngbo Zinsou Assogba
    Ouédraogo/Ouedraogo Sawadogo Kaboré/Kabore Zongo Compaoré/Compaore Ilboudo Kinda Tapsoba Amadou Issoufou
    Hamani Garba
    """),
    0.35,
)
_ENGLISH_SPEAKING: Final = Pool(
    _names("""
    Blessing Joy Patience Mercy Faith Gift Precious Comfort Happiness Peace Ngozi Chioma Ifeoma Amaka Funmilayo
    Folake Esther Isatou Fatmata Hawanatu Musu Abena Akosua Efua
    """),
    _names("""
    Emeka Chidi Ikechukwu Obinna Tunde Femi Segun Osaze Godwin Sunday Friday Monday Festus Collins Kingsley
    Kwame Kofi Ebrima Lamin Alhaji Momodou Foday Emmanuel
    """),
    _names("""
    Okafor Okonkwo Eze Nwosu Obi Osagie Igbinovia Omoruyi Ehigie Adeyemi Ogunleye Balogun Ibrahim Bello Mensah
    Owusu Boateng Asante Jallow Ceesay Jammeh Sesay Kamara Conteh Koroma Kollie Johnson
    """),
)
_PORTUGUESE_SPEAKING: Final = Pool(
    _names("""
    Maria Fatumata Cadi Aissato Binta Domingas Segunda Quinta Nhima Djenabu Teresa Joana Mariama Satu
    """),
    _names(
        "Mamadu Braima Aladje Domingos Augusto Carlos Infali Sadjo Malam Bubacar Armando Quintino Saliu Paulo Tcherno"
    ),
    _names(
        "Djaló/Djalo Baldé/Balde Sanhá/Sanha Mendes Gomes Cá Té Indjai Embaló/Embalo Mané/Mane Sambú Lopes Nanque Fati"
    ),
    0.1,
)
_MASHREQ: Final = Pool(
    _names("""
    Rana=رنا Hala=هالة Rim=ريم Lina=لينا Dima=ديمة Nour=نور Amal=أمل Hiba=هبة Sahar=سحر Abir=عبير Wissal=وصال
    Mona=منى Rasha=رشا Suad=سعاد Manal=منال Ghada=غادة
    """),
    _names("""
    Ahmad=أحمد Khaled=خالد Omar=عمر Mahmoud=محمود Yasser=ياسر Bassam=بسام Samer=سامر Firas=فراس Hussam=حسام
    Tarek=طارق Ibrahim=إبراهيم Mustafa=مصطفى Adam=آدم Walid=وليد Ziad=زياد Anwar=أنور
    """),
    _names("""
    Al-Ahmad=الأحمد Al-Hussein=الحسين Khalil=خليل Al-Khatib=الخطيب Hamdan=حمدان Al-Masri=المصري Najjar=النجار
    Saleh=صالح Al-Said=السعيد Yassin=ياسين Othman=عثمان Al-Tayeb=الطيب Osman=عثمان Al-Amin=الأمين
    """),
    0.1,
)
_MOROCCAN: Final = Pool(_names(_MOROCCAN_WOMEN), _names(_MOROCCAN_MEN), _names(_MOROCCAN_SURNAMES), 0.35)

_POOLS: Final[Mapping[str, Pool]] = MappingProxyType(
    {
        "MA": _MOROCCAN,
        "CI": _IVORIAN,
        "SN": _SENEGALESE,
        "GN": _GUINEAN,
        "CD": _CONGOLESE,
        "CM": _CAMEROONIAN,
        "ML": _MALIAN,
        **dict.fromkeys(("CG", "GA", "CF", "TD"), _CENTRAL),
        **dict.fromkeys(("BF", "BJ", "TG", "NE"), _COASTAL),
        **dict.fromkeys(("NG", "GH", "GM", "SL", "LR"), _ENGLISH_SPEAKING),
        **dict.fromkeys(("GW",), _PORTUGUESE_SPEAKING),
        **dict.fromkeys(("SY", "YE", "SD", "EG"), _MASHREQ),
        **dict.fromkeys(("DZ", "TN", "MR"), _MOROCCAN),
    }
)


@cache
def pool_of(nationality: str) -> Pool:
    """The names usual among people of a nationality (ISO 3166 alpha-2). Raises KeyError for one without a pool."""
    return _POOLS[nationality]


def nationalities() -> frozenset[str]:
    """The nationalities that have names here."""
    return frozenset(_POOLS)
