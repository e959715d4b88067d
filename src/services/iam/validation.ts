import { constraintErrors, validationError } from './errors.ts'
import { pageItems, sessionSeconds } from './limits.ts'

/** What a member of an input must be. */
interface Rule {
  readonly isRequired?: true
  /** Length of a text, or value of a number, both inclusive. */
  readonly minimum?: number
  readonly maximum?: number
  readonly oneOf?: readonly string[]
  readonly pattern?: RegExp
  /** AWS's message about a text that does not fit the pattern. */
  readonly complaint?: (member: string) => string
}

const nameCharacters = /^[\w+=,.@-]+$/
const nameComplaint = (member: string): string =>
  `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`

function nameOf(maximum: number): Rule {
  return { minimum: 1, maximum, pattern: nameCharacters, complaint: nameComplaint }
}

/** Rules by the member's name, which means the same in every operation. https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html */
const rules = {
  RoleName: nameOf(64),
  UserName: nameOf(128),
  NewUserName: nameOf(64),
  GroupName: nameOf(128),
  NewGroupName: nameOf(128),
  PolicyName: nameOf(128),
  InstanceProfileName: nameOf(128),
  AWSServiceName: nameOf(128),
  CustomSuffix: nameOf(64),
  Path: pathRule(),
  NewPath: pathRule(),
  PathPrefix: {
    minimum: 1,
    maximum: 512,
    pattern: /^\/[\u0021-\u007f]*$/,
    complaint: (member: string): string =>
      `The specified value for ${member} is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.`,
  },
  PolicyArn: { minimum: 20, maximum: 2048 },
  PermissionsBoundary: { minimum: 20, maximum: 2048 },
  PolicySourceArn: { minimum: 20, maximum: 2048 },
  PolicyDocument: documentRule(),
  AssumeRolePolicyDocument: documentRule(),
  ActionNames: {},
  PolicyInputList: {},
  ResourcePolicy: documentRule(),
  Description: { maximum: 1000 },
  MaxSessionDuration: sessionSeconds,
  VersionId: {
    pattern: /^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/,
    complaint: (member: string): string =>
      `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?`,
  },
  AccessKeyId: { minimum: 16, maximum: 128, pattern: /^\w+$/, complaint: nameComplaint },
  Status: { oneOf: ['Active', 'Inactive'] },
  Scope: { oneOf: ['All', 'AWS', 'Local'] },
  EntityFilter: { oneOf: ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] },
  PolicyUsageFilter: { oneOf: ['PermissionsPolicy', 'PermissionsBoundary'] },
  AccountAlias: {
    minimum: 3,
    maximum: 63,
    pattern: /^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$/,
    complaint: (): string =>
      "1 validation error detected: Value at 'accountAlias' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$",
  },
  DeletionTaskId: { minimum: 1, maximum: 1000 },
  MaxItems: { minimum: 1, maximum: pageItems.maximum },
  Marker: { minimum: 1, maximum: 320 },
  Tags: {},
  TagKeys: {},
} as const satisfies Readonly<Record<string, Rule>>

function pathRule(): Rule {
  return {
    minimum: 1,
    maximum: 512,
    pattern: /^(\/|\/[\u0021-\u007e]+\/)$/,
    complaint: member =>
      `The specified value for ${member} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`,
  }
}

function documentRule(): Rule {
  return {
    minimum: 1,
    maximum: 131_072,
    pattern: /^[\t\n\r\u0020-\u00ff]+$/,
    complaint: member =>
      `The specified value for ${member} is invalid. It must contain only printable ASCII characters.`,
  }
}

/** Members of inputs that have a rule. */
export type RuledMember = keyof typeof rules

/** An input whose members `Members` are there. */
export type Checked<Input, Members extends keyof Input> = Input & {
  readonly [Member in Members]-?: Exclude<Input[Member], undefined>
}

/**
 * Refuses an input whose members break their rules or that lacks one that it needs.
 * @throws AwsError ValidationError with every constraint that does not hold
 */
export function checkInput<Input extends object, Members extends keyof Input & RuledMember>(
  input: Input,
  required: readonly Members[],
): asserts input is Checked<Input, Members> {
  const members: Partial<Record<string, unknown>> = { ...input }
  for (const name of required) members[name] ??= undefined
  const failures: string[] = []
  const complaints: string[] = []
  for (const [name, value] of Object.entries(members)) {
    const rule: Rule | undefined = (rules as Readonly<Record<string, Rule>>)[name]
    if (!rule) continue
    const member = lowerFirst(name)
    if (value === undefined) {
      if (required.includes(name as Members))
        failures.push(describe(member, undefined, 'Member must not be null'))
      continue
    }
    failures.push(...brokenConstraints(member, value, rule))
    if (typeof value === 'string' && rule.pattern && !rule.pattern.test(value))
      complaints.push(rule.complaint?.(member) ?? '')
  }
  if (failures.length > 0) throw constraintErrors(failures)
  if (complaints[0] !== undefined) throw validationError(complaints[0])
}

function brokenConstraints(member: string, value: unknown, rule: Rule): string[] {
  const { minimum, maximum, oneOf } = rule
  if (typeof value === 'string' && oneOf && !oneOf.includes(value))
    return [describe(member, value, `Member must satisfy enum value set: [${oneOf.join(', ')}]`)]
  const size = typeof value === 'string' ? value.length : typeof value === 'number' ? value : undefined
  if (size === undefined) return []
  const noun = typeof value === 'string' ? 'length' : 'value'
  if (minimum !== undefined && size < minimum)
    return [describe(member, value, `Member must have ${noun} greater than or equal to ${minimum}`)]
  if (maximum !== undefined && size > maximum)
    return [describe(member, value, `Member must have ${noun} less than or equal to ${maximum}`)]
  return []
}

/** AWS's wording of a constraint that does not hold. */
export function describe(member: string, value: unknown, constraint: string): string {
  const shown = value === undefined ? 'null' : `'${String(value)}'`
  return `Value ${shown} at '${member}' failed to satisfy constraint: ${constraint}`
}

function lowerFirst(name: string): string {
  return name.startsWith('AWS') ? `aws${name.slice(3)}` : name[0]?.toLowerCase() + name.slice(1)
}
