import type { CreateServiceLinkedRoleRequest } from '@aws-sdk/client-iam'
import type { OperationContext } from '../../../cloud/operation.ts'
import { invalidInput, noSuchEntity } from '../errors.ts'
import { sessionSeconds } from '../limits.ts'
import type { IamState, Role } from '../state.ts'
import { createIdentity } from './create.ts'
import { findRole } from './find.ts'

/** Names that AWS gives to the roles of some services; the others' are made from the service's own. */
const givenNames: Readonly<Record<string, string>> = {
  'elasticmapreduce.amazonaws.com': 'EMRCleanup',
  'autoscaling.amazonaws.com': 'AutoScaling',
  'elasticloadbalancing.amazonaws.com': 'ElasticLoadBalancing',
  'es.amazonaws.com': 'AmazonElasticsearchService',
  'ops.apigateway.amazonaws.com': 'APIGateway',
  'dynamodb.application-autoscaling.amazonaws.com': 'ApplicationAutoScaling_DynamoDBTable',
  'replication.dynamodb.amazonaws.com': 'DynamoDBReplication',
  'replicator.lambda.amazonaws.com': 'LambdaReplicator',
  'rds.amazonaws.com': 'RDS',
  'ecs.amazonaws.com': 'ECS',
  'support.amazonaws.com': 'Support',
}

/**
 * Creates the role by which a service acts in the account.
 * @throws AwsError InvalidInput
 */
export function createLinkedRole(
  state: IamState,
  { AWSServiceName: service = '', CustomSuffix, Description }: CreateServiceLinkedRoleRequest,
  context: OperationContext,
): Role {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/.test(service))
    throw invalidInput(`Service role name ${service} is not valid.`)
  const suffix = CustomSuffix === undefined ? '' : `_${CustomSuffix}`
  const name = `AWSServiceRoleFor${givenNames[service] ?? capitalize(service)}${suffix}`
  if (state.roles.has(name))
    throw invalidInput(
      `Service role name ${name} has been taken in this account, please try a different suffix.`,
    )
  const role: Role = {
    ...createIdentity('role', { name, Path: `/aws-service-role/${service}/` }, context),
    kind: 'role',
    trustPolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [service] } }],
    }),
    description: Description,
    maxSessionSeconds: sessionSeconds.minimum,
    linkedService: service,
  }
  state.roles.set(name, role)
  return role
}

function capitalize(service: string): string {
  const [name = ''] = service.split('.')
  return name
    .split('-')
    .map(part => part[0]?.toUpperCase() + part.slice(1))
    .join('')
}

/**
 * A role that a service owns.
 * @throws AwsError NoSuchEntity, InvalidInput
 */
export function findLinkedRole(state: IamState, name: string): Role {
  const role = findRole(state, name)
  if (role.linkedService === undefined)
    throw noSuchEntity(`The service-linked role with name ${name} cannot be found.`)
  return role
}
