// Writes rows with HubSpot's own Node client, eight workers, a hundred rows a request; prints the
// seconds of each round. Called by scripts/bench sync.
'use strict';
const { Client } = require('@hubspot/api-client');

const [url, rows, rounds, first] = [process.argv[2], ...process.argv.slice(3).map(Number)];
// Without its limiter of nine requests a second, so that the comparison is of the work alone.
const client = new Client({ accessToken: 'sandbox', basePath: url, limiterOptions: null });

async function round(value) {
  const batches = [];
  for (let id = 1; id <= rows; id += 100) {
    const inputs = [];
    for (let each = id; each < id + 100 && each <= rows; each += 1) {
      inputs.push({ id: String(each), properties: { mql_score: String(value * 10 + (each % 7)) } });
    }
    batches.push(inputs);
  }
  let next = 0;
  let written = 0;
  const start = process.hrtime.bigint();
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (next < batches.length) {
      const inputs = batches[next];
      next += 1;
      const answer = await client.crm.contacts.batchApi.update({ inputs });
      written += answer.results.length;
    }
  }));
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (written !== rows) {
    throw new Error(`${written} of ${rows} rows written`);
  }
  console.log(seconds);
}

(async () => {
  for (let i = 0; i < rounds; i += 1) {
    await round(first + i);
  }
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
