/** Bytes of a key in UTF-8. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export const maxKeyBytes = 1024
/** Bytes of user metadata: names without the prefix plus values. https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
export const maxMetadataBytes = 2048
/** Bytes of an object that one PUT or one copy may write: 5 GiB. https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html */
export const maxSinglePutBytes = 5 * 1024 ** 3
/** Bytes of every part of a multipart upload but the last: 5 MiB. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const minPartBytes = 5 * 1024 ** 2
/** Part numbers go from 1 to this one. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const maxPartNumber = 10_000
/** Entries of one page of any listing. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const maxPageEntries = 1000
/** Buckets of one page of ListBuckets. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const maxPageBuckets = 10_000
/** The largest number that a `max-…` argument may hold. */
export const maxIntegerArgument = 2_147_483_647
/** Keys of one DeleteObjects. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const maxDeletedKeys = 1000
/** Tags of one object. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
export const maxObjectTags = 10
/** Tags of one bucket. https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html */
export const maxBucketTags = 50
/** Characters of a tag's key. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
export const maxTagKeyLength = 128
/** Characters of a tag's value. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
export const maxTagValueLength = 256
/** Rules of one lifecycle configuration. https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html */
export const maxLifecycleRules = 1000
/** Characters of a lifecycle rule's ID. https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html */
export const maxRuleIdLength = 255
/** Noncurrent versions that a rule may keep besides the days. https://docs.aws.amazon.com/AmazonS3/latest/API/API_NoncurrentVersionExpiration.html */
export const maxNewerNoncurrentVersions = 100
/** Bytes in UTF-8 of what a notification's filter wants a key to begin or end with. https://docs.aws.amazon.com/AmazonS3/latest/API/API_FilterRule.html */
export const maxFilterValueBytes = 1024
/** Milliseconds of a day: lifecycle counts in days of UTC. */
export const dayMilliseconds = 86_400_000
/** Rules of one CORS configuration. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export const maxCorsRules = 100
/** Days of a default retention: 100 years. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html */
export const maxRetentionDays = 36_500
/** Routing rules of one website. https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html */
export const maxRoutingRules = 50
/** Rules of one replication. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html */
export const maxReplicationRules = 1000
/** Inventories, analyses, metrics or tierings of one bucket. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketInventoryConfiguration.html */
export const maxNamedConfigurations = 1000
/** Configurations of one page. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketInventoryConfigurations.html */
export const maxPageConfigurations = 100
