"""The months' names as pages write them, and which languages put the day before the month."""

from __future__ import annotations

# By language (Unicode CLDR, "format" names and abbreviations without their stops), from January on.
# Left out is what two languages mean differently: Polish *lip* and *lis* are Croatian for June and
# October.
_NAMES = """
    january/jan february/feb march/mar april/apr may june/jun july/jul august/aug
    september/sept/sep october/oct november/nov december/dec;
    januar/jänner/jän februar/feber märz/mär/mrz april mai juni juli august september oktober/okt
    november dezember/dez;
    janvier/janv février/fevrier/févr/fév mars avril/avr mai juin juillet/juil août/aout septembre
    octobre novembre décembre/decembre/déc;
    enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre/set octubre
    noviembre diciembre/dic;
    gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre/sett
    ottobre/ott novembre dicembre;
    janeiro fevereiro/fev março abril maio junho julho agosto setembro outubro/out novembro
    dezembro;
    januari februari maart/mrt april mei juni juli augustus september oktober november december;
    januari februari mars april maj juni juli augusti september oktober november december;
    januar februar marts april maj juni juli august september oktober november desember/des;
    tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta
    syyskuuta lokakuuta marraskuuta joulukuuta;
    stycznia/sty lutego/lut marca kwietnia/kwi maja czerwca/cze lipca sierpnia/sie września/wrz
    października/paź listopada grudnia/gru;
    ledna února března dubna května června července srpna září října listopadu prosince;
    január február március április május június július augusztus szeptember október november
    december;
    ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie
    decembrie;
    января/янв февраля/фев марта/мар апреля/апр мая/май июня/июн июля/июл августа/авг
    сентября/сент/сен октября/окт ноября/ноя декабря/дек;
    січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня;
    януари февруари март април май юни юли август септември октомври ноември декември;
    ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου/μαίου ιουνίου ιουλίου αυγούστου σεπτεμβρίου
    οκτωβρίου νοεμβρίου δεκεμβρίου;
    ocak/oca şubat/şub mart nisan/nis mayıs haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki
    kasım/kas aralık/ara;
    januari februari maret april mei juni juli agustus/agu september oktober november desember;
    januari februari mac april mei jun julai ogos september oktober november disember/dis;
    يناير فبراير مارس أبريل/ابريل مايو يونيو يوليو أغسطس/اغسطس سبتمبر أكتوبر/اكتوبر نوفمبر ديسمبر;
    בינואר/ינואר בפברואר/פברואר במרץ/מרץ באפריל/אפריל במאי/מאי ביוני/יוני ביולי/יולי
    באוגוסט/אוגוסט בספטמבר/ספטמבר באוקטובר/אוקטובר בנובמבר/נובמבר בדצמבר/דצמבר;
    जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर
    दिसंबर/दिसम्बर;
    มกราคม/ม.ค กุมภาพันธ์/ก.พ มีนาคม/มี.ค เมษายน/เม.ย พฤษภาคม/พ.ค มิถุนายน/มิ.ย กรกฎาคม/ก.ค สิงหาคม/ส.ค
    กันยายน/ก.ย ตุลาคม/ต.ค พฤศจิกายน/พ.ย ธันวาคม/ธ.ค
"""
MONTHS = {
    name: number
    for names in _NAMES.split(";")
    for number, spellings in enumerate(names.split(), start=1)
    for name in spellings.split("/")
}

DAY_FIRST = frozenset(
    "bg ca cs da de el es et fi fr he hr id is it ka kk lv ms nb nl nn no pl pt ro ru sk sl sr sv"
    " tr uk vi".split()
)
"""Languages whose short dates have the day, the month, the year (CLDR, "short" date format).
English has both orders."""
_OTHERWISE = frozenset(("es-pa", "es-pr", "fr-ca"))
"""Countries that have another one."""


def is_day_first(language: str | None) -> bool:
    """Whether 05.03.2024 is in March in the language (a BCP 47 tag)."""
    tag = (language or "").replace("_", "-").lower()
    return tag.partition("-")[0] in DAY_FIRST and tag not in _OTHERWISE
