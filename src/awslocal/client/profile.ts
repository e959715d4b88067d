import { loadSharedConfigFiles } from '@smithy/core/config'
import { CommandFailure } from '../failure.ts'
import type { Credentials } from './connection.ts'

/** What a profile of `~/.aws/config` and `~/.aws/credentials` says. */
export interface Profile {
  readonly region?: string
  readonly credentials?: Credentials
}

/** Reads a profile; one that neither file has is refused. */
export async function readProfile(name: string): Promise<Profile> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles()
  if (configFile[name] === undefined && credentialsFile[name] === undefined) {
    throw new CommandFailure(`The config profile (${name}) could not be found`)
  }
  const entries = { ...configFile[name], ...credentialsFile[name] }
  const { region, aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey } = entries
  const token = entries.aws_session_token
  if (accessKeyId === undefined || secretAccessKey === undefined)
    return region === undefined ? {} : { region }
  return {
    ...(region === undefined ? {} : { region }),
    credentials: { accessKeyId, secretAccessKey, ...(token === undefined ? {} : { sessionToken: token }) },
  }
}
