"""PostgreSQL and Redis as child processes: for trying out and for the tests, not for production."""

from .problems import FolderTaken, ServerProblem
from .servers import Servers

__all__ = ["FolderTaken", "ServerProblem", "Servers"]
