// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: the operations are data here
import * as sdk from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'
import { installed, startMoto } from '../s3/others.ts'
import { allowing, policy, trustFor } from './lab.ts'

/** moto's only account. */
const accountId = '123456789012'

type Step = readonly [operation: string, input: object]

const own = (name: string): string => `arn:aws:iam::${accountId}:policy/${name}`
const document = allowing(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::lago/*')
const role = { RoleName: 'lector' }
const user = { UserName: 'ana' }
const group = { GroupName: 'equipo' }
const profile = { InstanceProfileName: 'perfil' }

/** What another local cloud must answer as ours does, once ids and dates are put aside. */
const conversation: readonly Step[] = [
  ['CreateRole', { ...role, Path: '/x/', AssumeRolePolicyDocument: trustFor(), Description: 'Lee' }],
  ['CreateRole', { ...role, AssumeRolePolicyDocument: trustFor() }],
  ['GetRole', role],
  ['ListRoles', {}],
  ['TagRole', { ...role, Tags: [{ Key: 'a', Value: '1' }] }],
  ['ListRoleTags', role],
  ['UntagRole', { ...role, TagKeys: ['a'] }],
  ['PutRolePolicy', { ...role, PolicyName: 'p', PolicyDocument: document }],
  ['PutRolePolicy', { ...role, PolicyName: 'q', PolicyDocument: 'x' }],
  ['PutRolePolicy', { ...role, PolicyName: 'q', PolicyDocument: allowing('s3:*', 'lago') }],
  ['GetRolePolicy', { ...role, PolicyName: 'p' }],
  ['ListRolePolicies', role],
  ['DeleteRole', role],
  ['DeleteRolePolicy', { ...role, PolicyName: 'p' }],
  ['CreatePolicy', { PolicyName: 'leer', PolicyDocument: document }],
  ['CreatePolicy', { PolicyName: 'leer', PolicyDocument: document }],
  ['GetPolicy', { PolicyArn: own('leer') }],
  ['GetPolicyVersion', { PolicyArn: own('leer'), VersionId: 'v1' }],
  ['CreatePolicyVersion', { PolicyArn: own('leer'), PolicyDocument: document, SetAsDefault: true }],
  ['ListPolicyVersions', { PolicyArn: own('leer') }],
  ['DeletePolicyVersion', { PolicyArn: own('leer'), VersionId: 'v2' }],
  ['DeletePolicyVersion', { PolicyArn: own('leer'), VersionId: 'v1' }],
  ['AttachRolePolicy', { ...role, PolicyArn: own('leer') }],
  ['AttachRolePolicy', { ...role, PolicyArn: own('nada') }],
  ['ListAttachedRolePolicies', role],
  ['ListEntitiesForPolicy', { PolicyArn: own('leer') }],
  ['ListPolicies', { Scope: 'Local' }],
  ['DeleteRole', role],
  ['DetachRolePolicy', { ...role, PolicyArn: own('leer') }],
  ['DetachRolePolicy', { ...role, PolicyArn: own('leer') }],
  ['CreateInstanceProfile', profile],
  ['AddRoleToInstanceProfile', { ...profile, ...role }],
  ['GetInstanceProfile', profile],
  ['ListInstanceProfilesForRole', role],
  ['DeleteInstanceProfile', profile],
  ['RemoveRoleFromInstanceProfile', { ...profile, ...role }],
  ['DeleteInstanceProfile', profile],
  ['CreateUser', user],
  ['CreateUser', user],
  ['GetUser', user],
  ['CreateAccessKey', user],
  ['ListAccessKeys', user],
  ['CreateGroup', group],
  ['AddUserToGroup', { ...group, ...user }],
  ['GetGroup', group],
  ['ListGroupsForUser', user],
  ['PutUserPolicy', { ...user, PolicyName: 'p', PolicyDocument: document }],
  ['GetUserPolicy', { ...user, PolicyName: 'p' }],
  ['ListUserPolicies', user],
  ['UpdateAssumeRolePolicy', { ...role, PolicyDocument: trustFor('ec2.amazonaws.com') }],
  ['CreateServiceLinkedRole', { AWSServiceName: 'autoscaling.amazonaws.com' }],
  ['CreateAccountAlias', { AccountAlias: 'taller' }],
  ['ListAccountAliases', {}],
  ['DeleteRole', role],
  ['DeleteRole', role],
]

/** Operations that moto answers otherwise than AWS's documentation says. */
const motoDiffers = new Set(['CreatePolicyVersion', 'ListPolicyVersions'])

const malformed = [
  ['no JSON', 'x'],
  ['no version', JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } })],
  ['no statement', JSON.stringify({ Version: '2012-10-17' })],
  ['no action', policy({ Effect: 'Allow', Resource: '*' })],
  ['no resource', policy({ Effect: 'Allow', Action: 's3:*' })],
  ['an effect in small letters', policy({ Effect: 'allow', Action: 's3:*', Resource: '*' })],
  ['an action without service', allowing('GetObject')],
  ['an action with two colons', allowing('s3:Get:Object')],
  ['a service with blanks', allowing('s 3:GetObject')],
  ['a bucket without ARN', allowing('s3:*', 'lago')],
  ['an unknown partition', allowing('s3:*', 'arn:nube:s3:::lago')],
  ['a short ARN', allowing('s3:*', 'arn:aws:s3')],
  ['a bucket with a region', allowing('s3:*', 'arn:aws:s3:us-east-1::lago')],
  ['a role with a region', allowing('iam:*', 'arn:aws:iam:us-east-1:1:role/x')],
  ['an odd IAM path', allowing('iam:*', 'arn:aws:iam::1:cosa/x')],
  [
    'Sids twice',
    policy(
      { Sid: 'a', Effect: 'Allow', Action: 's3:*', Resource: '*' },
      { Sid: 'a', Effect: 'Deny', Action: 's3:*', Resource: '*' },
    ),
  ],
  [
    'an unknown operator',
    policy({ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { Es: { a: 'b' } } }),
  ],
  [
    'a date that is none',
    policy({
      Effect: 'Allow',
      Action: 's3:*',
      Resource: '*',
      Condition: { DateLessThan: { 'aws:CurrentTime': 'a-b' } },
    }),
  ],
] as const

describe.skipIf(!installed.moto)('against moto_server (skipped where it is not installed)', () => {
  let cloud: LocalCloud
  let moto: Awaited<ReturnType<typeof startMoto>>
  beforeAll(async () => {
    moto = await startMoto()
    cloud = await startLocalCloud({ port: 0 })
  })
  afterAll(async () => {
    await moto.stop()
    await cloud.close()
  })

  it('the same conversation has the same answers', async () => {
    const theirs = await converse(moto.url, conversation)
    const ours = await converse(cloud.url, conversation)
    // Ours may say more than theirs, and words its errors as AWS does; theirs do not always.
    ours.forEach((answer, index) => {
      if (motoDiffers.has(answer.operation)) return
      expect.soft(answer, answer.operation).toMatchObject(theirs[index] as object)
    })
  })

  it.each(malformed)('a policy with %s is refused with the same words', async (_what, text) => {
    const steps: Step[] = [['CreatePolicy', { PolicyName: 'mala', PolicyDocument: text }]]
    expect(await converse(cloud.url, steps, normalize)).toEqual(await converse(moto.url, steps, normalize))
  })
})

/** The answers to a list of calls, without what differs from run to run. */
async function converse(
  endpoint: string,
  steps: readonly Step[],
  normalize: (answer: object) => object = withoutWording,
): Promise<{ readonly operation: string }[]> {
  const credentials = { accessKeyId: accountId, secretAccessKey: 'x' }
  const client = new sdk.IAMClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
  const answers: { readonly operation: string }[] = []
  for (const [operation, input] of steps) {
    const Command = sdk[`${operation}Command` as 'GetRoleCommand']
    const answer = await client.send(new Command(input as sdk.GetRoleRequest)).then(
      output => ({ ...output, $metadata: undefined }),
      (error: sdk.IAMServiceException) => ({ code: error.name, message: error.message }),
    )
    answers.push({ operation, ...normalize(answer) })
  }
  client.destroy()
  return answers
}

function normalize(answer: object): object {
  const text = JSON.stringify(answer, (key, value: unknown) => {
    if (/(Date|AccessKeyId|SecretAccessKey|LastUsed)$/.test(key)) return undefined
    if (Array.isArray(value) && value.length === 0) return undefined
    if (/Document$/.test(key)) return JSON.parse(decodeURIComponent(String(value)))
    if (/^(Policy|InstanceProfile|User|Group|Role)Id$/.test(key)) return '<id>'
    return value
  })
  return JSON.parse(text) as object
}

function withoutWording(answer: object): object {
  return { ...normalize(answer), message: undefined }
}
