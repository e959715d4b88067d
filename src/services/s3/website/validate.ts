import type { RoutingRule, WebsiteConfiguration } from '@aws-sdk/client-s3'
import { invalidArgument, invalidRequest, malformedXml } from '../errors.ts'
import { maxRoutingRules } from '../limits.ts'

/**
 * Refuses a website configuration that AWS would.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html
 * @throws AwsError MalformedXML, InvalidArgument, InvalidRequest
 */
export function requireWebsite(website: WebsiteConfiguration | undefined): WebsiteConfiguration {
  if (website === undefined) throw malformedXml()
  if (website.RedirectAllRequestsTo !== undefined) requireOnlyRedirect(website)
  else requireIndex(website)
  const { ErrorDocument, RoutingRules } = website
  if (ErrorDocument !== undefined && !ErrorDocument.Key) throw malformedXml()
  if (RoutingRules !== undefined) requireRoutingRules(RoutingRules)
  return website
}

function requireOnlyRedirect({ RedirectAllRequestsTo: redirect, ...others }: WebsiteConfiguration): void {
  if (Object.values(others).some(value => value !== undefined)) {
    const message = 'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.'
    throw invalidArgument(message, 'RedirectAllRequestsTo', 'not null')
  }
  if (!redirect?.HostName) throw malformedXml()
  requireProtocol(redirect.Protocol)
}

function requireIndex({ IndexDocument: index }: WebsiteConfiguration): void {
  if (index === undefined) {
    const message = 'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty'
    throw invalidArgument(message, 'IndexDocument', 'null')
  }
  if (!index.Suffix || index.Suffix.includes('/')) {
    throw invalidArgument('The IndexDocument Suffix is not well formed', 'IndexDocument', index.Suffix)
  }
}

function requireRoutingRules(rules: readonly RoutingRule[]): void {
  if (rules.length === 0) throw malformedXml()
  if (rules.length > maxRoutingRules) {
    throw invalidRequest(
      `${rules.length} routing rules provided, the number of routing rules in a website configuration is limited to ${maxRoutingRules}.`,
    )
  }
  for (const rule of rules) requireRoutingRule(rule)
}

function requireRoutingRule({ Condition, Redirect }: RoutingRule): void {
  if (Redirect === undefined || !hasMembers(Redirect)) throw malformedXml()
  if (Redirect.ReplaceKeyPrefixWith !== undefined && Redirect.ReplaceKeyWith !== undefined) {
    throw invalidRequest('You can only define ReplaceKeyPrefix or ReplaceKey but not both.')
  }
  if (Condition !== undefined && !hasMembers(Condition)) {
    throw invalidRequest(
      "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
    )
  }
  requireProtocol(Redirect.Protocol)
  const { HttpErrorCodeReturnedEquals: errorCode } = Condition ?? {}
  if (errorCode !== undefined && !/^[45]\d\d$/.test(errorCode)) {
    throw invalidRequest(
      `The provided HTTP error code (${errorCode}) is not valid. Valid codes are 4XX or 5XX.`,
    )
  }
  const { HttpRedirectCode: redirectCode } = Redirect
  if (redirectCode !== undefined && !/^3(?!00)\d\d$/.test(redirectCode)) {
    throw invalidRequest(
      `The provided HTTP redirect code (${redirectCode}) is not valid. Valid codes are 3XX except 300.`,
    )
  }
}

function requireProtocol(protocol: string | undefined): void {
  if (protocol === undefined || protocol === 'http' || protocol === 'https') return
  throw invalidRequest(
    'Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.',
  )
}

function hasMembers(record: object): boolean {
  return Object.values(record).some(value => value !== undefined)
}
