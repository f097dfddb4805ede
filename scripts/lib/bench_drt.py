"""Writes rows with drt-core's HubSpot destination, unmodified but for the base URL; prints the
seconds. Called by scripts/bench sync."""

import sys
import time

from drt.config.models import HubSpotDestinationConfig, SyncOptions
from drt.destinations import hubspot

url, rows, value = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
hubspot._HUBSPOT_API = f"{url}/crm/v3/objects"
hubspot._HUBSPOT_PROPERTIES_API = f"{url}/crm/v3/properties"
config = HubSpotDestinationConfig(
    type="hubspot", object_type="contacts", id_property="email", auth={"type": "bearer", "token": "sandbox"}
)
records = [
    {"email": f"p{n}@bench.example", "mql_score": str(value * 10 + n % 7)} for n in range(1, rows + 1)
]
start = time.perf_counter()
result = hubspot.HubSpotDestination().load(records, config, SyncOptions())
seconds = time.perf_counter() - start
if result.success != rows:
    sys.exit(f"{result.success} of {rows} rows written: {result.row_errors[:1]}")
print(seconds)
