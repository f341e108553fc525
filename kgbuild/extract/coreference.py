"""Chains within an article: names, descriptions and pronouns that refer to the same thing.

Sieves in order of precision, each seeing the chains of those before it: names, appositions and copulas, then from left
to right descriptions and pronouns. Precise over complete: what has no clear antecedent keeps a chain of its own.
After the multi-pass sieve of Lee et al. (Computational Linguistics 39, 2013).
"""

from __future__ import annotations

from kgbuild.extract.chains import Chains
from kgbuild.extract.features import Features, features_of
from kgbuild.extract.name_chains import link_names
from kgbuild.extract.nominal_chains import link_nominal, link_syntax
from kgbuild.extract.phrases import Phrase
from kgbuild.extract.pronouns import link_pronoun
from kgbuild.extract.trees import Tree


def chain_numbers(tree: Tree, phrases: list[Phrase], types: list[str]) -> list[int]:
    """For each phrase the number of its chain; chains are numbered in the order of their first phrase."""
    features = features_of(tree, phrases, types)
    chains = Chains(tree, features)
    link_names(chains)
    link_syntax(chains)
    for feature in features:
        link_left(chains, feature)
    return chains.numbers()


def link_left(chains: Chains, feature: Features) -> None:
    if feature.is_pronoun:
        link_pronoun(chains, feature)
    elif not feature.is_name:
        link_nominal(chains, feature)
