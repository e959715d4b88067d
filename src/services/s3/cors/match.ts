import type { CORSRule } from '@aws-sdk/client-s3'

/** What a page asks of a bucket. */
export interface CorsQuestion {
  readonly origin: string
  readonly method: string
  /** Names as they were asked for; none outside of preflights. */
  readonly headers: readonly string[]
}

/** The first rule that lets a page do what it asks. */
export function findCorsRule(rules: readonly CORSRule[], question: CorsQuestion): CORSRule | undefined {
  return rules.find(
    ({ AllowedOrigins = [], AllowedMethods = [], AllowedHeaders = [] }) =>
      AllowedOrigins.some(pattern => fits(pattern, question.origin)) &&
      AllowedMethods.includes(question.method) &&
      question.headers.every(header =>
        AllowedHeaders.some(pattern => fits(pattern.toLowerCase(), header.toLowerCase())),
      ),
  )
}

/**
 * The headers by which a rule lets a page through.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
 */
export function corsHeaders(
  rule: CORSRule,
  { origin, headers }: CorsQuestion,
): Readonly<Record<string, string>> {
  const { AllowedOrigins = [], AllowedMethods = [], ExposeHeaders = [], MaxAgeSeconds } = rule
  const isForAll = AllowedOrigins.includes('*')
  return {
    'access-control-allow-origin': isForAll ? '*' : origin,
    'access-control-allow-methods': AllowedMethods.join(', '),
    ...(!isForAll && { 'access-control-allow-credentials': 'true' }),
    ...(headers.length > 0 && {
      'access-control-allow-headers': headers.map(header => header.toLowerCase()).join(', '),
    }),
    ...(ExposeHeaders.length > 0 && { 'access-control-expose-headers': ExposeHeaders.join(', ') }),
    ...(MaxAgeSeconds !== undefined && { 'access-control-max-age': String(MaxAgeSeconds) }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  }
}

/** Whether a text is what a pattern with at most one `*` stands for. */
function fits(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*')
  if (star === -1) return pattern === text
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)]
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail)
}
