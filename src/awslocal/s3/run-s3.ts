import type { CommandContext } from '../context.ts'
export async function runS3(_w: readonly string[], _c: CommandContext): Promise<number> {
  return 0
}
