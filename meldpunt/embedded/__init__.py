"""PostgreSQL and Redis as child processes: for trying out and for the tests, not for production."""

from .problems import ServerProblem
from .servers import Servers

__all__ = ["ServerProblem", "Servers"]
