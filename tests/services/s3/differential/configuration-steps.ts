import fc from 'fast-check'
import type { Step } from './both-clouds.ts'

const policyOf = (statement: object): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'uno', Effect: 'Allow', Principal: '*', ...statement }],
  })

/** A configuration that buckets have: what is put, good and bad, by the member that holds it. */
interface Configuration {
  /** E.g. `Cors` of PutBucketCors. */
  readonly name: string
  readonly member: string
  readonly documents: readonly unknown[]
  /** Where AWS's names are not regular. */
  readonly operations?: { readonly put?: string; readonly get?: string; readonly delete?: string }
}

const configurations: readonly Configuration[] = [
  {
    name: 'BucketTagging',
    member: 'Tagging',
    documents: [
      { TagSet: [{ Key: 'equipo', Value: 'datos' }] },
      {
        TagSet: [
          { Key: 'a', Value: '1' },
          { Key: 'ñ', Value: '' },
        ],
      },
      {
        TagSet: [
          { Key: 'a', Value: '1' },
          { Key: 'a', Value: '2' },
        ],
      },
      { TagSet: [{ Key: 'aws:a', Value: '1' }] },
    ],
  },
  {
    name: 'BucketCors',
    member: 'CORSConfiguration',
    documents: [
      { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] },
      {
        CORSRules: [
          {
            ID: 'una',
            AllowedMethods: ['PUT', 'GET'],
            AllowedOrigins: ['http://a.example', 'http://*.b.example'],
            AllowedHeaders: ['*'],
            ExposeHeaders: ['ETag'],
            MaxAgeSeconds: 30,
          },
          { AllowedMethods: ['HEAD'], AllowedOrigins: ['*'] },
        ],
      },
      { CORSRules: [{ AllowedMethods: ['BREW'], AllowedOrigins: ['*'] }] },
    ],
  },
  {
    name: 'BucketLifecycle',
    member: 'LifecycleConfiguration',
    operations: { put: 'PutBucketLifecycleConfiguration', get: 'GetBucketLifecycleConfiguration' },
    documents: [
      { Rules: [{ ID: 'r', Status: 'Enabled', Filter: { Prefix: 'raw/' }, Expiration: { Days: 90 } }] },
      {
        Rules: [
          {
            ID: 'dos',
            Status: 'Disabled',
            Filter: { And: { Prefix: 'a', Tags: [{ Key: 'x', Value: 'y' }] } },
            Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }],
            NoncurrentVersionExpiration: { NoncurrentDays: 7 },
          },
        ],
      },
      {
        Rules: [
          {
            ID: 'm',
            Status: 'Enabled',
            Filter: { Prefix: '' },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 },
          },
        ],
      },
      {
        Rules: [
          {
            ID: 'd',
            Status: 'Enabled',
            Filter: { Prefix: '' },
            Expiration: { ExpiredObjectDeleteMarker: true },
          },
        ],
      },
      { Rules: [{ ID: 'sin-prefijo', Status: 'Enabled', Expiration: { Days: 1 } }] },
    ],
  },
  {
    name: 'BucketEncryption',
    member: 'ServerSideEncryptionConfiguration',
    documents: [
      {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
      },
      {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/x' },
            BucketKeyEnabled: true,
          },
        ],
      },
    ],
  },
  {
    name: 'BucketPolicy',
    member: 'Policy',
    documents: [
      policyOf({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::BUCKET/*' }),
      policyOf({ Action: ['s3:ListBucket'], Resource: ['arn:aws:s3:::BUCKET'] }),
    ],
  },
  {
    name: 'PublicAccessBlock',
    member: 'PublicAccessBlockConfiguration',
    documents: [
      {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: false,
        RestrictPublicBuckets: false,
      },
      {
        BlockPublicAcls: false,
        IgnorePublicAcls: false,
        BlockPublicPolicy: false,
        RestrictPublicBuckets: true,
      },
    ],
  },
  {
    name: 'BucketOwnershipControls',
    member: 'OwnershipControls',
    documents: [
      { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
      { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    ],
  },
  {
    name: 'BucketWebsite',
    member: 'WebsiteConfiguration',
    documents: [
      { IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: 'error.html' } },
      { RedirectAllRequestsTo: { HostName: 'a.example', Protocol: 'https' } },
    ],
  },
]

/** Steps that put, read and delete one of a bucket's configurations. */
function stepsOf({ name, member, documents, operations = {} }: Configuration): fc.Arbitrary<Step>[] {
  const put = fc
    .constantFrom(...documents)
    .map(document => ({ operation: operations.put ?? `Put${name}`, input: { [member]: document } }))
  const get = fc.constant({ operation: operations.get ?? `Get${name}`, input: {} })
  const remove = fc.constant({ operation: operations.delete ?? `Delete${name}`, input: {} })
  return [put, put, get, get, remove]
}

export const configurationSteps: readonly fc.Arbitrary<Step>[] = [
  ...configurations.flatMap(stepsOf),
  fc.constant({ operation: 'GetBucketLocation', input: {} }),
  fc.constant({ operation: 'HeadBucket', input: {} }),
  fc.constant({ operation: 'GetBucketVersioning', input: {} }),
]
