import type { FunctionConfiguration, PublishVersionRequest } from '@aws-sdk/client-lambda'
import { invalidParameter, revisionMismatch } from '../errors.ts'
import { refuseWhileChanging } from '../functions/activations.ts'
import { describeVersion } from '../functions/configuration.ts'
import { findFunction } from '../functions/find.ts'
import { publishVersion as publish } from '../functions/publish.ts'
import { readReference } from '../functions/reference.ts'
import { maxDescriptionLength } from '../limits.ts'
import type { LambdaOperation } from '../operation.ts'
import { checkText, refuseFailures } from '../validation.ts'

/**
 * Publishes what `$LATEST` is; when nothing changed since the last version, answers that one.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
 */
export const publishVersion: LambdaOperation<PublishVersionRequest, FunctionConfiguration> = (
  state,
  input,
  context,
) => {
  refuseFailures(checkText('description', input.Description, { maximum: maxDescriptionLength }))
  const owner = findFunction(state, readReference(input, context), context)
  refuseWhileChanging(owner)
  const { revisionId, code } = owner.latest
  if (input.RevisionId !== undefined && input.RevisionId !== revisionId)
    throw revisionMismatch('GetFunction/GetAlias')
  if (input.CodeSha256 !== undefined && input.CodeSha256 !== code.sha256) {
    throw invalidParameter(
      `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${code.sha256}). Please try again with the CodeSHA256 in $LATEST.`,
    )
  }
  const version = publish(owner, { description: input.Description }, context)
  return describeVersion(owner, version, version.version)
}
