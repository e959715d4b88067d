/** Bytes of a zip that comes with a call: 50 MB. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const maxZippedBytes = 52_428_800
/** Bytes of a function and its layers, unpacked: 250 MB. Source: as `maxZippedBytes`. */
export const maxUnzippedBytes = 262_144_000
/** Bytes of a request of CreateFunction, UpdateFunctionCode and PublishLayerVersion: 50 MB as base64 and room for the rest, recorded on AWS. */
export const maxCodeRequestBytes = 70_167_211
/** Bytes of all code of an account: 75 GB. Source: as `maxZippedBytes`. */
export const maxTotalCodeBytes = 80_530_636_800
/** Bytes of a synchronous invocation's payload: 6 MB. Source: as `maxZippedBytes`. */
export const maxSyncPayloadBytes = 6_291_456
/** Bytes of an asynchronous invocation's payload: 1 MB (256 KB until October 2025). https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const maxAsyncPayloadBytes = 1_048_576
/** Bytes of ClientContext, base64. Source: as `maxAsyncPayloadBytes`. */
export const maxClientContextBytes = 3_583
/** Bytes of all environment variables as JSON: 4 KB. Source: as `maxZippedBytes`. */
export const maxEnvironmentBytes = 4_096
/** Layers of a function. Source: as `maxZippedBytes`. */
export const maxLayers = 5
/** Characters of a function's name. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const maxFunctionNameLength = 64
/** Characters of a function's name given as an ARN. Source: as `maxFunctionNameLength`. */
export const maxFunctionArnLength = 140
/** Seconds that a call may last; the model allows more for managed instances only. Source: as `maxZippedBytes`. */
export const timeoutSeconds = { minimum: 1, default: 3, maximum: 900 } as const
/** Megabytes of a function's memory. Source: as `maxZippedBytes`; recorded on AWS. */
export const memoryMegabytes = { minimum: 128, default: 128, maximum: 10_240 } as const
/** Megabytes of a function's `/tmp`. Source: as `maxZippedBytes`. */
export const ephemeralMegabytes = { minimum: 512, default: 512, maximum: 10_240 } as const
/** Characters of a handler's name. Source: as `maxFunctionNameLength`. */
export const maxHandlerLength = 128
/** Characters of a description. Source: as `maxFunctionNameLength`. */
export const maxDescriptionLength = 256
/** Functions, versions or aliases of one page, whatever is asked for. https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export const maxPageEntries = 50
/** Tags of a function. https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html */
export const maxTags = 50
/** Bytes of a resource policy. Source: as `maxZippedBytes`. */
export const maxPolicyBytes = 20_480
/** Calls at work at once in an account and region. https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
export const accountConcurrency = 1_000
/** What is left for functions without a reservation, at least. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
export const minUnreservedConcurrency = 100
/** Milliseconds from a creation or an update until it counts. */
export const activationMilliseconds = 25
