/** The parts of an Amazon Resource Name. */
export interface ArnParts {
  readonly service: string
  /** Empty for global services. */
  readonly region?: string
  /** Twelve digits; empty for S3. */
  readonly accountId?: string
  readonly resource: string
}

/** Formats an ARN, e.g. `arn:aws:iam::000000000000:role/lambda-role`. */
export function formatArn({ service, region = '', accountId = '', resource }: ArnParts): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`
}

/** Parses an ARN of the `aws` partition, or gives `undefined`. */
export function parseArn(arn: string): Required<ArnParts> | undefined {
  const match = /^arn:aws:([^:]+):([^:]*):([^:]*):(.+)$/s.exec(arn)
  if (!match) return undefined
  const [, service = '', region = '', accountId = '', resource = ''] = match
  return { service, region, accountId, resource }
}
