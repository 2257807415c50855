"""Whether a text is plainly in another language than a word list, by its commonest words.

No language identification: it tells apart what has words like "the" or "og" in it, says nothing of
what has none, and is only asked where captions name no language. The words are each language's own
most frequent ones without those that are other words, or names, in English; one that several share
counts for each of them.
"""

from collections.abc import Iterator

_COMMON = {
    "en": "the a an and you your are is was were that this it its of to in on at for with my i he"
    " she they we what have has not do don does did be been there just so can if him her them me"
    " no who why when how all get go know out up about but or from by as too please never will"
    " would should could am re ll",
    "es": "el la los las un una del de que en con por para es fue está estoy no se su"
    " mi tu te me lo le al muy pero como más este esta eso hay yo ya si nos ha he",
    "pt": "os as um uma de do da das que em no na com por para são foi está não se seu"
    " sua meu minha você te me ao muito mas como mais este esta isso tem eu já vai nos",
    "fr": "le la les un une des du de et est en dans que qui pas ne sur avec ce cette il elle"
    " je tu nous vous au aux mon se sont très mais on été",
    "it": "il lo la gli le un una di del della dei in che non con su si sono mi ti ci"
    " al alla molto ma più questo questa ho ha io tu nel",
    "de": "der das dem ein eine einen ist sind und nicht ich du er sie wir ihr zu mit auf"
    " für von im am es auch noch schon haben bei nach wie aber so",
    "nl": "de het een en is ik je jij hij zij we niet dat op te voor zijn er maar ook"
    " naar om aan wat nog heb heeft",
    "pl": "na nie że się to do jak po co tak ale za od już mi ci ja ty on ona jestem są był czy"
    " jest przed przy bez jego jej mam tym ten po dwa więc jeszcze tylko wszystko jak kiedy",
    "da": "og at det er en et til på for ikke jeg du han hun vi med som af har fra os"
    " alle kan skal vil der de om så fik giv din",
    "sv": "och att det är en ett till på för inte jag du han hon vi med som av har från"
    " oss alla kan ska vill om så din",
    "fi": "ja on ei se että oli hän minä sinä mutta niin kun tämä myös",
    "tr": "ve bir bu da de için ile çok ne mı mi sen değil gibi ama daha",
    "id": "di yang ini itu untuk dengan tidak dari ke saya kamu aku akan bisa sudah juga"
    " pada dalam",
    "ro": "și si în la de cu pe nu este sunt un că mai din pentru ce eu tu",
    "cs": "je na se že to do jsem ale jak tak by",
    "hu": "az és hogy nem is egy ez de",
    "vi": "và của là không một có cho này được những",
    "cy": "yn ar yr ac",
}
_LANGUAGES: dict[str, frozenset[str]] = {}
for _language, _listed in _COMMON.items():
    for _word in _listed.split():
        _LANGUAGES[_word] = _LANGUAGES.get(_word, frozenset()) | {_language}

MOST = 2_000
"""Characters of a text that are looked at."""

_AROUND = ".,;:!?…\"'“”‘’«»()[]-–—¿¡。"


def is_common(word: str) -> bool:
    """Whether ``word``, in lower case, is one of the commonest of some language."""
    return word in _LANGUAGES


def _words(text: str) -> Iterator[str]:
    """The words of letters alone; a part of "c0ck" or "f*ck" is none."""
    for chunk in text[:MOST].casefold().split():
        word = chunk.strip(_AROUND)
        for part in word.replace("’", "'").split("'"):
            if part.isalpha():
                yield part


def is_plainly_other(text: str, language: str) -> bool:
    """Whether ``text`` has common words of some other language and none of ``language``.

    Where both have some, the other needs two more. ``language`` as Stream names it, without a
    country. False where nothing can be said.
    """
    counts: dict[str, int] = {}
    for word in {word for word in _words(text) if len(word) > 1}:
        for each in _LANGUAGES.get(word, ()):
            counts[each] = counts.get(each, 0) + 1
    own = counts.get(language, 0)
    return max(counts.values(), default=0) >= own + (2 if own else 1)
