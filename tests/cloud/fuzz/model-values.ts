import { makeZip } from '../../services/lambda/code/zips.ts'
import { type ServiceId, sdks } from './error-statuses.ts'

const account = '000000000000'
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:fuzz`
const roleArn = `arn:aws:iam::${account}:role/fuzz`
const groupArn = `arn:aws:logs:us-east-1:${account}:log-group:fuzz`
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})
const allowance = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['s3:*', 'logs:*'],
      Resource: '*',
      Condition: { StringLike: { 'aws:userid': '*' } },
    },
  ],
})
const bucketPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::fuzz/*' }],
})

/** A function's code, as a zip whose bytes are written as Latin-1. */
export const functionZip = makeZip({
  'index.mjs': 'export const handler = async event => { console.log("ERROR x"); return event }',
}).toString('latin1')

const keys = ['k', 'a', 'a/b', 'a/b/c', 'ñ', ' ', '+', '%', 'x&<>"\'', '\u{1f600}', 'carpeta/', 'grande']
const keyPrefixes = ['', 'a', 'a/', 'ñ', 'zz']

/** Texts by the name of the member that they fit. */
const values: Readonly<Record<string, readonly string[]>> = {
  Bucket: ['fuzz', 'fuzz', 'fuzz-versions', 'fuzz-lock', 'fuzz-otro', 'nada-aqui'],
  Key: keys,
  CopySource: ['fuzz/k', 'fuzz-versions/k', '/fuzz/a/b', 'nada-aqui/x', 'fuzz/%C3%B1'],
  Prefix: keyPrefixes,
  StartAfter: keyPrefixes,
  Marker: keyPrefixes,
  KeyMarker: keyPrefixes,
  Delimiter: ['/', 'a', ''],
  Range: ['bytes=0-0', 'bytes=-1', 'bytes=9-', 'bytes=a-b'],
  Body: ['', 'hola', 'x'.repeat(70_000)],
  Tagging: ['a=1', 'a=1&b=2', 'a=1&a=2', ''],
  VersionId: ['null', ''],
  ExpectedBucketOwner: [account],
  LocationConstraint: ['eu-west-1', 'us-west-2', 'EU'],
  ContentMD5: ['1B2M2Y8AsgTpgAmY7PhCfg=='],
  Policy: [bucketPolicy],
  Id: ['uno', 'dos'],
  ID: ['uno', 'dos'],
  TargetBucket: ['fuzz', 'fuzz-otro'],
  AllowedMethods: ['GET', 'PUT', 'HEAD'],
  AllowedOrigins: ['*', 'http://*.example'],
  AllowedHeaders: ['*', 'x-amz-*'],
  URI: ['http://acs.amazonaws.com/groups/global/AllUsers'],
  SSECustomerAlgorithm: ['AES256'],
  SSECustomerKey: ['k'.repeat(32)],
  Suffix: ['index.html', 'a/b'],
  RoleArn: [roleArn, roleArn, 'arn:aws:iam::000000000000:role/nadie'],
  Role: [roleArn, 'no-es-un-arn'],
  RoleName: ['fuzz', 'nadie'],
  UserName: ['fuzz', 'nadie'],
  GroupName: ['fuzz', 'nadie'],
  InstanceProfileName: ['fuzz'],
  PolicyName: ['fuzz', 'otra'],
  PolicyArn: [`arn:aws:iam::${account}:policy/fuzz`, 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
  PolicySourceArn: [roleArn, `arn:aws:iam::${account}:user/fuzz`],
  PolicyDocument: [allowance, bucketPolicy, '{}'],
  PolicyInputList: [allowance],
  AssumeRolePolicyDocument: [trust, '{}'],
  ActionNames: ['s3:GetObject', 's3:*', 'nada'],
  ResourceArns: ['arn:aws:s3:::fuzz/k', '*'],
  Path: ['/', '/a/b/'],
  PathPrefix: ['/', '/a/'],
  RoleSessionName: ['sesion', 'a b'],
  FunctionName: ['fuzz', 'fuzz', functionArn, `${functionArn}:1`, 'nadie', 'fuzz:x'],
  Qualifier: ['1', '$LATEST', 'alias', '99'],
  FunctionVersion: ['1', '$LATEST'],
  Name: ['alias', 'fuzz', 'otro'],
  LayerName: ['capa'],
  ZipFile: [functionZip, functionZip, 'PK no es zip'],
  Runtime: ['nodejs20.x', 'nodejs22.x', 'python3.12', 'java21', 'nodejs4.3'],
  Handler: ['index.handler', 'nada'],
  InvocationType: ['RequestResponse', 'Event', 'DryRun'],
  Payload: ['{"a":1}', '', '[1,2', '"x"'],
  StatementId: ['uno', 'dos'],
  Action: ['lambda:InvokeFunction', 'lambda:*', '*'],
  Principal: ['s3.amazonaws.com', account, '*'],
  SourceArn: ['arn:aws:s3:::fuzz'],
  Resource: [functionArn],
  EventSourceArn: ['arn:aws:kinesis:us-east-1:000000000000:stream/s'],
  Destination: [functionArn, 'arn:aws:sqs:us-east-1:000000000000:cola'],
  LambdaFunctionArn: [functionArn],
  logGroupName: ['fuzz', 'fuzz', 'otro', 'nadie'],
  logGroupIdentifier: ['fuzz', groupArn],
  logGroupIdentifiers: [groupArn],
  logGroupNamePrefix: ['f', ''],
  logGroupNamePattern: ['f', 'uzz'],
  logStreamName: ['s', 's', 'otra'],
  logStreamNames: ['s', 'otra'],
  logStreamNamePrefix: ['s', ''],
  logStreamNamePrefixes: ['s'],
  filterPattern: ['', 'ERROR', '{ $.a = 1 }', '[a, b=x*]', '"dos palabras" -no', '{ $.', '%a+%'],
  logEventMessages: ['ERROR x', '{"a":1}', 'a x'],
  message: ['ERROR x', '{"a":1}', 'x'.repeat(3000)],
  resourceArn: [groupArn],
  destinationArn: [functionArn],
  filterName: ['filtro'],
  policyName: ['politica'],
  policyDocument: [bucketPolicy, '{}'],
  Value: ['1', 'dos', ''],
}

/** Texts that fit nothing. */
export const strangeTexts = [
  '',
  ' ',
  'x',
  '-1',
  '0',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  'a'.repeat(65),
  'b'.repeat(300),
  'c'.repeat(5000),
  'ñandú',
  '\u{1f600}',
  '\u0000',
  '\u0001\u001f',
  '\r\n',
  'a\tb',
  '\ufffe',
  '\ud800',
  '<a>&amp;"\'',
  '../../etc/passwd',
  '%2F%00',
  'arn:aws:s3:::x',
  'arn:',
  ':::::',
  '*',
  '$LATEST',
  '{"a":',
  '[',
  '(?:a+)+$',
  '2026-11-23T00:00:00Z',
  '12/31/1999',
]

const enumerations = new Map<string, readonly string[]>()

/** What fits a member by its name: values that exist in the fuzzed cloud, or an enumeration's. */
export function namedValues(service: ServiceId, name: string): readonly string[] {
  const own = values[name]
  if (own) return own
  const place = `${service} ${name}`
  const known = enumerations.get(place) ?? findEnumeration(service, name)
  enumerations.set(place, known)
  return known
}

/** The SDK exports enumerations as records of texts; a member bears the name of its own, or the end of it. */
function findEnumeration(service: ServiceId, name: string): readonly string[] {
  const singular = name.replace(/(?<=[a-z])s$/, '').toLowerCase()
  return Object.entries(sdks[service] as Record<string, unknown>)
    .filter(([exported]) => exported.toLowerCase().endsWith(singular) && singular.length > 3)
    .flatMap(([, value]) => (isEnumeration(value) ? Object.values(value) : []))
}

function isEnumeration(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(each => typeof each === 'string')
  )
}
