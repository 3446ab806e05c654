"""The tests: unit, ui, sync, server, migrations, stories."""
