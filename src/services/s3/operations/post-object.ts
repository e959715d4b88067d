import type { OperationContext } from '../../../cloud/operation.ts'
import type { S3State } from '../state.ts'
import { type PutInput, putObject } from './put-object.ts'

/**
 * Stores the file of a browser's form: an upload whose event has another name, and whose metadata is text.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export function postObject(
  state: S3State,
  input: PutInput,
  context: OperationContext,
): ReturnType<typeof putObject> {
  return putObject(state, { ...input, eventName: 'ObjectCreated:Post', keepsWords: true }, context)
}
