"""jixiao enrolment profile FOLDER."""

from jixiao.cli import show, show_enrolment
from jixiao.cli.enrolment_options import Engine, Folder, Json, Master, Memory
from jixiao.operations.enrolment_profile import enrolment_profile, profile_json


def profile(
    folder: Folder, engine: Engine = None, memory: Memory = None, master: Master = None, json: Json = False
) -> None:
    """Say what lies in a folder of registers."""
    with show_enrolment.stages() as stage:
        stage("reading")
        found = profile_json(enrolment_profile(folder, engine=engine, memory=memory, master=master).value)
    if json:
        show.as_json(found)
    else:
        show_enrolment.profile(found)
