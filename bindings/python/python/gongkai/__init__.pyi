import os
from typing import Literal, Optional, TypedDict, Union

Data = Union[bytes, bytearray, memoryview, str]
Filename = Union[str, os.PathLike[str]]
Config = Union[str, os.PathLike[str]]
Language = Literal["zh", "en"]

class Location(TypedDict):
    row: int
    column: int

class _Place(TypedDict, total=False):
    section: int
    table: int
    row: str
    column: str

class Related(TypedDict):
    message: str
    location: Location
    end_location: Location

class Edit(TypedDict):
    content: str
    location: Location
    end_location: Location

class Fix(TypedDict):
    message: str
    applicability: Literal["safe", "unsafe"]
    preferred: bool
    edits: list[Edit]

class Finding(TypedDict):
    filename: str
    code: str
    name: str
    severity: Literal["error", "warning", "info"]
    message: str
    location: Location
    end_location: Location
    place: _Place
    fingerprint: str
    related: list[Related]
    fixes: list[Fix]

class Figure(TypedDict):
    file: str
    body: Optional[str]
    year: Optional[int]
    format: int
    table: int
    row: str
    column: str
    value: Union[int, float, None]
    text: str
    line: int
    character: int

class UnreadableError(ValueError): ...

__version__: str

def check(
    data: Data, filename: Optional[Filename] = None, config: Optional[Config] = None, *, language: Optional[Language] = None
) -> list[Finding]: ...
def figures(data: Data, filename: Optional[Filename] = None, config: Optional[Config] = None) -> list[Figure]: ...
def fix(
    data: Data, filename: Optional[Filename] = None, config: Optional[Config] = None, *, language: Optional[Language] = None
) -> bytes: ...
