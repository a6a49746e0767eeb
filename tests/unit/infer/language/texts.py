"""Press-like texts for the tests of languages, all written for them, and a backend that says what it is told to.

The paragraphs of about 65 words tell the same news in each language, so that only the language differs.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus_tool.infer.language.registry import Probabilities, among

PARAGRAPHS = {
    "nl": "De gemeenteraad heeft maandag beslist dat het oude zwembad in het centrum deze zomer langer open blijft. "
    "Volgens de burgemeester waren er veel klachten van ouders die niet weten waar hun kinderen na de school naartoe "
    "kunnen. De raad wil ook twee nieuwe bushaltes laten bouwen, maar de inwoners moeten nog wachten tot de begroting "
    "is goedgekeurd. Hoeveel het gaat kosten, is nog niet bekend.",
    "fr": "Le conseil communal a décidé lundi que la vieille piscine du centre resterait ouverte plus longtemps cet "
    "été. Selon la bourgmestre, il y avait beaucoup de plaintes de parents qui ne savent pas où leurs enfants peuvent "
    "aller après l’école. Le conseil veut aussi faire construire deux nouveaux arrêts de bus, mais les habitants "
    "doivent encore attendre que le budget soit approuvé. On ne sait pas encore combien cela coûtera.",
    "en": "The town council decided on Monday that the old swimming pool in the center will stay open longer this "
    "summer. According to the mayor there were many complaints from parents who do not know where their children can "
    "go after school. The council also wants to build two new bus stops, but residents will have to wait until the "
    "budget has been approved. It is not yet known how much it will cost.",
    "de": "Der Gemeinderat hat am Montag beschlossen, dass das alte Schwimmbad im Zentrum in diesem Sommer länger "
    "geöffnet bleibt. Nach Angaben der Bürgermeisterin gab es viele Beschwerden von Eltern, die nicht wissen, wohin "
    "ihre Kinder nach der Schule gehen können. Der Rat will auch zwei neue Bushaltestellen bauen lassen, aber die "
    "Einwohner müssen noch warten, bis der Haushalt genehmigt ist. Wie viel es kosten wird, ist noch nicht bekannt.",
    "es": "El ayuntamiento decidió el lunes que la vieja piscina del centro seguirá abierta más tiempo este verano. "
    "Según la alcaldesa, había muchas quejas de padres que no saben adónde pueden ir sus hijos después de la escuela. "
    "El ayuntamiento quiere construir también dos nuevas paradas de autobús, pero los vecinos tendrán que esperar "
    "hasta que se apruebe el presupuesto. Todavía no se sabe cuánto va a costar.",
    "it": "Il consiglio comunale ha deciso lunedì che la vecchia piscina del centro resterà aperta più a lungo questa "
    "estate. Secondo la sindaca c’erano molte proteste di genitori che non sanno dove possono andare i loro figli dopo "
    "la scuola. Il comune vuole anche costruire due nuove fermate degli autobus, ma gli abitanti devono ancora "
    "aspettare che il bilancio sia approvato. Non si sa ancora quanto costerà.",
}

NEIGHBORS = {
    "af": "Die stadsraad het Maandag besluit dat die ou swembad in die middedorp hierdie somer langer oop sal bly. "
    "Volgens die burgemeester was daar baie klagtes van ouers wat nie weet waar hulle kinders ná skool kan heengaan "
    "nie. Die raad sal ook twee nuwe bushaltes laat bou, maar die inwoners moet nog wag totdat die begroting "
    "goedgekeur is. Die koste is nog nie bekend nie.",
    "fy": "De gemeenterie hat moandei besletten dat it âlde swimbad yn it doarp dizze simmer langer iepen bliuwt. "
    "Neffens de boargemaster wiene der in soad klachten fan âlden dy’t net witte wêr’t harren bern nei skoalle hinne "
    "kinne. De rie wol ek twa nije bushaltes bouwe litte, mar de ynwenners moatte noch wachtsje oant de begrutting "
    "goedkard is. Wat it kostet, is noch net bekend.",
    "lb": "De Gemengerot huet e Méindeg decidéiert, datt déi al Schwämm am Zentrum dëse Summer méi laang op bleift. "
    "Nom Buergermeeschter goufen et vill Reklamatioune vun Elteren, déi net wëssen, wou hir Kanner no der Schoul hi "
    "goe kënnen. De Rot wëll och zwou nei Busarrête baue loossen, mee d’Awunner mussen nach waarden, bis de Budget "
    "ugeholl ass. Wat dat kascht, ass nach net bekannt.",
    "li": "De gemeinteraod haet maondig besjlaote det ’t aad zjwumbad in ’t midde van ’t dörp deze zomer langer aope "
    "blief. Volges de börgemeister waore d’r väöl klachte van aajers die neet wete woe häör kinger nao sjool haer "
    "kènne. De raod wilt ouch twie nuuj bushaltes laote boewe, meh de luuj mótte nog wachte toet de begroeting is "
    "goodgekäörd. Waat det kos, is nog neet bekind.",
    "nds": "De Stadtraad hett an’n Maandag besloten, dat dat ole Swemmbad merrn in de Stadt düssen Sommer länger apen "
    "blifft. As de Börgermeester seggt, hebbt sik veel Öllern beklaagt, de nich weet, woneem jemehr Kinner na de "
    "School hengahn köönt. De Raad will ok twee ne’e Bushollsteden boen laten, man de Inwahners mööt noch töven, bet "
    "dat Geld dor is. Wat dat kosten deit, is noch nich bekannt.",
    "ca": "El ple de l’ajuntament va decidir dilluns que la piscina vella del centre romandrà oberta més temps aquest "
    "estiu. Segons l’alcaldessa, hi havia moltes queixes de pares que no saben on poden anar els seus fills després de "
    "l’escola. L’ajuntament també vol construir dues parades d’autobús noves, però els veïns han d’esperar fins que "
    "s’aprovi el pressupost. Encara no se sap quant costarà.",
    "oc": "Lo conselh municipal a decidit diluns que la piscina vièlha del centre de la vila demorarà dobèrta mai de "
    "temps aqueste estiu. Segon lo cònsol, i aviá fòrça queissas de parents que sabon pas ont pòdon anar lors enfants "
    "aprèp l’escòla. Lo conselh vòl tanben bastir doas arrestadas de bus novèlas, mas los estatjants devon encara "
    "esperar fins que lo budgèt siá aprovat. Se sap pas encara quant costarà.",
    "wa": "Li consey comunå a decidé londi ki l’ vî basén do mitan del veye dimeurrè drovou pus lontins cist esté ci. "
    "Sorlon l’ mayeur, i gn aveut bråmint des plintes di parints ki n’ savèt nén wice ki leus efants polèt aler après "
    "l’ sicole. Li consey vout eto fé basti deus noveas arestaedjes di bus, mins les djins dvèt co ratinde disk’ a "
    "tant ki l’ bugdjet soeye aprové. On n’ sait nén co çou ki ça costêyrè.",
    "sco": "The toon cooncil haes decidit on Monanday that the auld soumin puil in the mids o the toon will bide appen "
    "langer this simmer. Accordin tae the provost thare wis mony compleents frae pawrents that dinna ken whaur thair "
    "bairns can gang efter the schuil. The cooncil ettles tae big twa new bus stops an aw, but the fowk maun bide till "
    "the budget haes been approved. Naebody kens yet whit it will cost.",
    "gsw": "De Gmeindrat het am Mäntig beschlosse, dass s alte Schwimmbad im Zentrum dä Summer länger offe bliibt. "
    "Nach de Gmeindpräsidentin hets vill Reklamatione gäh vo Eltere, wo nöd wüssed, wohi ihri Chind nach de Schuel "
    "chöned gah. De Rat wott au zwei neui Bushaltestelle baue la, aber d Iiwohner müend no warte, bis s Budget "
    "aagnoh isch. Was das choschtet, weiss me no nöd.",
}

UNLISTED = {
    "fur": "Il consei comunâl al à decidût lunis che la vecje pissine dal centri e restarà vierte plui a dilunc cheste "
    "istât. Seont la sindiche a jerin tantis protestis di gjenitôrs che no san dulà che a puedin lâ i lôr fîs dopo de "
    "scuele. Il comun al vûl ancje fâ sù dôs gnovis fermadis des corieris, ma i abitants a scugnin ancjemò spietâ che "
    "il belanç al sedi aprovât. No si sa ancjemò trop che al costarà.",
    "ia": "Le consilio municipal decideva lunedi que le vetule piscina in le centro resta aperte plus longe tempore "
    "iste estate. Secundo le burgomaestro il habeva multe plangimentos de parentes qui non sape ubi lor infantes pote "
    "ir post le schola. Le consilio vole etiam facer construer duo nove haltos de bus, ma le habitantes debe ancora "
    "attender usque le budget es approbate. On ancora non sape quanto isto va costar.",
}
"""Languages without a list of words, close to languages that have one."""

OTHER_SCRIPTS = {
    "ru": "Городской совет решил в понедельник, что старый бассейн этим летом будет открыт дольше обычного.",
    "uk": "Міська рада вирішила в понеділок, що старий басейн цього літа буде відкритий довше, ніж зазвичай.",
    "el": "Το δημοτικό συμβούλιο αποφάσισε τη Δευτέρα ότι η παλιά πισίνα θα μείνει ανοιχτή περισσότερο το καλοκαίρι.",
    "ja": "市議会は月曜日、古いプールを今年の夏はいつもより長く開けておくことを決めた。",
    "ko": "시의회는 월요일에 오래된 수영장을 올여름 더 오래 열기로 결정했다고 밝혔다.",
    "he": "מועצת העיר החליטה ביום שני שהבריכה הישנה תישאר פתוחה הקיץ זמן רב יותר.",
    "ar": "قرر مجلس المدينة يوم الاثنين أن يبقى المسبح القديم مفتوحا هذا الصيف وقتا أطول من المعتاد.",
}

OPENINGS = {
    "nl": ("De brandweer kreeg het vuur", "Er komt voorlopig geen nieuwe", "Wie gisteren de trein nam"),
    "fr": ("Les pompiers ont maîtrisé le feu", "Il n’y aura pas de nouvelle", "Ceux qui ont pris le train hier"),
    "en": ("Firefighters brought the blaze under", "There will be no new", "Anyone who took the train yesterday"),
    "de": ("Die Feuerwehr brachte das Feuer", "Es wird vorerst keine neue", "Wer gestern mit dem Zug fuhr"),
}

WORDS = {
    "nl": ("gemeenteraad", "waarschijnlijk", "zwembaden", "ziekenhuis", "onduidelijkheid"),
    "fr": ("bibliothèque", "aujourd’hui", "bourgmestre", "malheureusement", "travailleurs"),
    "en": ("councillors", "throughout", "swimming", "neighborhood", "thoughtful"),
    "de": ("Gemeinderat", "Geschwindigkeit", "Schwimmbäder", "Krankenhaus", "wahrscheinlich"),
}

SAID = {
    "nl": "De schepen zei gisteren kort: {} Daarna ging ze weer naar binnen.",
    "fr": "L’échevine a déclaré hier brièvement : {} Ensuite elle est rentrée.",
    "en": "The alderman said briefly yesterday: {} Then she went back inside.",
    "de": "Die Schöffin sagte gestern nur kurz: {} Danach ging sie wieder hinein.",
}
QUOTED = {"nl": "“{}.”", "fr": "« {}. »", "en": '"{}."', "de": "„{}.“"}
QUOTES = {
    "nl": ("Dit had nooit mogen gebeuren", "Ik wil eerst met mijn advocaat praten"),
    "fr": ("Cela n’aurait jamais dû arriver", "Je veux d’abord parler à mon avocat"),
    "en": ("This should never have happened", "I want to talk to my lawyer first"),
    "de": ("Das hätte niemals passieren dürfen", "Ich möchte zuerst mit meinem Anwalt sprechen"),
}
"""Quotations of five to eight words."""


class Fixed:
    """A backend that always says the same, about wanted languages only, and remembers what it was shown."""

    NAME = "fixed"

    def __init__(self, *, words_first: bool = False, **shares: float) -> None:
        self.WORDS_FIRST = words_first
        self.shares = shares
        self.shown: list[str] = []
        self.calls = 0

    def version(self) -> str:
        """Its name."""
        return "fixed 1"

    def probabilities(self, texts: Sequence[str], only: tuple[str, ...] = ()) -> list[Probabilities]:
        """The same for every text."""
        self.shown += texts
        self.calls += 1
        return [{tag: share for tag, share in self.shares.items() if among(tag, only)} for _ in texts]
