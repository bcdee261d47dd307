"""`python -m tests.supply`, or `make bill`: writes the bill of materials and its page."""

from api.platform.settings_needs import PROJECT_ROOT
from tests.supply.bill import write

if __name__ == "__main__":
    write(PROJECT_ROOT)
