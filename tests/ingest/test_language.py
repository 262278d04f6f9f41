"""Other languages are refused by name, and no English article is lost to its page's menus."""

import json
from pathlib import Path

import pytest

from extract.errors import InputError, UsageError
from extract.ingest import read
from extract.ingest.language import LEAST, check_language
from extract.schema.document import Document

SPANISH = (
    "La policía detuvo el lunes a dos hombres en Lagos después de un robo en un banco, dijeron las autoridades. "
    "Los detenidos, de 24 y 31 años, serán presentados ante un juez el miércoles, según la fiscalía del estado. "
    "Un tercer sospechoso huyó en una motocicleta y sigue prófugo."
)
ENGLISH = "Police arrested two men in Lagos on Monday after a robbery at a bank, the authorities said. " * 4
MENU = "Trang chủ Giới thiệu Tin tức Liên hệ Tiếng Việt Español 한국어 中文 Chuyển đến nội dung chính Theo dõi "


def test_a_spanish_text_is_refused_by_name_and_read_when_asked(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "es", "text": SPANISH}), json.dumps({"id": "en", "text": ENGLISH})]
    (tmp_path / "wire.jsonl").write_text("\n".join(lines))
    error, document = read([tmp_path / "wire.jsonl"], lang="en")
    assert isinstance(error, InputError)
    assert "Spanish (es)" in error.detail
    assert (error.doc_id, error.line) == ("es", 1)
    assert isinstance(document, Document)
    assert len([one for one in read([tmp_path / "wire.jsonl"]) if isinstance(one, Document)]) == 2


@pytest.mark.parametrize(
    "text",
    [ENGLISH, MENU * 3 + ENGLISH, ENGLISH.lower(), ENGLISH.upper(), SPANISH[: LEAST // 2], "", "42 " * 500, "Ян " * 9],
)
def test_english_and_what_cannot_be_told_is_read(text: str) -> None:
    assert check_language(Document("d", text), "en").text == text


def test_an_unknown_language_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="any"):
        read(["-"], lang="klingon")
