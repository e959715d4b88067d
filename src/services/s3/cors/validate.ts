import type { CORSRule } from '@aws-sdk/client-s3'
import { invalidArgument, invalidRequest, malformedXml } from '../errors.ts'
import { maxCorsRules, maxRuleIdLength } from '../limits.ts'

/** Methods that a rule may name, and a preflight ask about. */
export const corsMethods: ReadonlySet<string> = new Set(['GET', 'PUT', 'HEAD', 'POST', 'DELETE'])

/**
 * Refuses CORS rules that AWS would.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
 * @throws AwsError MalformedXML, InvalidRequest, InvalidArgument
 */
export function requireCorsRules(rules: readonly CORSRule[] | undefined): readonly CORSRule[] {
  if (rules === undefined || rules.length === 0) throw malformedXml()
  if (rules.length > maxCorsRules) {
    throw invalidRequest(`The number of CORS rules should not exceed allowed limit of ${maxCorsRules} rules.`)
  }
  for (const rule of rules) requireCorsRule(rule)
  return rules
}

function requireCorsRule({
  ID,
  AllowedMethods,
  AllowedOrigins,
  AllowedHeaders,
  ExposeHeaders,
}: CORSRule): void {
  if (!AllowedMethods?.length || !AllowedOrigins?.length) throw malformedXml()
  if (ID !== undefined && ID.length > maxRuleIdLength) {
    throw invalidArgument(`ID length should not exceed allowed limit of ${maxRuleIdLength}`, 'ID', ID)
  }
  const odd = AllowedMethods.find(method => !corsMethods.has(method))
  if (odd !== undefined) {
    throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${odd}`)
  }
  requireOneWildcard('AllowedOrigin', AllowedOrigins)
  requireOneWildcard('AllowedHeader', AllowedHeaders ?? [])
  const wild = ExposeHeaders?.find(header => header.includes('*'))
  if (wild !== undefined) {
    throw invalidRequest(
      `ExposeHeader "${wild}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
    )
  }
}

function requireOneWildcard(name: string, patterns: readonly string[]): void {
  const odd = patterns.find(pattern => pattern.split('*').length > 2)
  if (odd !== undefined) throw invalidRequest(`${name} "${odd}" can not have more than one wildcard.`)
}
