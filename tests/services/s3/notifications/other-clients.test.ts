import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAwslocal } from '../../../awslocal/running/awslocal.ts'
import { environmentFor, installed, run } from '../others.ts'
import { useTargets } from './targets.ts'

const lab = useTargets()
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:procesar-csv'
const configuration = {
  LambdaFunctionConfigurations: [
    {
      Id: 'csv',
      LambdaFunctionArn: functionArn,
      Events: ['s3:ObjectCreated:*'],
      Filter: {
        Key: {
          FilterRules: [
            { Name: 'prefix', Value: 'raw/' },
            { Name: 'suffix', Value: '.csv' },
          ],
        },
      },
    },
  ],
}
const answered = {
  LambdaFunctionConfigurations: [
    {
      ...configuration.LambdaFunctionConfigurations[0],
      Filter: {
        Key: {
          FilterRules: [
            { Name: 'Prefix', Value: 'raw/' },
            { Name: 'Suffix', Value: '.csv' },
          ],
        },
      },
    },
  ],
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-avisos-'))
  await writeFile(join(folder, 'avisos.json'), JSON.stringify(configuration))
  await writeFile(join(folder, 'datos ñ.csv'), 'a,b\n1,2\n')
})
afterAll(() => rm(folder, { recursive: true }))

/** Puts the configuration, uploads a file and reads the configuration back, as a command line. */
async function useCommandLine(bucket: string, call: (...words: string[]) => Promise<string>): Promise<void> {
  await lab.s3.send(new CreateBucketCommand({ Bucket: bucket }))
  const put = ['s3api', 'put-bucket-notification-configuration', '--bucket', bucket]
  await call(...put, '--notification-configuration', 'file://avisos.json')
  await call('s3', 'cp', 'datos ñ.csv', `s3://${bucket}/raw/año 1/`)
  await call('s3', 'cp', 'datos ñ.csv', `s3://${bucket}/otro/`)
  const [delivery, ...others] = await lab.takeDeliveries()
  expect(others).toEqual([])
  const [record] = JSON.parse(delivery?.payload ?? '').Records
  expect(record.s3).toMatchObject({
    configurationId: 'csv',
    object: { key: 'raw/a%C3%B1o+1/datos+%C3%B1.csv' },
  })
  const get = ['s3api', 'get-bucket-notification-configuration', '--bucket', bucket]
  expect(JSON.parse(await call(...get))).toEqual(answered)
  await call(...put, '--notification-configuration', '{}')
  expect((await call(...get)).trim()).toBe('')
}

it('awslocal puts, reads and removes a configuration', async () => {
  const awslocal = startAwslocal(lab.cloud.url)
  await useCommandLine('con-awslocal', async (...words) => {
    const { status, stdout, stderr } = await awslocal.run(words, { folder })
    expect(stderr).toBe('')
    expect(status).toBe(0)
    return stdout
  })
})

describe.skipIf(!installed.awsCli)('the AWS CLI', () => {
  it('puts, reads and removes a configuration', async () => {
    await useCommandLine('con-aws', (...words) =>
      run({ file: 'aws', arguments: words, cwd: folder }, environmentFor(lab.cloud.url)),
    )
  }, 120_000)
})

const boto3Program = `
import boto3, json, sys
from botocore.exceptions import ClientError
s3 = boto3.client('s3')
bucket, arn = sys.argv[1:]
s3.create_bucket(Bucket=bucket)
rules = [{'Name': 'prefix', 'Value': 'raw/'}]
one = {'LambdaFunctionArn': arn, 'Events': ['s3:ObjectCreated:*'], 'Filter': {'Key': {'FilterRules': rules}}}
s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={'LambdaFunctionConfigurations': [one], 'EventBridgeConfiguration': {}})
told = s3.get_bucket_notification_configuration(Bucket=bucket)
told.pop('ResponseMetadata')
told['LambdaFunctionConfigurations'][0].pop('Id')
s3.put_object(Bucket=bucket, Key='raw/+ ñ', Body=b'x')
try:
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={'LambdaFunctionConfigurations': [one, one]})
except ClientError as caught:
    error = caught.response['Error']
print(json.dumps({'told': told, 'error': error}))
`

describe.skipIf(!installed.boto3)('boto3', () => {
  it('puts and reads a configuration, and is told why another is refused', async () => {
    const file = join(folder, 'program.py')
    await writeFile(file, boto3Program)
    const command = { file: 'python3', arguments: [file, 'con-boto3', functionArn] }
    const { told, error } = JSON.parse(await run(command, environmentFor(lab.cloud.url)))
    expect(told).toEqual({
      LambdaFunctionConfigurations: [
        {
          LambdaFunctionArn: functionArn,
          Events: ['s3:ObjectCreated:*'],
          Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'raw/' }] } },
        },
      ],
      EventBridgeConfiguration: {},
    })
    expect(error).toMatchObject({
      Code: 'InvalidArgument',
      Message:
        'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
      ArgumentName: 'Event',
    })
    expect(await lab.takeDeliveries()).toHaveLength(1)
  }, 120_000)
})

if (!installed.boto3) it.skip('boto3 is not installed here', () => undefined)
if (!installed.awsCli) it.skip('the AWS CLI is not installed here', () => undefined)
