import type { Messages } from '../messages.ts'

/** English texts. */
export const english: Messages = {
  usage:
    'usage: awslocal [options] <service> <operation> [parameters]\n' +
    'To see help text, you can run:\n\n  awslocal help\n  awslocal <service> help\n  awslocal <service> <operation> help\n',
  endpointUnreachable: (endpoint: string) =>
    `No cloud listens on ${endpoint}. Start it in another terminal with: npm run cloud`,
  endpointSilent: (endpoint: string) =>
    `The cloud on ${endpoint} does not answer. See whether it still runs or restart it with: npm run cloud`,
  endpointBroken: (endpoint: string) =>
    `The cloud at ${endpoint} closed the connection before it answered. Run the command again; if it happens again, restart it with: npm run cloud`,
  noEvidence:
    'There is no saved evidence: no grading has failed yet. Grade an exercise first with: npm run exercise',
  evidenceUnavailable: 'This awslocal cannot open the evidence. Run it from the workshop: npx awslocal',
  helpUsage: 'usage: awslocal [options] <service> <operation> [parameters]',
  helpServiceUsage: (service: string) => `usage: awslocal ${service} <operation> [parameters]`,
  helpOperationUsage: (command: string) => `usage: awslocal ${command}`,
  helpIntroduction:
    'awslocal talks to the cloud on your machine (http://localhost:4566) with the same commands as the AWS CLI.',
  helpServices: 'Services',
  helpOperations: 'Operations',
  helpOptions: 'Options',
  helpRequired: 'Required',
  helpOptional: 'Optional',
  helpWaiters: 'Waiters (awslocal … wait)',
  helpGlobalOptions: 'Options of any command',
  helpHighLevelS3: 'copy, list and synchronise: ls, mb, rb, cp, mv, rm, sync, presign, website',
  helpMore: (command: string) => `More: ${command}`,
  tail: {
    groupArns:
      'the groups, by their ARN: arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/my-function',
    group: 'the group, e.g. /aws/lambda/my-function',
    since: 'from when: 30s, 10m (default), 2h, 1d, 1w or a date, e.g. 2026-01-31T10:00:00',
    follow: 'goes on showing what arrives until you press Ctrl-C',
    format: 'how much of each line is shown; json unfolds messages that are JSON',
    filterPattern: 'only lines that match the pattern, e.g. ERROR',
    streamNames: 'only these streams',
    streamPrefix: 'only streams that start with this',
  },
  globals: {
    debug: 'tells each request on standard error',
    'endpoint-url': 'another address, e.g. http://localhost:4600',
    'no-verify-ssl': 'does not check the certificate',
    'no-paginate': 'one page of results only',
    output: 'json (default), text or table',
    query: 'a JMESPath expression that picks a part of the answer',
    profile: 'a profile of ~/.aws',
    region: 'the region (us-east-1 by default)',
    color: 'on, off or auto (default: on a terminal only); today only logs tail has colours',
    'no-sign-request': 'unsigned requests',
    'ca-bundle': 'certificates to trust',
    'cli-read-timeout': 'seconds to wait for an answer',
    'cli-connect-timeout': 'seconds to wait for a connection',
    'no-cli-pager': 'accepted; there is never a pager',
    'cli-binary-format': 'how blobs are read: raw-in-base64-out (default) or base64',
    evidencia: 'works on what the last failed grading saved',
    version: 'the version',
  },
}
