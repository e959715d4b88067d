import { createAwsJson } from './aws-json.ts'
import type { ProtocolName } from './model.ts'
import type { ProtocolFactory } from './protocol.ts'
import { createQuery } from './query.ts'
import { createRestJson } from './rest-json.ts'
import { createRestXml } from './rest-xml.ts'

/** Every protocol that the gateway speaks. */
export const protocols: Readonly<Record<ProtocolName, ProtocolFactory>> = {
  restXml: createRestXml,
  restJson1: createRestJson,
  'awsJson1.0': createAwsJson,
  'awsJson1.1': createAwsJson,
  query: createQuery,
}
