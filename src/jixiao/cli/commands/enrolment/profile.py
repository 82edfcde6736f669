"""jixiao enrolment profile FOLDER."""

import jixiao
from jixiao.cli import progress, show, show_enrolment
from jixiao.cli.enrolment_options import Engine, Folder, Json, Master, Memory


def profile(
    folder: Folder, engine: Engine = None, memory: Memory = None, master: Master = None, json: Json = False
) -> None:
    """Say what lies in a folder of registers."""
    with progress.stages("enrolment") as stage:
        stage("reading")
        found = jixiao.profile_json(jixiao.enrolment_profile(folder, engine=engine, memory=memory, master=master).value)
    if json:
        show.as_json(found)
    else:
        show_enrolment.profile(found)
