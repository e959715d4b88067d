/** Quotes a text so that POSIX shells and Windows' take it as one word; it must not hold `"`, `$`, `` ` `` or `\`. */
export function shellWord(text: string): string {
  return /^[\w./:=-]+$/.test(text) ? text : `"${text}"`
}

/** The `aws` line that shows one object's facts. */
export function headObjectLine(bucket: string, key: string): string {
  return `s3api head-object --bucket ${bucket} --key ${shellWord(key)}`
}

/** The `aws` line that lists what lies below a prefix. */
export function listLine(bucket: string, prefix = ''): string {
  return `s3 ls ${shellWord(`s3://${bucket}/${prefix}`)} --recursive`
}
