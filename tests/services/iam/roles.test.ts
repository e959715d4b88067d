import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DeleteServiceLinkedRoleCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from '@aws-sdk/client-iam'
import { beforeAll, describe, expect, it } from 'vitest'
import { accountId, allowing, iamClient, policy, trustFor, useCloud } from './lab.ts'

const cloud = useCloud()
let iam: IAMClient
beforeAll(() => {
  iam = iamClient(cloud())
})

function create(RoleName: string, more: object = {}) {
  return iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustFor(), ...more }))
}

describe('a role', () => {
  it('is created, described and deleted', async () => {
    const { Role } = await create('lector', {
      Path: '/equipo/',
      Description: 'Lee',
      MaxSessionDuration: 7200,
      Tags: [{ Key: 'proyecto', Value: 'taller' }],
    })
    expect(Role).toMatchObject({
      Path: '/equipo/',
      RoleName: 'lector',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${accountId}:role/equipo/lector`,
      AssumeRolePolicyDocument: encodeURIComponent(trustFor()),
    })
    const { Role: found } = await iam.send(new GetRoleCommand({ RoleName: 'lector' }))
    expect(found).toMatchObject({
      RoleId: Role?.RoleId,
      Description: 'Lee',
      MaxSessionDuration: 7200,
      Tags: [{ Key: 'proyecto', Value: 'taller' }],
      RoleLastUsed: {},
    })
    expect(Number(found?.CreateDate) % 1000).toBe(0)
    await iam.send(new DeleteRoleCommand({ RoleName: 'lector' }))
    await expect(iam.send(new GetRoleCommand({ RoleName: 'lector' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      Code: 'NoSuchEntity',
      message: 'The role with name lector cannot be found.',
      $metadata: { httpStatusCode: 404 },
    })
  })

  it('is changed', async () => {
    await create('cambiante', { Description: 'uno' })
    await iam.send(new UpdateRoleCommand({ RoleName: 'cambiante', MaxSessionDuration: 3600 }))
    const trust = trustFor('ec2.amazonaws.com')
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'cambiante', PolicyDocument: trust }))
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'cambiante' }))
    expect(Role?.Description).toBe('uno')
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust)
    const updated = await iam.send(
      new UpdateRoleDescriptionCommand({ RoleName: 'cambiante', Description: 'dos' }),
    )
    expect(updated.Role?.Description).toBe('dos')
  })

  it('has tags', async () => {
    await create('etiquetado', { Tags: [{ Key: 'a', Value: '1' }] })
    const Tags = [
      { Key: 'A', Value: '2' },
      { Key: 'b', Value: '' },
    ]
    await iam.send(new TagRoleCommand({ RoleName: 'etiquetado', Tags }))
    const listed = await iam.send(new ListRoleTagsCommand({ RoleName: 'etiquetado' }))
    expect(listed).toMatchObject({ Tags, IsTruncated: false })
    await iam.send(new UntagRoleCommand({ RoleName: 'etiquetado', TagKeys: ['B', 'nada'] }))
    expect((await iam.send(new ListRoleTagsCommand({ RoleName: 'etiquetado' }))).Tags).toEqual([Tags[0]])
  })

  it('has inline policies', async () => {
    await create('escritor')
    const PolicyDocument = allowing('s3:PutObject', 'arn:aws:s3:::b/*')
    const own = { RoleName: 'escritor', PolicyName: 'escribir' }
    await iam.send(new PutRolePolicyCommand({ ...own, PolicyDocument }))
    const found = await iam.send(new GetRolePolicyCommand(own))
    expect(found.PolicyDocument).toContain('%2A')
    expect(decodeURIComponent(found.PolicyDocument ?? '')).toBe(PolicyDocument)
    const listed = await iam.send(new ListRolePoliciesCommand({ RoleName: 'escritor' }))
    expect(listed.PolicyNames).toEqual(['escribir'])
    await expect(iam.send(new DeleteRoleCommand({ RoleName: 'escritor' }))).rejects.toMatchObject({
      Code: 'DeleteConflict',
      message: 'Cannot delete entity, must delete policies first.',
    })
    await iam.send(new DeleteRolePolicyCommand(own))
    for (const Command of [GetRolePolicyCommand, DeleteRolePolicyCommand])
      await expect(iam.send(new Command(own) as GetRolePolicyCommand)).rejects.toMatchObject({
        Code: 'NoSuchEntity',
        message: 'The role policy with name escribir cannot be found.',
      })
  })

  it('has managed policies', async () => {
    await create('adjunto')
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'leer', Path: '/x/', PolicyDocument: allowing('s3:Get*') }),
    )
    const aws = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
    for (const PolicyArn of [Policy?.Arn, aws, aws])
      await iam.send(new AttachRolePolicyCommand({ RoleName: 'adjunto', PolicyArn }))
    const list = (more: object = {}) =>
      iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'adjunto', ...more }))
    expect((await list()).AttachedPolicies).toEqual([
      { PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: aws },
      { PolicyName: 'leer', PolicyArn: Policy?.Arn },
    ])
    expect((await list({ PathPrefix: '/x/' })).AttachedPolicies).toHaveLength(1)
    await expect(iam.send(new DeleteRoleCommand({ RoleName: 'adjunto' }))).rejects.toMatchObject({
      message: 'Cannot delete entity, must detach all policies first.',
    })
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'adjunto', PolicyArn: aws }))
    await expect(
      iam.send(new DetachRolePolicyCommand({ RoleName: 'adjunto', PolicyArn: aws })),
    ).rejects.toMatchObject({ Code: 'NoSuchEntity', message: `Policy ${aws} was not found.` })
    const none = `arn:aws:iam::${accountId}:policy/nada`
    await expect(
      iam.send(new AttachRolePolicyCommand({ RoleName: 'adjunto', PolicyArn: none })),
    ).rejects.toMatchObject({
      Code: 'NoSuchEntity',
      message: `Policy ${none} does not exist or is not attachable.`,
    })
  })

  it('has at most ten managed policies and 10,240 characters of inline ones', async () => {
    await create('lleno')
    for (let index = 0; index <= 10; index++) {
      const created = await iam.send(
        new CreatePolicyCommand({ PolicyName: `lleno-${index}`, PolicyDocument: allowing('s3:*') }),
      )
      const attach = iam.send(
        new AttachRolePolicyCommand({ RoleName: 'lleno', PolicyArn: created.Policy?.Arn }),
      )
      if (index < 10) await attach
      else
        await expect(attach).rejects.toMatchObject({
          Code: 'LimitExceeded',
          message: 'Cannot exceed quota for PoliciesPerRole: 10',
        })
    }
    const document = allowing('s3:*', `arn:aws:s3:::${'a'.repeat(6000)}`)
    const put = (PolicyName: string) =>
      iam.send(new PutRolePolicyCommand({ RoleName: 'lleno', PolicyName, PolicyDocument: document }))
    await put('uno')
    await put('uno')
    await expect(put('dos')).rejects.toMatchObject({
      Code: 'LimitExceeded',
      message: 'Maximum policy size of 10240 bytes exceeded for role lleno',
    })
  })

  it('has a boundary', async () => {
    const boundary = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'
    await create('limitado', { PermissionsBoundary: boundary })
    const get = async () => (await iam.send(new GetRoleCommand({ RoleName: 'limitado' }))).Role
    expect((await get())?.PermissionsBoundary).toMatchObject({ PermissionsBoundaryArn: boundary })
    await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'limitado' }))
    expect((await get())?.PermissionsBoundary).toBeUndefined()
    await iam.send(
      new PutRolePermissionsBoundaryCommand({ RoleName: 'limitado', PermissionsBoundary: boundary }),
    )
    expect((await get())?.PermissionsBoundary).toMatchObject({ PermissionsBoundaryArn: boundary })
  })

  it('is in instance profiles', async () => {
    await create('maquina')
    const both = { InstanceProfileName: 'perfil', RoleName: 'maquina' }
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'perfil' }))
    await iam.send(new AddRoleToInstanceProfileCommand(both))
    await expect(iam.send(new AddRoleToInstanceProfileCommand(both))).rejects.toMatchObject({
      Code: 'LimitExceeded',
      message: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
    })
    const { InstanceProfile } = await iam.send(
      new GetInstanceProfileCommand({ InstanceProfileName: 'perfil' }),
    )
    expect(InstanceProfile).toMatchObject({
      InstanceProfileId: expect.stringMatching(/^AIPA/),
      Arn: `arn:aws:iam::${accountId}:instance-profile/perfil`,
      Roles: [{ RoleName: 'maquina' }],
    })
    const { InstanceProfiles } = await iam.send(
      new ListInstanceProfilesForRoleCommand({ RoleName: 'maquina' }),
    )
    expect(InstanceProfiles).toHaveLength(1)
    await expect(iam.send(new DeleteRoleCommand({ RoleName: 'maquina' }))).rejects.toMatchObject({
      message: 'Cannot delete entity, must remove roles from instance profile first.',
    })
    await iam.send(new RemoveRoleFromInstanceProfileCommand(both))
    await iam.send(new DeleteRoleCommand({ RoleName: 'maquina' }))
  })

  it('of a service is only changed by that service', async () => {
    const { Role } = await iam.send(
      new CreateServiceLinkedRoleCommand({ AWSServiceName: 'autoscaling.amazonaws.com' }),
    )
    expect(Role?.Arn).toBe(
      `arn:aws:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    )
    const RoleName = 'AWSServiceRoleForAutoScaling'
    await expect(
      iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'x', PolicyDocument: allowing('s3:*') })),
    ).rejects.toMatchObject({
      Code: 'UnmodifiableEntity',
      message: `Cannot perform the operation on the protected role '${RoleName}' - this role is only modifiable by AWS`,
    })
    const { DeletionTaskId } = await iam.send(new DeleteServiceLinkedRoleCommand({ RoleName }))
    expect((await iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }))).Status).toBe(
      'SUCCEEDED',
    )
  })
})

describe('CreateRole', () => {
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
  const cases: [what: string, input: object, code: string, message: string][] = [
    [
      'a name with blanks',
      { RoleName: 'con blancos' },
      'ValidationError',
      'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    ],
    [
      'a long name',
      { RoleName: 'a'.repeat(65) },
      'ValidationError',
      `1 validation error detected: Value '${'a'.repeat(65)}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [
      'a path without slashes',
      { Path: 'equipo' },
      'ValidationError',
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    ],
    [
      'a short session',
      { MaxSessionDuration: 60 },
      'ValidationError',
      "1 validation error detected: Value '60' at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600",
    ],
    [
      'no trust policy',
      { AssumeRolePolicyDocument: undefined },
      'ValidationError',
      "1 validation error detected: Value null at 'assumeRolePolicyDocument' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a trust policy that is no JSON',
      { AssumeRolePolicyDocument: 'x' },
      'MalformedPolicyDocument',
      'This policy contains invalid Json',
    ],
    [
      'a trust policy with a resource',
      { AssumeRolePolicyDocument: policy({ ...trust, Resource: '*' }) },
      'MalformedPolicyDocument',
      'Has prohibited field Resource',
    ],
    [
      'a principal that is not there',
      {
        AssumeRolePolicyDocument: policy({
          ...trust,
          Principal: { AWS: `arn:aws:iam::${accountId}:user/nadie` },
        }),
      },
      'MalformedPolicyDocument',
      `Invalid principal in policy: "AWS":"arn:aws:iam::${accountId}:user/nadie"`,
    ],
    [
      'a long trust policy',
      { AssumeRolePolicyDocument: policy(...Array.from({ length: 25 }, () => trust)) },
      'LimitExceeded',
      'Cannot exceed quota for ACLSizePerRole: 2048',
    ],
    [
      'a boundary that is no policy',
      { PermissionsBoundary: 'arn:aws:s3:::cubo-de-datos' },
      'ValidationError',
      'Value (arn:aws:s3:::cubo-de-datos) for parameter PermissionsBoundary is invalid.',
    ],
    [
      'a boundary that is not there',
      { PermissionsBoundary: 'arn:aws:iam::aws:policy/Nada' },
      'NoSuchEntity',
      'Scope ARN: arn:aws:iam::aws:policy/Nada does not exist or is not attachable.',
    ],
    [
      'a tag twice',
      {
        Tags: [
          { Key: 'a', Value: '' },
          { Key: 'A', Value: '' },
        ],
      },
      'InvalidInput',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
    [
      'a tag of odd characters',
      { Tags: [{ Key: 'a!', Value: '' }] },
      'ValidationError',
      "1 validation error detected: Value 'a!' at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
    ],
  ]
  it.each(cases)('refuses %s', async (_what, input, Code, message) => {
    await expect(create('nuevo', input)).rejects.toMatchObject({ Code, message })
  })

  it('refuses a name that is taken, in whatever case', async () => {
    await create('Unico')
    await expect(create('uNICO')).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Role with name uNICO already exists.',
      $metadata: { httpStatusCode: 409 },
    })
  })
})

describe('ListRoles', () => {
  it('gives all pages, each role once, by path', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `pagina-${index}`)
    for (const name of names) await create(name, { Path: '/paginas/' })
    const seen: (string | undefined)[] = []
    let Marker: string | undefined
    do {
      const page = await iam.send(new ListRolesCommand({ PathPrefix: '/paginas/', MaxItems: 3, Marker }))
      seen.push(...(page.Roles ?? []).map(({ RoleName }) => RoleName))
      Marker = page.Marker
      expect(page.IsTruncated).toBe(Marker !== undefined)
    } while (Marker !== undefined)
    expect(seen).toEqual(names)
  })

  it('refuses a marker of somebody else', async () => {
    await expect(iam.send(new ListRolesCommand({ Marker: 'x' }))).rejects.toMatchObject({
      Code: 'ValidationError',
      message: 'Invalid Marker.',
    })
  })
})

describe('accounts', () => {
  it('do not see each other', async () => {
    await create('propio')
    const other = iamClient(cloud(), { accessKeyId: '222222222222', secretAccessKey: 'x' })
    expect((await other.send(new ListRolesCommand({}))).Roles).toEqual([])
    const { Role } = await other.send(
      new CreateRoleCommand({ RoleName: 'propio', AssumeRolePolicyDocument: trustFor() }),
    )
    expect(Role?.Arn).toBe('arn:aws:iam::222222222222:role/propio')
  })
})
