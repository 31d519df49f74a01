"""Lemmas: for each tag, endings to cut and to add, and the forms that no ending explains.

A rule is `tag <TAB> ending <TAB> characters to cut <TAB> text to add`. Of the rules whose
ending fits, the longest wins that makes a word of the vocabulary of word pieces ("shelled" is
no form of "shel"), else the longest. An exception is `tag <TAB> form <TAB> lemma`. Forms are lower-cased but for
names (NNP, NNPS), whose lemmas keep their case.
"""

import collections

KEEP_CASE = {"NNP", "NNPS", "ADD", "FW"}
LONGEST = 5


def edit(form: str, lemma: str) -> tuple[int, str]:
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]


def apply(form: str, rule: tuple[int, str]) -> str:
    cut, add = rule
    return form[: len(form) - cut] + add if cut <= len(form) else form


def learn(sentences, known: set[str]) -> tuple[list[str], list[str]]:
    """Rules and exceptions, as lines; `known` are the pieces that can be whole words."""
    seen: dict[tuple[str, str], collections.Counter] = collections.defaultdict(collections.Counter)
    for s in sentences:
        if s.lemmas is None:
            continue
        for form, tag, lemma in zip(s.words, s.xpos, s.lemmas):
            if tag in ("GW", "XX", "_") or lemma == "_":
                continue
            seen[(tag, form if tag in KEEP_CASE else form.lower())][lemma] += 1
    best = {key: counts.most_common(1)[0][0] for key, counts in seen.items()}
    # each form counts once: endings are about words, not about how often they occur
    votes = collections.defaultdict(collections.Counter)
    for (tag, form), lemma in best.items():
        rule = edit(form, lemma)
        for n in range(0, min(LONGEST, len(form) - 1) + 1):
            ending = form[len(form) - n :].lower()
            votes[(tag, ending)][rule] += 1
    rules: dict[tuple[str, str], tuple[int, str]] = {}
    for (tag, ending), counts in sorted(votes.items(), key=lambda x: (x[0][0], len(x[0][1]), x[0][1])):
        rule, n = counts.most_common(1)[0]
        if ending and n < 3:
            continue
        shorter = next(
            (rules[(tag, ending[i:])] for i in range(1, len(ending) + 1) if (tag, ending[i:]) in rules),
            None,
        )
        if shorter != rule and n >= 0.6 * sum(counts.values()):
            rules[(tag, ending)] = rule
        elif shorter is None:
            rules[(tag, ending)] = rule

    def by_rule(tag, form):
        first = None
        for n in range(min(LONGEST, len(form)), -1, -1):
            rule = rules.get((tag, form[len(form) - n :].lower()))
            if rule is not None and rule[0] <= len(form):
                lemma = apply(form, rule)
                if lemma.lower() in known:
                    return lemma
                first = first or lemma
        return first or form

    exceptions = [
        f"{tag}\t{form}\t{lemma}"
        for (tag, form), lemma in sorted(best.items())
        if by_rule(tag, form) != lemma and "\t" not in form
    ]
    return [f"{t}\t{e}\t{c}\t{a}" for (t, e), (c, a) in sorted(rules.items())], exceptions
