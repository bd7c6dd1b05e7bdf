"""The words that hardly a line of a language is without: articles, pronouns, questions, greetings.

A small model knows them too, but gives them no more weight than any other few letters. They count without
their marks as well, which people leave out.
"""

import unicodedata
from collections.abc import Iterable

_WORDS = {
    "cs": "a ale je jsem jsme to že se na do pro od jak kde kdy kolik co mám máte můžu můžete moje "
    "můj prosím děkuji díky dobrý den ahoj není nebo už ještě s v při také tak mi vás nám",
    "da": "og er jeg det ikke en at på til med har kan min mit hvor hvornår hvad tak hej for den af "
    "fra vi du blev når jeres",
    "de": "der die das und ist ich nicht ein eine mein meine wie wo wann was habe kann bitte danke "
    "hallo guten für mit auf zu von den dem es sie wir noch schon auch im",
    "en": "the is are my i you to and a it of in for was what where when how can have please thanks "
    "hello not this that do does be with still your me we would",
    "es": "el la los las es y de que no un una mi mis en por para con cómo dónde cuándo qué hola "
    "gracias está puedo tengo quiero me lo se ya muy pero usted",
    "et": "ja on ei ma mu minu see kas kus millal kuidas tere palun aitäh ole et oma veel juba kui "
    "mida",
    "fi": "ja on ei minun missä milloin miten mitä hei kiitos olen se että voinko en vielä jo mutta "
    "minä tämä",
    "fr": "le la les est et de je ne pas un une mon ma mes où quand comment que bonjour merci pour "
    "avec vous des du au ce il en sur puis j'ai c'est",
    "hr": "je i u na da se moj moja gdje kada kako što hvala molim dobar dan imam mogu nije za li još "
    "sam",
    "hu": "a az és van nem hol mikor hogyan mit köszönöm szia egy hogy meg még már az én szeretnék "
    "kérem",
    "id": "saya yang di dan tidak ada ini itu untuk dengan bisa apa bagaimana kapan mana terima kasih "
    "halo sudah belum mau tolong ke dari berapa kalau masih",
    "it": "il la i gli le è e di che non un una mio mia dove quando come cosa ciao grazie per con "
    "sono ho posso vorrei del della in ma mi lo",
    "lt": "ir yra ar aš mano man kur kada kaip ką kas labas laba diena dieną ačiū prašau noriu galiu "
    "turiu ne nėra į iš su už dar jau bet tai šis ši jūs jūsų per nuo gal kiek negaliu sveiki "
    "vis",
    "lv": "un ir es man mans kur kad kā ko paldies labdien lūdzu gribu varu nav no ar par vēl jau bet "
    "vai",
    "nb": "og er jeg det ikke en å på til med har kan min mitt hvor når hva takk hei for den av fra "
    "vi du ble",
    "nl": "de het een is en ik niet mijn waar wanneer hoe wat hallo dank bedankt kan heb met voor van "
    "op te er dat nog wel u jullie graag",
    "pl": "i w na jest nie to się że do z jak gdzie kiedy co mam mogę moje mój moja proszę dziękuję "
    "dzień dobry cześć czy już jeszcze ale po za od mi",
    "pt": "o a os as é e de que não um uma meu minha em por para com como onde quando olá oi obrigado "
    "obrigada está posso tenho quero eu já você vocês do da no na se mas",
    "ro": "și este nu un o mea meu unde când cum ce bună mulțumesc pentru cu pe la în sunt am pot "
    "vreau de să",
    "sk": "a je sa to že na do pre od ako kde kedy čo mám máte môžem moje môj prosím ďakujem dobrý "
    "deň ahoj nie už ešte som ale",
    "sl": "in je ne na da se moj moja kje kdaj kako kaj hvala prosim dober dan imam lahko ni za še "
    "sem",
    "sv": "och är jag det inte en att på till med har kan min mitt var när hur vad tack hej för den "
    "av från vi ni",
    "tr": "ve bir bu için ne nerede nasıl zaman var yok mı mi mu mü ben benim merhaba teşekkürler "
    "lütfen değil çok daha ile da de kadar hâlâ ama istiyorum",
    "vi": "tôi của là không có được cho và này đó ở bao giờ khi nào đâu xin chào cảm ơn mình bạn vẫn "
    "đang muốn thì gì một với đã chưa",
    "be": "і не я мой мая дзе калі як што дзякуй добры дзень ёсць на з у ці яшчэ гэта",
    "bg": "и не е аз моят моята къде кога как какво благодаря здравейте на за с да се от още това съм",
    "ru": "и не я мой моя моё где когда как что спасибо здравствуйте привет на с в у меня есть ли ещё "
    "это уже можно нет вы мне бы по",
    "sr": "и је не мој моја где када како шта хвала молим добар дан на са да се у још имам",
    "uk": "і не я мій моя моє де коли як що дякую вітаю привіт на з в у мене є чи ще це вже можна "
    "немає ви мені та до",
    "ar": "في من على هل ما أين متى كيف لا أنا هذا هذه إلى عن مع شكرا مرحبا لم يمكن كان لي أريد",
    "fa": "من را است در به از که این می با برای چه کجا کی چطور سلام ممنون لطفا هم تا هنوز شما آیا هست",
    "ur": "میں ہے کا کی کے کو نہیں سے اور کیا یہ میرا کہاں کب شکریہ ہوں",
}  # fmt: skip


def _bare(word: str) -> str:
    """Without marks, as people type in a hurry."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
    )


_LANGUAGES: dict[str, set[str]] = {}
for _language, _list in _WORDS.items():
    for _word in _list.split():
        _LANGUAGES.setdefault(_word, set()).add(_language)
        if _word.isascii() or _word[0] < "\u0250":
            _LANGUAGES.setdefault(_bare(_word), set()).add(_language)


def common_words(words: Iterable[str]) -> dict[str, int]:
    """How many different words of these each language is hardly without; languages with none are left out."""
    found: dict[str, int] = {}
    for word in {word.lower() for word in words}:
        for language in _LANGUAGES.get(word, ()):
            found[language] = found.get(language, 0) + 1
    return found
