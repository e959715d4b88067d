import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3'
import { malformedXml } from '../errors.ts'

/** What a bucket blocks of public access. */
export type PublicAccessBlock = Required<{
  readonly [Name in keyof PublicAccessBlockConfiguration]: boolean
}>

/** What every new bucket blocks since April 2023: all of it, until its owner says otherwise. */
export const blockOfNew: PublicAccessBlock = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
}

/**
 * What a bucket is to block.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * @throws AwsError MalformedXML
 */
export function readPublicAccessBlock(
  configuration: PublicAccessBlockConfiguration | undefined,
): PublicAccessBlock {
  if (configuration === undefined) throw malformedXml()
  return {
    BlockPublicAcls: configuration.BlockPublicAcls ?? false,
    IgnorePublicAcls: configuration.IgnorePublicAcls ?? false,
    BlockPublicPolicy: configuration.BlockPublicPolicy ?? false,
    RestrictPublicBuckets: configuration.RestrictPublicBuckets ?? false,
  }
}
