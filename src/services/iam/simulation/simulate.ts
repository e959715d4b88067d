import type {
  ContextEntry,
  EvaluationResult,
  PolicyEvaluationDecisionType,
  Statement as StatementAnswer,
} from '@aws-sdk/client-iam'
import { type ContextKeys, createContextKeys } from '../../../cloud/policy/context-keys.ts'
import {
  type ApplicablePolicies,
  type DecidingStatement,
  type Decision,
  decide,
  type NamedPolicy,
} from '../../../cloud/policy/decide.ts'
import { parsePolicy } from '../../../cloud/policy/policy.ts'
import { locateStatements } from '../../../cloud/policy/positions.ts'
import type { Principal } from '../../../cloud/policy/principal.ts'
import type { EffectivePolicy } from '../policies/effective.ts'

/** A policy that takes part in a simulation; `none` is one that was only given as input. */
export interface SimulatedPolicy extends Omit<EffectivePolicy, 'origin'> {
  readonly origin: EffectivePolicy['origin'] | 'resource' | 'none'
}

/** What is simulated. */
export interface Simulation {
  readonly principal: Principal
  readonly identity: readonly SimulatedPolicy[]
  readonly boundary: SimulatedPolicy | undefined
  readonly resource: SimulatedPolicy | undefined
  readonly resourceAccountId: string | undefined
  readonly contextEntries: readonly ContextEntry[] | undefined
}

/** Decides one action on one resource, and tells why. */
export function simulate(
  simulation: Simulation,
  { action, resource }: { readonly action: string; readonly resource: string },
): EvaluationResult {
  const keys = contextOf(simulation.contextEntries)
  const policies = applicable(simulation)
  const decision = decide({ principal: simulation.principal, action, resource, keys }, policies)
  const deciding = decision.outcome === 'implicitDeny' ? [] : decision.by
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: decision.outcome as PolicyEvaluationDecisionType,
    MatchedStatements: deciding.map(each => describeStatement(simulation, each)),
    MissingContextValues: missingKeys(policies, keys),
    ...(simulation.boundary && {
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: !isStoppedByBoundary(decision) },
    }),
  }
}

function applicable(simulation: Simulation): ApplicablePolicies {
  return {
    identity: simulation.identity.map(compile),
    boundary: simulation.boundary && compile(simulation.boundary),
    resource: simulation.resource && compile(simulation.resource),
    resourceAccountId: simulation.resourceAccountId,
  }
}

function compile({ id, document }: SimulatedPolicy): NamedPolicy {
  return { id, policy: parsePolicy(document) }
}

function isStoppedByBoundary(decision: Decision): boolean {
  if (decision.outcome === 'implicitDeny') return decision.missing === 'boundary'
  return decision.outcome === 'explicitDeny' && decision.by.some(({ layer }) => layer === 'boundary')
}

function describeStatement(
  simulation: Simulation,
  { policyId, statement }: DecidingStatement,
): StatementAnswer {
  const all = [...simulation.identity, simulation.boundary, simulation.resource]
  const policy = all.find(each => each?.id === policyId)
  const span = policy && locateStatements(policy.document)[statement.index]
  return {
    SourcePolicyId: policyId,
    SourcePolicyType: policy?.origin ?? 'none',
    ...(span && {
      StartPosition: { Line: span.start.line, Column: span.start.column },
      EndPosition: { Line: span.end.line, Column: span.end.column },
    }),
  }
}

function contextOf(entries: readonly ContextEntry[] | undefined): ContextKeys {
  return createContextKeys(
    Object.fromEntries(
      (entries ?? []).map(({ ContextKeyName = '', ContextKeyValues = [] }) => [
        ContextKeyName,
        ContextKeyValues,
      ]),
    ),
  )
}

/** Keys that some policy asks for and the simulation does not have. */
function missingKeys({ identity, boundary, resource }: ApplicablePolicies, keys: ContextKeys): string[] {
  const policies = [...identity, boundary, resource].filter(each => each !== undefined)
  return [...new Set(policies.flatMap(({ policy }) => neededKeys(policy)))].filter(key => !keys.has(key))
}

/** The condition keys and variables that a policy asks for. */
export function neededKeys({ statements }: NamedPolicy['policy']): string[] {
  return statements.flatMap(({ conditions, resources }) => [
    ...conditions.flatMap(({ needs }) => needs),
    ...(resources?.entries ?? []).flatMap(({ variables }) => variables),
  ])
}
