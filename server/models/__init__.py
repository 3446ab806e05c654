"""The tables of the server, one module per noun; the migrations alone build them."""

from server.models.base import metadata
from server.models.device import device, device_epoch, device_key, enrolment_code
from server.models.notebook import installation, notebook, notebook_key
from server.models.operation import operation
from server.models.record import record

__all__ = [
    "device",
    "device_epoch",
    "device_key",
    "enrolment_code",
    "installation",
    "metadata",
    "notebook",
    "notebook_key",
    "operation",
    "record",
]
