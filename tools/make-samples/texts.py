"""The words of generated tables, by language: headers, stubs, captions, notes and prose.

Each language is one `Words`. Row labels come as trees, {group: [items]}, because stubs by indentation, by
merged cells and by section rows all need groups with members.
"""
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    tag: str
    groups: list      # outer column headers
    middles: list     # second-level column headers
    leaves: list      # column headers over values: (text, kind of value)
    periods: list     # column headers that are times
    rows: list        # trees of row labels
    stub_heads: list
    captions: list
    unit_lines: list  # (printed line, unit)
    notes: list
    total: str
    of_which: str
    numbering: list   # printf forms for two levels of numbered labels
    remarks: list
    missing: list
    title: list
    headings: list
    prose: list
    thousands: str
    decimal: str
    continued: str


ZH = Words(
    "zh",
    ["基本支出", "项目支出", "工业企业", "服务业企业", "城镇居民", "农村居民", "省级部门", "市县部门", "新建项目", "续建项目",
     "公共图书馆", "文化馆（站）", "内资企业", "外商投资企业", "本年实际完成情况", "上年同期情况", "一般公共预算财政拨款收入", "政府性基金"],
    ["绝对额", "构成", "期末余额", "期初余额", "本期发生额", "其中中央投资", "直接受理", "委托办理", "男性", "女性", "东部", "中西部",
     "增减变动情况", "按规模分组", "自筹资金", "财政资金"],
    [("合计", "int"), ("小计", "int"), ("数量（件）", "int"), ("金额", "money"), ("比重（%）", "pct"), ("同比增长（%）", "signed"),
     ("人数", "int"), ("面积（平方米）", "dec"), ("户数（户）", "int"), ("人员经费", "money"), ("公用经费", "money"), ("预算数", "money"),
     ("决算数", "money"), ("账面余额", "money"), ("坏账准备", "money"), ("完成率", "percent"), ("产量（万吨）", "dec"),
     ("营业收入", "money"), ("利润总额", "money"), ("平均用工人数（人）", "int"), ("受理", "int"), ("办结", "int"), ("结转下年", "int")],
    ["2019年", "2020年", "2021年", "2022年", "2023年", "2024年", "一季度", "二季度", "三季度", "四季度", "1—6月", "全年"],
    [{"东部地区": ["青州市", "临海市", "永安市", "南溪县", "石桥县"], "中部地区": ["中原市", "龙泉市", "白河县", "清水县"],
      "西部地区": ["金川市", "雪山县", "平湖县", "大坝县", "双河县"], "东北地区": ["松江市", "北安县", "黑土县"]},
     {"一般公共服务支出": ["人大事务", "政协事务", "发展与改革事务", "统计信息事务", "财政事务"],
      "教育支出": ["学前教育", "小学教育", "初中教育", "高等职业教育"],
      "社会保障和就业支出": ["行政事业单位养老支出", "就业补助", "抚恤", "残疾人事业"],
      "卫生健康支出": ["公立医院", "基层医疗卫生机构", "公共卫生"], "农林水支出": ["农业农村", "林业和草原", "水利", "巩固脱贫攻坚成果衔接乡村振兴"]},
     {"流动资产": ["货币资金", "应收账款", "预付款项", "存货", "其他应收款"], "非流动资产": ["长期股权投资", "固定资产", "在建工程", "无形资产"],
      "流动负债": ["短期借款", "应付票据", "应付职工薪酬", "应交税费"]},
     {"城市道路": ["新建道路里程", "改造道路里程", "人行道养护"], "园林绿化": ["公园绿地", "道路绿化带", "口袋公园建设"],
      "供水排水": ["供水管网", "污水处理量", "雨水泵站"], "环境卫生": ["生活垃圾清运", "公共厕所", "道路机械化清扫"]}],
    ["项目", "指标", "地区", "科目名称", "类别", "单位名称", "指标名称"],
    ["主要经济指标完成情况", "一般公共预算支出情况表", "分地区固定资产投资", "资产负债情况", "公共设施建设与维护统计", "规模以上企业经营状况",
     "政务服务事项办理情况", "居民收入与消费情况"],
    [("单位：万元", "万元"), ("单位：亿元", "亿元"), ("（单位：人）", "人"), ("计量单位：千元", "千元"), ("单位：万元、%", "万元")],
    ["注：本表数据为快报数，最终数据以年鉴为准。", "注：表中部分合计数因四舍五入与分项之和略有出入。", "资料来源：根据各单位上报数据汇总整理。",
     "说明：“—”表示该项统计指标数据不详或无该项数据。"],
    "合计", "其中：", ["{cn}、", "（{cn}）", "{n}."],
    ["按季度结算", "跨年度实施，本年完成主体工程并通过中间验收", "由市级财政统筹安排", "无", "已完成竣工备案，转入运行维护阶段", "待审计"],
    ["", "-", "—", "——", "…", "/", "无"],
    ["年度经济运行情况报告", "部门预算执行情况说明", "城市建设统计资料", "企业年度财务摘要"],
    ["一、总体情况", "二、收支情况", "三、主要指标", "四、有关说明", "（一）基本情况", "（二）分项数据"],
    ["本年度各项工作按计划推进，主要指标保持在合理区间，公共服务能力继续提高。",
     "按照年初确定的任务安排，各单位认真落实责任，强化过程管理，重点项目建设取得阶段性进展，资金使用效益进一步提升。",
     "统计范围包括全部独立核算单位，数据由各单位填报并经逐级审核后汇总，部分指标口径与往年相比有所调整。",
     "下一步将继续完善制度，加强数据质量管理，及时公开有关信息，自觉接受社会监督。",
     "从结构看，第三项支出占全部支出的38.6%，比上年提高1.2个百分点；其余各项基本稳定。"],
    ",", ".", "续表")

EN = Words(
    "en",
    ["Households", "Manufacturing", "Services", "General government", "Urban areas", "Rural areas", "Treatment group",
     "Control group", "Primary schools", "Secondary schools", "Current period", "Prior period", "Non-current"],
    ["Men", "Women", "Under 25 years", "25 years and over", "Domestic", "Foreign", "Gross", "Net", "Full time",
     "Part time", "Estimate", "Revised"],
    [("Number", "int"), ("Percent", "pct"), ("Total", "int"), ("Mean", "dec"), ("Standard error", "dec3"),
     ("Change (%)", "signed"), ("Amount", "money"), ("Rate", "pct"), ("Share of total", "percent"), ("Median", "dec"),
     ("Opening balance", "money"), ("Closing balance", "money"), ("Additions", "money"), ("Employees", "int"),
     ("Turnover", "money"), ("Area (ha)", "dec")],
    ["2018", "2019", "2020", "2021", "2022", "2023", "Q1", "Q2", "Q3", "Q4", "2022/23", "2023/24"],
    [{"Northern region": ["Ashby", "Caldwell", "Dunmore", "Eastham"], "Central region": ["Fenwick", "Granby", "Hillside"],
      "Southern region": ["Kingsport", "Lakeview", "Marston", "Norfield", "Oakdale"], "Islands": ["Portree", "Stanley"]},
     {"Current assets": ["Cash and cash equivalents", "Trade receivables", "Inventories", "Prepayments"],
      "Non-current assets": ["Property, plant and equipment", "Intangible assets", "Goodwill", "Deferred tax assets"],
      "Current liabilities": ["Trade payables", "Short-term borrowings", "Provisions"]},
     {"Food and beverages": ["Bread and cereals", "Meat", "Fish and seafood", "Fruit and vegetables"],
      "Housing": ["Actual rents", "Maintenance and repair", "Electricity, gas and other fuels"],
      "Transport": ["Purchase of vehicles", "Fuels and lubricants", "Passenger transport by rail"],
      "Health": ["Medical products", "Out-patient services", "Hospital services"]},
     {"Age": ["Under 15 years", "15 to 24 years", "25 to 64 years", "65 years and over"],
      "Education": ["No qualification", "Upper secondary", "Bachelor's degree or higher"],
      "Labour force status": ["Employed", "Unemployed", "Not in the labour force"]}],
    ["Item", "Characteristic", "Region", "Category", "Variable", "Industry", ""],
    ["Selected indicators by region and year", "Balance sheet items", "Household expenditure by purpose",
     "Population by selected characteristics", "Enterprises, employment and turnover", "Results of the field survey"],
    [("(thousands)", "thousands"), ("In millions of dollars", "millions of dollars"), ("EUR million", "EUR million"),
     ("(per cent)", "per cent")],
    ["Note: Figures may not add to totals because of rounding.", "Source: Example Statistics Office, annual survey.",
     "(X) Not applicable.", "Data for the latest year are provisional."],
    "Total", "of which: ", ["{rm}. ", "{n}. ", "({a}) "],
    ["revised since first release", "see notes in the technical annex for the definition that applies", "provisional",
     "new series from this year on"],
    ["", "-", "–", "..", "n/a", "(X)", ":"],
    ["Annual statistical summary", "Report on the survey of households", "Notes to the accounts", "Regional profile"],
    ["1. Overview", "2. Results", "3. Method", "Main findings", "Background"],
    ["The figures in this report were collected from administrative sources and checked against earlier releases.",
     "Growth slowed in the second half of the year, although employment in services continued to rise and the number "
     "of vacancies stayed above its long-term average.",
     "Estimates for small areas should be read with care because they rest on few observations.",
     "Definitions follow the handbook of the office and have not changed since the last edition. Users who need "
     "longer series will find them in the data portal.",
     "Of the 1,204 units that were asked, 1,015 answered, which is a response rate of 84.3%."],
    ",", ".", "Table continued")

DE = Words(
    "de",
    ["Produzierendes Gewerbe", "Dienstleistungen", "Private Haushalte", "Früheres Bundesgebiet", "Neue Länder",
     "Öffentliche Haushalte", "Berichtsjahr", "Vorjahr"],
    ["Männer", "Frauen", "Inland", "Ausland", "Brutto", "Netto", "Vollzeit", "Teilzeit"],
    [("Anzahl", "int"), ("Anteil in %", "pct"), ("Insgesamt", "int"), ("Umsatz", "money"), ("Beschäftigte", "int"),
     ("Veränderung (%)", "signed"), ("Betrag", "money"), ("Fläche (ha)", "dec"), ("Je Einwohner", "dec"),
     ("Buchwert", "money")],
    ["2019", "2020", "2021", "2022", "2023", "1. Quartal", "2. Quartal", "3. Quartal", "4. Quartal"],
    [{"Nord": ["Altenau", "Birkenfeld", "Dornstedt", "Eschwege"], "Mitte": ["Falkenberg", "Grünstadt", "Hohenfels"],
      "Süd": ["Kirchberg", "Lindental", "Mühlhausen", "Neuburg"]},
     {"Anlagevermögen": ["Immaterielle Vermögensgegenstände", "Sachanlagen", "Finanzanlagen"],
      "Umlaufvermögen": ["Vorräte", "Forderungen", "Wertpapiere", "Kassenbestand"],
      "Eigenkapital": ["Gezeichnetes Kapital", "Kapitalrücklage", "Gewinnrücklagen"]}],
    ["Gegenstand", "Land", "Merkmal", "Wirtschaftszweig"],
    ["Ausgewählte Kennzahlen nach Ländern", "Bilanzposten im Überblick", "Unternehmen, Beschäftigte und Umsatz"],
    [("in Mio. EUR", "Mio. EUR"), ("(in 1 000)", "1 000"), ("Angaben in Prozent", "Prozent")],
    ["Abweichungen in den Summen durch Runden der Zahlen.", "Quelle: Beispielamt für Statistik.",
     "Anmerkung: Vorläufige Ergebnisse."],
    "Insgesamt", "darunter: ", ["{rm}. ", "{n}. ", "{a}) "],
    ["vorläufig", "geänderte Abgrenzung, mit den Vorjahren nur eingeschränkt vergleichbar"],
    ["", "-", "–", ".", "...", "X"],
    ["Statistischer Bericht", "Lagebericht des Unternehmens"],
    ["1 Überblick", "2 Ergebnisse", "Methodische Hinweise"],
    ["Die Angaben beruhen auf der jährlichen Erhebung bei allen Betrieben mit mehr als zwanzig Beschäftigten.",
     "Gegenüber dem Vorjahr ist die Zahl der Unternehmen leicht gestiegen, während der Umsatz um 1,8 % zurückging.",
     "Die Gliederung folgt der geltenden Klassifikation der Wirtschaftszweige; Einzelheiten stehen im Anhang."],
    ".", ",", "Fortsetzung")

FR = Words(
    "fr",
    ["Ménages", "Industrie", "Services", "Communes rurales", "Communes urbaines", "Exercice clos", "Exercice précédent"],
    ["Hommes", "Femmes", "Moins de 25 ans", "25 ans et plus", "Brut", "Net", "Public", "Privé"],
    [("Nombre", "int"), ("En %", "pct"), ("Total", "int"), ("Montant", "money"), ("Effectif", "int"),
     ("Évolution (%)", "signed"), ("Moyenne", "dec"), ("Part du total", "percent"), ("Superficie (ha)", "dec")],
    ["2019", "2020", "2021", "2022", "2023", "T1", "T2", "T3", "T4"],
    [{"Nord": ["Aubigny", "Beaulieu", "Chaumont"], "Centre": ["Fontenay", "La Rochette", "Montreuil", "Neuville"],
      "Sud": ["Saint-Martin", "Valbonne", "Villeneuve"]},
     {"Charges de personnel": ["Salaires et traitements", "Charges sociales", "Primes"],
      "Achats": ["Matières premières", "Fournitures", "Énergie"],
      "Produits": ["Ventes de marchandises", "Prestations de services", "Subventions d'exploitation"]}],
    ["Poste", "Région", "Caractéristique", "Désignation"],
    ["Principaux indicateurs par région", "Compte de résultat simplifié", "Établissements et effectifs"],
    [("en milliers d'euros", "milliers d'euros"), ("(en %)", "%"), ("Unité : million d'euros", "million d'euros")],
    ["Source : Institut exemple de la statistique.", "Note : données provisoires.", "Champ : ensemble du territoire."],
    "Ensemble", "dont : ", ["{rm}. ", "{n}. ", "{a}) "],
    ["provisoire", "rupture de série à partir de cette année"],
    ["", "-", "–", "n.d.", "…"],
    ["Rapport annuel", "Tableaux de synthèse"],
    ["1. Vue d'ensemble", "2. Résultats", "Méthode"],
    ["Les données proviennent de l'enquête annuelle menée auprès de l'ensemble des établissements.",
     "L'activité a ralenti au second semestre, mais l'emploi est resté stable dans la plupart des régions.",
     "Les définitions retenues figurent en annexe ; elles n'ont pas changé depuis la dernière édition."],
    "\u202f", ",", "Suite du tableau")

RU = Words(
    "ru",
    ["Промышленность", "Сфера услуг", "Городское население", "Сельское население", "Отчётный период",
     "Предыдущий период", "Домашние хозяйства"],
    ["Мужчины", "Женщины", "До 25 лет", "25 лет и старше", "Всего по области", "В том числе города"],
    [("Число", "int"), ("В процентах", "pct"), ("Всего", "int"), ("Сумма", "money"), ("Прирост, %", "signed"),
     ("Площадь, га", "dec"), ("Среднее", "dec"), ("Выручка", "money"), ("Работники, чел.", "int")],
    ["2019 г.", "2020 г.", "2021 г.", "2022 г.", "2023 г.", "I квартал", "II квартал", "III квартал", "IV квартал"],
    [{"Северный округ": ["Боровск", "Высокое", "Ельники"], "Центральный округ": ["Заречный", "Каменка", "Липовка"],
      "Южный округ": ["Новосёлово", "Полянка", "Рудня", "Степное"]},
     {"Оборотные активы": ["Запасы", "Дебиторская задолженность", "Денежные средства"],
      "Внеоборотные активы": ["Основные средства", "Нематериальные активы", "Финансовые вложения"],
      "Обязательства": ["Заёмные средства", "Кредиторская задолженность"]}],
    ["Показатель", "Район", "Наименование", "Вид деятельности"],
    ["Основные показатели по районам", "Активы и обязательства", "Организации и численность работников"],
    [("тыс. рублей", "тыс. рублей"), ("(в процентах)", "процентов"), ("млн рублей", "млн рублей")],
    ["Источник: учебное статистическое бюро.", "Примечание: предварительные данные."],
    "Итого", "в том числе: ", ["{rm}. ", "{n}. ", "{n}) "],
    ["предварительно", "с учётом изменения границ района в отчётном году"],
    ["", "-", "–", "…", "х"],
    ["Статистический сборник", "Краткий отчёт"],
    ["1. Общие сведения", "2. Результаты", "Пояснения"],
    ["Данные получены по итогам сплошного наблюдения за организациями всех форм собственности.",
     "По сравнению с предыдущим годом число организаций увеличилось, а средняя выручка снизилась на 1,4 %.",
     "Определения показателей приведены в приложении и не менялись с последнего издания."],
    "\u00a0", ",", "Продолжение таблицы")

LANGUAGES = {w.tag: w for w in (ZH, EN, DE, FR, RU)}
CHINESE_NUMERALS = "一二三四五六七八九十"
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
STEMS = "甲乙丙丁"
