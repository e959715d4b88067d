import type { HintRule } from '../hint.ts'

/** Another name for this machine, e.g. a container's. */
const foreignHost: HintRule = {
  id: 'cloud.foreign-host',
  on: 'failure',
  codes: ['AccessDenied'],
  find: ({ error }) => {
    const [, host] =
      /^This cloud answers only to names of this machine, not to (.*)$/.exec(error?.message ?? '') ?? []
    return host === undefined ? undefined : { facts: { host } }
  },
}

const foreignOrigin: HintRule = {
  id: 'cloud.foreign-origin',
  on: 'failure',
  codes: ['AccessDenied'],
  find: ({ error }) => {
    const [, origin] = /^Requests from (.*) are refused$/.exec(error?.message ?? '') ?? []
    return origin === undefined ? undefined : { facts: { origin } }
  },
}

const absentService: HintRule = {
  id: 'cloud.absent-service',
  on: 'failure',
  codes: ['NotImplemented'],
  find: ({ error, line: { service } }) =>
    /^Service .* is not part of this cloud yet$/.test(error?.message ?? '')
      ? { facts: { service } }
      : undefined,
}

const absentOperation: HintRule = {
  id: 'cloud.absent-operation',
  on: 'failure',
  codes: ['NotImplemented'],
  find: ({ line: { service, operation } }) => ({ facts: { service, operation } }),
}

/** What is refused before any service has a word, or because this cloud does not have it. */
export const entranceRules: readonly HintRule[] = [foreignHost, foreignOrigin, absentService, absentOperation]
