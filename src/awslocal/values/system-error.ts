const explanations: Readonly<Record<string, readonly [number, string]>> = {
  ENOENT: [2, 'No such file or directory'],
  EACCES: [13, 'Permission denied'],
  EEXIST: [17, 'File exists'],
  ENOTDIR: [20, 'Not a directory'],
  EISDIR: [21, 'Is a directory'],
  ENOSPC: [28, 'No space left on device'],
  EROFS: [30, 'Read-only file system'],
}

/** An error of the operating system in the AWS CLI's words: `[Errno 2] No such file or directory: 'x'`. */
export function describeSystemError(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = explanations[code]
  if (known === undefined) return error instanceof Error ? error.message : String(error)
  return `[Errno ${known[0]}] ${known[1]}: '${path}'`
}
