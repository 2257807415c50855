import json

import pytest

from console.ui.state.settings import Settings
from console.ui.state.settings_table import SETTINGS


def test_every_default_fits_its_setting():
    assert [s.name for s in SETTINGS.values() if not s.fits(s.default)] == []


def test_values_are_kept(qapp, tmp_path, recorder):
    file = tmp_path / "settings.json"
    settings = Settings(file)
    settings.load()
    recorder.watch(changed=settings.changed)
    settings["theme"] = "dark"
    settings["theme"] = "dark"
    settings["pinned_calls"] = ["a:1"]
    assert recorder.of("changed") == ["theme", "pinned_calls"]
    again = Settings(file)
    again.load()
    assert (again["theme"], again["pinned_calls"]) == ("dark", ["a:1"])
    assert again["calls_sort"] == "heat"


def test_a_list_given_out_is_a_copy(qapp, tmp_path):
    settings = Settings(tmp_path / "settings.json")
    settings["pinned_calls"].append("a:1")
    assert settings["pinned_calls"] == []


@pytest.mark.parametrize(("name", "value"), [("theme", "pink"), ("show_notices", "yes")])
def test_values_that_do_not_fit_are_refused(qapp, tmp_path, name, value):
    settings = Settings(tmp_path / "settings.json")
    with pytest.raises(ValueError, match=name):
        settings[name] = value


def test_unknown_names_stay_and_wrong_values_are_told(qapp, tmp_path, recorder):
    file = tmp_path / "settings.json"
    file.write_text('{"theme": "pink", "future": 1, "show_notices": false}')
    settings = Settings(file)
    recorder.watch(trouble=settings.trouble_found)
    settings.load()
    assert settings["theme"] == "system"
    assert settings["show_notices"] is False
    assert "theme" in recorder.of("trouble")[0]
    settings["show_notices"] = True
    assert json.loads(file.read_text()) == {"future": 1, "show_notices": True}


def test_a_file_that_is_not_understood_is_left_alone(qapp, tmp_path, recorder):
    file = tmp_path / "settings.json"
    file.write_text("{broken")
    settings = Settings(file)
    recorder.watch(trouble=settings.trouble_found)
    settings.load()
    settings["theme"] = "dark"
    assert settings["theme"] == "dark"
    assert file.read_text() == "{broken"
    assert len(recorder.of("trouble")) == 1
