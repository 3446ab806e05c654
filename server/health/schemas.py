"""What the health of the server is said in."""

from pydantic import BaseModel


class Health(BaseModel):
    """The server answers and so does its database."""

    status: str
    protocol: int
