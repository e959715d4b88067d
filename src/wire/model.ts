import type { StaticOperationSchema } from '@smithy/types'

/** How a service's requests and answers are written. */
export type ProtocolName = 'restXml' | 'restJson1' | 'awsJson1.0' | 'awsJson1.1' | 'query'

/** Names of elements in the order in which a service writes them, by shape. */
export type ElementOrder = Readonly<Record<string, readonly string[]>>

/** A service as AWS models it. */
export interface ServiceModel {
  readonly protocol: ProtocolName
  /** XML namespace of answers. */
  readonly xmlNamespace?: string
  /** `X-Amz-Target` prefix of the JSON protocols, e.g. `Kinesis_20131202`. */
  readonly targetPrefix?: string
  /** API version, e.g. `2011-06-15`; tells query services apart. */
  readonly version?: string
  /** Outputs whose single named member is the text of the root element itself (S3's GetBucketLocation). */
  readonly unwrappedOutputs?: Readonly<Record<string, string>>
  /** Where documents have their elements in another order than the schemas, which begin with what is required. */
  readonly elementOrder?: ElementOrder
  /** Every operation's schema by AWS name, as the SDK exports them. */
  readonly operations: Readonly<Record<string, StaticOperationSchema>>
}
