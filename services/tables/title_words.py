"""Words of tables, in the languages of guides: what a column or a cell is about. Pure."""

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A column of these has what people need, one thing in a row.
SERVICES: Final = _words(
    """
    service services cloud_service cloud_services managed_service managed_services capability
    capabilities service_type type_of_service dienst dienste cloud-dienst cloud-dienste diensten
    leistung leistungen fähigkeit fähigkeiten capacité capacités servicio servicios capacidad
    capacidades serviço serviços capacidade capacidades servizio servizi capacità usługa usługi
    możliwość możliwości сервис сервисы услуга услуги возможность возможности послуга послуги
    сервіс сервіси hizmet hizmetler servis tjänst tjänster tjeneste tjenester palvelu palvelut
    služba služby szolgáltatás szolgáltatások serviciu servicii υπηρεσία υπηρεσίες layanan dịch_vụ
    服务 服務 能力 云服务 雲服務 サービス 서비스 บริการ خدمة خدمات الخدمة الخدمات سرویس خدمت שירות
    שירותים सेवा सेवाएँ
    """
)
# A column of these may have that as well, or what is compared.
NEEDS: Final = _words(
    """
    feature features need needs what_you_need category categories function functions functionality
    use_case use_cases area areas building_block building_blocks component components purpose
    requirement requirements task tasks product products funktion funktionen kategorie kategorien
    bedarf bereich bereiche aufgabe aufgaben zweck anwendungsfall anwendungsfälle baustein
    bausteine fonction fonctions fonctionnalité fonctionnalités catégorie catégories besoin
    besoins usage función funciones categoría categorías necesidad necesidades função funções
    funcionalidade funcionalidades categoria categorias necessidade necessidades recurso recursos
    funzione funzioni categorie esigenza esigenze functie functies behoefte funkcja funkcje
    kategoria kategorie potrzeba potrzeby функция функции категория категории потребность özellik
    özellikler kategori ihtiyaç funktioner behov 功能 类别 類別 需求 分类 分類 機能 カテゴリ
    カテゴリー 用途 ニーズ 기능 카테고리 필요 ميزة الميزة فئة الفئة الحاجة وظيفة תכונה קטגוריה
    צורך قابلیت دسته نیاز
    """
)
NAMES: Final = _words(
    """
    name names product products offering offerings api apis nom nombre nome produkt produkte
    """
)
# A column with one of these words says something of a thing, and names no provider.
ATTRIBUTES: Final = _words(
    """
    price prices pricing cost costs fee fees rate limit limits quota quotas size memory ram cpu
    vcpu vcpus disk storage bandwidth latency throughput durability availability region regions
    date dates year month day release released version versions since until default defaults type
    types value values example examples description descriptions meaning explanation summary
    details detail info information note notes comment comments remark remarks reason why how what
    when where who url urls link links address website site homepage docs documentation readme
    repository repo license licence status state stage support supported required optional option
    options parameter parameters argument arguments setting settings flag flags command commands
    syntax output input result results unit units count number id port ports protocol path file
    files format owner owners team contact maintainer author authors email phone level priority
    severity risk risks rating score stars rank pros cons advantage advantages disadvantage
    disadvantages strengths weaknesses benefit benefits drawback drawbacks recommendation choice
    basics tips gotchas minimum maximum min max average tier plan plans package language languages
    framework library book books video videos article articles course courses tutorial tutorials
    paper papers chapter section topic topics difficulty effort yes no sla usage purpose dashboard
    dashboards runbook cluster namespace environment environments domain image location color
    colour shape login user users password platform platforms founded preis preise kosten gebühr
    grenze limit größe beschreibung bedeutung beispiel hinweis hinweise bemerkung bemerkungen
    anmerkung anmerkungen adresse webseite datum jahr monat lizenz einheit menge anzahl vorteil
    vorteile nachteil nachteile zuständig sprache prix coût limite taille valeur exemple remarque
    remarques lien liens année mois licence défaut unité nombre avantages inconvénients langue
    descripción precio costo coste límite tamaño valor ejemplo nota notas enlace enlaces fecha año
    mes licencia unidad número ventajas desventajas idioma descrição preço custo tamanho exemplo
    observação data ano mês licença unidade descrizione prezzo costo dimensione esempio
    collegamento anno mese licenza cena opis przykład uwagi rok цена стоимость описание пример
    примечание ссылка дата год версия 价格 價格 费用 說明 说明 描述 备注 備註 示例 链接 連結 日期
    版本 默认值 類型 类型 価格 料金 説明 備考 例 リンク 日付 バージョン 가격 설명 비고 예시 링크
    날짜 السعر الوصف ملاحظات רמה מחיר תיאור הערות
    """
)
PLANS: Final = _words(
    """
    free basic starter standard plus pro professional premium business team enterprise
    """
)
REMARKS: Final = _words(
    """
    note notes comment comments remark remarks see_also hinweis hinweise bemerkung bemerkungen
    anmerkung anmerkungen remarque remarques nota notas observação observações uwagi примечание
    примечания 备注 備註 備考 비고 ملاحظات הערות
    """
)
# Cells that answer a question, and name nothing.
ANSWERS: Final = _words(
    """
    yes no true false full partial partially none supported unsupported optional required free
    unlimited limited n/a na low medium high fast slow good bad poor easy hard same custom any all
    included enabled disabled default experimental planned native manual automatic always never ja
    nein teilweise oui non sí si não nee tak nie да нет 是 否 有 无 はい いいえ 예 아니요 نعم لا
    כן לא
    """
)
# Things of which these are the rows are compared by their properties.
PROPERTIES: Final = _words(
    """
    price prices pricing cost costs licence license language languages version versions website
    stars platform platforms released founded owner maintainer free_tier written_in description
    author authors pros cons latest_version open_source popularity preis preise kosten lizenz
    sprache sprachen webseite prix licence langue precio licencia idioma preço licença цена
    лицензия язык 价格 许可证 语言 価格 ライセンス 言語 가격 라이선스 언어
    """
)
AVAILABILITY: Final = _words(
    """
    availability verfügbarkeit disponibilité disponibilidad disponibilidade disponibilità
    beschikbaarheid dostępność доступность доступність 可用性 提供状況 가용성 التوفر זמינות
    """
)
STAGE: Final = _words(
    """
    status state stage maturity lifecycle phase estado statut état stato reife reifegrad 状态
    """
)
DATE: Final = _words(
    """
    date year month since datum jahr monat seit année mois depuis fecha año mes desde data ano mês
    anno mese dal rok od дата год год_выпуска 日期 年份 年 日付 날짜 연도 تاريخ السنة תאריך שנה
    """
)
_RELEASE = re.compile(
    r"(?:(?:original|first|initial|public) )?(?:releases?d?|launch(?:ed)?)(?: date| year)?"
    r"|release year|available since|generally available|ga(?: date| since)?|introduced"
    r"|(?:erst)?(?:erscheinung|veröffentlichung)(?:sdatum)?|veröffentlicht|erschienen"
    r"|(?:date de )?(?:sortie|lancement|publication)|(?:fecha de )?(?:lanzamiento|publicación)"
    r"|(?:data de )?(?:lançamento|publicação)|(?:data di )?(?:rilascio|lancio)"
    r"|(?:дата )?(?:выпуска|выхода|запуска)|发布日期|發布日期|发布时间|リリース日?|출시일|출시"
    r"|تاريخ الإصدار|תאריך השקה",
    re.I,
)


def is_of(title: str, words: frozenset[str]) -> bool:
    """True if a title as a whole, or each of its parts around “/”, is one of `words`."""
    parts = [part for part in re.split(r"\s*[/,]\s*|\s+or\s+", _bare(title)) if part]
    return bool(parts) and all("_".join(part.split()) in words for part in parts)


def is_release(title: str) -> bool:
    """True if a title says that its column has dates of releases."""
    return bool(_RELEASE.fullmatch(_bare(title)))


def is_remark(title: str) -> bool:
    """True if a column has remarks: it may stand beside those of providers."""
    return is_of(title, REMARKS)


def names_no_provider(title: str) -> bool:
    """True if a title says what its column has: attributes, or things with a name."""
    return is_attribute(title) or is_of(title, SERVICES | NEEDS | NAMES)


def is_attribute(title: str) -> bool:
    """True if a title says something of things, such as “Price” or “Since when?”."""
    bare = _bare(title)
    words = re.findall(r"[^\W_]+", bare)
    is_plan = is_of(title, PLANS)
    is_question = title.rstrip().endswith(("?", "？"))
    is_number = bool(words) and all(word[0].isdigit() for word in words)
    return is_plan or is_question or is_number or not ATTRIBUTES.isdisjoint(words)


def _bare(title: str) -> str:
    return " ".join(title.casefold().strip(" \t:*?").split())
