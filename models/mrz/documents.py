"""Fictitious machine readable zones of every format (ICAO 9303-4 to -7 and the French card of 1988)."""

CHARACTERS = '<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
LETTERS = CHARACTERS[11:]
DIGITS = CHARACTERS[1:11]
SYLLABLES = ('BA BE BRI CHA CO DA DEL DO DRA EL EN FA FI GO GRU HA HEI HO IN JA JO KA KO KU LA LE LI LO MA MI MO NA NE NI '
             'O OS PA PE PI QUI RA RE RI RO SA SCH SE SI SO STE TA TE TI TO TSU U VA VE VI WA WE WI XU YA YO ZA ZE ZU '
             'BAR KEN TOR LIN MAN SON BERG WITZ EZ HN KH NH FF EE LL MM NN RR SS TT').split()
STATES = ('UTO XOM XPO XXA XXX EUE UNO GBR D<< FRA NLD ESP ITA POL PRT USA CAN MEX BRA ARG CHL CHN TWN JPN KOR IND IDN AUS '
          'NZL ZAF EGY MAR NGA KEN TUR UKR RUS KAZ SWE NOR FIN DNK ISL EST LVA LTU CZE SVK HUN ROU BGR SRB HRV SVN AUT CHE '
          'BEL LUX LIE MCO MLT GRC CYP ISR SAU ARE PAK BGD LKA THA VNM PHL MYS SGP').split()


def check_digit(text):
    values = (0 if c == '<' else CHARACTERS.index(c) - 1 for c in text)
    return str(sum(v * (7, 3, 1)[i % 3] for i, v in enumerate(values)) % 10)


def pick(rng, items):
    return items[int(rng.integers(len(items)))]


def word(rng):
    if rng.random() < 0.15:
        return ''.join(pick(rng, LETTERS) for _ in range(rng.integers(2, 12)))
    return ''.join(pick(rng, SYLLABLES) for _ in range(rng.integers(1, 5)))


def names(rng, width):
    surname = '<'.join(word(rng) for _ in range(1 if rng.random() < 0.75 else 2))
    given = '<'.join(word(rng) for _ in range(rng.integers(0, 4)))
    return f'{surname}<<{given}'[:width].ljust(width, '<')


def mixed(rng, length):
    """A number as states issue them: digits alone, letters first, or anything."""
    kind = rng.random()
    if kind < 0.4:
        return ''.join(pick(rng, DIGITS) for _ in range(length))
    if kind < 0.7:
        start = int(rng.integers(1, 4))
        return ''.join(pick(rng, LETTERS if i < start else DIGITS) for i in range(length))
    return ''.join(pick(rng, CHARACTERS[1:]) for _ in range(length))


def number(rng, width=9):
    return mixed(rng, int(rng.integers(max(1, width - 2), width + 1))).ljust(width, '<')


def optional(rng, width):
    if rng.random() < 0.5:
        return '<' * width
    return mixed(rng, int(rng.integers(1, width + 1))).ljust(width, '<')


def date(rng):
    if rng.random() < 0.03:
        return pick(rng, ['<<<<<<', f'{rng.integers(100):02d}<<<<'])
    return f'{rng.integers(100):02d}{rng.integers(1, 13):02d}{rng.integers(1, 29):02d}'


def checked(text):
    return text + check_digit(text)


def zone(rng):
    """The format and the lines of one document."""
    kind = pick(rng, ['TD3', 'TD3', 'TD3', 'TD1', 'TD1', 'TD2', 'MRV-A', 'MRV-B', 'FRID'])
    state, nationality = pick(rng, STATES), pick(rng, STATES)
    doc, birth, expiry = checked(number(rng)), checked(date(rng)), checked(date(rng))
    sex = pick(rng, 'MF<')
    if kind == 'TD1':
        code = pick(rng, ['I<', 'ID', 'AC', 'C<', 'IP', 'IR', 'AR', 'IT'])
        first = code + state + doc + optional(rng, 15)
        second = birth + sex + expiry + nationality + optional(rng, 11)
        total = check_digit(first[5:] + second[:7] + second[8:15] + second[18:])
        return kind, [first, second + total, names(rng, 30)]
    if kind == 'FRID':
        first = 'IDFRA' + word(rng)[:25].ljust(25, '<') + optional(rng, 6)
        digits = ''.join(pick(rng, DIGITS) for _ in range(12))
        second = checked(digits if rng.random() < 0.8 else mixed(rng, 12)) + names(rng, 14) + birth + sex
        return kind, [first, second + check_digit(first + second)]
    width = 44 if kind in ('TD3', 'MRV-A') else 36
    code = pick(rng, {'TD3': ['P<', 'P<', 'PP', 'PD', 'PC'], 'TD2': ['I<', 'ID', 'AC', 'C<']}.get(kind, ['V<', 'VN', 'VC']))
    first = code + state + names(rng, width - 5)
    second = doc + nationality + birth + sex + expiry
    if kind.startswith('MRV'):
        return kind, [first, second + optional(rng, width - 28)]
    extra = optional(rng, width - 30 if kind == 'TD3' else width - 29)
    if kind == 'TD3':
        extra += '<' if extra.strip('<') == '' and rng.random() < 0.5 else check_digit(extra)
    second += extra
    return kind, [first, second + check_digit(second[:10] + second[13:20] + second[21:])]


def gibberish(rng):
    """The shape of a zone, its text drawn at random, so that a network learns glyphs and not documents."""
    count, width = pick(rng, [(3, 30), (2, 36), (2, 44), (2, 44)])
    lines = []
    for _ in range(count):
        line = ''
        while len(line) < width:
            line += '<' * int(rng.integers(1, 12)) if rng.random() < 0.25 else ''.join(
                pick(rng, CHARACTERS) for _ in range(rng.integers(2, 16)))
        lines.append(line[:width])
    return 'random', lines
