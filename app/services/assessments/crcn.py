"""The finer grid: the sixteen competences of the CRCN, in five domains, each at eight levels.

Source: « Cadre de référence des compétences numériques » (Éducation nationale; decree of 30 August 2019), from the
European DigComp framework; as told in reference/programme.md §6.
"""

HIGHEST = 8
BANDS = ("", "Novice", "Novice", "Indépendant", "Indépendant", "Avancé", "Avancé", "Expert", "Expert")
"""What each level is called; 0 was not looked at."""
DOMAINS: dict[str, tuple[str, ...]] = {
    "Information et données": ("1.1", "1.2", "1.3"),
    "Communication et collaboration": ("2.1", "2.2", "2.3", "2.4"),
    "Création de contenu": ("3.1", "3.2", "3.3", "3.4"),
    "Protection et sécurité": ("4.1", "4.2", "4.3"),
    "Environnement numérique": ("5.1", "5.2"),
}
COMPETENCES = {
    "1.1": "Mener une recherche et une veille d’information",
    "1.2": "Gérer des données",
    "1.3": "Traiter des données",
    "2.1": "Interagir",
    "2.2": "Partager et publier",
    "2.3": "Collaborer",
    "2.4": "S’insérer dans le monde numérique",
    "3.1": "Développer des documents textuels",
    "3.2": "Développer des documents multimédia",
    "3.3": "Adapter les documents à leur finalité",
    "3.4": "Programmer",
    "4.1": "Sécuriser l’environnement numérique",
    "4.2": "Protéger les données personnelles et la vie privée",
    "4.3": "Protéger la santé, le bien-être et l’environnement",
    "5.1": "Résoudre des problèmes techniques",
    "5.2": "Évoluer dans un environnement numérique",
}
