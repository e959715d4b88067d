import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useS3 } from './lab.ts'
import { environmentFor, installed, run } from './others.ts'

const lab = useS3()
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-clients-'))
})
afterAll(() => rm(folder, { recursive: true }))

const boto3Program = `
import boto3, io, json, sys, urllib.request
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError
s3 = boto3.client('s3')
bucket = sys.argv[1]
s3.create_bucket(Bucket=bucket)
large = bytes(range(256)) * 40 * 1024
config = TransferConfig(multipart_threshold=5 * 1024 * 1024, multipart_chunksize=5 * 1024 * 1024)
s3.upload_fileobj(io.BytesIO(large), bucket, 'grande.bin', Config=config, ExtraArgs={'Metadata': {'a': '1'}})
back = io.BytesIO()
s3.download_fileobj(bucket, 'grande.bin', back, Config=config)
for i in range(1005):
    s3.put_object(Bucket=bucket, Key=f'raw/año={i:04d}/+ %.csv', Body=b'x')
keys = [o['Key'] for page in s3.get_paginator('list_objects_v2').paginate(Bucket=bucket, Prefix='raw/') for o in page['Contents']]
groups = s3.list_objects_v2(Bucket=bucket, Delimiter='/')
s3.copy({'Bucket': bucket, 'Key': keys[0]}, bucket, 'copia')
s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={'Status': 'Enabled'})
s3.delete_object(Bucket=bucket, Key='copia')
try:
    s3.get_object(Bucket=bucket, Key='copia')
    error = None
except ClientError as caught:
    error = caught.response['Error']['Code']
head = s3.head_object(Bucket=bucket, Key='grande.bin')
put_url = s3.generate_presigned_url('put_object', Params={'Bucket': bucket, 'Key': 'firmado ñ'})
urllib.request.urlopen(urllib.request.Request(put_url, data=b'firmado', method='PUT', headers={'Content-Type': 'text/plain'}))
get_url = s3.generate_presigned_url('get_object', Params={'Bucket': bucket, 'Key': 'firmado ñ', 'ResponseContentType': 'text/x'})
signed = urllib.request.urlopen(get_url)
s3.get_waiter('object_not_exists').wait(Bucket=bucket, Key='copia')
print(json.dumps({
    'same': back.getvalue() == large, 'etag': head['ETag'], 'metadata': head['Metadata'], 'count': len(keys),
    'first': keys[0], 'sorted': keys == sorted(keys, key=lambda key: key.encode()),
    'groups': [p['Prefix'] for p in groups['CommonPrefixes']], 'error': error,
    'signed': signed.read().decode() + ' ' + signed.headers['content-type'],
}))
`

describe.skipIf(!installed.boto3)('boto3', () => {
  it('uploads in parts, pages, copies and deletes', async () => {
    const file = join(folder, 'program.py')
    await writeFile(file, boto3Program)
    const output = await run(
      { file: 'python3', arguments: [file, 'con-boto3'] },
      environmentFor(lab.cloud.url),
    )
    expect(JSON.parse(output)).toEqual({
      same: true,
      etag: expect.stringMatching(/-2"$/),
      metadata: { a: '1' },
      count: 1005,
      first: 'raw/año=0000/+ %.csv',
      sorted: true,
      groups: ['raw/'],
      error: 'NoSuchKey',
      signed: 'firmado text/x',
    })
  }, 120_000)
})

describe.skipIf(!installed.awsCli)('the AWS CLI', () => {
  const aws = (...words: string[]) =>
    run({ file: 'aws', arguments: words, cwd: folder }, environmentFor(lab.cloud.url))

  it('works with buckets, files and folders', async () => {
    expect(await aws('s3', 'mb', 's3://con-cli')).toContain('make_bucket: con-cli')
    await writeFile(join(folder, 'datos ñ.csv'), 'a,b\n1,2\n')
    await aws('s3', 'cp', 'datos ñ.csv', 's3://con-cli/raw/')
    expect(await aws('s3', 'ls', 's3://con-cli')).toContain('PRE raw/')
    expect(await aws('s3', 'ls', 's3://con-cli/raw/')).toContain(' 8 datos ñ.csv')
    await aws('s3', 'cp', 's3://con-cli/raw/datos ñ.csv', 'vuelta.csv')
    expect(await readFile(join(folder, 'vuelta.csv'), 'utf8')).toBe('a,b\n1,2\n')
    expect(await aws('s3', 'presign', 's3://con-cli/raw/datos ñ.csv')).toContain('Signature=')
    expect(await aws('s3', 'rb', '--force', 's3://con-cli')).toContain('remove_bucket: con-cli')
  }, 120_000)

  it('configures a bucket', async () => {
    await aws('s3api', 'create-bucket', '--bucket', 'api-cli', '--region', 'us-east-1')
    await aws(
      's3api',
      'put-bucket-versioning',
      '--bucket',
      'api-cli',
      '--versioning-configuration',
      'Status=Enabled',
    )
    const rules = {
      Rules: [{ ID: 'r', Status: 'Enabled', Filter: { Prefix: 'raw/' }, Expiration: { Days: 90 } }],
    }
    const file = join(folder, 'rules.json')
    await writeFile(file, JSON.stringify(rules))
    await aws(
      's3api',
      'put-bucket-lifecycle-configuration',
      '--bucket',
      'api-cli',
      '--lifecycle-configuration',
      `file://${file}`,
    )
    const told = await aws('s3api', 'get-bucket-lifecycle-configuration', '--bucket', 'api-cli')
    expect(JSON.parse(told)).toMatchObject(rules)
    const status = await aws('s3api', 'get-bucket-versioning', '--bucket', 'api-cli', '--output', 'text')
    expect(status.trim()).toBe('Enabled')
  }, 120_000)
})

if (!installed.boto3) it.skip('boto3 is not installed here', () => undefined)
if (!installed.awsCli) it.skip('the AWS CLI is not installed here', () => undefined)
