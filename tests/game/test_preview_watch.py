"""Whether a file was saved: in place, in pieces, replaced, gone and back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.preview.watch import EMPTY_LOOKS, News, Watch


class Disk:
    """Files as a test wants them."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[int, int, int]] = {}

    def stat(self, path: Path) -> os.stat_result:
        if path.name not in self.files:
            raise FileNotFoundError(path)
        when, size, inode = self.files[path.name]
        return os.stat_result((0, inode, 0, 0, 0, 0, size, 0, when, 0), {"st_mtime_ns": when})


@pytest.fixture
def disk() -> Disk:
    disk = Disk()
    disk.files["a.yaml"] = (10, 100, 1)
    return disk


@pytest.fixture
def watch(disk: Disk) -> Watch:
    watch = Watch(Path("a.yaml"), [Path("pack.yaml")], disk.stat)
    watch.took(watch.stamps())
    return watch


def test_nothing_changes(watch: Watch) -> None:
    assert [watch.look() for _ in range(3)] == [News.SAME] * 3


def test_a_save_is_read_when_it_is_seen_twice_alike(disk: Disk, watch: Watch) -> None:
    disk.files["a.yaml"] = (20, 110, 1)
    assert watch.look() is News.SETTLING
    assert watch.look() is News.SAVED
    watch.took(watch.stamps())
    assert watch.look() is News.SAME


def test_what_is_written_in_pieces_is_read_once_at_the_end(disk: Disk, watch: Watch) -> None:
    news = []
    for size in (20, 40, 60, 80):
        disk.files["a.yaml"] = (20 + size, size, 1)
        news.append(watch.look())
    assert news == [News.SETTLING] * 4
    assert watch.look() is News.SAVED


def test_another_file_in_its_stead_is_a_save_even_with_the_same_time_and_size(disk: Disk, watch: Watch) -> None:
    disk.files["a.yaml"] = (10, 100, 2)
    assert [watch.look(), watch.look()] == [News.SETTLING, News.SAVED]


def test_an_empty_file_is_waited_for_a_while(disk: Disk, watch: Watch) -> None:
    disk.files["a.yaml"] = (20, 0, 1)
    news = [watch.look() for _ in range(EMPTY_LOOKS + 2)]
    assert news == [News.SETTLING] * (EMPTY_LOOKS + 1) + [News.SAVED]


def test_a_file_that_was_emptied_and_then_written_is_read_when_it_is_whole(disk: Disk, watch: Watch) -> None:
    disk.files["a.yaml"] = (20, 0, 1)
    assert watch.look() is News.SETTLING
    assert watch.look() is News.SETTLING
    disk.files["a.yaml"] = (21, 90, 1)
    assert [watch.look(), watch.look()] == [News.SETTLING, News.SAVED]


def test_a_file_that_is_gone_is_waited_for(disk: Disk, watch: Watch) -> None:
    kept = disk.files.pop("a.yaml")
    assert [watch.look(), watch.look()] == [News.GONE, News.GONE]
    assert watch.gone
    disk.files["a.yaml"] = kept
    assert watch.look() is News.SAME
    assert not watch.gone
    del disk.files["a.yaml"]
    watch.look()
    disk.files["a.yaml"] = (30, 50, 3)
    assert [watch.look(), watch.look()] == [News.SETTLING, News.SAVED]


def test_files_beside_count_too_and_need_not_be_there(disk: Disk, watch: Watch) -> None:
    disk.files["pack.yaml"] = (5, 5, 5)
    assert [watch.look(), watch.look()] == [News.SETTLING, News.SAVED]
    watch.took(watch.stamps())
    del disk.files["pack.yaml"]
    assert [watch.look(), watch.look()] == [News.SETTLING, News.SAVED]


def test_a_save_that_was_not_taken_is_offered_again(disk: Disk, watch: Watch) -> None:
    disk.files["a.yaml"] = (20, 110, 1)
    assert [watch.look(), watch.look(), watch.look()] == [News.SETTLING, News.SAVED, News.SAVED]
