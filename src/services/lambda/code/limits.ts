/** A function's unpacked code with its layers, in bytes.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const maximumUnpackedBytes = 250 * 1024 * 1024

/** Entries that a zip may have: far more than a function needs, few enough to be read at once. Ours. */
export const maximumEntries = 100_000
