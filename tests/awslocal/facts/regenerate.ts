/**
 * Writes `src/awslocal/services/<name>.json` anew from the installed botocore and AWS SDK:
 * `npx tsx tests/awslocal/facts/regenerate.ts s3 sts kinesis lambda`
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describeOperations } from './describe-schemas.ts'

for (const service of process.argv.slice(2)) {
  const client: object = await import(`@aws-sdk/client-${service}`)
  const script = fileURLToPath(new URL('botocore_facts.py', import.meta.url))
  const facts = execFileSync('python3', [script, service], {
    input: JSON.stringify(describeOperations(client)),
  })
  const path = fileURLToPath(new URL(`../../../src/awslocal/services/${service}.json`, import.meta.url))
  writeFileSync(path, `${JSON.stringify(JSON.parse(facts.toString()), null, 2)}\n`)
}
