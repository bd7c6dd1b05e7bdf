"""Words that are written with a stop which ends no sentence, in the languages chats are translated in.

All languages together: a common word of one is not in the list, even if it is an abbreviation in another.
What is left does little harm elsewhere: two sentences translated as one read well, half a sentence does not.
In lower case, without the stop at the end.
"""

import re

_NEVER_ENDING = """
en: dr mr mrs ms messrs prof rev hon gen col capt lt sgt st mt vs cf e.g i.e viz approx dept ext incl excl tel
pt: dr dra sr sra srta sto sta prof profa eng exmo exma ilmo ilma p.ex ex obs ref tel av dpto apto nº n.º
es: dña ud uds vd vds p.ej ej aprox admón avda núm tfno tlf dcha izq
fr: mme mmes mlle mlles mgr bd env c.-à-d
de: hr fr frl bzw z.b d.h u.a s.o s.u ggf evtl ca vgl inkl exkl zzgl str nr abs bspw sog geb gem allg bes betr
it: sig sigg sig.ra sig.na dott dott.ssa ing avv geom rag prof.ssa p.es
nl: dhr mevr mw drs bijv bv d.w.z m.b.t i.v.m t.a.v a.u.b s.v.p resp
pl: ul al pl os tzw tzn np m.in godz inż mgr hab św wg zob
cs: pí bc mudr judr nám tř např tzv tj resp popř mj
sk: napr t.j
sl: gdč npr t.i oz
hr: gđa gđica
hu: özv ifj id ill kb u.n
ro: dl dna dra d-l d-na de.ex
bg: г-н г-жа ул бул гр напр т.е т.н
el: κα κος δρ π.χ δηλ οδ αρ τηλ λ.χ
lt: pvz t.y vad gyd el a.s plg žr vnt
lv: k-gs k-dze piem tālr iel
et: lk tn pr
fi: esim ns
sv: t.ex bl.a s.k d.v.s
da: f.eks dvs pga ang
ru: им т.к см проф тел просп пер обл стр
uk: вул ім тобто проф див стор
tr: örn bkz doç sn cad sok mah apt yrd
"""

_MAY_END = """
etc a.m p.m inc ltd ltda corp co u.s u.k u.s.a jr d.c a.c n.b p.s s.a s.l s.r.l e.v usw ecc atd apod itd itp
enz m.m osv jne vb kt min max ft mm hrs kr zł г гг р руб коп тыс млн грн др т.д т.п
"""
"""A sentence may end with these: it does if a capital follows."""

_BEFORE_NUMBER = """
no nr num núm art fig vol cap pág pag pp p av tel fone cel sec § abb kap bd rn č čís čl str nro nos kl αρ
№ п ст гл
"""
"""Of which some are words as well: with a number behind them they are none."""

# German writes days with a stop before its months, which have capitals; storeys and classes too.
BEHIND_ORDINALS = frozenset(
    re.findall(
        r"\w+",
        "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember"
        " Stock Etage Platz Klasse Mal",
    )
)

SINGLE = frozenset("bcdgijkmnprstuvzктпдκνσ")
"""Letters that are shortened words: "m. Vilnius", "z. B.", "т. е."."""

MAY_END = frozenset(_MAY_END.split())
NEVER_ENDING = frozenset(
    word for line in _NEVER_ENDING.strip().split("\n") for word in line.partition(": ")[2].split()
)
BEFORE_NUMBER = frozenset(_BEFORE_NUMBER.split())
