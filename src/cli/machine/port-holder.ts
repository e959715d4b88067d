import { runProgram } from './run-program.ts'

/** Who listens on a port, e.g. `docker-proxy, pid 812`; `undefined` where this machine does not tell. */
export async function findPortHolder(port: number): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined
  const fields = await runProgram('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'])
  if (fields !== undefined) return describe(/^c(.+)$/m.exec(fields)?.[1], /^p(\d+)$/m.exec(fields)?.[1])
  const sockets = await runProgram('ss', ['-Hltnp', `sport = :${port}`])
  const match = /users:\(\("([^"]+)",pid=(\d+)/.exec(sockets ?? '')
  return describe(match?.[1], match?.[2])
}

function describe(name: string | undefined, pid: string | undefined): string | undefined {
  return name === undefined || pid === undefined ? undefined : `${name}, pid ${pid}`
}
