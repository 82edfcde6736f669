"""审核测试: the sample reports, mutants and writers of this folder are modules of their own."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
