"""What an export and the graph itself say about themselves: DCAT 3, VoID, PROV, and how to cite."""

from repatria.description.about import About, about_dataset
from repatria.description.citing import citation, cite
from repatria.description.dataset import describe_itself
from repatria.description.files import FileInfo, describe_file, descriptions
from repatria.description.numbers import dataset_statistics
from repatria.description.statistics import Statistics, in_several_graphs

__all__ = [
    "About",
    "FileInfo",
    "Statistics",
    "about_dataset",
    "citation",
    "cite",
    "dataset_statistics",
    "describe_file",
    "describe_itself",
    "descriptions",
    "in_several_graphs",
]
