import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'
import { environmentFor, installed, run } from '../../services/s3/others.ts'

let cloud: LocalCloud
let folder: string
beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, verifySignatures: true })
  folder = await mkdtemp(join(tmpdir(), 'signatures-'))
})
afterAll(async () => {
  await cloud.close()
  await rm(folder, { recursive: true })
})

const boto3Program = `
import boto3, json, socket, urllib.request, urllib.error
from botocore.config import Config
from botocore.exceptions import ClientError
key = 'año/a b+c%2F=&(1)~.txt'
seen = {}
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest: resolve('127.0.0.1' if str(host).endswith('.localhost') else host, *rest)
def opened(request):
    try:
        return urllib.request.urlopen(request).read().decode()
    except urllib.error.HTTPError as error:
        return error.code
for version in ['s3v4', 's3']:
    for style in ['path', 'virtual']:
        config = Config(signature_version=version, s3={'addressing_style': style})
        options = {} if style == 'path' else {'endpoint_url': ENDPOINT}
        s3 = boto3.client('s3', config=config, **options)
        bucket = f'{version}-{style}'
        s3.create_bucket(Bucket=bucket)
        s3.put_object(Bucket=bucket, Key=key, Body=b'hola', Metadata={'uno': 'a  b'}, ContentType='text/x')
        s3.put_object_tagging(Bucket=bucket, Key=key, Tagging={'TagSet': [{'Key': 'a', 'Value': 'b'}]})
        body = s3.get_object(Bucket=bucket, Key=key, ResponseContentType='text/y')['Body'].read().decode()
        count = s3.list_objects_v2(Bucket=bucket, Prefix='año/a b+c')['KeyCount']
        get = s3.generate_presigned_url('get_object', Params={'Bucket': bucket, 'Key': key, 'ResponseContentType': 'a/b'})
        put = s3.generate_presigned_url('put_object', Params={'Bucket': bucket, 'Key': 'otra'})
        putting = lambda url: urllib.request.Request(url, data=b'x', method='PUT', headers={'Content-Type': ''})
        seen[bucket] = [body, count, opened(get), opened(get.replace('a%2Fb', 'a%2Fc').replace('a/b', 'a/c')), opened(putting(put)), opened(putting(put.replace('otra', 'otrb')))]
bad = boto3.client('s3', aws_access_key_id='test', aws_secret_access_key='no')
try:
    bad.list_buckets()
except ClientError as error:
    seen['bad'] = error.response['Error']['Code']
temporary = boto3.client('sts').assume_role(RoleArn='arn:aws:iam::000000000000:role/r', RoleSessionName='ab')['Credentials']
names = {'aws_access_key_id': temporary['AccessKeyId'], 'aws_secret_access_key': temporary['SecretAccessKey'], 'aws_session_token': temporary['SessionToken']}
for version in ['s3v4', 's3']:
    s3 = boto3.client('s3', config=Config(signature_version=version), **names)
    url = s3.generate_presigned_url('get_object', Params={'Bucket': 's3v4-path', 'Key': key})
    seen['session ' + version] = [len(s3.list_buckets()['Buckets']), opened(url)]
boto3.client('logs').create_log_group(logGroupName='g')
seen['arn'] = boto3.client('sts', **names).get_caller_identity()['Arn']
boto3.client('lambda').list_functions()
print(json.dumps(seen))
`

describe.skipIf(!installed.boto3)('boto3', () => {
  it('signs by either version, in headers and in URLs, as the cloud checks', async () => {
    const file = join(folder, 'program.py')
    const virtual = cloud.url.replace('127.0.0.1', 's3.localhost')
    await writeFile(file, boto3Program.replace('ENDPOINT', JSON.stringify(virtual)))
    const output = await run({ file: 'python3', arguments: [file] }, environmentFor(cloud.url))
    const ofBucket = ['hola', 1, 'hola', 403, '', 403]
    expect(JSON.parse(output)).toEqual({
      's3v4-path': ofBucket,
      's3v4-virtual': ofBucket,
      's3-path': ofBucket,
      's3-virtual': ofBucket,
      bad: 'SignatureDoesNotMatch',
      'session s3v4': [4, 'hola'],
      'session s3': [4, 'hola'],
      arn: 'arn:aws:sts::000000000000:assumed-role/r/ab',
    })
  }, 120_000)
})

describe.skipIf(!installed.awsCli)('the AWS CLI', () => {
  it('copies files and signs URLs, and learns what is wrong with its secret', async () => {
    const env = environmentFor(cloud.url)
    const aws = (words: string, more: NodeJS.ProcessEnv = {}) =>
      run({ file: 'aws', arguments: words.split(' '), cwd: folder }, { ...env, ...more })
    await writeFile(join(folder, 'uno +.txt'), 'uno')
    await writeFile(join(folder, 'grande.bin'), Buffer.alloc(9 * 1024 * 1024, 7))
    await aws('s3 mb s3://con-cli')
    await aws('s3 sync . s3://con-cli/todo --exclude *.py')
    expect(await aws('s3 ls s3://con-cli/todo/')).toMatch(/9437184 grande\.bin[\s\S]* 3 uno \+\.txt/)
    const url = await aws('s3 presign s3://con-cli/todo/grande.bin')
    expect((await (await fetch(url.trim())).arrayBuffer()).byteLength).toBe(9 * 1024 * 1024)
    await expect(aws('s3 ls', { AWS_SECRET_ACCESS_KEY: 'no' })).rejects.toThrow('SignatureDoesNotMatch')
  }, 120_000)
})
