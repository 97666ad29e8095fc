"""The number library stays out of the start, and its geocoder out of everything."""

import subprocess
import sys


def test_importing_the_phone_package_loads_no_library() -> None:
    subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, tui.phone;"
            "unwanted = {'phonenumbers', 'babel', 'tui.phone.number_reading', 'tui.phone.number_text'};"
            "assert not unwanted & set(sys.modules)",
        ],
        check=True,
    )


def test_the_geocoder_with_its_hundred_megabytes_is_never_loaded() -> None:
    code = (
        "import sys; from tui.phone import guard, parse, region_for_zone, zones;"
        "parse('020 7946 0018', 'GB'); guard('020 7946 0018', 'GB'); zones('+442079460018');"
        "region_for_zone('Europe/Rome');"
        "unwanted = {'phonenumbers.geocoder', 'phonenumbers.geodata', 'phonenumbers.carrier'};"
        "assert not unwanted & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
