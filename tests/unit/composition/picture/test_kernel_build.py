from pathlib import Path

import pytest
from structlog.testing import capture_logs

from services.composition.executors.library import NoCompiler, build


def refusal(cache: Path, compiler: str) -> str:
    with pytest.raises(NoCompiler) as caught:
        build(cache, compiler)
    return str(caught.value)


@pytest.mark.parametrize(
    ("compiler", "words"), [("false", "false ended with status 1"), ("/no/such/compiler", "compiler does not run here")]
)
def test_the_same_failure_gives_the_same_words_without_a_path(tmp_path: Path, compiler: str, words: str) -> None:
    first, second = refusal(tmp_path / "a", compiler), refusal(tmp_path / "b", compiler)

    assert first == second == f"the compositing kernel cannot be compiled: {words}"


def test_the_log_has_the_whole_story(tmp_path: Path) -> None:
    with capture_logs() as logs:
        refusal(tmp_path, "false")

    assert [(line["event"], str(tmp_path) in line["error"]) for line in logs] == [("kernel_not_compiled", True)]


def test_a_folder_that_others_can_write_to_is_not_named_in_the_words(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)

    assert str(tmp_path) not in refusal(tmp_path, "gcc")
