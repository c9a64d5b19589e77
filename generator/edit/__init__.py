"""A data file's text, changed so that it says something else: comments, order and quotes of what stays are kept."""

from generator.edit.splice import edited as edited
from generator.edit.written import same as same
from generator.edit.written import tree_of as tree_of
