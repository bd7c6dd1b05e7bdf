"""What can be told of a text's language from its characters alone: scripts, and the letters of alphabets."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from .scripts import script_of, scripts_of
from .tags import base_language, script

_CHINESE = frozenset({"zh", "yue"})

SPACELESS = frozenset({"hani", "jpan", "thai", "laoo", "khmr", "mymr"})
"""Scripts that put no spaces between words."""

DECIDING = frozenset({"jpan", "hang", "thai", "laoo", "khmr", "grek", "armn", "geor", "gujr", "guru", "orya"})
"""Scripts that a single language of those here is written in: the script says which."""

_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_VIETNAMESE = "".join(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
)
_ARABIC = "ءابتثجحخدذرزسشصضطظعغفقلمنهوؤئآ"

# The letters beyond a to z that a language's own words have. Without an entry any letter counts as its own.
_LETTERS = {
    "az": "çəğıöşü", "bs": "čćđšž", "ca": "àçéèíïóòúü", "cs": "áčďéěíňóřšťúůýž", "da": "æøåé",
    "de": "äöüß", "en": "é", "es": "áéíñóúü", "et": "äöõüšž", "eu": "ñ", "fi": "äöå",
    "fr": "àâæçéèêëîïôœùûüÿ", "gl": "áéíñóúüï", "hr": "čćđšž", "hu": "áéíóöőúüű", "id": "é",
    "it": "àèéìòù", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "ms": "é", "nb": "æøåé", "nl": "éëïöüè",
    "nn": "æøåéò", "pl": "ąćęłńóśźż", "pt": "áâãàçéêíóôõú", "ro": "ăâîșțşţ", "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž", "sq": "çë", "sv": "åäöé", "sw": "", "tr": "çğıöşüâîû", "vi": _VIETNAMESE + "đ",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш", "ru": _RUSSIAN, "sr": "абвгдђежзијклљмнњопрстћуфхцчџшčćđšž",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ar": _ARABIC + "ةىيكأإ", "fa": _ARABIC + "پچژگکیۀأ", "ur": _ARABIC + "پچژگکیٹڈڑںےہھۓ",
}  # fmt: skip

# The commonest characters that were simplified, and what they stand for.
_SIMPLIFIED = frozenset(
    "们这个来时为说国会过对学发后里经见没开关问题间门长东车动电话语让请谢订单货运费钱买卖价账户码邮网点样"
    "实现务员业产质坏换还给应该么吗谁两几条张双红绿蓝颜灯线连设备机错误帮记忆认识试验证类级场处头边远进选"
    "择优满减赠礼节岁亲爱欢乐听观随队阳阴际险难离须顾预领风飞饭馆马鱼鸟麦黄齐龙报损图书写读词译内决况净凉"
    "划办历压县参变号叶团园圆块声夹奖妇孙宝审将导层属师带庆库异弃归当录态怀总恶戏扫护拥据拟摄断无旧显晓术"
    "权极构标树桥检楼欧毕气汉济测湾温湿灭灵烦热状独环疗盘确种积称稳穷竞笔签简纸约纪组细终绍结绝统继续维缩"
    "罗职联脑脸获营虑虽补装规视觉触计讨训议讲许论评诉诺调负贵贴资赛赶转轮软轻较辆输迟适递遗郑释针钟铁银链"
    "锁镜闪闭闻阅阶陈陆顺顿频额驾骗鲜齿详纽页项顶并义习亿仅从仓仪众伤传伞体"
)
_TRADITIONAL = frozenset(
    "們這個來時為說國會過對學發後裡經見沒開關問題間門長東車動電話語讓請謝訂單貨運費錢買賣價賬戶碼郵網點樣"
    "實現務員業產質壞換還給應該麼嗎誰兩幾條張雙紅綠藍顏燈線連設備機錯誤幫記憶認識試驗證類級場處頭邊遠進選"
    "擇優滿減贈禮節歲親愛歡樂聽觀隨隊陽陰際險難離須顧預領風飛飯館馬魚鳥麥黃齊龍報損圖書寫讀詞譯內決況淨涼"
    "劃辦歷壓縣參變號葉團園圓塊聲夾獎婦孫寶審將導層屬師帶慶庫異棄歸當錄態懷總惡戲掃護擁據擬攝斷無舊顯曉術"
    "權極構標樹橋檢樓歐畢氣漢濟測灣溫濕滅靈煩熱狀獨環療盤確種積稱穩窮競筆簽簡紙約紀組細終紹結絕統繼續維縮"
    "羅職聯腦臉獲營慮雖補裝規視覺觸計討訓議講許論評訴諾調負貴貼資賽趕轉輪軟輕較輛輸遲適遞遺鄭釋針鐘鐵銀鏈"
    "鎖鏡閃閉聞閱階陳陸順頓頻額駕騙鮮齒詳紐頁項頂並義習億僅從倉儀眾傷傳傘體"
)
# Characters in a form that only Japan uses, which tell a line without kana from a Chinese one.
_JAPANESE = frozenset("変発売対円込届働駅図価払戻済検気実読単営続験帰経険両顔広絵労証黒桜")

# A letter of CJK or Hangul says as much as several of an alphabet.
_WEIGHTS = {"hani": 3, "kana": 3, "hang": 2}


def main_script(text: str) -> str:
    """The script most of a text is written in; `jpan` where Chinese characters come with kana. "" without
    letters."""
    found: Counter[str] = Counter()
    for character in text:
        found[script_of(character)] += 1
    del found[""]
    if found["kana"] and found["kana"] * 12 >= found["hani"]:
        found["jpan"] = found.pop("kana") + found.pop("hani", 0)
    weighed = {name: count * _WEIGHTS.get(name, 3 if name == "jpan" else 1) for name, count in found.items()}
    return max(weighed, key=weighed.__getitem__, default="")


@lru_cache(maxsize=4096)
def is_written_in(tag: str, text_script: str) -> bool:
    """Whether a language can be written in a script (as `main_script` gives it)."""
    base = base_language(tag)
    if base in _CHINESE:
        return text_script == "hani"
    if base == "ja":
        return text_script in ("jpan", "kana", "hani")
    return text_script in (script(tag), *scripts_of(base, ""))


def foreign_letters(text: str, language: str, text_script: str) -> int:
    """How many different letters of the text's script no word of the language has (its base, `pt`)."""
    own = _LETTERS.get(language)
    if own is None:
        return 0
    letters = {letter for letter in text if letter > "\x7f" and script_of(letter) == text_script}
    return len(letters.difference(own))


def own_letters(language: str) -> str | None:
    """The letters beyond a to z of a language (its base, `pt`), small; None if they are not known here."""
    return _LETTERS.get(language)


def chinese_evidence(text: str) -> tuple[int, int, int]:
    """How many characters are only simplified, only traditional, only Japanese."""
    return (_count(text, _SIMPLIFIED), _count(text, _TRADITIONAL), _count(text, _JAPANESE))


def _count(text: str, among: Iterable[str]) -> int:
    return sum(character in among for character in text)
