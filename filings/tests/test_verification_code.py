"""Verification codes: check letters, and the letter that is wrong."""

from hypothesis import given
from hypothesis import strategies as st

from filings import verification_code
from filings.verification_code import LENGTH, LETTERS, correction, is_consistent

codes = st.builds(lambda _number: verification_code.new(), st.integers())


def test_codes_have_more_than_80_bits() -> None:
    assert len(LETTERS) == 29
    assert len(LETTERS) ** (LENGTH - 3) > 2**80


def test_new_codes_differ_and_are_consistent() -> None:
    made = {verification_code.new() for _ in range(200)}
    assert len(made) == 200
    assert all(is_consistent(code) and len(code) == LENGTH for code in made)


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(LETTERS + "0O1ILUZ"))
def test_one_wrong_letter_is_found(code: str, position: int, letter: str) -> None:
    wrong = code[:position] + letter + code[position + 1 :]
    if letter == code[position]:
        assert correction(wrong) is None
        return
    found = correction(wrong)
    assert found is not None
    assert (found.position, found.typed, found.letter, found.code) == (position + 1, letter, code[position], code)
    assert not is_consistent(wrong)


@given(codes, st.data())
def test_two_wrong_letters_are_noticed(code: str, data: st.DataObject) -> None:
    first, second = data.draw(st.lists(st.integers(0, LENGTH - 1), min_size=2, max_size=2, unique=True))
    wrong = list(code)
    for position in (first, second):
        wrong[position] = data.draw(st.sampled_from([letter for letter in LETTERS if letter != code[position]]))
    assert not is_consistent("".join(wrong))
    assert correction("".join(wrong)) is None


@given(codes, st.integers(0, LENGTH - 2))
def test_two_exchanged_letters_are_noticed(code: str, position: int) -> None:
    wrong = code[:position] + code[position + 1] + code[position] + code[position + 2 :]
    assert wrong == code or not is_consistent(wrong)


def test_codes_are_typed_in_any_form() -> None:
    code = verification_code.new()
    typed = " － ".join(verification_code.formatted(code).lower().split("-"))
    assert verification_code.plain(typed) == code


def test_a_pasted_address_contains_its_code() -> None:
    code = verification_code.new()
    for address in (f"https://jixiao.example.cn/v/{verification_code.formatted(code)}/", f" http://a/v/{code} "):
        assert verification_code.plain(address) == code


def test_earlier_codes_stay_valid() -> None:
    assert is_consistent("ABCDEFGHJKMZ")
    assert not is_consistent("ABCDEFGHJKMO")
    assert correction("ABCDEFGHJKMO") is None


def test_unknown_letters_are_named() -> None:
    assert verification_code.unknown_letters("O" + "2" * 18 + "Z") == "OZ"
