import { spawnSync } from 'node:child_process'
import * as kinesis from '@aws-sdk/client-kinesis'
import * as lambda from '@aws-sdk/client-lambda'
import * as s3 from '@aws-sdk/client-s3'
import * as sts from '@aws-sdk/client-sts'
import { describe, expect, it } from 'vitest'
import { toOptionName } from '../../src/awslocal/naming.ts'
import { type Described, describeOperations } from './facts/describe-schemas.ts'
import { awsCliVersion } from './running/aws-cli.ts'

describe('option names', () => {
  it.each([
    ['Bucket', 'bucket'],
    ['MaxKeys', 'max-keys'],
    ['ExpectedBucketOwner', 'expected-bucket-owner'],
    ['SSECustomerKeyMD5', 'sse-customer-key-md5'],
    ['ChecksumCRC32C', 'checksum-crc32-c'],
    ['ACL', 'acl'],
    ['GrantReadACP', 'grant-read-acp'],
    ['EventSourceARN', 'event-source-arn'],
    ['ResourceARNs', 'resource-arns'],
    ['ListObjectsV2', 'list-objects-v2'],
    ['KMSKeyArn', 'kms-key-arn'],
    ['S3Bucket', 's3-bucket'],
    ['DBInstanceIdentifier', 'db-instance-identifier'],
    ['ExecutePartiQLStatement', 'execute-partiql-statement'],
    ['CreateStackInstances', 'create-stack-instances'],
  ])('%s → %s', (name, expected) => {
    expect(toOptionName(name)).toBe(expected)
  })

  it.skipIf(awsCliVersion === undefined)(
    `of every member and operation are those of the AWS CLI ${awsCliVersion ?? '(version 1 is not installed here)'}`,
    () => {
      const names = [...new Set([s3, sts, kinesis, lambda].flatMap(namesOf))].sort()
      expect(names.length).toBeGreaterThan(1000)
      expect(names.map(toOptionName)).toEqual(namesInPython(names))
    },
  )
})

function namesOf(client: object): readonly string[] {
  return Object.entries(describeOperations(client)).flatMap(([operation, { input, output }]) => [
    operation,
    ...membersOf(input),
    ...membersOf(output),
  ])
}

function membersOf(described: Described): readonly string[] {
  if (described.kind === 'list' || described.kind === 'map') return membersOf(described.element)
  if (described.kind !== 'structure') return []
  return Object.entries(described.members ?? {}).flatMap(([name, member]) => [name, ...membersOf(member)])
}

function namesInPython(names: readonly string[]): unknown {
  const script = `
import json, sys
from botocore import xform_name
print(json.dumps([xform_name(name, '-') for name in json.load(sys.stdin)]))`
  const { stdout } = spawnSync('python3', ['-c', script], { input: JSON.stringify(names) })
  return JSON.parse(stdout.toString())
}
