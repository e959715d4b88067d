import { type ChildProcess, spawn } from 'node:child_process'

/** Ends the processes of functions when this process dies, however it dies. */
export interface Lifeline {
  /** From now on the group of `pid` does not outlive this process. */
  guard(pid: number): void
  release(pid: number): void
  close(): void
}

/**
 * Reads process groups, `+123` and `-123`, one a line; when the pipe that they come by closes, all are ended. A shell
 * of a megabyte, since what has to survive us cannot be a part of us.
 */
const script = `
groups=' '
while read -r line; do
  number=\${line#?}
  case $line in
    +*) groups="$groups$number " ;;
    -*) case $groups in *" $number "*) groups="\${groups%% $number *} \${groups#* $number }" ;; esac ;;
  esac
done
for number in $groups; do kill -9 -- "-$number" 2>/dev/null; done
grep -ls -- "$1" /proc/[0-9]*/environ 2>/dev/null | while read -r file; do
  number=\${file#/proc/}
  kill -9 "\${number%/environ}" 2>/dev/null
done
`

/**
 * Creates a lifeline; its watcher starts with the first process. Where there is no shell, closed pipes have to do.
 * @param mark a text that the environment of every function's process carries: those that left their group are found by it
 */
export function createLifeline(mark: () => string): Lifeline {
  let watcher: ChildProcess | undefined
  const start = (): ChildProcess => {
    const child = spawn('/bin/sh', ['-c', script, 'taller-nube', mark()], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    // A write to one that was ended: processes still notice the closed pipe by themselves.
    child.stdin?.on('error', () => undefined)
    child.on('error', () => undefined)
    child.unref()
    unrefStream(child.stdin)
    return child
  }
  const tell = (line: string): void => {
    if (process.platform === 'win32') return
    watcher ??= start()
    watcher.stdin?.write(`${line}\n`)
  }
  return {
    guard: pid => tell(`+${pid}`),
    release: pid => tell(`-${pid}`),
    close: () => {
      watcher?.stdin?.end()
      watcher = undefined
    },
  }
}

function unrefStream(stream: unknown): void {
  const socket = stream as { unref?: () => void } | null
  socket?.unref?.()
}
