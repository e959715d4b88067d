import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What a process has used so far. */
export interface ProcessUsage {
  readonly cpuSeconds: number
  readonly residentBytes: number
}

/** Clock ticks a second in /proc, fixed at 100 for user space on Linux. */
const ticksPerSecond = 100

/** Reads another process's CPU time and memory: from /proc on Linux, from `ps` elsewhere. */
export function usageOf(processId: number): ProcessUsage {
  return process.platform === 'linux' ? usageFromProc(processId) : usageFromPs(processId)
}

function usageFromProc(processId: number): ProcessUsage {
  const stat = readFileSync(`/proc/${processId}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [user = 0, system = 0] = fields.slice(11, 13).map(Number)
  const status = readFileSync(`/proc/${processId}/status`, 'utf8')
  const residentKilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0)
  return { cpuSeconds: (user + system) / ticksPerSecond, residentBytes: residentKilobytes * 1024 }
}

function usageFromPs(processId: number): ProcessUsage {
  const [resident = '0', time = '0'] = execFileSync('ps', ['-o', 'rss=,time=', '-p', String(processId)], {
    encoding: 'utf8',
  })
    .trim()
    .split(/\s+/)
  const cpuSeconds = time.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0)
  return { cpuSeconds, residentBytes: Number(resident) * 1024 }
}
