import { PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateRoleCommand, DeleteRoleCommand, UpdateRoleCommand } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, DeleteFunctionCommand, TagResourceCommand } from '@aws-sdk/client-lambda'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { minimal } from '../../services/lambda/lab.ts'
import { type Act, describeBody, md5Of, newBody, noVersions, type Writer } from './holdings.ts'
import { abortUpload, beginUpload, completeUpload, uploadPart } from './upload-acts.ts'

const kibibyte = 1024

/** Gives the writer's next call, or `undefined` when it does not fit what the writer owns. */
type ChooseAct = (writer: Writer) => Act | undefined

/** Every kind of call with its weight: mostly small objects, as in a student's day. */
const choices: readonly (readonly [weight: number, choose: ChooseAct])[] = [
  [30, writer => putObject(writer, `clave-${writer.random.integer(0, 7)}`, [1, 4 * kibibyte])],
  [10, writer => putObject(writer, `grande-${writer.random.integer(0, 2)}`, [65 * kibibyte, 300 * kibibyte])],
  [5, copyObject],
  [8, deleteObject],
  [8, putVersion],
  [3, deleteVersioned],
  [4, beginUpload],
  [6, uploadPart],
  [4, completeUpload],
  [1, abortUpload],
  [6, tagBucket],
  [4, putLifecycle],
  [4, createRole],
  [4, describeRole],
  [2, deleteRole],
  [10, putLogEvents],
  [3, createFunction],
  [3, tagFunction],
  [1, deleteFunction],
]

/** One entry for each unit of weight. */
const lots = choices.flatMap(([weight, choose]) => Array.from({ length: weight }, () => choose))

/** Draws a call of the writer's. */
export function nextAct(writer: Writer): Act {
  for (;;) {
    const act = writer.random.pick(lots)(writer)
    if (act) return act
  }
}

/** The name of a writer's versioned bucket. */
export function versionedBucket({ name }: Writer): string {
  return `${name}-versiones`
}

/** The log group of all writers; each has a stream of its own. */
export const logGroup = '/escritores'

function putObject(writer: Writer, key: string, [minimum, maximum]: readonly [number, number]): Act {
  const body = newBody(writer, writer.random.integer(minimum, maximum))
  return {
    name: `PutObject ${key} ${body.length}`,
    call: async ({ s3 }) => {
      await s3.send(new PutObjectCommand({ Bucket: writer.name, Key: key, Body: body }))
    },
    apply: ({ objects }) => {
      objects[key] = describeBody(body, md5Of(body))
    },
  }
}

function copyObject(writer: Writer): Act | undefined {
  const source = pickKey(writer, writer.holdings.objects)
  if (source === undefined) return undefined
  const target = `copia-${writer.random.integer(0, 2)}`
  // S3 refuses to copy an object to itself.
  if (source === target) return undefined
  return {
    name: `CopyObject ${source} ${target}`,
    call: async ({ s3 }) => {
      const CopySource = `${writer.name}/${source}`
      await s3.send(new CopyObjectCommand({ Bucket: writer.name, Key: target, CopySource }))
    },
    apply: ({ objects }) => {
      // A copy of an object of parts is one piece: its ETag is the MD5 of its bytes.
      const [size, , md5] = (objects[source] ?? '').split(' ')
      objects[target] = [size, md5, md5].join(' ')
    },
  }
}

function deleteObject(writer: Writer): Act | undefined {
  const key = pickKey(writer, writer.holdings.objects)
  if (key === undefined) return undefined
  return {
    name: `DeleteObject ${key}`,
    call: async ({ s3 }) => {
      await s3.send(new DeleteObjectCommand({ Bucket: writer.name, Key: key }))
    },
    apply: ({ objects }) => {
      delete objects[key]
    },
  }
}

function putVersion(writer: Writer): Act {
  const key = `clave-${writer.random.integer(0, 2)}`
  const body = newBody(writer, writer.random.integer(1, 2 * kibibyte))
  return {
    name: `PutObject of a version of ${key}`,
    call: async ({ s3 }) => {
      await s3.send(new PutObjectCommand({ Bucket: versionedBucket(writer), Key: key, Body: body }))
    },
    apply: ({ versions }) => {
      const { eTags, markers } = versions[key] ?? noVersions
      versions[key] = { eTags: [md5Of(body), ...eTags], markers, current: md5Of(body) }
    },
  }
}

function deleteVersioned(writer: Writer): Act | undefined {
  const key = pickKey(writer, writer.holdings.versions)
  if (key === undefined) return undefined
  return {
    name: `DeleteObject ${key}, which leaves a marker`,
    call: async ({ s3 }) => {
      await s3.send(new DeleteObjectCommand({ Bucket: versionedBucket(writer), Key: key }))
    },
    apply: ({ versions }) => {
      const { eTags, markers } = versions[key] ?? noVersions
      versions[key] = { eTags, markers: markers + 1, current: 'marker' }
    },
  }
}

function tagBucket(writer: Writer): Act {
  const Value = String(writer.random.integer(0, 1_000_000))
  return {
    name: `PutBucketTagging ${Value}`,
    call: async ({ s3 }) => {
      const Tagging = { TagSet: [{ Key: 'numero', Value }] }
      await s3.send(new PutBucketTaggingCommand({ Bucket: writer.name, Tagging }))
    },
    apply: holdings => {
      holdings.tag = Value
    },
  }
}

function putLifecycle(writer: Writer): Act {
  const Days = writer.random.integer(1, 3650)
  return {
    name: `PutBucketLifecycleConfiguration ${Days}`,
    call: async ({ s3 }) => {
      const rule = {
        ID: 'dias',
        Status: 'Enabled',
        Filter: { Prefix: 'nada/' },
        Expiration: { Days },
      } as const
      const LifecycleConfiguration = { Rules: [rule] }
      await s3.send(
        new PutBucketLifecycleConfigurationCommand({ Bucket: writer.name, LifecycleConfiguration }),
      )
    },
    apply: holdings => {
      holdings.expirationDays = Days
    },
  }
}

function createRole(writer: Writer): Act | undefined {
  const RoleName = `${writer.name}-rol-${writer.random.integer(0, 4)}`
  if (RoleName in writer.holdings.roles) return undefined
  return {
    name: `CreateRole ${RoleName}`,
    call: async ({ iam }) => {
      const AssumeRolePolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      })
      await iam.send(
        new CreateRoleCommand({
          RoleName,
          Path: `/${writer.name}/`,
          Description: 'nuevo',
          AssumeRolePolicyDocument,
        }),
      )
    },
    apply: ({ roles }) => {
      roles[RoleName] = 'nuevo'
    },
  }
}

function describeRole(writer: Writer): Act | undefined {
  const RoleName = pickKey(writer, writer.holdings.roles)
  if (RoleName === undefined) return undefined
  const Description = `descripción ${writer.random.hex(8)}`
  return {
    name: `UpdateRole ${RoleName}`,
    call: async ({ iam }) => {
      await iam.send(new UpdateRoleCommand({ RoleName, Description }))
    },
    apply: ({ roles }) => {
      roles[RoleName] = Description
    },
  }
}

function deleteRole(writer: Writer): Act | undefined {
  const RoleName = pickKey(writer, writer.holdings.roles)
  if (RoleName === undefined) return undefined
  return {
    name: `DeleteRole ${RoleName}`,
    call: async ({ iam }) => {
      await iam.send(new DeleteRoleCommand({ RoleName }))
    },
    apply: ({ roles }) => {
      delete roles[RoleName]
    },
  }
}

function putLogEvents(writer: Writer): Act {
  const first = writer.holdings.events
  const count = writer.random.integer(1, 5)
  return {
    name: `PutLogEvents ${first} to ${first + count - 1}`,
    call: async ({ logs }) => {
      const timestamp = Date.now()
      const logEvents = Array.from({ length: count }, (_, index) => ({
        timestamp,
        message: String(first + index),
      }))
      await logs.send(
        new PutLogEventsCommand({ logGroupName: logGroup, logStreamName: writer.name, logEvents }),
      )
    },
    apply: holdings => {
      holdings.events = first + count
    },
  }
}

function createFunction(writer: Writer): Act | undefined {
  const FunctionName = `${writer.name}-funcion-${writer.random.integer(0, 2)}`
  if (FunctionName in writer.holdings.functions) return undefined
  return {
    name: `CreateFunction ${FunctionName}`,
    call: async ({ lambda }) => {
      await lambda.send(new CreateFunctionCommand({ ...minimal(FunctionName), Tags: { numero: '0' } }))
    },
    apply: ({ functions }) => {
      functions[FunctionName] = '0'
    },
  }
}

function tagFunction(writer: Writer): Act | undefined {
  const FunctionName = pickKey(writer, writer.holdings.functions)
  if (FunctionName === undefined) return undefined
  const numero = String(writer.random.integer(1, 1_000_000))
  return {
    name: `TagResource ${FunctionName}`,
    call: async ({ lambda }) => {
      const Resource = `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`
      await lambda.send(new TagResourceCommand({ Resource, Tags: { numero } }))
    },
    apply: ({ functions }) => {
      functions[FunctionName] = numero
    },
  }
}

function deleteFunction(writer: Writer): Act | undefined {
  const FunctionName = pickKey(writer, writer.holdings.functions)
  if (FunctionName === undefined) return undefined
  return {
    name: `DeleteFunction ${FunctionName}`,
    call: async ({ lambda }) => {
      await lambda.send(new DeleteFunctionCommand({ FunctionName }))
    },
    apply: ({ functions }) => {
      delete functions[FunctionName]
    },
  }
}

function pickKey(writer: Writer, record: Readonly<Record<string, unknown>>): string | undefined {
  const keys = Object.keys(record).sort()
  return keys.length === 0 ? undefined : writer.random.pick(keys)
}
