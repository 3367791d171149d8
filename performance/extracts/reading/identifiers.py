"""Columns that tell who a person is: refused by their name, and by what is in them.

An extract needs none of them, so that nothing is lost by refusing one too many.
"""

import re

# As words of a header. A header of several words has one of these as a whole, so that 'event' isn't
# taken for what has 'name' in it.
NAMES_OF_PERSONS = {
    "name": "the name of a person",
    "names": "names of persons",
    "offendername": "the name of a person",
    "givenname": "the name of a person",
    "forename": "the name of a person",
    "forenames": "the name of a person",
    "firstname": "the name of a person",
    "surname": "the name of a person",
    "lastname": "the name of a person",
    "fullname": "the name of a person",
    "initials": "the name of a person",
    "alias": "the name of a person",
    "dob": "a date of birth",
    "birth": "a date of birth",
    "birthday": "a date of birth",
    "dateofbirth": "a date of birth",
    "born": "a date of birth",
    "birthdate": "a date of birth",
    "age": "the age of a person",
    "address": "an address",
    "postcode": "an address",
    "homeaddress": "an address",
    "email": "an address",
    "emailaddress": "an address",
    "phone": "a telephone number",
    "phonenumber": "a telephone number",
    "tel": "a telephone number",
    "telephone": "a telephone number",
    "mobile": "a telephone number",
    "nino": "a National Insurance number",
    "ni": "a National Insurance number",
    "insurance": "a National Insurance number",
    "pnc": "a number of the Police National Computer",
    "pncnumber": "a number of the Police National Computer",
    "pncid": "a number of the Police National Computer",
    "cro": "a number of the Criminal Records Office",
    "crn": "a case reference number, which names a person",
    "crnumber": "a case reference number, which names a person",
    "noms": "a NOMS number",
    "nomis": "a NOMS number",
    "nomsnumber": "a NOMS number",
    "prison": "a prison number",
    "nhs": "an NHS number",
    "nhsnumber": "an NHS number",
    "passport": "a passport number",
    "gender": "a personal characteristic",
    "sex": "a personal characteristic",
    "ethnicity": "a personal characteristic",
    "ethnic": "a personal characteristic",
    "disability": "a personal characteristic",
    "religion": "a personal characteristic",
    "nationality": "a personal characteristic",
}
# What is in a cell, whole, in capitals or not. A name is two to four words with nothing but letters.
PATTERNS = {
    r"[^@\s]+@[^@\s]+\.[^@\s]+": "an email address",
    r"[A-CEGHJ-PR-TW-Z]{2}([ -]?\d{2}){3}[ -]?[A-D]": "a National Insurance number",
    r"\d{2,4}/\d{1,7}[A-Z]": "a number of the Police National Computer",
    r"\d{1,6}/\d{2}[A-Z]": "a number of the Criminal Records Office",
    r"[A-Z]\d{4}[A-Z]{2}": "a NOMS or prison number",
    r"[A-Z]\d{6}": "a case reference number, which names a person",
    r"\d{3}[ -]\d{3}[ -]\d{4}": "an NHS number",
    r"((\+|00)44 ?(\(0\))?|\(?0)[1-9]\d{1,4}\)?[ -]?\d{3,4}[ -]?\d{3,4}": "a telephone number",
    r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}": "a postcode",
    r"([^\W\d_]|['’.-])+([ ,]+([^\W\d_]|['’.-])+){1,3}": "the name of a person",
    r"\d\d? [A-Z]{3,9} (19|20)\d\d": "a date, perhaps of birth",
    r"((19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](19|20)\d\d)([ T]00:00(:00)?)?": (
        "a date, perhaps of birth"
    ),
}
# One cell in so many that looks so may be chance.
ONE_IN = 20


def named_after(header: str) -> str:
    """What a column of that name tells of a person, '' for nothing."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    words = re.findall(r"[a-z]+", spaced.lower())
    for word in (*words, "".join(words)):
        if word in NAMES_OF_PERSONS:
            return NAMES_OF_PERSONS[word]
    return ""
