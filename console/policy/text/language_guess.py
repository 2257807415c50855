"""Whether a text is plainly in another language than a word list, by its commonest words.

No language identification: it tells apart what has words like "the" or "og" in it, says nothing of
what has none, and is only asked where captions name no language. The words are each language's own
most frequent ones; one that several share counts for each of them.
"""

from console.policy.text.folding import SPACE

_COMMON = {
    "en": "the a an and you your are is was were that this it its of to in on at for with my i he"
    " she they we what have has not do don does did be been there just so can if him her them me"
    " no who why when how all get go know out up about but or from by as too please never will"
    " would should could am re ll s t",
    "es": "el la los las un una del de que y en con por para es son era fue está estoy no se su"
    " mi tu te me lo le al muy pero como más este esta eso hay yo ya si nos ha he",
    "pt": "o a os as um uma de do da dos das que e em no na com por para é são foi está não se seu"
    " sua meu minha você te me ao muito mas como mais este esta isso tem eu já vai nos",
    "fr": "le la les un une des du de et est en dans que qui pour pas ne sur avec ce cette il elle"
    " je tu nous vous au aux mon ton son se sont j c très mais plus on y a été",
    "it": "il lo la gli le un una di del della dei e è in che per non con su si sono era mi ti ci"
    " al alla molto ma come più questo questa ho ha io tu nel",
    "de": "der die das den dem ein eine einen ist sind und nicht ich du er sie wir ihr zu mit auf"
    " für von im am es auch noch schon hat haben war bei nach wie aber so",
    "nl": "de het een en is van ik je jij hij zij we niet dat die op te met voor zijn er maar ook"
    " naar om aan wat nog hoe heb heeft",
    "pl": "i w z na nie że się to jest do jak po co tak ale za od już mi ci ja ty on ona jestem są"
    " był czy",
    "da": "og i at det er en et den til på for ikke jeg du han hun vi med som af har var fra os"
    " alle kan skal vil der de men om så min din fik giv",
    "sv": "och i att det är en ett den till på för inte jag du han hon vi med som av har var från"
    " oss alla kan ska vill men om så min din",
    "fi": "ja on ei se että oli hän minä sinä mutta niin kun tämä myös",
    "tr": "ve bir bu da de için ile çok ne var mı mi ben sen o değil gibi ama daha",
    "id": "di yang dan ini itu untuk dengan tidak ada dari ke saya kamu aku akan bisa sudah juga"
    " pada dalam",
    "ro": "și si în la de cu pe nu este sunt un o că mai din pentru ce eu tu care",
    "cs": "a je v na se že to s z do jsem ale jak tak by",
    "hu": "a az és hogy nem is van egy ez de meg",
    "vi": "và của là không một có cho này được những",
    "cy": "y yn mae r a i o ar yr ac",
}
_LANGUAGES: dict[str, frozenset[str]] = {}
for _language, _words in _COMMON.items():
    for _word in _words.split():
        _LANGUAGES[_word] = _LANGUAGES.get(_word, frozenset()) | {_language}

MOST = 200
"""Words of a text that are looked at."""


def is_common(word: str) -> bool:
    """Whether ``word``, in lower case, is one of the commonest of some language."""
    return word in _LANGUAGES


def is_plainly_other(text: str, language: str) -> bool:
    """Whether ``text`` has common words of some other language and none of ``language``.

    Where both have some, the other needs two more. ``language`` as Stream names it, without a
    country. False where nothing can be said.
    """
    counts: dict[str, int] = {}
    letters = "".join(char if char.isalpha() else SPACE for char in text.casefold())
    for word in set(letters.split()[:MOST]):
        for each in _LANGUAGES.get(word, ()):
            counts[each] = counts.get(each, 0) + 1
    own = counts.get(language, 0)
    return max(counts.values(), default=0) >= own + (2 if own else 1)
