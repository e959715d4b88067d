import type { LayerVersionsListItem, PublishLayerVersionResponse } from '@aws-sdk/client-lambda'
import { type Answer, formatTime } from '../functions/configuration.ts'
import { codeLocation } from '../functions/location.ts'
import type { LambdaContext } from '../operation.ts'
import type { LayerVersion } from '../state.ts'

/** A layer version as lists show it. */
export function describeInList(version: LayerVersion): Answer<LayerVersionsListItem> {
  const { arn, description, licenseInfo, runtimes, architectures, createdAt } = version
  return {
    LayerVersionArn: arn,
    Version: version.version,
    Description: description,
    CreatedDate: formatTime(createdAt),
    ...(runtimes.length > 0 && { CompatibleRuntimes: [...runtimes] }),
    ...(architectures.length > 0 && { CompatibleArchitectures: [...architectures] }),
    ...(licenseInfo !== undefined && { LicenseInfo: licenseInfo }),
  }
}

/** A layer version as AWS answers it, with where its zip can be fetched. */
export function describeLayerVersion(
  version: LayerVersion,
  context: LambdaContext,
): Answer<PublishLayerVersionResponse> {
  const { code, arn } = version
  return {
    ...describeInList(version),
    LayerArn: arn.slice(0, arn.lastIndexOf(':')),
    Content: { Location: codeLocation(code, context), CodeSha256: code.sha256, CodeSize: code.size },
  }
}
