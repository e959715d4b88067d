import { invalidArgument, malformedXml } from '../errors.ts'
import { maxNamedConfigurations, maxPageConfigurations } from '../limits.ts'
import { noSuchConfiguration, tooManyConfigurations } from './errors.ts'

/** Configurations of one kind of a bucket, by their name. */
export type NamedConfigurations<Configuration> = ReadonlyMap<string, Configuration>

/** One page of them, by name. */
export interface ConfigurationPage<Configuration> {
  readonly configurations: Configuration[]
  readonly nextToken: string | undefined
}

/**
 * The configurations with one more, or with another in the place of one of its name.
 * @throws AwsError MalformedXML, InvalidArgument, TooManyConfigurations
 */
export function withNamed<Configuration extends { Id?: string | undefined }>(
  known: NamedConfigurations<Configuration> | undefined,
  id: string | undefined,
  configuration: Configuration,
): NamedConfigurations<Configuration> {
  if (id === undefined || configuration.Id !== id) throw malformedXml()
  if (!/^[\w.-]{1,64}$/.test(id)) throw invalidArgument('The configuration id is not valid', 'id', id)
  const isNew = known?.has(id) !== true
  if (isNew && (known?.size ?? 0) >= maxNamedConfigurations) throw tooManyConfigurations()
  return new Map([...(known ?? []), [id, configuration]])
}

/**
 * The configuration of a name.
 * @throws AwsError NoSuchConfiguration
 */
export function findNamed<Configuration>(
  known: NamedConfigurations<Configuration> | undefined,
  id: string | undefined,
): Configuration {
  const configuration = known?.get(id ?? '')
  if (configuration === undefined) throw noSuchConfiguration()
  return configuration
}

/**
 * The configurations without that of a name.
 * @throws AwsError NoSuchConfiguration
 */
export function withoutNamed<Configuration>(
  known: NamedConfigurations<Configuration> | undefined,
  id: string | undefined,
): NamedConfigurations<Configuration> {
  findNamed(known, id)
  return new Map([...(known ?? [])].filter(([name]) => name !== id))
}

/** A page of the configurations by name, behind the one that a token of an earlier page stands for. */
export function pageOfNamed<Configuration>(
  known: NamedConfigurations<Configuration> | undefined,
  token: string | undefined,
): ConfigurationPage<Configuration> {
  const behind = token === undefined ? '' : Buffer.from(token, 'base64url').toString()
  const names = [...(known?.keys() ?? [])].filter(name => name > behind).sort()
  const page = names.slice(0, maxPageConfigurations)
  const last = page.at(-1)
  const hasMore = names.length > page.length && last !== undefined
  return {
    configurations: page.flatMap(name => known?.get(name) ?? []),
    nextToken: hasMore ? Buffer.from(last).toString('base64url') : undefined,
  }
}
