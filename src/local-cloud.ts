import { type Cloud, type CloudOptions, startCloud } from './cloud/cloud.ts'
import type { AnyService } from './cloud/service.ts'
import { iam } from './services/iam/index.ts'
import { lambda } from './services/lambda/index.ts'
import { logs } from './services/logs/index.ts'
import { s3 } from './services/s3/index.ts'
import { sts } from './services/sts/index.ts'

export type LocalCloud = Cloud
export type LocalCloudOptions = CloudOptions

/** Every service of the cloud; adding one adds its line here. */
const services: readonly AnyService[] = [iam, lambda, logs, s3, sts]

/**
 * Starts the whole cloud in this process.
 * @throws UserError `port-busy` when another process listens on the port.
 */
export function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  return startCloud(services, options)
}
