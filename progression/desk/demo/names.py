"""Names to draw from: common ones, so that nobody in particular is meant."""

WOMEN = """
    Aisha Amalie Anette Anja Anne Annika Bente Birgit Birgitte Bodil Camilla Charlotte Christina Dorthe
    Ellen Emma Eva Fatma Gitte Hanne Helle Inge Ingrid Jette Jytte Karen Karin Katrine Kirsten Laila Lene
    Line Lis Lise Lone Louise Maja Maria Marianne Mette Mona Nadja Nanna Pernille Pia Rikke Sanne Signe
    Sofie Susanne Tina Trine Ulla Vibeke Yasmin Zeynep
""".split()
MEN = """
    Ahmed Allan Anders Bent Bjarne Brian Carsten Christian Claus Dennis Erik Finn Flemming Frank Hans
    Henrik Ivan Jakob Jan Jens Jesper Jimmi Johnny Jonas Jørgen Karsten Kasper Kenneth Kim Kurt Lars Leif
    Martin Michael Mohammed Morten Niels Ole Omar Per Peter Poul Rasmus René Rune Simon Steen Stefan Søren
    Thomas Tommy Torben Ulrik Yusuf
""".split()
LAST = """
    Andersen Bach Bak Bay Bech Berg Bertelsen Bloch Bruun Bøgh Carlsen Christensen Dahl Dam Damgaard
    Eriksen Friis Frandsen Gade Hald Hansen Haddad Hassan Holm Holst Høgh Iversen Jakobsen Jensen Jessen
    Johansen Juhl Kaya Kjær Kjeldsen Koch Krogh Kristensen Kruse Lange Larsen Lassen Lauridsen Lind
    Lindholm Lund Madsen Mikkelsen Mogensen Munk Møller Nguyen Nielsen Nissen Nygaard Olsen Overgaard
    Pedersen Petersen Poulsen Rask Rasmussen Ravn Schmidt Simonsen Skov Skovgaard Sommer Steffensen
    Svendsen Søndergaard Sørensen Thomsen Thorup Toft Vestergaard Warsame Winther Yıldız Østergaard
    Aagaard
""".split()
MUNICIPALITY = "Sundvig Kommune (opdigtet)"
TEAM = "Team Vest"
PROVIDERS = {
    "virksomhedspraktik": ("Sundvig Genbrug", "Brugsen i Ågård", "Nørreskovens Plejehjem", "Kantinen på Havnen"),
    "nytteindsats": ("Park og Vej",),
    "loentilskud": ("Sundvig Bibliotek", "Hallen i Ågård"),
    "smaajob": ("Sundvig Genbrug", "Brugsen i Ågård", "Rengøringen på Rådhuset"),
    "ips": ("Jobcentret",),
    "cv_vaerksted": ("Jobcentret",),
    "vejledning_opkvalificering": ("VUC Sundvig", "AMU Vest"),
    "mentor": ("Mentorkorpset",),
    "mestring": ("Sundhedshuset",),
    "sundhedsindsats": ("Fysioterapien i Sundhedshuset", "Smerteklinikken", "Psykologerne ved Åen"),
    "misbrugsbehandling": ("Rusmiddelcentret",),
    "bostoette": ("Socialpsykiatrien",),
    "venter": ("",),
    "fritaget": ("",),
}
TITLES = {
    "virksomhedspraktik": "Virksomhedspraktik",
    "nytteindsats": "Nytteindsats",
    "loentilskud": "Løntilskud",
    "smaajob": "Småjob",
    "ips": "IPS",
    "cv_vaerksted": "CV-værksted",
    "vejledning_opkvalificering": "FVU-dansk",
    "mentor": "Mentor",
    "mestring": "Mestringsforløb",
    "sundhedsindsats": "Fysioterapi",
    "misbrugsbehandling": "Misbrugsbehandling",
    "bostoette": "Bostøtte",
    "venter": "Venter",
    "fritaget": "Fritaget",
}
GOALS = (
    ("Fast arbejde på deltid inden for to år", "Stå op til samme tid hver dag i en måned"),
    ("15 timer om ugen i en butik", "Tage bussen alene til praktikken"),
    ("En uddannelse som pædagogmedhjælper", "Møde til danskundervisning to gange om ugen"),
    ("Et job på lageret med skånehensyn", "Have styr på smerterne i hverdagen"),
    ("Et rengøringsjob om morgenen", "Aftale pasning og en fast rytme"),
    ("Finde ud af, hvad jeg kan holde til", "Prøve tre timer om ugen i praktik"),
)
SMALL_STEPS = (
    "Kom til tiden tre gange i træk.",
    "Ringede selv og flyttede en aftale.",
    "Spiste frokost sammen med de andre.",
    "Skrev sit første CV.",
    "Sagde fra over for en opgave, der var for tung.",
    "Tog bussen alene.",
)
CONVERSATION_NOTES = (
    "Sover bedre end sidst. Vil gerne prøve flere timer.",
    "Har haft en svær uge. Vi talte om, hvem der kan hjælpe derhjemme.",
    "Praktikken går godt. Chefen roser mødestabiliteten.",
    "Venter stadig på svar fra lægen. Det fylder.",
    "Har fået styr på regningerne med hjælp fra rådgivningen.",
    "Er glad for mentoren. De har aftalt faste gåture.",
)
