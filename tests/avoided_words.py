"""What no text for people says, as patterns, by language. Source: domain reference, 5.2.

Scores, beneficiaries and target groups, implementing partners, users, "overdue", and "anonymous", which a small group
never is.
"""

from __future__ import annotations

AVOIDED = {
    "en": r"\bscor(?:e|es|ed|ing)\b|beneficiar|implementing partner|target group|\boverdue\b|anonym|\busers?\b"
    r"|headquarter|capacity building|third world|developing countr|voiceless|\brecipients?\b|sub-?grantee",
    "fr": r"\bscores?\b|bénéficiaire|partenaires? de mise en œuvre|groupes? cibles?|\bretards?\b|anonym"
    r"|utilisat(?:eur|rice)|renforcement des capacités|tiers[- ]monde|sans[- ]voix|destinataire|·es?\b",
    "es": r"punta(?:je|ción)|puntuaci|beneficiari|socios? implementador|grupos? (?:meta|objetivo)|atrasad|vencid"
    r"|anónim|usuari|tercer mundo|sin voz",
    "pt": r"pontuaç|beneficiári|parceir\w+ implementador|grupos?[- ]alvo|público[- ]alvo|atrasad|vencid|an[óô]nim"
    r"|usuári|utilizador|terceiro mundo|sem voz",
    "ar": r"مستفيد|شريك منفذ|شركاء منفذ|الفئة المستهدفة|متأخر|مجهول|مستخدم|العالم الثالث|درجات",
    "sw": r"mnufaika|wanufaika|mtumiaji|watumiaji|\bskoa\b|walengwa|wasiojulikana|asiyejulikana|umechelewa",
    "id": r"\bskor\b|penerima manfaat|mitra pelaksana|kelompok sasaran|terlambat|anonim|pengguna|dunia ketiga",
    "am": r"ተጠቃሚ|ስም[- ]?አልባ|ተጎጂ|ዘግይተዋል|ዒላማ",
    "bn": r"স্কোর|উপকারভোগী|সুবিধাভোগী|বাস্তবায়নকারী অংশীদার|লক্ষ্যগোষ্ঠী|বেনামি|ব্যবহারকারী|তৃতীয় বিশ্ব",
    "hi": r"स्कोर|लाभार्थी|क्रियान्वयन साझेदार|लक्षित समूह|गुमनाम|अनाम|उपयोगकर्ता|यूज़र|तीसरी दुनिया",
    "ne": r"स्कोर|लाभार्थी|लाभग्राही|लक्षित समूह|बेनामी|अज्ञात|प्रयोगकर्ता|तेस्रो विश्व",
    "nl": r"\bscores?\b|begunstigde|doelgroep|uitvoerende partner|te laat\b|achterstallig|anoniem|gebruiker"
    r"|derde wereld",
}
