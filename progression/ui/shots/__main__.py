"""`python -m progression.ui.shots [FOLDER]`: see `take`."""

import sys

from progression.ui.shots.take import main

sys.exit(main())
