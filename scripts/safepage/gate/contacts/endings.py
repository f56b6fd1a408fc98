"""How the addresses of computers end: those that people meet, in all scripts."""

from __future__ import annotations

_PLAIN = (
    "com org net info biz edu gov mobi tv eu be nl fr uk ie lu ch it ro bg pl cz sk hu hr rs si gr tr "
    "ua ru cn jp kr vn ph pk bd ir iq sy jo ae eg dz et ke br mx ca au nz tk ml ga xyz brussels "
    "vlaanderen gent"
)
_WORDS = (
    "int mil name app dev blog shop site online store top club space website live link page help "
    "support care chat group network one pro vip icu me co io ai de at es pt by md al mk se no dk fi "
    "ee lv lt is tw hk th in lb il sa ma tn er so ng ar us ly gg to cc ws ge am az kz uz kg tj tm af "
    "np lk mm kh la sg my id cat zone agency foundation ngo ong charity center community social today "
    "news media digital email cloud tech world team express click bio fun cf gq su onion zip direct "
    "services international ac ad ag ao as aw ax ba bb bf bh bi bj bm bn bo bs bt bw bz cd cg ci ck "
    "cl cm cr cu cv cw cy dj dm do ec fj fk fm fo gd gf gi gl gm gn gp gt gu gw gy hm hn ht im je jm "
    "ki km kn kp kw ky lc li lr ls mc mg mh mo mp mr ms mt mu mv mw mz na nc ne nf ni nr nu om pa pe "
    "pf pg pm pn pr ps pw py qa re rw sb sc sd sl sm sn sr ss st sv sx sz td tg tp tt tz ug uy va vc "
    "ve vg vi vu wf ye yt za zm zw"
)
_FILES = (
    "css csv doc docx epub gif htm html ini jpeg jpg js json odp ods odt pdf png ppt pptx rtf svg txt "
    "webp xls xlsx xml yaml yml"
)
# Endings that are no word of a language: “our-name,be” and “our-name point be” are read as addresses.
PLAIN = _PLAIN.split()
ENDINGS = frozenset([*PLAIN, *_WORDS.split()])
FILES = frozenset(_FILES.split())
# In other scripts (IANA's root zone).
OTHER_SCRIPTS = (
    "рф|укр|бг|ею|срб|мкд|бел|мон|қаз|онлайн|сайт|орг|ком|дети|москва|рус|католик|ευ|ελ|հայ|გე|ישראל|קום|"
    "中国|中國|香港|台湾|台灣|澳門|新加坡|公司|网络|网址|网站|網站|在线|中文网|集团|商店|商城|移动|我爱你|机构|组织机构|手机|公益|政务|信息|"
    "コム|みんな|クラウド|ストア|テスト|한국|닷컴|닷넷|"
    "इंडिया|भारत|भारतम्|नेट|कॉम|संगठन|ভারত|বাংলা|ভাৰত|ਭਾਰਤ|ભારત|ଭାରତ|இந்தியா|இலங்கை|சிங்கப்பூர்|భారత్|ಭಾರತ|ഭാരതം|ලංකා|ไทย|คอม|ລາວ|"
    "امارات|السعودية|ایران|ايران|پاکستان|مصر|المغرب|شبكة|موقع|كوم|تونس|الجزائر|قطر|سورية|الاردن|فلسطين|عمان|عراق|عرب|"
    "بازار|بيتك|سودان|البحرين|موريتانيا|مليسيا|همراه|بھارت|ڀارت|اتصالات|ابوظبي|كاثوليك"
)
